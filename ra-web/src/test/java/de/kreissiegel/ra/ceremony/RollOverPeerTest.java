package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What openssl makes of a hierarchy whose root has two keys. */
@AgainstPeer(Peer.OPENSSL)
class RollOverPeerTest {
  @TempDir private static Path folder;
  private static Place place;

  @BeforeAll
  static void rootAndPeopleRollOver() throws Exception {
    var rehearsal = new Rehearsal(folder, Clock.systemUTC());
    rehearsal.init();
    place = new Place(rehearsal.data);
    rehearsal.confirmed(8).given("ceremony", "root");
    rehearsal.answer("share-root-2", Rehearsal.shares(".ceremony/shares", "root-2", 1, 2, 3));
    rehearsal
        .ceremonies(Locale.GERMAN)
        .rollOver(new AuthorityName("root"), Optional.empty(), Optional.empty());
    rehearsal.confirmed(8).given("ceremony", "root-2");
    rehearsal
        .ceremonies(Locale.GERMAN)
        .rollOver(new AuthorityName("people"), Optional.empty(), Optional.empty());
  }

  @Test
  void opensslFindsTheNewAuthorityFromTheOldAnchorByNewWithOld(PeerSession openssl)
      throws Exception {
    openssl.sees(
        "a path from the old root to the new authority",
        () -> assertGood(verify(openssl, "root", List.of("root-2-by-root"), "people-2")));
    openssl.sees(
        "none without the link",
        () -> assertThat(verify(openssl, "root", List.of(), "people-2").exit()).isNotZero());
  }

  @Test
  void opensslFindsTheOldAuthorityFromTheNewAnchorByOldWithNew(PeerSession openssl)
      throws Exception {
    openssl.sees(
        "a path from the new root to the old authority",
        () -> assertGood(verify(openssl, "root-2", List.of("root-by-root-2"), "people")));
    openssl.sees(
        "none without the link",
        () -> assertThat(verify(openssl, "root-2", List.of(), "people").exit()).isNotZero());
  }

  @Test
  void opensslFindsEachAuthorityUnderItsOwnRootByEachRootsList(PeerSession openssl)
      throws Exception {
    openssl.sees(
        "the old one", () -> assertGood(verify(openssl, "root", List.of(), "people", "root")));
    openssl.sees(
        "the new one",
        () -> assertGood(verify(openssl, "root-2", List.of(), "people-2", "root-2")));
  }

  private static void assertGood(Output output) {
    assertThat(output.exit()).as(output.text()).isZero();
    assertThat(output.text()).contains(": OK");
  }

  private static Output verify(
      PeerSession openssl, String anchor, List<String> links, String leaf, String... lists)
      throws Exception {
    var arguments =
        new java.util.ArrayList<>(
            List.of("verify", "-x509_strict", "-no-CApath", "-no-CAstore", "-CAfile", pem(anchor)));
    for (String link : links) {
      arguments.addAll(List.of("-untrusted", pem(link)));
    }
    for (String list : lists) {
      Path crl = place.authorities().resolve(list + ".crl");
      arguments.addAll(List.of("-crl_check", "-CRLfile", crlPem(crl)));
    }
    arguments.add(pem(leaf));
    return openssl.run(arguments.toArray(String[]::new));
  }

  private static String pem(String name) throws Exception {
    byte[] der = Files.readAllBytes(place.authorities().resolve(name + ".cer"));
    return Files.writeString(folder.resolve(name + ".pem"), Pem.certificate(Bytes.of(der)))
        .toString();
  }

  private static String crlPem(Path crl) throws Exception {
    String text =
        "-----BEGIN X509 CRL-----\n"
            + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(Files.readAllBytes(crl))
            + "\n-----END X509 CRL-----\n";
    return Files.writeString(folder.resolve(crl.getFileName() + ".pem"), text).toString();
  }
}
