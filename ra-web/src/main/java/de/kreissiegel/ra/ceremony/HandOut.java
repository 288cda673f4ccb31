package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.ActivationSecret;
import de.kreissiegel.hsm.ceremony.CeremonyRecord.Handed;
import de.kreissiegel.hsm.ceremony.KeyShare;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.VaultUnusable;
import de.kreissiegel.ra.ceremony.SharesPlan.Medium;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits secrets over the custodians: each gets sheets or has a card written, and reads them back
 * before anything counts. Printed sheets' files are overwritten when the ceremony ends; only a
 * rehearsal may keep files.
 */
final class HandOut {
  private final Room room;
  private final Place workshop;
  private final SecureRandom random;

  HandOut(Room room, Place workshop, SecureRandom random) {
    this.room = room;
    this.workshop = workshop;
    this.random = random;
  }

  void perform(Bytes vault, Map<KeyId, ActivationSecret> secrets)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    Medium medium = room.plan().shares().medium();
    if (medium == Medium.FILE && !room.rehearsal()) {
      throw new CeremonyFailed(room.words().say("fail.files"));
    }
    List<String> custodians = room.plan().custodians();
    Path folder = medium == Medium.PAPER ? workshop.root().resolve("sheets") : workshop.shares();
    Map<KeyId, List<KeyShare>> shares =
        room.step(
            "shares",
            () ->
                medium == Medium.CARD
                    ? split(vault, secrets)
                    : write(folder, split(vault, secrets)),
            room.plan().threshold(),
            custodians.size());
    if (medium == Medium.PAPER && !room.yes("printed", room.words().say("ask.printed", folder))) {
      throw new CeremonyAborted(room.words().say("aborted"));
    }
    Shares counter = new Shares(room, vault);
    for (int i = 0; i < custodians.size(); i++) {
      if (medium == Medium.CARD) {
        counter.ontoCard(sharesOf(i, shares), custodians.get(i));
      }
      for (Map.Entry<KeyId, List<KeyShare>> of : shares.entrySet()) {
        KeyShare share = of.getValue().get(i);
        if (medium != Medium.CARD) {
          counter.readBack(share, of.getKey(), custodians.get(i));
        }
        room.minutes()
            .shares
            .add(
                new Handed(
                    of.getKey().value(),
                    share.number(),
                    share.threshold(),
                    share.total(),
                    custodians.get(i),
                    medium.word()));
      }
      room.minutes()
          .step(
              room.act() + ".read-back",
              room.words().say("share.read.back", custodians.get(i)),
              List.of(custodians.get(i)));
    }
    if (medium == Medium.PAPER) {
      Place.clear(folder);
    }
  }

  private static Map<KeyId, KeyShare> sharesOf(int custodian, Map<KeyId, List<KeyShare>> shares) {
    var theirs = new LinkedHashMap<KeyId, KeyShare>();
    shares.forEach((key, all) -> theirs.put(key, all.get(custodian)));
    return theirs;
  }

  private Map<KeyId, List<KeyShare>> split(Bytes vault, Map<KeyId, ActivationSecret> secrets) {
    var shares = new LinkedHashMap<KeyId, List<KeyShare>>();
    secrets.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().value()))
        .forEach(
            entry ->
                shares.put(
                    entry.getKey(),
                    entry
                        .getValue()
                        .split(
                            room.plan().threshold(),
                            room.plan().custodians().size(),
                            vault,
                            entry.getKey(),
                            random)));
    return shares;
  }

  private Map<KeyId, List<KeyShare>> write(Path folder, Map<KeyId, List<KeyShare>> shares)
      throws IOException {
    Place.folder(folder);
    var papers =
        new Papers(room.words(), room.organization(), room.rehearsal(), room.minutes().now());
    for (Map.Entry<KeyId, List<KeyShare>> of : shares.entrySet()) {
      for (KeyShare share : of.getValue()) {
        String custodian = room.plan().custodians().get(share.number() - 1);
        String name = share.number() + "-" + of.getKey();
        Place.write(folder.resolve(name + ".pdf"), papers.share(share, of.getKey(), custodian));
        if (room.plan().shares().medium() == Medium.FILE) {
          Place.write(
              folder.resolve(name + ".txt"), share.text().getBytes(StandardCharsets.US_ASCII));
        }
      }
    }
    return shares;
  }
}
