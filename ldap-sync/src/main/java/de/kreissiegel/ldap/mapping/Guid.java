package de.kreissiegel.ldap.mapping;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.UUID;

/**
 * A GUID in octets (MS-DTYP §2.3.4.2) and as text (§2.3.4.3): its first three fields are
 * little-endian, the last eight octets stand as they are.
 */
final class Guid {
  private static final int LENGTH = 16;

  private Guid() {}

  /** In lower case, without braces; empty if there are not 16 octets. */
  static Optional<String> text(byte[] octets) {
    if (octets.length != LENGTH) {
      return Optional.empty();
    }
    ByteBuffer little = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    long high =
        (little.getInt() & 0xffff_ffffL) << 32
            | (little.getShort() & 0xffffL) << 16
            | little.getShort() & 0xffffL;
    long low = little.order(ByteOrder.BIG_ENDIAN).getLong();
    return Optional.of(new UUID(high, low).toString());
  }

  /** Empty if it is none. */
  static Optional<byte[]> octets(String text) {
    UUID uuid;
    try {
      uuid = UUID.fromString(text);
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
    long high = uuid.getMostSignificantBits();
    return Optional.of(
        ByteBuffer.allocate(LENGTH)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) (high >>> 32))
            .putShort((short) (high >>> 16))
            .putShort((short) high)
            .order(ByteOrder.BIG_ENDIAN)
            .putLong(uuid.getLeastSignificantBits())
            .array());
  }
}
