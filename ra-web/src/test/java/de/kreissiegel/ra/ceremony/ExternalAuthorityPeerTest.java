package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.path.ExpectedName;
import de.kreissiegel.ca.path.PathOptions;
import de.kreissiegel.ca.path.PathPurpose;
import de.kreissiegel.ca.path.PathQuestion;
import de.kreissiegel.ca.path.PathValidation;
import de.kreissiegel.ca.path.PathVerdict;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.house.VaultHouse;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.OpensslSuperior;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An external superior made by openssl certifies an authority of ours, which issues by it. */
@AgainstPeer(Peer.OPENSSL)
class ExternalAuthorityPeerTest {
  private static final AuthorityName DEVICES = new AuthorityName("devices");
  private static final StatusAddresses ADDRESSES =
      new StatusAddresses(URI.create("http://pki.hassberge.example"));
  private static final String HOST = "pki.hassberge.example";

  @TempDir private Path folder;
  private Place place;

  @Test
  void opensslBelievesWhatWeIssueUnderASuperiorOfItsOwn(PeerSession openssl) throws Exception {
    var rehearsal = new Rehearsal(folder, Clock.systemUTC());
    rehearsal.underExternalSuperior("devices").init();
    place = new Place(rehearsal.data);
    rehearsal.confirmed(8).given("ceremony").answer("handed", "Frau Süß, Landesamt");
    rehearsal
        .ceremonies(Locale.GERMAN)
        .requestFromSuperior(DEVICES, Optional.empty(), LocalDate.now().plusDays(30));
    Path chain =
        new OpensslSuperior(openssl, folder, "hassberge.example")
            .certify(place.superiors().resolve("devices/devices.csr"), "devices");
    rehearsal.confirmed(8).given("ceremony");
    rehearsal.ceremonies(Locale.GERMAN).installFromSuperior(DEVICES, chain, Optional.empty());

    AuthorityCatalog authorities = AuthorityFiles.read(place.authorities());
    try (Vault vault = LaterCeremoniesTest.open(place);
        var house =
            new VaultHouse(
                vault, authorities, ADDRESSES, folder.resolve("node"), Clock.systemUTC());
        CertificationAuthority authority = house.open()) {
      StoredCertificate server = issue(authority, HOST);
      Bytes list = authority.crls().current(CrlName.of(DEVICES)).orElseThrow().read();
      openssl.sees(
          "a server's certificate, with the CRL of ours", () -> verifies(openssl, server, list));
      PathVerdict ours = verdict(server, authorities.get(DEVICES));
      assertThat(ours).as(ours.toString()).isInstanceOf(PathVerdict.Valid.class);
      openssl.sees(
          "that a name outside of the superior's constraints isn't certified",
          () ->
              assertThatThrownBy(() -> issue(authority, "elsewhere.example"))
                  .isInstanceOf(Refused.class)
                  .hasMessageContaining("nameConstraints"));
    }
  }

  private void verifies(PeerSession openssl, StoredCertificate server, Bytes list)
      throws Exception {
    Files.writeString(folder.resolve("server.pem"), Pem.certificate(server.encoded()));
    Files.writeString(folder.resolve("list.pem"), crlPem(list));
    ok(
        openssl.run(
            "verify",
            "-x509_strict",
            "-no-CApath",
            "-no-CAstore",
            "-purpose",
            "sslserver",
            "-verify_hostname",
            HOST,
            "-crl_check",
            "-CRLfile",
            file("list.pem"),
            "-CAfile",
            file("root.pem"),
            "-untrusted",
            file("devices.pem"),
            file("server.pem")));
  }

  private static PathVerdict verdict(StoredCertificate server, Authority authority) {
    var others = new ArrayList<>(List.of(authority.certificate()));
    others.addAll(authority.chain());
    return PathValidation.verify(
        new PathQuestion(
            List.of(authority.chain().getLast()),
            server.encoded(),
            others,
            List.of(),
            Instant.now(),
            PathOptions.under(PolicySet.COMPATIBILITY)
                .to(PathPurpose.SERVER)
                .naming(ExpectedName.of(HOST))));
  }

  private static StoredCertificate issue(CertificationAuthority authority, String host)
      throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return authority
        .systemCertificates()
        .issue(
            new ProfileName("web-server"),
            Bytes.of(generator.generateKeyPair().getPublic().getEncoded()),
            List.of(host));
  }

  private static String crlPem(Bytes list) {
    return "-----BEGIN X509 CRL-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(list.toArray())
        + "\n-----END X509 CRL-----\n";
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private static void ok(Output output) {
    assertThat(output.exit()).as(output.text()).isZero();
  }
}
