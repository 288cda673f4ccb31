package de.kreissiegel.hsm.policy;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/** Points in time as RFC 5280 §4.1.2.5 writes them: UTCTime until 2049, then GeneralizedTime. */
final class Times {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

  private Times() {}

  static Instant next(DerCursor cursor, String what) throws NotDer {
    int tag = cursor.peek();
    DerCursor.Value value = cursor.next();
    String digits = new String(cursor.content(value), StandardCharsets.US_ASCII);
    return switch (tag) {
      case DerCursor.UTC_TIME -> parse((digits.charAt(0) < '5' ? "20" : "19") + digits, what);
      case DerCursor.GENERALIZED_TIME -> {
        Instant time = parse(digits, what);
        if (time.atOffset(ZoneOffset.UTC).getYear() < 2050) {
          throw new NotDer(what + " before 2050 must be a UTCTime");
        }
        yield time;
      }
      default -> throw new NotDer(what + " is no time");
    };
  }

  /** RFC 6960 §4.2.1: always GeneralizedTime. */
  static Instant generalized(DerCursor cursor, String what) throws NotDer {
    DerCursor.Value value = cursor.next(DerCursor.GENERALIZED_TIME, what);
    return parse(new String(cursor.content(value), StandardCharsets.US_ASCII), what);
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

  private static Instant parse(String digits, String what) throws NotDer {
    try {
      return LocalDateTime.parse(digits.substring(0, digits.length() - 1), FORM)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException _) {
      throw new NotDer(what + " is no time");
    }
  }
}
