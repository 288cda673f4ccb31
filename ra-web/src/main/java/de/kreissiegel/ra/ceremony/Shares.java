package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.ActivationSecret;
import de.kreissiegel.hsm.ceremony.KeyShare;
import de.kreissiegel.hsm.ceremony.ShareCard;
import de.kreissiegel.hsm.ceremony.ShareRefused;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Custodians give what they hold. */
final class Shares {
  /** The secret that opens the vault for its daily work. */
  static final KeyId OPERATIONAL = new KeyId("operational");

  private static final int PATIENCE = 5;

  /** Cards lock after few wrong PINs, three being usual. */
  private static final int CARD_PATIENCE = 3;

  private static final Pattern CARD = Pattern.compile("[0-9]{1,2}");

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
        KeyShare share = given(key, given.size() + 1);
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

  /**
   * Writes a custodian's shares onto their card, and sees that they stand there.
   *
   * @param shares by the keys that they open
   */
  void ontoCard(Map<KeyId, KeyShare> shares, String custodian) throws CeremonyAborted {
    room.tell(room.words().say("card.insert", custodian));
    Object unused =
        onCard(
            custodian,
            (card, pin) -> {
              for (Map.Entry<KeyId, KeyShare> one : shares.entrySet()) {
                card.write(one.getValue(), one.getKey(), pin);
                Optional<String> there = card.read(vault, one.getKey(), pin);
                if (there.filter(one.getValue().text()::equals).isEmpty()) {
                  throw new IOException(room.words().say("card.other"));
                }
              }
              return card;
            });
    room.tell(room.words().say("share.taken", custodian));
  }

  /** Typed; or, where shares are on cards, from the card of the custodian whose number it is. */
  private KeyShare given(KeyId key, int place) throws CeremonyAborted, ShareRefused {
    if (room.plan().shares().cards().isEmpty()) {
      return typed(key, room.words().say("ask.share", place, key));
    }
    String answer = room.ask("share-" + key, room.words().say("ask.share.card", place, key), true);
    String custodian = CARD.matcher(answer).matches() ? custodian(Integer.parseInt(answer)) : "?";
    if (!room.plan().shares().cards().containsKey(custodian)) {
      return checked(KeyShare.read(answer), key);
    }
    String there =
        onCard(
            custodian,
            (card, pin) ->
                card.read(vault, key, pin)
                    .orElseThrow(() -> new IOException(room.words().say("card.empty", key))));
    return checked(KeyShare.read(there), key);
  }

  /** Something that is done with a card. */
  private interface CardWork<T> {
    T with(ShareCard card, char[] pin) throws IOException;
  }

  /** Asks for the card's PIN; says what was wrong, and asks again. */
  private <T> T onCard(String custodian, CardWork<T> work) throws CeremonyAborted {
    ShareCard card = Objects.requireNonNull(room.plan().shares().cards().get(custodian));
    for (int i = 0; i < CARD_PATIENCE; i++) {
      char[] pin =
          room.ask("card-pin", room.words().say("ask.card.pin", custodian), true).toCharArray();
      try {
        return work.with(card, pin);
      } catch (IOException refused) {
        room.tell(room.words().say("card.refused", String.valueOf(refused.getMessage())));
      } finally {
        Arrays.fill(pin, '\0');
      }
    }
    throw new CeremonyAborted(room.words().say("aborted.patience"));
  }

  private KeyShare typed(KeyId key, String question) throws CeremonyAborted, ShareRefused {
    return checked(KeyShare.read(room.ask("share-" + key, question, true)), key);
  }

  private KeyShare checked(KeyShare share, KeyId key) throws CeremonyAborted, ShareRefused {
    share.require(vault, key);
    String custodian = custodian(share.number());
    if (room.present().stream().noneMatch(person -> person.name().equals(custodian))) {
      throw new CeremonyAborted(room.words().say("share.absent", share.number(), custodian));
    }
    return share;
  }

  private String custodian(int number) {
    List<String> custodians = room.plan().custodians();
    return number >= 1 && number <= custodians.size() ? custodians.get(number - 1) : "?";
  }

  private String explained(ShareRefused refused) {
    String reason = refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return room.words().say("refused." + reason, refused.place());
  }
}
