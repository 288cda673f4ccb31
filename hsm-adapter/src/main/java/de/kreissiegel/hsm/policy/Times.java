package de.kreissiegel.hsm.policy;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
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

  private static Instant parse(String digits, String what) throws NotDer {
    try {
      return LocalDateTime.parse(digits.substring(0, digits.length() - 1), FORM)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException _) {
      throw new NotDer(what + " is no time");
    }
  }
}
