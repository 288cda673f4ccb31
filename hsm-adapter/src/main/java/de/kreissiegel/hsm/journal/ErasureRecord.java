package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an entry says that tells of an erasure; it is what the entry keeps:
 *
 * <pre>
 * Erasure ::= SEQUENCE {
 *   order OCTET STRING, segments SEQUENCE OF SEQUENCE { first INTEGER, bodies INTEGER } }
 * </pre>
 *
 * @param order what was ordered
 * @param bodies how many bodies of each file are dropped, by the number of its first entry
 */
record ErasureRecord(ErasureOrder order, Map<Long, Long> bodies) {
  Bytes encoded() {
    DerOutput segments = new DerOutput(64);
    new TreeMap<>(bodies)
        .forEach(
            (first, count) ->
                segments.raw(new DerOutput(24).integer(first).integer(count).asSequence()));
    return Bytes.of(
        new DerOutput(128)
            .octetString(order.encoded().toArray())
            .raw(segments.asSequence())
            .asSequence());
  }

  static ErasureRecord decode(byte[] octets) throws BrokenFrame {
    DerInput all = DerInput.of(octets);
    DerInput parts = all.sequence();
    all.end();
    ErasureOrder order = ErasureOrder.decode(parts.octetString());
    DerInput segments = parts.sequence();
    parts.end();
    Map<Long, Long> bodies = new TreeMap<>();
    while (segments.more()) {
      DerInput segment = segments.sequence();
      bodies.put(segment.integer(), segment.integer());
      segment.end();
    }
    return new ErasureRecord(order, bodies);
  }
}
