package de.kreissiegel.hsm.token;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours of each day, by the clock on the wall there; they may go over midnight.
 *
 * @param from the first minute
 * @param to the minute after the last; midnight counts as the day's end
 * @throws IllegalArgumentException if both are the same
 */
public record Hours(LocalTime from, LocalTime to, ZoneId zone) {
  private static final Pattern FORM =
      Pattern.compile("([0-2][0-9]:[0-5][0-9])-([0-2][0-9]:[0-5][0-9]) ([A-Za-z0-9/_+-]{1,40})");
  private static final String END_OF_DAY = "24:00";

  public Hours {
    if (from.equals(to)) {
      throw new IllegalArgumentException("hours begin and end at " + from + ": leave them out");
    }
  }

  /**
   * Reads hours as a policy has them, {@code 06:00-20:00 Europe/Berlin}; the day's end is {@code
   * 24:00} or {@code 00:00}.
   *
   * @throws IllegalArgumentException if it is not of that form, or there is no such zone
   */
  public static Hours of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "hours are written as 06:00-20:00 Europe/Berlin, not as " + text);
    }
    try {
      return new Hours(
          LocalTime.parse(parts.group(1)),
          parts.group(2).equals(END_OF_DAY) ? LocalTime.MIDNIGHT : LocalTime.parse(parts.group(2)),
          ZoneId.of(parts.group(3)));
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "hours are written as 06:00-20:00 Europe/Berlin, not as " + text, unknown);
    }
  }

  /** Whether they run at that time. */
  public boolean contains(Instant time) {
    LocalTime there = time.atZone(zone).toLocalTime();
    boolean begun = !there.isBefore(from);
    boolean over = !there.isBefore(to);
    return from.isBefore(to) ? begun && !over : begun || !over;
  }

  /** As {@link #of} reads it. */
  @Override
  public String toString() {
    return from + "-" + to + " " + zone;
  }
}
