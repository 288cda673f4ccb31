package de.kreissiegel.ra.validation;

import io.netty.util.AsciiString;
import java.time.Clock;
import java.time.Instant;

/** The time for the header {@code Date}, written once a second. */
final class HttpDates {
  private final Clock clock;
  private volatile Written last;

  private record Written(long second, AsciiString text) {}

  HttpDates(Clock clock) {
    this.clock = clock;
    this.last = written(clock.instant());
  }

  private static Written written(Instant now) {
    return new Written(now.getEpochSecond(), new AsciiString(Reply.date(now)));
  }

  AsciiString now() {
    Instant now = clock.instant();
    Written known = last;
    if (known.second() != now.getEpochSecond()) {
      known = written(now);
      last = known;
    }
    return known.text();
  }
}
