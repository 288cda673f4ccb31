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
 * @param unused nobody has asked about the certificate for long; empty for no matter
 * @param joined what somebody new is told of such a certificate
 */
public record DirectoryRules(
    Reaction left,
    Reaction away,
    Reaction moved,
    Reaction renamed,
    Reaction keyHolderLeft,
    Optional<Disuse> unused,
    Newcomer joined) {
  /** Where a profile says nothing: the same as for one that nobody knows. */
  public static final DirectoryRules DEFAULT =
      new DirectoryRules(
          new Reaction.Revoke(Duration.ZERO),
          new Reaction.Suspend(Optional.empty()),
          new Reaction.Revoke(Duration.ofDays(14)),
          new Reaction.Keep(),
          new Reaction.Revoke(Duration.ZERO),
          Optional.empty(),
          Newcomer.NOTHING);

  /** What somebody new is told of a certificate that they may have. */
  public enum Newcomer {
    /** Nothing: whoever wants one asks for it. */
    NOTHING,
    /** It is pointed out to them on their home page. */
    OFFER,
    /** They are asked to apply for it, by mail, and reminded. */
    REQUEST
  }

  /**
   * What follows where nobody asks about a certificate any more (BSI IT-Grundschutz NET.3.3.A5).
   *
   * @param after so long nobody asked; 30 days at least, since people are warned two weeks before
   */
  public record Disuse(Duration after, Reaction reaction) {
    /** How long before something follows its holder is told. */
    public static final Duration NOTICE = Duration.ofDays(14);

    private static final int SHORTEST = 30;

    private static Optional<Disuse> read(Reading reading) {
      Optional<Duration> after =
          reading.optional(
              "directory.unused-after",
              text -> Reaction.days(text, SHORTEST),
              "Write a number of days from 30 on, as P180D.");
      Optional<Reaction> reaction =
          reading.optional(
              "directory.unused",
              Disuse::reaction,
              "Choose from suspend, suspend P30D (then revoke), revoke.");
      reading.check(
          after.isPresent() || reaction.isEmpty(),
          "directory.unused",
          "it isn't said after how long",
          "Add unused-after, as P180D.");
      reading.check(
          after.isEmpty() || reaction.isPresent(),
          "directory.unused-after",
          "it isn't said what follows",
          "Add unused, as suspend P60D.");
      return after.flatMap(time -> reaction.map(one -> new Disuse(time, one)));
    }

    /** Its holder was told before, so there is no other term. */
    private static Reaction reaction(String text) {
      Reaction reaction = Reaction.of(text);
      boolean sound =
          switch (reaction) {
            case Reaction.Keep _ -> false;
            case Reaction.Revoke revoke -> revoke.after().isZero();
            case Reaction.Suspend _ -> true;
          };
      if (!sound) {
        throw new IllegalArgumentException("not at once: " + text);
      }
      return reaction;
    }
  }

  /** Reads the section {@code directory}, whose settings may each be absent. */
  static DirectoryRules read(Reading reading) {
    DirectoryRules rules =
        new DirectoryRules(
            reaction(reading, "left", DEFAULT.left()),
            reaction(reading, "away", DEFAULT.away()),
            reaction(reading, "moved", DEFAULT.moved()),
            reaction(reading, "renamed", DEFAULT.renamed()),
            reaction(reading, "key-holder-left", DEFAULT.keyHolderLeft()),
            Disuse.read(reading),
            reading
                .optional(
                    "directory.joined",
                    DirectoryRules::newcomer,
                    "Write offer, request or nothing.")
                .orElse(DEFAULT.joined()));
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

  private static Newcomer newcomer(String text) {
    return switch (text) {
      case "nothing" -> Newcomer.NOTHING;
      case "offer" -> Newcomer.OFFER;
      case "request" -> Newcomer.REQUEST;
      default -> throw new IllegalArgumentException();
    };
  }
}
