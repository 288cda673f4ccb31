package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.ActivationSecret;
import de.kreissiegel.hsm.ceremony.KeyShare;
import de.kreissiegel.hsm.ceremony.ShareRefused;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Custodians give what they hold. */
final class Shares {
  /** The secret that opens the vault for its daily work. */
  static final KeyId OPERATIONAL = new KeyId("operational");

  private static final int PATIENCE = 5;

  private final Room room;
  private final Bytes vault;

  /**
   * For one vault.
   *
   * @param vault {@link KeyShare#vaultId}
   */
  Shares(Room room, Bytes vault) {
    this.room = room;
    this.vault = vault;
  }

  /** Collects as many shares as the secret needs, each from another custodian who is there. */
  char[] collect(KeyId key) throws CeremonyAborted {
    room.tell(room.words().say("shares.collect", key));
    var given = new ArrayList<KeyShare>();
    int wrong = 0;
    while (given.isEmpty() || given.size() < given.getFirst().threshold()) {
      try {
        KeyShare share = typed(key, room.words().say("ask.share", given.size() + 1, key));
        given.add(share);
        if (given.size() == share.threshold()) {
          return combined(given, key);
        }
        ActivationSecret.combine(given, vault, key).close();
      } catch (ShareRefused refused) {
        if (refused.reason() == ShareRefused.Reason.TOO_FEW) {
          room.tell(room.words().say("share.taken", custodian(given.getLast().number())));
          continue;
        }
        room.tell(explained(refused));
        if (refused.reason() == ShareRefused.Reason.WRONG) {
          given.clear();
        } else if (fits(refused)) {
          given.removeLast();
        }
        if (++wrong >= PATIENCE) {
          throw new CeremonyAborted(room.words().say("aborted.patience"));
        }
      }
    }
    throw new IllegalStateException("a threshold of less than two");
  }

  /** Whether the share itself was well typed, and only doesn't go with the others. */
  private static boolean fits(ShareRefused refused) {
    return switch (refused.reason()) {
      case MIXED, TWICE -> true;
      default -> false;
    };
  }

  private char[] combined(List<KeyShare> given, KeyId key) throws ShareRefused {
    try (ActivationSecret secret = ActivationSecret.combine(given, vault, key)) {
      for (KeyShare share : given) {
        room.minutes()
            .step(
                room.act() + ".share",
                room.words().say("share.given", share.number(), key),
                List.of(custodian(share.number())));
      }
      return secret.passphrase();
    }
  }

  /** A custodian reads back what was handed out, so that what is on paper is known to be good. */
  void readBack(KeyShare handed, KeyId key, String custodian) throws CeremonyAborted {
    for (int i = 0; i < PATIENCE; i++) {
      try {
        if (typed(key, room.words().say("ask.read.back", custodian, handed.number(), key))
            .equals(handed)) {
          room.tell(room.words().say("share.taken", custodian));
          return;
        }
        room.tell(room.words().say("share.other", handed.number()));
      } catch (ShareRefused refused) {
        room.tell(explained(refused));
      }
    }
    throw new CeremonyAborted(room.words().say("aborted.patience"));
  }

  private KeyShare typed(KeyId key, String question) throws CeremonyAborted, ShareRefused {
    KeyShare share = KeyShare.read(room.ask("share-" + key, question, true));
    share.require(vault, key);
    String custodian = custodian(share.number());
    if (room.present().stream().noneMatch(person -> person.name().equals(custodian))) {
      throw new CeremonyAborted(room.words().say("share.absent", share.number(), custodian));
    }
    return share;
  }

  private String custodian(int number) {
    List<String> custodians = room.plan().custodians();
    return number <= custodians.size() ? custodians.get(number - 1) : "?";
  }

  private String explained(ShareRefused refused) {
    String reason = refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return room.words().say("refused." + reason, refused.place());
  }
}
