package de.kreissiegel.ra.walkthrough;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as the walkthrough prints them. */
final class Text {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Text() {}

  /** As {@code 1.3 s}. */
  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  /** As {@code 2026-11-22 10:15:00Z}. */
  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** As addresses write it: lower-case hexadecimal without leading zeros. */
  static String serial(BigInteger serial) {
    return serial.toString(16);
  }
}
