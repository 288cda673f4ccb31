package de.kreissiegel.ca.escrow;

import java.security.SecureRandom;
import java.util.UUID;

/** Random names (RFC 9562 §5.4). */
public final class RandomId {
  private RandomId() {}

  /** A new one, of 122 random bits. */
  public static UUID of(SecureRandom random) {
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
