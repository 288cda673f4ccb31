package de.kreissiegel.ca.audit;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proves a part of the trail: of each chain the events of some time, from the signed head before
 * them to the one behind them. What is between two heads that the vault has signed can't be changed
 * unseen, so the rest of the chain need not be read. Holds no more than some thousand events.
 */
public final class PeriodCheck {
  private static final int MOST_FAULTS = 20;

  private final AuditBook book;
  private final HeadSignature signature;

  /**
   * @param auditKey SubjectPublicKeyInfo of the vault's audit key, DER
   * @throws IllegalArgumentException if it isn't an EC key
   */
  public PeriodCheck(AuditBook book, Bytes auditKey) {
    this.book = book;
    this.signature = new HeadSignature(auditKey);
  }

  /**
   * What was seen.
   *
   * @param chains how many chains grew about that time
   * @param events how many were recomputed
   * @param uncovered how many of them no signed head covers, for they are too new
   * @param faults what is wrong; 20 at most
   */
  public record Result(int chains, long events, long uncovered, List<String> faults) {
    public Result {
      faults = List.copyOf(faults);
    }

    /** Whether nothing is wrong. */
    public boolean isSound() {
      return faults.isEmpty();
    }
  }

  /**
   * Checks what was written in this time.
   *
   * @param from the first moment
   * @param until the first moment after
   */
  public Result verify(Instant from, Instant until) {
    List<AuditSpan> spans = AuditSpan.of(book, from, until);
    long events = 0;
    long uncovered = 0;
    var faults = new ArrayList<String>();
    for (AuditSpan span : spans) {
      Optional<Checkpoint> signed =
          span.after()
              .or(() -> book.newestCheckpoint(span.chain()))
              .filter(head -> head.head().sequence() >= span.first());
      span.before().filter(head -> !signature.confirms(head)).ifPresent(h -> forged(h, faults));
      signed.filter(head -> !signature.confirms(head)).ifPresent(h -> forged(h, faults));
      var check =
          new ChainCheck(
              span.chain(),
              span.before()
                  .map(PeriodCheck::headOf)
                  .orElseGet(() -> ChainHead.ofEmpty(span.chain())));
      signed.map(Checkpoint::head).ifPresent(check::expect);
      book.eachEvent(span.chain(), span.first(), span.last(), check::accept);
      check.finishAt(book, span.last()).forEach(fault -> faults.add(fault.toString()));
      events += check.events();
      long covered = signed.map(head -> head.head().sequence()).orElse(span.first() - 1);
      uncovered += Math.max(0, span.last() - covered);
    }
    return new Result(
        spans.size(),
        events,
        uncovered,
        faults.size() > MOST_FAULTS ? faults.subList(0, MOST_FAULTS) : faults);
  }

  private static ChainHead headOf(Checkpoint point) {
    return new ChainHead(point.head().chain(), point.head().sequence(), point.head().hash());
  }

  private static void forged(Checkpoint point, List<String> faults) {
    faults.add(AuditVerifier.forged(point).toString());
  }
}
