package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityFiles.Member;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.ceremony.RolloverCeremony;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;

/** What a root's rollover and an issuing authority's have in common. */
final class RollOverSteps {
  private final Room room;
  private final Place place;
  private final OpenVault open;
  private final NextGeneration next;
  private final Clock clock;
  private final SecureRandom random;

  RollOverSteps(
      Room room,
      Place place,
      OpenVault open,
      NextGeneration next,
      Clock clock,
      SecureRandom random) {
    this.room = room;
    this.place = place;
    this.open = open;
    this.next = next;
    this.clock = clock;
    this.random = random;
  }

  OpenVault open() {
    return open;
  }

  NextGeneration next() {
    return next;
  }

  SecureRandom random() {
    return random;
  }

  RolloverCeremony ceremony() {
    return new RolloverCeremony(room.plan().hierarchy(), open.vault(), clock, random);
  }

  /** Opens a key with its shares for one piece of work. */
  <T> T withKey(KeyId key, Room.Work<T> work)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    open.activate(key);
    try {
      T made = work.perform();
      room.minutes().key(key.value(), "", "used", open.key(key).publicKey());
      return made;
    } finally {
      open.vault().lock(key);
    }
  }

  /** Puts another policy over a key; the one that it has comes back if all is broken off. */
  void change(KeyId key, KeyPolicy policy, Undo undo) throws VaultUnusable, IOException {
    KeyPolicy before = open.vault().policyOf(key);
    undo.add("policy.left", key, () -> open.vault().changePolicy(key, before));
    open.vault().changePolicy(key, policy);
  }

  /** Leaves the old key what it needs, once the new one issues. */
  void retireOld(Undo undo)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    if (next.begins().isAfter(room.minutes().now())) {
      room.tell(room.words().say("rollover.later", next.oldKey(), room.words().day(next.begins())));
      return;
    }
    room.step(
        "retire",
        () -> {
          change(next.oldKey(), next.retiring(), undo);
          return next;
        },
        next.oldKey());
  }

  /**
   * Closes the record, and puts the new generation into the hierarchy.
   *
   * @param whole what is done once it stands there: from then on nothing is taken back
   */
  Path close(
      Member member, Map<AuthorityName, Bytes> crls, Map<String, byte[]> papers, Runnable whole)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    return room.step(
        "close",
        () -> {
          Path record = new Archive(room, random).close(open, place.ceremonies(), papers);
          var members = new ArrayList<>(AuthorityFiles.members(place.authorities()));
          members.add(member);
          AuthorityFiles.write(
              place.authorities(),
              members,
              crls,
              AuthorityFiles.read(place.authorities()).rollover());
          whole.run();
          Trust.anchors(place.trust(), AuthorityFiles.read(place.authorities()));
          return record;
        });
  }
}
