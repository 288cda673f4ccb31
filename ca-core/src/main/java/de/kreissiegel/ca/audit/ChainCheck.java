package de.kreissiegel.ca.audit;

import de.kreissiegel.ca.audit.AuditFinding.Kind;
import de.kreissiegel.hsm.signing.AuditHead;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** One pass over one chain. Remembers what doesn't fit; {@link Suspects} says afterwards why. */
final class ChainCheck {
  /** So many are looked at one by one; a chain with more faults is beyond detail. */
  private static final int MOST_SUSPECTS = 200;

  private final String chain;
  private final TreeMap<Long, List<AuditHead>> expected = new TreeMap<>();
  private final List<AuditFinding> findings = new ArrayList<>();
  private final List<Long> suspects = new ArrayList<>();
  private long unfit;
  private long events;
  private long erased;
  private Optional<Instant> erasedUntil = Optional.empty();
  private ChainHead head;

  ChainCheck(String chain) {
    this(chain, ChainHead.ofEmpty(chain));
  }

  /** Of the part that follows this head. */
  ChainCheck(String chain, ChainHead start) {
    this.chain = chain;
    this.head = start;
  }

  /** How many events were looked at. */
  long events() {
    return events;
  }

  /**
   * What is wrong with a part of the chain.
   *
   * @param last the number with which it ends
   */
  List<AuditFinding> finishAt(AuditBook book, long last) {
    findings.addAll(new Suspects(chain, book).explain(suspects, unfit));
    if (head.sequence() < last) {
      found(Kind.MISSING, head.sequence() + 1, "missing: " + range(head.sequence() + 1, last));
    }
    return List.copyOf(findings);
  }

  /** The vault has signed this head: the chain must have gone through it. */
  void expect(AuditHead signed) {
    expected.computeIfAbsent(signed.sequence(), _ -> new ArrayList<>()).add(signed);
  }

  void accept(WrittenEvent event) {
    events++;
    if (event.sequence() != head.sequence() + 1) {
      found(
          Kind.MISSING,
          head.sequence() + 1,
          "missing: " + range(head.sequence() + 1, event.sequence() - 1));
    } else if (!event.fits(event.sequence(), head.hash())) {
      unfit++;
      if (suspects.size() < MOST_SUSPECTS) {
        suspects.add(event.sequence());
      }
    } else if (!event.wordsHold()) {
      found(
          Kind.CHANGED,
          event.sequence(),
          "the words of event " + event.sequence() + " are not those that the chain holds");
    }
    if (event.isErased()) {
      erased++;
      if (erasedUntil.filter(event.at()::isBefore).isEmpty()) {
        erasedUntil = Optional.of(event.at());
      }
    }
    head = ChainHead.at(event);
    expected.getOrDefault(event.sequence(), List.of()).stream()
        .filter(signed -> !signed.hash().equals(event.hash()))
        .findFirst()
        .ifPresent(
            signed ->
                found(
                    Kind.REWRITTEN,
                    event.sequence(),
                    "at "
                        + signed.time()
                        + " the vault signed another hash for event "
                        + event.sequence()));
  }

  List<AuditFinding> finish(AuditBook book) {
    findings.addAll(new Suspects(chain, book).explain(suspects, unfit));
    Optional<ChainHead> row =
        book.heads().stream().filter(other -> other.chain().equals(chain)).findFirst();
    long signedLast = expected.isEmpty() ? 0 : expected.lastKey();
    long rowLast = row.map(ChainHead::sequence).orElse(0L);
    long last = Math.max(signedLast, rowLast);
    // The chain may have grown meanwhile: then the next event is there now.
    boolean cut = last > head.sequence() && book.event(chain, head.sequence() + 1).isEmpty();
    if (cut) {
      found(
          Kind.TAIL_CUT,
          head.sequence(),
          "cut off after event "
              + head.sequence()
              + ", missing: "
              + range(head.sequence() + 1, last));
    }
    if (rowLast < Math.max(head.sequence(), signedLast) || !hashOfRow(book, row)) {
      found(
          Kind.HEAD_CHANGED,
          rowLast,
          "the chain's head row says event " + rowLast + ", which is not the last event's");
    }
    return findings;
  }

  /** Whether the row's hash is that of the event it names, where that event is there. */
  private boolean hashOfRow(AuditBook book, Optional<ChainHead> row) {
    if (row.isEmpty()) {
      return true;
    }
    Optional<Bytes> hash =
        row.get().sequence() == 0
            ? Optional.of(ChainHead.ofEmpty(chain).hash())
            : book.event(chain, row.get().sequence()).map(WrittenEvent::hash);
    return hash.map(row.get().hash()::equals).orElse(true);
  }

  AuditReport.ChainReport report(int checkpoints, int journalHeads) {
    return new AuditReport.ChainReport(
        chain, events, erased, erasedUntil, checkpoints, journalHeads);
  }

  private void found(Kind kind, long sequence, String text) {
    findings.add(new AuditFinding(kind, chain, sequence, text));
  }

  private static String range(long from, long to) {
    return from == to ? "event " + from : "events " + from + " to " + to;
  }
}
