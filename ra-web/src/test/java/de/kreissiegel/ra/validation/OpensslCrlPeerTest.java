package de.kreissiegel.ra.validation;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What openssl and certtool make of partitions and deltas. */
class OpensslCrlPeerTest {
  private static ValidationWorld world;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    world =
        new ValidationWorld(
            new CrlSettings(
                2,
                CrlSettings.Division.SERIAL,
                Duration.ofHours(24),
                Optional.of(Duration.ofHours(6)),
                Duration.ZERO,
                true));
    world.clock.pass(Duration.ofSeconds(1));
    world.makeLists(); // a delta comes after its base
    world.clock.pass(Duration.ofSeconds(1));
  }

  @AfterAll
  static void stop() throws IOException {
    world.close();
  }

  @Test
  void opensslAddsTheDeltaToTheFullList(@AgainstPeer(Peer.OPENSSL) PeerSession openssl)
      throws Exception {
    X509Certificate good = world.issue(2);
    X509Certificate held = world.issue(2);
    world.set(held, new CertificateStatus.OnHold(world.clock.instant()));
    Path full = fetch("people-p2");
    Path delta = fetch("people-p2-delta");

    for (Path list : List.of(full, delta)) {
      Output text = read(openssl, list);
      openssl.sees(
          list.getFileName() + ": a signature that holds",
          () -> assertThat(text.text()).contains("verify OK"));
      openssl.sees(
          list.getFileName() + ": its own address, critical",
          () ->
              assertThat(text.text())
                  .containsPattern("Issuing Distribution Point: critical")
                  .contains("URI:http://pki.example:8080/crl/people-p2.crl"));
    }
    Output ofDelta = read(openssl, delta);
    openssl.sees(
        "a delta and its base",
        () ->
            assertThat(ofDelta.text())
                .containsPattern("X509v3 Delta CRL Indicator: critical\\s+1\\b")
                .contains("Certificate Hold"));
    Output alone = verify(openssl, held, full);
    openssl.sees("the full list alone", () -> assertThat(alone.text()).contains(": OK"));
    Output both = verify(openssl, held, full, delta);
    openssl.sees(
        "the held one by the delta",
        () -> {
          assertThat(both.exit()).isNotZero();
          assertThat(both.text()).contains("certificate revoked");
        });
    Output other = verify(openssl, good, full, delta);
    openssl.sees("the good one", () -> assertThat(other.text()).contains(": OK"));

    world.set(held, new CertificateStatus.Good());
    Output released = verify(openssl, held, full, fetch("people-p2-delta"));
    openssl.sees("the released one", () -> assertThat(released.text()).contains(": OK"));
  }

  @Test
  void opensslTakesNoOtherPartitionsList(@AgainstPeer(Peer.OPENSSL) PeerSession openssl)
      throws Exception {
    X509Certificate first = world.issue(1);

    Output wrong = verify(openssl, first, fetch("people-p2"));

    openssl.sees(
        "no list for a certificate of another partition",
        () -> {
          assertThat(wrong.exit()).isNotZero();
          assertThat(wrong.text()).containsIgnoringCase("different CRL scope");
        });
  }

  @Test
  void certtoolReadsThem(@AgainstPeer(Peer.CERTTOOL) PeerSession certtool) throws Exception {
    world.revoke(world.issue(1));
    for (String name : List.of("people-p1", "people-p1-delta")) {
      Output text = certtool.run("--crl-info", "--inder", "--infile", fetch(name).toString());
      certtool.sees(
          name + ": version, number and issuer",
          () ->
              assertThat(text.text())
                  .contains("Version: 2")
                  .containsIgnoringCase("CRL Number")
                  .contains("Issuer: "));
    }
  }

  private Output read(PeerSession openssl, Path list) throws Exception {
    return openssl.run(
        "crl",
        "-inform",
        "DER",
        "-in",
        list.toString(),
        "-CAfile",
        pem("issuer.pem", world.authority()),
        "-noout",
        "-text");
  }

  private Output verify(PeerSession openssl, X509Certificate leaf, Path... lists) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("verify", "-x509_strict", "-crl_check", "-extended_crl", "-use_deltas"));
    for (Path list : lists) {
      arguments.addAll(List.of("-CRLfile", list.toString()));
    }
    arguments.addAll(
        List.of(
            "-untrusted",
            pem("issuer.pem", world.authority()),
            "-CAfile",
            pem("root.pem", world.root()),
            pem("leaf.pem", leaf)));
    return openssl.run(arguments.toArray(String[]::new));
  }

  private Path fetch(String name) throws IOException {
    Path file = folder.resolve(name + ".crl");
    try (var in = URI.create(world.base() + "/crl/" + name + ".crl").toURL().openStream()) {
      Files.write(file, in.readAllBytes());
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
