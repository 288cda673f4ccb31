package de.kreissiegel.ra.pages.expiry;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes a calendar (RFC 5545): components, and their properties one after the other, in lines of
 * at most 75 octets.
 */
final class CalendarText {
  /** RFC 5545 §3.1: octets of a line, without its break. */
  private static final int LONGEST_LINE = 75;

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StringBuilder lines = new StringBuilder();

  /** Begins a component, as {@code VEVENT}. */
  void begin(String component) {
    line("BEGIN", component);
  }

  /** Ends it. */
  void end(String component) {
    line("END", component);
  }

  /** A property of words (RFC 5545 §3.3.11), whatever they hold. */
  void text(String property, String words) {
    line(property, escaped(words));
  }

  /** A property whose value is written as it is: a URI or a word of the standard. */
  void value(String property, String value) {
    line(property, value);
  }

  /** A whole day (RFC 5545 §3.3.4); an event without an end lasts just that long (§3.6.1). */
  void day(String property, LocalDate day) {
    line(property + ";VALUE=DATE", DAY.format(day));
  }

  /** A moment in UTC, to the second (RFC 5545 §3.3.5). */
  void moment(String property, Instant moment) {
    line(property, MOMENT.format(moment));
  }

  /** All that was written. */
  @Override
  public String toString() {
    return lines.toString();
  }

  /** No control character may stand in words but a break, and that as {@code \n}. */
  private static String escaped(String words) {
    return words
        .replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replaceAll("\\R", "\\\\n")
        .replaceAll("[\\p{Cntrl}&&[^\\t]]", "");
  }

  /** Folded between characters: half a character's octets are no UTF-8. */
  private void line(String property, String value) {
    int room = LONGEST_LINE;
    for (int character : (property + ":" + value).codePoints().toArray()) {
      String one = Character.toString(character);
      int octets = one.getBytes(StandardCharsets.UTF_8).length;
      if (octets > room) {
        lines.append("\r\n ");
        room = LONGEST_LINE - 1;
      }
      lines.append(one);
      room -= octets;
    }
    lines.append("\r\n");
  }
}
