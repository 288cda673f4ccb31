package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;

/**
 * What an entry says that tells of an erasure; it is what the entry keeps. The entry's digest is
 * the order's, its signature that of the ceremony's key over the order.
 *
 * <pre>
 * Erasure ::= SEQUENCE { order OCTET STRING, selection ErasureSelection }
 * </pre>
 *
 * @param order what was ordered
 * @param selection which entries lose their bodies
 */
record ErasureRecord(ErasureOrder order, ErasureSelection selection) {
  Bytes encoded() {
    byte[] selected = selection.encoded();
    return Bytes.of(
        new DerOutput(selected.length + 1024)
            .octetString(order.encoded().toArray())
            .raw(selected)
            .asSequence());
  }

  /**
   * Reads what an entry keeps.
   *
   * @throws BrokenFrame if it doesn't say of which erasure it tells, or its parts don't fit
   */
  static ErasureRecord of(JournalEntry entry) throws BrokenFrame {
    Bytes body = entry.body().orElseThrow(() -> new BrokenFrame("an order's body is missing"));
    Bytes kept =
        EntryBody.decode(body.toArray())
            .kept()
            .orElseThrow(() -> new BrokenFrame("it doesn't say what was erased"));
    ErasureRecord record = decode(kept.toArray());
    if (!Digests.sha256(record.order.encoded().toArray()).equals(entry.digest())) {
      throw new BrokenFrame("the order doesn't match its digest");
    }
    if (!record.selection.digest().equals(record.order.selection())) {
      throw new BrokenFrame("what was erased is not what was ordered");
    }
    return record;
  }

  private static ErasureRecord decode(byte[] octets) throws BrokenFrame {
    DerInput all = DerInput.of(octets);
    DerInput parts = all.sequence();
    all.end();
    try {
      ErasureOrder order = ErasureOrder.read(Bytes.of(parts.octetString()));
      ErasureSelection selection = ErasureSelection.decode(parts.sequence());
      parts.end();
      return new ErasureRecord(order, selection);
    } catch (IllegalArgumentException notOne) {
      throw new BrokenFrame("it holds no order", notOne);
    }
  }
}
