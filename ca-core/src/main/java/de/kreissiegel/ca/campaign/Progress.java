package de.kreissiegel.ca.campaign;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a campaign is, counted from the facts.
 *
 * @param parts by tenant, kind and standing; only what there is
 * @param letters how many letters were written
 * @param renewals how many came to the goal on which day, of those that have
 * @param asOf when it was counted
 */
public record Progress(
    List<Part> parts, Letters letters, SortedMap<LocalDate, Long> renewals, Instant asOf) {
  /** The days whose renewals say how fast it goes. */
  private static final int RECENT_DAYS = 14;

  public Progress {
    parts = List.copyOf(parts);
    renewals = new TreeMap<>(renewals);
  }

  /** Some certificates that are alike. */
  public record Part(TenantId tenant, ProfileName profile, Standing standing, long count) {}

  /**
   * To how many holders it was written.
   *
   * @param first to how many at all
   * @param reminded how many of them were reminded
   * @param troubled of how many a letter didn't arrive
   */
  public record Letters(long first, long reminded, long troubled) {}

  /** How many stand where; each standing is named. */
  public Map<Standing, Long> byStanding() {
    Map<Standing, Long> counts = new EnumMap<>(Standing.class);
    for (Standing one : Standing.values()) {
      counts.put(one, 0L);
    }
    parts.forEach(one -> counts.merge(one.standing(), one.count(), Long::sum));
    return counts;
  }

  /** How many there are. */
  public long total() {
    return parts.stream().mapToLong(Part::count).sum();
  }

  /** Of how many something has still to happen. */
  public long left() {
    return parts.stream().filter(one -> one.standing().isLeft()).mapToLong(Part::count).sum();
  }

  /** How many have reached the goal. */
  public long renewed() {
    return byStanding().getOrDefault(Standing.RENEWED, 0L);
  }

  /**
   * When nothing would be left if it went on as in the last {@value #RECENT_DAYS} days.
   *
   * @param from since when it runs
   * @param today the day of {@code asOf}
   * @return empty if nothing came to the goal in these days, or nothing is left
   */
  public Optional<LocalDate> expectedEnd(LocalDate from, LocalDate today) {
    LocalDate since =
        today.minusDays(RECENT_DAYS - 1L).isAfter(from) ? today.minusDays(RECENT_DAYS - 1L) : from;
    long recent = renewals.tailMap(since).values().stream().mapToLong(Long::longValue).sum();
    if (recent == 0 || left() == 0) {
      return Optional.empty();
    }
    long days = since.until(today, ChronoUnit.DAYS) + 1;
    return Optional.of(today.plusDays(Math.ceilDiv(left() * days, recent)));
  }
}
