package de.kreissiegel.hsm.policy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.Year;
import java.time.ZoneOffset;

/** Points in time as RFC 5280 §4.1.2.5 writes them: UTCTime until 2049, then GeneralizedTime. */
final class Times {
  private Times() {}

  static Instant next(DerCursor cursor, String what) throws NotDer {
    DerCursor.Value value = cursor.next();
    byte[] digits = content(cursor, value, what);
    if (value.tag() == DerCursor.UTC_TIME) {
      int two = two(digits, 0);
      return parts(digits, 2, two < 50 ? 2000 + two : 1900 + two, what);
    }
    int year = 100 * two(digits, 0) + two(digits, 2);
    if (year < 2050) {
      throw new NotDer(what + " before 2050 must be a UTCTime");
    }
    return parts(digits, 4, year, what);
  }

  /** RFC 6960 §4.2.1: always GeneralizedTime. */
  static Instant generalized(DerCursor cursor, String what) throws NotDer {
    DerCursor.Value value = cursor.next(DerCursor.GENERALIZED_TIME, what);
    byte[] digits = content(cursor, value, what);
    return parts(digits, 4, 100 * two(digits, 0) + two(digits, 2), what);
  }

  /** The digits of a time of either kind, and nothing else than digits but the Z behind them. */
  private static byte[] content(DerCursor cursor, DerCursor.Value value, String what)
      throws NotDer {
    if (value.tag() != DerCursor.UTC_TIME && value.tag() != DerCursor.GENERALIZED_TIME) {
      throw new NotDer(what + " is no time");
    }
    byte[] digits = cursor.content(value);
    DerPrimitives.check(digits, new DerCursor.Value(value.tag(), 0, 0, digits.length));
    return digits;
  }

  private static Instant parts(byte[] digits, int from, int year, String what) throws NotDer {
    checkParts(digits, from, year, what);
    return LocalDateTime.of(
            year,
            two(digits, from),
            two(digits, from + 2),
            two(digits, from + 4),
            two(digits, from + 6),
            two(digits, from + 8))
        .toInstant(ZoneOffset.UTC);
  }

  /** As {@link #next}, but makes nothing: a list has millions of them. */
  static void check(byte[] octets, DerCursor.Value value, String what) throws NotDer {
    if (value.tag() != DerCursor.UTC_TIME) {
      int year = checkGeneralized(octets, value, what);
      if (year < 2050) {
        throw new NotDer(what + " before 2050 must be a UTCTime");
      }
      return;
    }
    DerPrimitives.check(octets, value);
    int two = two(octets, value.from());
    checkParts(octets, value.from() + 2, two < 50 ? 2000 + two : 1900 + two, what);
  }

  /** As {@link #generalized}, but makes nothing. Returns the year. */
  static int checkGeneralized(byte[] octets, DerCursor.Value value, String what) throws NotDer {
    if (value.tag() != DerCursor.GENERALIZED_TIME) {
      throw new NotDer(what + " is no time");
    }
    DerPrimitives.check(octets, value);
    int year = 100 * two(octets, value.from()) + two(octets, value.from() + 2);
    checkParts(octets, value.from() + 4, year, what);
    return year;
  }

  private static void checkParts(byte[] octets, int from, int year, String what) throws NotDer {
    int month = two(octets, from);
    int day = two(octets, from + 2);
    if (month < 1
        || month > 12
        || day < 1
        || day > Month.of(month).length(Year.isLeap(year))
        || two(octets, from + 4) > 23
        || two(octets, from + 6) > 59
        || two(octets, from + 8) > 59) {
      throw new NotDer(what + " is no time");
    }
  }

  private static int two(byte[] octets, int at) {
    return 10 * (octets[at] - '0') + octets[at + 1] - '0';
  }
}
