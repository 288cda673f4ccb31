package de.kreissiegel.ca.lint;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * A Time as read (RFC 5280 §4.1.2.5).
 *
 * @param at when; in a form that isn't RFC 5280's: as near as can be
 * @param proper whether it is in the one form that RFC 5280 gives it
 */
record ReadTime(Instant at, boolean proper) {
  private static final Pattern UTC = Pattern.compile("\\d{12}Z");
  private static final Pattern GENERALIZED = Pattern.compile("\\d{14}Z");
  private static final int LAST_IN_UTC = 2049;

  static ReadTime of(Der time) throws Malformed {
    boolean utc = time.is(Der.UTC_TIME);
    if (!utc) {
      time.as(Der.GENERALIZED_TIME);
    }
    String text = time.text();
    boolean form = (utc ? UTC : GENERALIZED).matcher(text).matches();
    int digits = utc ? 10 : 12;
    if (text.length() < digits || !text.substring(0, digits).chars().allMatch(ReadTime::isDigit)) {
      throw new Malformed("a time that is none");
    }
    int year = utc ? century(number(text, 0, 2)) : number(text, 0, 4);
    int rest = utc ? 2 : 4;
    try {
      Instant at =
          OffsetDateTime.of(
                  year,
                  number(text, rest, 2),
                  number(text, rest + 2, 2),
                  number(text, rest + 4, 2),
                  number(text, rest + 6, 2),
                  form ? number(text, rest + 8, 2) : 0,
                  0,
                  ZoneOffset.UTC)
              .toInstant();
      return new ReadTime(at, form && utc == year <= LAST_IN_UTC);
    } catch (DateTimeException impossible) {
      throw new Malformed("a time that is none");
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static int century(int twoDigits) {
    return twoDigits < 50 ? 2000 + twoDigits : 1900 + twoDigits;
  }

  private static int number(String text, int from, int length) {
    int number = 0;
    for (int i = from; i < from + length; i++) {
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }
}
