package de.kreissiegel.ca.status;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times in DER, in whole seconds (RFC 5280 §4.1.2.5). */
final class DerTime {
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;

  /** From then on UTCTime means another century. */
  private static final int LAST_OF_UTC_TIME = 2049;

  private static final int FIRST_OF_UTC_TIME = 1950;

  private DerTime() {}

  /** Time: UTCTime until 2049, GeneralizedTime from then on. */
  static byte[] of(Instant instant) {
    int year = utc(instant).getYear();
    return year >= FIRST_OF_UTC_TIME && year <= LAST_OF_UTC_TIME
        ? encoded(UTC_TIME, 2, instant)
        : generalized(instant);
  }

  static byte[] generalized(Instant instant) {
    return encoded(GENERALIZED_TIME, 4, instant);
  }

  private static byte[] encoded(int tag, int yearDigits, Instant instant) {
    LocalDateTime time = utc(instant);
    byte[] octets = new byte[2 + yearDigits + 11];
    octets[0] = (byte) tag;
    octets[1] = (byte) (octets.length - 2);
    int at = digits(octets, 2, yearDigits, time.getYear());
    at = digits(octets, at, 2, time.getMonthValue());
    at = digits(octets, at, 2, time.getDayOfMonth());
    at = digits(octets, at, 2, time.getHour());
    at = digits(octets, at, 2, time.getMinute());
    at = digits(octets, at, 2, time.getSecond());
    octets[at] = 'Z';
    return octets;
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
  }

  private static int digits(byte[] octets, int at, int count, int value) {
    int left = value;
    for (int i = count - 1; i >= 0; i--) {
      octets[at + i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    return at + count;
  }
}
