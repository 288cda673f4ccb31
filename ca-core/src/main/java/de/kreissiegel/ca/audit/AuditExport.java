package de.kreissiegel.ca.audit;

import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The trail as JSON lines, for verifiers and archives of others; {@code docs/audit.md} describes
 * them. Of each chain first the events in their order, then the heads.
 */
public final class AuditExport {
  private AuditExport() {}

  /** Writes all of it, line by line without ends of lines. Reads the whole trail. */
  public static void write(AuditBook book, Consumer<String> lines) {
    for (String chain : book.chains()) {
      book.eachEvent(chain, event -> lines.accept(line(event)));
      book.checkpoints(chain).forEach(head -> lines.accept(line(head)));
    }
  }

  /**
   * Writes a part of the trail: the signed head before it, its events, the signed head behind it.
   * In the place of events that aren't for who asked stands a line with the number of the first and
   * the last of them, and the hash of the last, by which the chain goes on.
   *
   * @param shown which events are told of
   */
  public static void write(
      AuditBook book, AuditSpan span, Predicate<WrittenEvent> shown, Consumer<String> lines) {
    span.before().ifPresent(head -> lines.accept(line(head)));
    var gap = new Gap(span.chain(), lines);
    book.eachEvent(
        span.chain(),
        span.first(),
        span.last(),
        event -> {
          if (shown.test(event)) {
            gap.end();
            lines.accept(line(event));
          } else {
            gap.add(event);
          }
        });
    gap.end();
    span.after().ifPresent(head -> lines.accept(line(head)));
  }

  /** Events in a row that aren't told of. */
  private static final class Gap {
    private final String chain;
    private final Consumer<String> lines;
    private long first;
    private long last;
    private Bytes hash = Bytes.of(new byte[0]);

    Gap(String chain, Consumer<String> lines) {
      this.chain = chain;
      this.lines = lines;
    }

    void add(WrittenEvent event) {
      first = first == 0 ? event.sequence() : first;
      last = event.sequence();
      hash = event.hash();
    }

    void end() {
      if (first > 0) {
        lines.accept(
            new JsonLine()
                .text("type", "gap")
                .text("chain", chain)
                .number("first", BigInteger.valueOf(first))
                .number("sequence", BigInteger.valueOf(last))
                .text("hash", hash.toHex())
                .end());
        first = 0;
      }
    }
  }

  private static String line(WrittenEvent event) {
    var line = new JsonLine().text("type", "event");
    line.number("version", BigInteger.valueOf(event.text() instanceof WrittenEvent.Plain ? 1 : 2));
    line.text("chain", event.chain());
    line.number("sequence", BigInteger.valueOf(event.sequence()));
    line.number("micros", micros(event.at()));
    line.text("actor", event.actor());
    line.text("action", event.action());
    event.tenant().ifPresent(tenant -> line.text("tenant", tenant));
    line.text("object", event.object());
    if (event.text() instanceof WrittenEvent.Committed words) {
      line.text("commitment", words.commitment().toHex());
      words.salt().map(Bytes::toHex).ifPresent(salt -> line.text("salt", salt));
    }
    event.text().actorName().ifPresent(name -> line.text("actorName", name));
    event.text().detail().ifPresent(detail -> line.text("detail", detail));
    return line.text("hash", event.hash().toHex()).end();
  }

  private static String line(Checkpoint checkpoint) {
    return new JsonLine()
        .text("type", "head")
        .text("chain", checkpoint.head().chain())
        .number("sequence", BigInteger.valueOf(checkpoint.head().sequence()))
        .text("hash", checkpoint.head().hash().toHex())
        .text("signed", checkpoint.head().encoded().toHex())
        .text("signature", checkpoint.signature().toHex())
        .end();
  }

  /** Without bounds: a time that was tampered with may be any. */
  static BigInteger micros(Instant time) {
    return BigInteger.valueOf(time.getEpochSecond())
        .multiply(BigInteger.valueOf(1_000_000))
        .add(BigInteger.valueOf(time.getNano() / 1000));
  }
}
