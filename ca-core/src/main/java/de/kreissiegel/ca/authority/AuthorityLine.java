package de.kreissiegel.ca.authority;

import de.kreissiegel.ca.policyset.PolicySet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An authority as people know it: one name, several keys over time. Profiles name the line; a
 * certificate is issued by the generation that is active then, and its status is told by that
 * generation for as long as it lives.
 *
 * @param name that of the first generation
 * @param policySet what its certificates are held against
 * @param generations the oldest first, at least one
 */
public record AuthorityLine(AuthorityName name, PolicySet policySet, List<Generation> generations) {
  /**
   * @throws IllegalArgumentException if there is none, or their numbers don't go up from 1
   */
  public AuthorityLine {
    generations = List.copyOf(generations);
    for (int i = 0; i < generations.size(); i++) {
      if (generations.get(i).number() != i + 1) {
        throw new IllegalArgumentException("generations are counted from 1, each once");
      }
    }
    if (generations.isEmpty()) {
      throw new IllegalArgumentException("an authority has a generation");
    }
  }

  /** A line of one generation that issues from the beginning. */
  static AuthorityLine of(Authority authority) {
    return new AuthorityLine(
        authority.name(),
        PolicySet.DEFAULT,
        List.of(new Generation(1, authority, Instant.MIN, Optional.empty(), Optional.empty())));
  }

  /** The generation that issues then: the newest that has begun and not stopped. */
  public Optional<Generation> active(Instant time) {
    return generations.reversed().stream()
        .filter(generation -> !time.isBefore(generation.issuesFrom()))
        .findFirst()
        .filter(generation -> generation.mayIssue(time));
  }

  /** The one that comes last. */
  public Generation newest() {
    return generations.getLast();
  }

  /** Whether it is a line of roots. */
  public boolean isRoot() {
    return newest().authority().isRoot();
  }

  /** What one of its generations does then. */
  public AuthorityState state(Generation generation, Instant time) {
    if (!generation.isAlive(time)) {
      return AuthorityState.ENDED;
    }
    if (time.isBefore(generation.issuesFrom())) {
      return AuthorityState.PLANNED;
    }
    return active(time).filter(generation::equals).isPresent()
        ? AuthorityState.ACTIVE
        : AuthorityState.RETIRING;
  }

  /**
   * When a generation stops issuing, as far as the hierarchy's file says: when the next one begins,
   * or its own last day. Empty if nothing is planned.
   */
  public Optional<Instant> stops(Generation generation) {
    Optional<Instant> next =
        generation.number() < generations.size()
            ? Optional.of(generations.get(generation.number()).issuesFrom())
            : Optional.empty();
    if (generation.issuesUntil().isPresent()
        && next.filter(generation.issuesUntil().get()::isAfter).isEmpty()) {
      return generation.issuesUntil();
    }
    return next;
  }
}
