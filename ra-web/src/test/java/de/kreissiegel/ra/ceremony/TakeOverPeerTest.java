package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.path.PathMaterial;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.takeover.Takeover;
import de.kreissiegel.ca.takeover.TenantRules;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.ra.house.VaultHouse;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authority that {@code openssl ca} ran moves in; openssl believes what we tell of it. */
@AgainstPeer(Peer.OPENSSL)
class TakeOverPeerTest {
  private static final AuthorityName OLD = new AuthorityName("alt");

  @TempDir private Path folder;

  @Test
  void opensslHearsFromUsWhatItsOwnAuthorityRevoked(PeerSession openssl) throws Exception {
    Path ca = authority(openssl);
    var rehearsal = new Rehearsal(folder, Clock.systemUTC());
    rehearsal.init();
    rehearsal.confirmed(8).given("ceremony").answer("password", "geheim").answer("copies", "keine");
    rehearsal
        .ceremonies(Locale.GERMAN)
        .takeOver(
            new ForeignAuthority(
                OLD,
                ca.resolve("ca.pem"),
                Optional.empty(),
                Optional.of(ca.resolve("ca.p12")),
                Optional.empty(),
                List.of(),
                List.of()));
    var place = new Place(rehearsal.data);
    AuthorityCatalog authorities = AuthorityFiles.read(place.authorities());
    try (Vault vault = LaterCeremoniesTest.open(place);
        var house =
            new VaultHouse(
                vault,
                authorities,
                new StatusAddresses(URI.create("http://pki.hassberge.example")),
                folder.resolve("node"),
                Clock.systemUTC())) {
      Takeover.Outcome outcome = takeIn(house, authorities, ca);
      assertThat(outcome.added()).isEqualTo(2);
      assertThat(outcome.revoked()).isOne();
      try (CertificationAuthority running = house.open()) {
        tells(openssl, running, ca);
      }
    }
  }

  private static Takeover.Outcome takeIn(VaultHouse house, AuthorityCatalog authorities, Path ca)
      throws Exception {
    return new Takeover(house.books().ofTakeover(), authorities, Clock.systemUTC())
        .perform(
            new Takeover.Estate(
                OLD,
                List.of(ca.resolve("newcerts")),
                PathMaterial.read(Files.readAllBytes(ca.resolve("last.crl"))).lists(),
                Optional.of(ca.resolve("index.txt")),
                new TenantRules(Map.of(), Map.of(), new TenantId("hassberge.example"))),
            false,
            _ -> {});
  }

  private void tells(PeerSession openssl, CertificationAuthority running, Path ca)
      throws Exception {
    byte[] list = running.crls().current(CrlName.of(OLD)).orElseThrow().read().toArray();
    Files.writeString(
        ca.resolve("ours.crl"),
        "-----BEGIN X509 CRL-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(list)
            + "\n-----END X509 CRL-----\n");
    String number =
        openssl.run("crl", "-in", at(ca, "ours.crl"), "-noout", "-crlnumber").text().strip();
    openssl.sees(
        "a CRL whose number goes on", () -> assertThat(number).endsWith("crlNumber=0x1001"));
    Output good = verify(openssl, ca, "good.pem");
    openssl.sees("the good one is good", () -> assertThat(good.exit()).as(good.text()).isZero());
    Output bad = verify(openssl, ca, "bad.pem");
    openssl.sees(
        "the revoked one is revoked", () -> assertThat(bad.text()).contains("certificate revoked"));
    Output goodAnswer = ask(openssl, running, ca, "good");
    openssl.sees(
        "an OCSP answer that verifies: good",
        () -> assertThat(goodAnswer.text()).contains("Response verify OK").contains(": good"));
    Output badAnswer = ask(openssl, running, ca, "bad");
    openssl.sees(
        "an OCSP answer that verifies: revoked, and why",
        () ->
            assertThat(badAnswer.text())
                .contains("Response verify OK")
                .contains("Reason: keyCompromise"));
  }

