package de.kreissiegel.hsm.wire;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Entries of the journal to octets and back. */
final class JournalCodec {
  private JournalCodec() {}

  static void write(DerWriter to, List<JournalRecord> records) {
    int all = to.begin();
    for (JournalRecord record : records) {
      int one = to.begin();
      to.number(record.index())
          .number(record.time().toEpochMilli())
          .number(record.happening().code())
          .id(record.requestId())
          .text(record.key().value())
          .number(record.structure().code())
          .bytes(record.signature())
          .text(record.rule())
          .bytes(record.entryHash());
      record.toBeSigned().ifPresent(to::bytes);
      to.end(one);
    }
    to.end(all);
  }

  static List<JournalRecord> read(DerReader all) throws MalformedMessage {
    List<JournalRecord> records = new ArrayList<>();
    while (all.hasMore()) {
      DerReader from = all.sequence();
      long index = from.longNumber();
      Instant time = Instant.ofEpochMilli(from.longNumber());
      Happening happening = Happening.ofCode(from.number());
      var request = from.id();
      KeyId key = new KeyId(from.text(Limits.WORD));
      SignedStructure structure = SignedStructure.ofCode(from.number());
      Bytes signature = from.bytes();
      String rule = from.text(Limits.SENTENCE);
      Bytes hash = from.bytes();
      Optional<Bytes> kept = from.hasMore() ? Optional.of(from.bytes()) : Optional.empty();
      from.end();
      records.add(
          new JournalRecord(
              index, time, happening, request, key, structure, kept, signature, rule, hash));
    }
    return records;
  }
}
