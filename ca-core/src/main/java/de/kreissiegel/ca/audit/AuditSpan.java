package de.kreissiegel.ca.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The part of a chain in which some time's events stand, with the signed heads around it.
 *
 * @param before the signed head that is nearest before; empty if the part begins with the chain
 * @param first number of the first event: the one that follows that head
 * @param last number of the last event: the one of the head behind
 * @param after the signed head that is nearest behind; empty if none is signed yet
 */
public record AuditSpan(
    String chain, Optional<Checkpoint> before, long first, long last, Optional<Checkpoint> after) {

  /** The spans of all chains that grew about this time, in order of their names. */
  public static List<AuditSpan> of(AuditBook book, Instant from, Instant until) {
    return book.chains().stream()
        .map(chain -> around(book, chain, from, until))
        .filter(span -> span.first() <= span.last())
        .toList();
  }

  /** By the time that the vault signed with the heads: who deletes events can't move that. */
  private static AuditSpan around(AuditBook book, String chain, Instant from, Instant until) {
    Optional<AuditBook.Reach> reach = book.reach(chain, from, until);
    Optional<Checkpoint> before = book.checkpointSignedBy(chain, from);
    if (reach.isPresent() && number(before) >= reach.get().first()) {
      before = book.checkpointBefore(chain, reach.get().first());
    }
    Optional<Checkpoint> after =
        book.checkpointSignedFrom(chain, until).or(() -> book.newestCheckpoint(chain));
    if (reach.isPresent() && number(after) < reach.get().last()) {
      after = book.checkpointFrom(chain, reach.get().last());
    }
    long last = after.isPresent() ? number(after) : reach.map(AuditBook.Reach::last).orElse(0L);
    return new AuditSpan(chain, before, number(before) + 1, last, after);
  }

  private static long number(Optional<Checkpoint> point) {
    return point.map(one -> one.head().sequence()).orElse(0L);
  }
}
