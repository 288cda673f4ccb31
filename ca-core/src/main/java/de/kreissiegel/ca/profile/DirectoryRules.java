package de.kreissiegel.ca.profile;

import java.time.Duration;
import java.util.Optional;

/**
 * What follows for a profile's certificates from what the directory says.
 *
 * @param left the holder's entry is disabled or gone
 * @param away the holder is absent for long and will return
 * @param moved the holder doesn't work any more for the tenant that the certificate names
 * @param renamed the holder has another name, mail address or DNS name than the certificate
 * @param keyHolderLeft one of those who have access to a function's key has lost it (V-PKI: then
 *     the key is changed)
 * @param offersToNew whether somebody new is offered such a certificate
 */
public record DirectoryRules(
    Reaction left,
    Reaction away,
    Reaction moved,
    Reaction renamed,
    Reaction keyHolderLeft,
    boolean offersToNew) {
  /** Where a profile says nothing: the same as for one that nobody knows. */
  public static final DirectoryRules DEFAULT =
      new DirectoryRules(
          new Reaction.Revoke(Duration.ZERO),
          new Reaction.Suspend(Optional.empty()),
          new Reaction.Revoke(Duration.ofDays(14)),
          new Reaction.Keep(),
          new Reaction.Revoke(Duration.ZERO),
          false);

  /** Reads the section {@code directory}, whose settings may each be absent. */
  static DirectoryRules read(Reading reading) {
    DirectoryRules rules =
        new DirectoryRules(
            reaction(reading, "left", DEFAULT.left()),
            reaction(reading, "away", DEFAULT.away()),
            reaction(reading, "moved", DEFAULT.moved()),
            reaction(reading, "renamed", DEFAULT.renamed()),
            reaction(reading, "key-holder-left", DEFAULT.keyHolderLeft()),
            reading
                .optional("directory.joined", DirectoryRules::offer, "Write offer or nothing.")
                .orElse(DEFAULT.offersToNew()));
    reading.check(
        rules.left().takesAway(),
        "directory.left",
        "who left would keep the certificate",
        "Write revoke, or suspend P14D to revoke two weeks later.");
    return rules;
  }

  private static Reaction reaction(Reading reading, String key, Reaction unsaid) {
    return reading
        .optional(
            "directory." + key,
            Reaction::of,
            "Choose from keep, revoke, revoke P14D, suspend, suspend P30D (then revoke).")
        .orElse(unsaid);
  }

  private static boolean offer(String text) {
    return switch (text) {
      case "offer" -> true;
      case "nothing" -> false;
      default -> throw new IllegalArgumentException();
    };
  }
}
