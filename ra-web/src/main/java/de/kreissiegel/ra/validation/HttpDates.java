package de.kreissiegel.ra.validation;

import io.netty.util.AsciiString;
import java.time.Instant;

/** The header {@code Date}, written once a second. */
final class HttpDates {
  private volatile Written last;

  private record Written(long second, AsciiString text) {}

  HttpDates(Instant now) {
    this.last = written(now);
  }

  private static Written written(Instant now) {
    return new Written(now.getEpochSecond(), new AsciiString(Reply.date(now)));
  }

  AsciiString of(Instant now) {
    Written known = last;
    if (known.second() != now.getEpochSecond()) {
      known = written(now);
      last = known;
    }
    return known.text();
  }
}
