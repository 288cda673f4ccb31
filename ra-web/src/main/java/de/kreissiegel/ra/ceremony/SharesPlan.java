package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.ShareCard;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How secrets are handed out, under {@code shares} in the plan.
 *
 * @param threshold how many custodians make a secret again
 * @param medium what a share is handed out on
 * @param cards the custodians' cards, by their names, where that is the medium
 */
record SharesPlan(int threshold, Medium medium, Map<String, ShareCard> cards) {
  /** What a share is handed out on. */
  enum Medium {
    PAPER,
    CARD,
    /** For rehearsals only. */
    FILE;

    /** As plan and record say it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  SharesPlan {
    cards = Map.copyOf(cards);
  }

  static SharesPlan read(YamlNode plan) throws CeremonyFailed {
    YamlNode shares = plan.child("shares").only("threshold", "medium", "library");
    Medium medium = medium(shares);
    Optional<String> library = shares.optional("library");
    if ((medium == Medium.CARD) != library.isPresent()) {
      throw new CeremonyFailed(
          shares.place() + ": shares on cards, and no others, need the cards' PKCS#11 'library'.");
    }
    var cards = new LinkedHashMap<String, ShareCard>();
    for (YamlNode person : plan.children("people")) {
      boolean custodian = person.text("role").equals(CeremonyPlan.CUSTODIAN);
      Optional<String> label = person.optional("card");
      if (label.isPresent() != (custodian && medium == Medium.CARD)) {
        throw new CeremonyFailed(
            person.place()
                + ": each custodian has a 'card', its label, where shares are on cards; nobody else"
                + " has one.");
      }
      if (label.isPresent()) {
        cards.put(person.text("name"), new ShareCard(Path.of(library.orElseThrow()), label.get()));
      }
    }
    return new SharesPlan(Integer.parseInt(shares.text("threshold", "2")), medium, cards);
  }

  private static Medium medium(YamlNode shares) throws CeremonyFailed {
    String word = shares.text("medium", Medium.PAPER.word());
    for (Medium medium : Medium.values()) {
      if (medium.word().equals(word)) {
        return medium;
      }
    }
    throw new CeremonyFailed(shares.place() + ": a medium is paper, card, or in rehearsals file.");
  }
}
