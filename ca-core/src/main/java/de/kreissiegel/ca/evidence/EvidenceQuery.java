package de.kreissiegel.ca.evidence;

import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Of what evidence is wanted.
 *
 * @param tenant of this one alone; empty for all that are granted, and the house's own affairs
 * @param first the first day
 * @param last the last day
 * @param zone whose days these are
 */
public record EvidenceQuery(
    Optional<TenantId> tenant, LocalDate first, LocalDate last, ZoneId zone) {
  /** So many days at most: somewhat more than three years. */
  public static final int MOST_DAYS = 1100;

  /**
   * @throws IllegalArgumentException if it ends before it begins, or is too long
   */
  public EvidenceQuery {
    long days = ChronoUnit.DAYS.between(first, last) + 1;
    if (days < 1 || days > MOST_DAYS || first.getYear() < 1970 || last.getYear() > 9999) {
      throw new IllegalArgumentException("from 1 to " + MOST_DAYS + " days, not " + days);
    }
  }

  /** The first moment. */
  public Instant from() {
    return first.atStartOfDay(zone).toInstant();
  }

  /** The first moment after. */
  public Instant until() {
    return last.plusDays(1).atStartOfDay(zone).toInstant();
  }

  /** What the file is called. */
  public String fileName() {
    return "kreissiegel-evidence-%s-%s%s.zip"
        .formatted(first, last, tenant.map(one -> "-" + one.value()).orElse(""));
  }
}
