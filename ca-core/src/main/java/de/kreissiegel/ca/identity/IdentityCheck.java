package de.kreissiegel.ca.identity;

import de.kreissiegel.ca.profile.CheckKind;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * How an officer checked a person.
 *
 * @param kind in which way
 * @param on on which day; not when it was recorded
 */
public record IdentityCheck(CheckKind kind, LocalDate on) {
  /** An older one tells nothing of today. */
  private static final int OLDEST_DAYS = 366;

  /**
   * As somebody wrote it.
   *
   * @param kind {@link CheckKind#configName}
   * @param day as {@code 2026-11-30}
   * @throws Refused BAD_DATA_FORMAT
   */
  public static IdentityCheck read(String kind, String day) throws Refused {
    try {
      return new IdentityCheck(
          CheckKind.ofConfigName(kind)
              .orElseThrow(() -> new DateTimeException("no kind of check " + kind)),
          LocalDate.parse(day));
    } catch (DateTimeException unreadable) {
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT, "a check has one of the known kinds and a day");
    }
  }

  /**
   * @throws Refused CHECK_MISSING if it is in the future or too old
   */
  void requireTimely(LocalDate today) throws Refused {
    if (on.isAfter(today) || on.isBefore(today.minusDays(OLDEST_DAYS))) {
      throw new Refused(RefusalReason.CHECK_MISSING, "the check was on no day of the last year");
    }
  }

  /** As the trail tells it. */
  @Override
  public String toString() {
    return "check=" + kind.configName() + " checkedOn=" + on;
  }
}
