package de.kreissiegel.ra.validation;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the openssl command line makes of our OCSP answers and CRLs. */
@AgainstPeer(Peer.OPENSSL)
class OpensslStatusPeerTest {
  private static ValidationWorld world;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    world = new ValidationWorld();
  }

  @AfterAll
  static void stop() throws IOException {
    world.close();
  }

  @Test
  void opensslHearsByOcspThatACertificateIsGoodAndThenRevoked(PeerSession openssl)
      throws Exception {
    X509Certificate leaf = world.issue();

    Output good = ocsp(openssl, leaf, "-url", world.base() + "/ocsp");
    openssl.sees("a response that verifies", () -> assertVerified(good));
    openssl.sees("good", () -> assertThat(good.text()).contains("leaf.pem: good"));

    world.revoke(leaf);
    Output revoked = ocsp(openssl, leaf, "-url", world.base() + "/ocsp");
    openssl.sees("a response that verifies", () -> assertVerified(revoked));
    openssl.sees(
        "revoked, and why",
        () ->
            assertThat(revoked.text())
                .contains("leaf.pem: revoked")
                .contains("Reason: keyCompromise"));
  }

  @Test
  void opensslGetsItsNonceBack(PeerSession openssl) throws Exception {
    Output answer = ocsp(openssl, world.issue(), "-nonce", "-url", world.base() + "/ocsp");

    openssl.sees("a response that verifies", () -> assertVerified(answer));
    openssl.sees(
        "its nonce", () -> assertThat(answer.text()).doesNotContain("no nonce in response"));
  }

  @Test
  void opensslNamesIssuersBySha256(PeerSession openssl) throws Exception {
    Output answer =
        openssl.run(
            "ocsp",
            "-sha256",
            "-issuer",
            pem("issuer.pem", world.authority()),
            "-cert",
            pem("leaf.pem", world.issue()),
            "-CAfile",
            pem("root.pem", world.root()),
            "-url",
            world.base() + "/ocsp");

    openssl.sees("a response that verifies", () -> assertVerified(answer));
    openssl.sees("good", () -> assertThat(answer.text()).contains("leaf.pem: good"));
  }

  @Test
  void opensslBelievesAnAnswerThatCameByGet(PeerSession openssl) throws Exception {
    X509Certificate leaf = world.issue();
    Path request = folder.resolve("request.der");
    Path response = folder.resolve("response.der");
    ocsp(openssl, leaf, "-no_nonce", "-reqout", request.toString());
    String address =
        world.base()
            + "/ocsp/"
            + URLEncoder.encode(
                Base64.getEncoder().encodeToString(Files.readAllBytes(request)),
                StandardCharsets.US_ASCII);
    fetch(address, response);

    Output answer = ocsp(openssl, leaf, "-no_nonce", "-respin", response.toString());
    openssl.sees("a response that verifies", () -> assertVerified(answer));
    openssl.sees("good", () -> assertThat(answer.text()).contains("leaf.pem: good"));
  }

  @Test
  void opensslReadsTheListAndRefusesWhomItNames(PeerSession openssl) throws Exception {
    X509Certificate good = world.issue();
    X509Certificate revoked = world.issue();
    world.revoke(revoked);
    Path crl = fetch(world.base() + "/crl/people.crl", folder.resolve("people.crl"));
    String issuer = pem("issuer.pem", world.authority());

    Output text =
        openssl.run(
            "crl", "-inform", "DER", "-in", crl.toString(), "-CAfile", issuer, "-noout", "-text");
    openssl.sees("a signature that holds", () -> assertThat(text.text()).contains("verify OK"));
    openssl.sees(
        "version, number, entry and reason",
        () ->
            assertThat(text.text())
                .contains("Version 2")
                .contains("X509v3 CRL Number")
                .contains("X509v3 Authority Key Identifier")
                .containsIgnoringCase(revoked.getSerialNumber().toString(16))
                .contains("Key Compromise"));

    Output valid = verify(openssl, crl, pem("good.pem", good));
    openssl.sees("the good one", () -> assertThat(valid.text()).contains("good.pem: OK"));
    Output refused = verify(openssl, crl, pem("revoked.pem", revoked));
    openssl.sees(
        "the revoked one",
        () -> {
          assertThat(refused.exit()).isNotZero();
          assertThat(refused.text()).contains("certificate revoked");
        });
  }

  private Output verify(PeerSession openssl, Path crl, String certificate) throws Exception {
    return openssl.run(
        "verify",
        "-x509_strict",
        "-crl_check",
        "-CRLfile",
        crl.toString(),
        "-untrusted",
        pem("issuer.pem", world.authority()),
        "-CAfile",
        pem("root.pem", world.root()),
        certificate);
  }

  private Output ocsp(PeerSession openssl, X509Certificate leaf, String... more) throws Exception {
    var arguments =
        new ArrayList<>(
            List.of(
                "ocsp",
                "-issuer",
                pem("issuer.pem", world.authority()),
                "-cert",
                pem("leaf.pem", leaf),
                "-CAfile",
                pem("root.pem", world.root())));
    arguments.addAll(List.of(more));
    return openssl.run(arguments.toArray(String[]::new));
  }

  private static void assertVerified(Output answer) {
    assertThat(answer.exit()).as(answer.text()).isZero();
    assertThat(answer.text()).contains("Response verify OK");
  }

  private static Path fetch(String address, Path file) throws IOException {
    try (InputStream body = URI.create(address).toURL().openStream()) {
      Files.copy(body, file);
    }
    return file;
  }

  private String pem(String name, X509Certificate certificate) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(
        file,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    return file.toString();
  }
}
