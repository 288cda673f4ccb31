package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
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
        () -> paths(openssl).good("root", List.of("root-2-by-root"), "people-2"));
    openssl.sees("none without the link", () -> paths(openssl).none("root", "people-2"));
  }

  @Test
  void opensslFindsTheOldAuthorityFromTheNewAnchorByOldWithNew(PeerSession openssl)
      throws Exception {
    openssl.sees(
        "a path from the new root to the old authority",
        () -> paths(openssl).good("root-2", List.of("root-by-root-2"), "people"));
    openssl.sees("none without the link", () -> paths(openssl).none("root-2", "people"));
  }

  @Test
  void opensslFindsEachAuthorityUnderItsOwnRootByEachRootsList(PeerSession openssl)
      throws Exception {
    openssl.sees("the old one", () -> paths(openssl).good("root", List.of(), "people", "root"));
    openssl.sees(
        "the new one", () -> paths(openssl).good("root-2", List.of(), "people-2", "root-2"));
  }

  private static OpensslPaths paths(PeerSession openssl) {
    return new OpensslPaths(openssl, place.authorities(), folder);
  }
}
