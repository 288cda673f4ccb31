package de.kreissiegel.ca.audit;

import java.time.Instant;
import java.util.ArrayList;
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

  /** The spans of all chains that have events of this time, in order of their names. */
  public static List<AuditSpan> of(AuditBook book, Instant from, Instant until) {
    var spans = new ArrayList<AuditSpan>();
    for (String chain : book.chains()) {
      book.reach(chain, from, until).ifPresent(reach -> spans.add(around(book, chain, reach)));
    }
    return spans;
  }

  private static AuditSpan around(AuditBook book, String chain, AuditBook.Reach reach) {
    Optional<Checkpoint> before = book.checkpointBefore(chain, reach.first());
    Optional<Checkpoint> after = book.checkpointFrom(chain, reach.last());
    return new AuditSpan(
        chain,
        before,
        before.map(point -> point.head().sequence()).orElse(0L) + 1,
        after.map(point -> point.head().sequence()).orElse(reach.last()),
        after);
  }
}
