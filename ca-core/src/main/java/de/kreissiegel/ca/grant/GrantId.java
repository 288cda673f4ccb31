package de.kreissiegel.ca.grant;

import java.security.SecureRandom;
import java.util.UUID;

/** A grant's name. */
public record GrantId(UUID value) {
  /** A random one (RFC 9562 §5.4). */
  static GrantId random(SecureRandom random) {
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new GrantId(new UUID(high, low));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
