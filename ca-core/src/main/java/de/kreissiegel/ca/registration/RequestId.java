package de.kreissiegel.ca.registration;

import java.security.SecureRandom;
import java.util.UUID;

/** A stored request's id. The vault's journal carries it, too. */
public record RequestId(UUID value) {
  /** A new one: a random UUID (RFC 9562 §5.4). */
  public static RequestId random(SecureRandom random) {
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new RequestId(new UUID(high, low));
  }

  /**
   * Reads the textual form.
   *
   * @throws IllegalArgumentException if it is not a UUID
   */
  public static RequestId of(String text) {
    return new RequestId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
