package de.kreissiegel.ca.revision;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that is set to a day, and goes on by a millisecond each time somebody looks. */
public final class CalendarClock extends Clock {
  private Instant now;

  public CalendarClock(String day) {
    this.now = at(day);
  }

  /** It is that day at noon. */
  public synchronized void set(String day) {
    now = at(day);
  }

  private static Instant at(String day) {
    return LocalDate.parse(day).atTime(12, 0).toInstant(ZoneOffset.UTC);
  }

  @Override
  public synchronized Instant instant() {
    now = now.plusMillis(1);
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
