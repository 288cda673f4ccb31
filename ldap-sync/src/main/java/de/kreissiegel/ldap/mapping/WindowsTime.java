package de.kreissiegel.ldap.mapping;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Windows' file time (MS-DTYP §2.3.3): tenths of microseconds since 1601. */
final class WindowsTime {
  private static final Instant BEGINNING = Instant.parse("1601-01-01T00:00:00Z");
  private static final long A_SECOND = 10_000_000L;

  private WindowsTime() {}

  /** When an account ends; empty if it never does (0 or the highest number), or can't be read. */
  static Optional<Instant> end(String accountExpires) {
    try {
      long ticks = Long.parseLong(accountExpires);
      if (ticks <= 0 || ticks == Long.MAX_VALUE) {
        return Optional.empty();
      }
      return Optional.of(BEGINNING.plus(Duration.ofSeconds(ticks / A_SECOND)));
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }
}
