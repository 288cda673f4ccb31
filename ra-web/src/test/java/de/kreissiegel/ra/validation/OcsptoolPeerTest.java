package de.kreissiegel.ra.validation;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What GnuTLS makes of our OCSP answers: those that were signed ahead, and those for a nonce. */
@AgainstPeer(Peer.OCSPTOOL)
class OcsptoolPeerTest {
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
  void ocsptoolHearsThatACertificateIsGoodAndThenRevoked(PeerSession ocsptool) throws Exception {
    X509Certificate leaf = world.issue();

    Output good = ask(ocsptool, leaf);
    ocsptool.sees("good", () -> assertThat(good.text()).contains("Certificate Status: good"));
    ocsptool.sees("a signature that holds", () -> assertThat(good.text()).contains("Success"));

    world.revoke(leaf);
    Output revoked = ask(ocsptool, leaf);
    ocsptool.sees(
        "revoked", () -> assertThat(revoked.text()).contains("Certificate Status: revoked"));
  }

  @Test
  void ocsptoolGetsItsNonceBack(PeerSession ocsptool) throws Exception {
    Output answer = ask(ocsptool, world.issue(), "--nonce");

    ocsptool.sees("its nonce", () -> assertThat(answer.text()).contains("Nonce: "));
    ocsptool.sees("a signature that holds", () -> assertThat(answer.text()).contains("Success"));
  }

  private Output ask(PeerSession ocsptool, X509Certificate leaf, String... more) throws Exception {
    var arguments =
        new java.util.ArrayList<>(
            java.util.List.of(
                "--ask=" + world.base() + "/ocsp",
                "--load-issuer",
                pem("issuer.pem", world.authority()),
                "--load-cert",
                pem("leaf.pem", leaf),
                "--load-trust",
                pem("trust.pem", world.authority())));
    arguments.addAll(java.util.List.of(more));
    return ocsptool.run(arguments.toArray(String[]::new));
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
