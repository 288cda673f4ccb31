package de.kreissiegel.hsm.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which member was asked for a certificate and never answered. It may still be at work on it, so
 * nobody else is asked under that id for a while: two journals can't see each other.
 */
final class StandingRequests {
  /** Longer than any signer holds a question that it has read. */
  private static final Duration WHILE = Duration.ofMinutes(2);

  private static final int MOST = 10_000;

  private record Standing(GroupMember member, Instant until) {}

  private final Clock clock;
  private final Map<UUID, Standing> standing = new LinkedHashMap<>();

  StandingRequests(Clock clock) {
    this.clock = clock;
  }

  synchronized void stand(UUID request, GroupMember member) {
    standing.values().removeIf(old -> clock.instant().isAfter(old.until()));
    if (standing.size() >= MOST) {
      standing.remove(standing.keySet().iterator().next());
    }
    standing.remove(request);
    standing.put(request, new Standing(member, clock.instant().plus(WHILE)));
  }

  synchronized Optional<GroupMember> of(UUID request) {
    return Optional.ofNullable(standing.get(request))
        .filter(found -> !clock.instant().isAfter(found.until()))
        .map(Standing::member);
  }

  synchronized void settle(UUID request) {
    standing.remove(request);
  }
}
