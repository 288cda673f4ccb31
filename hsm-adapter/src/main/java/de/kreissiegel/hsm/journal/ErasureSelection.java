package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which entries lose their bodies, file by file:
 *
 * <pre>
 * ErasureSelection ::= SEQUENCE OF SEQUENCE { first INTEGER, entries OCTET STRING }
 * </pre>
 *
 * <p>{@code first} is the number of a file's first entry; bit {@code i % 8} of octet {@code i / 8},
 * counted from the least significant, stands for entry {@code first + i}.
 */
final class ErasureSelection {
  private final Map<Long, BitSet> files = new TreeMap<>();

  void add(long first, BitSet entries) {
    if (!entries.isEmpty()) {
      files.put(first, (BitSet) entries.clone());
    }
  }

  /** By the number of each file's first entry; not to be changed. */
  Map<Long, BitSet> files() {
    return files;
  }

  long bodies() {
    return files.values().stream().mapToLong(BitSet::cardinality).sum();
  }

  Bytes digest() {
    return Digests.sha256(encoded());
  }

  byte[] encoded() {
    DerOutput all = new DerOutput(1024);
    files.forEach(
        (first, entries) ->
            all.raw(
                new DerOutput(64).integer(first).octetString(entries.toByteArray()).asSequence()));
    return all.asSequence();
  }

  static ErasureSelection decode(DerInput sequence) throws BrokenFrame {
    ErasureSelection selection = new ErasureSelection();
    while (sequence.more()) {
      DerInput file = sequence.sequence();
      long first = file.integer();
      selection.add(first, BitSet.valueOf(file.octetString()));
      file.end();
    }
    return selection;
  }
}
