package de.kreissiegel.ra.setup;

import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * The code by which one browser gets the wizard: 100 random bits, good once, for a while, and for a
 * few attempts. After each wrong one nobody is heard for a time that doubles. Only its digest is
 * kept.
 */
final class OneTimeCode {
  /** How long it can be used. */
  static final Duration VALIDITY = Duration.ofMinutes(30);

  /** Wrong attempts after which it is worth nothing any more. */
  static final int ATTEMPTS = 5;

  /** Crockford's base 32: nothing in it looks like something else. */
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final int CHARACTERS = 20;
  private static final int GROUP = 4;
  private static final int LONGEST_TYPED = 64;
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

  private final byte[] digest;
  private final Instant end;
  private final InstantSource clock;
  private int wrong;
  private boolean used;
  private Instant heardFrom = Instant.MIN;

  private OneTimeCode(byte[] digest, Instant end, InstantSource clock) {
    this.digest = digest;
    this.end = end;
    this.clock = clock;
  }

  /** What became of an attempt. */
  enum Outcome {
    /** It was the code; nobody else gets in by it. */
    OPENED,
    /** It was not. */
    WRONG,
    /** Nobody is heard yet after the last wrong one. */
    EARLY,
    /** It was used already. */
    USED,
    /** Its time is over. */
    EXPIRED,
    /** There were too many wrong ones. */
    SPENT
  }

  /**
   * A code and how people read it.
   *
   * @param words five groups of four characters, for the console and for nothing else
   */
  record Made(OneTimeCode code, String words) {
    @Override
    public String toString() {
      return "a one-time code";
    }
  }

  /** Makes one. */
  static Made make(InstantSource clock, SecureRandom random) {
    var characters = new StringBuilder();
    for (int i = 0; i < CHARACTERS; i++) {
      characters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    var words = new StringBuilder();
    for (int i = 0; i < CHARACTERS; i += GROUP) {
      words.append(i == 0 ? "" : "-").append(characters, i, i + GROUP);
    }
    return new Made(
        new OneTimeCode(digest(characters.toString()), clock.instant().plus(VALIDITY), clock),
        words.toString());
  }

  /** Holds what somebody typed against it, in constant time. */
  synchronized Outcome tried(String typed) {
    Instant now = clock.instant();
    if (used) {
      return Outcome.USED;
    }
    if (wrong >= ATTEMPTS) {
      return Outcome.SPENT;
    }
    if (!now.isBefore(end)) {
      return Outcome.EXPIRED;
    }
    if (now.isBefore(heardFrom)) {
      return Outcome.EARLY;
    }
    if (MessageDigest.isEqual(digest, digest(plain(typed)))) {
      used = true;
      return Outcome.OPENED;
    }
    wrong++;
    heardFrom = now.plus(FIRST_DELAY.multipliedBy(1L << (wrong - 1)));
    return wrong >= ATTEMPTS ? Outcome.SPENT : Outcome.WRONG;
  }

  /** What it would say of any attempt now; {@code OPENED} means that it can be used. */
  synchronized Outcome state() {
    if (used) {
      return Outcome.USED;
    }
    if (wrong >= ATTEMPTS) {
      return Outcome.SPENT;
    }
    return clock.instant().isBefore(end) ? Outcome.OPENED : Outcome.EXPIRED;
  }

  /** Without what people put between, and with what they mean by O, I and L (Crockford). */
  private static String plain(String typed) {
    String bounded = typed.length() > LONGEST_TYPED ? "" : typed;
    return bounded
        .toUpperCase(Locale.ROOT)
        .replaceAll("[\\s\\-–]", "")
        .replace('O', '0')
        .replace('I', '1')
        .replace('L', '1');
  }

  private static byte[] digest(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8)).sha256().toArray();
  }
}