  private static Output verify(PeerSession openssl, Path ca, String certificate) throws Exception {
    return openssl.run(
        "verify",
        "-no-CApath",
        "-no-CAstore",
        "-CAfile",
        at(ca, "ca.pem"),
        "-crl_check",
        "-CRLfile",
        at(ca, "ours.crl"),
        at(ca, certificate));
  }

  private static Output ask(
      PeerSession openssl, CertificationAuthority running, Path ca, String name) throws Exception {
    ok(
        openssl.run(
            "ocsp",
            "-issuer",
            at(ca, "ca.pem"),
            "-cert",
            at(ca, name + ".pem"),
            "-no_nonce",
            "-reqout",
            at(ca, name + ".req")));
    Files.write(
        ca.resolve(name + ".resp"),
        running
            .ocsp()
            .responder()
            .respond(Files.readAllBytes(ca.resolve(name + ".req")))
            .encoded()
            .toArray());
    return openssl.run(
        "ocsp",
        "-issuer",
        at(ca, "ca.pem"),
        "-cert",
        at(ca, name + ".pem"),
        "-no_nonce",
        "-respin",
        at(ca, name + ".resp"),
        "-CAfile",
        at(ca, "ca.pem"));
  }

  /** Made by openssl alone, as its manual says. */
  private Path authority(PeerSession openssl) throws Exception {
    Path ca = Files.createDirectories(folder.resolve("demoCA"));
    Files.createDirectories(ca.resolve("newcerts"));
    Files.writeString(ca.resolve("index.txt"), "");
    Files.writeString(ca.resolve("serial"), "01\n");
    Files.writeString(ca.resolve("crlnumber"), "1000\n");
    Files.writeString(
        ca.resolve("ca.cnf"),
        """
        [ca]
        default_ca = old
        [old]
        dir = %s
        database = $dir/index.txt
        serial = $dir/serial
        crlnumber = $dir/crlnumber
        new_certs_dir = $dir/newcerts
        certificate = $dir/ca.pem
        private_key = $dir/ca.key
        default_md = sha256
        default_days = 300
        default_crl_days = 30
        policy = any
        [any]
        commonName = supplied
        [req]
        distinguished_name = dn
        prompt = no
        x509_extensions = v3
        [dn]
        CN = Alte CA
        [v3]
        basicConstraints = critical,CA:TRUE
        subjectKeyIdentifier = hash
        """
            .formatted(ca));
    ok(
        openssl.run(
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            at(ca, "ca.key"),
            "-out",
            at(ca, "ca.pem"),
            "-days",
            "700",
            "-config",
            at(ca, "ca.cnf")));
    ok(
        openssl.run(
            "pkcs12",
            "-export",
            "-inkey",
            at(ca, "ca.key"),
            "-in",
            at(ca, "ca.pem"),
            "-out",
            at(ca, "ca.p12"),
            "-passout",
            "pass:geheim"));
    for (String name : List.of("good", "bad")) {
      ok(
          openssl.run(
              "req",
              "-new",
              "-newkey",
              "rsa:2048",
              "-nodes",
              "-keyout",
              at(ca, name + ".key"),
              "-subj",
              "/CN=" + name,
              "-out",
              at(ca, name + ".csr")));
      ok(
          openssl.run(
              "ca",
              "-batch",
              "-config",
              at(ca, "ca.cnf"),
              "-in",
              at(ca, name + ".csr"),
              "-out",
              at(ca, name + ".pem")));
    }
    ok(
        openssl.run(
            "ca",
            "-config",
            at(ca, "ca.cnf"),
            "-revoke",
            at(ca, "bad.pem"),
            "-crl_reason",
            "keyCompromise"));
    ok(openssl.run("ca", "-config", at(ca, "ca.cnf"), "-gencrl", "-out", at(ca, "last.crl")));
    return ca;
  }

  private static String at(Path folder, String file) {
    return folder.resolve(file).toString();
  }

  private static void ok(Output output) {
    assertThat(output.exit()).as(output.text()).isZero();
  }
}
