package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Entries' headers to DER and back; the form stands at {@link JournalEntry}. */
final class EntryCodec {
  static final int VERSION = 2;

  private EntryCodec() {}

  /** All of a header that doesn't depend on its place. */
  static byte[] facts(Draft draft, UUID request, int count, byte[] digest, byte[] bodyDigest) {
    DerOutput out =
        new DerOutput(320)
            .integer(draft.happening().code())
            .octetString(AnswerList.octets(request))
            .text(draft.key().value())
            .integer(draft.structure().code())
            .octetString(draft.policy().toArray())
            .octetString(digest)
            .octetString(
                JournalEntry.listsAnswers(draft.happening(), draft.structure())
                    ? new byte[0]
                    : draft.signature().toArray())
            .text(draft.rule())
            .integer(count)
            .octetString(bodyDigest);
    draft.claim().ifPresent(claim -> out.tagged(DerOutput.TAGGED, claim.toArray()));
    return out.asSequence();
  }

  /** How many octets {@link #header} will write. */
  static int headerLength(long index, long time, byte[] facts) {
    int content = contentLength(index, time, facts);
    return content + (content < 0x80 ? 2 : content < 0x100 ? 3 : content < 0x10000 ? 4 : 5);
  }

  private static int contentLength(long index, long time, byte[] facts) {
    return 3
        + 2
        + DerOutput.integerLength(index)
        + 2
        + DerOutput.integerLength(time)
        + 2
        + Digests.OCTETS
        + facts.length;
  }

  static void header(DerOutput out, long index, long time, byte[] previous, byte[] facts) {
    out.begin(DerOutput.SEQUENCE, contentLength(index, time, facts))
        .integer(VERSION)
        .integer(index)
        .integer(time)
        .octetString(previous)
        .raw(facts);
  }

  /** Reads a header whose hash is known. */
  static JournalEntry entry(byte[] octets, int from, int length, Bytes hash, Optional<Bytes> body)
      throws BrokenFrame {
    DerInput all = new DerInput(octets, from, length);
    DerInput header = all.sequence();
    all.end();
    if (header.integer() != VERSION) {
      throw new BrokenFrame("not an entry of version " + VERSION);
    }
    long index = header.integer();
    Instant time = Instant.ofEpochMilli(header.integer());
    Bytes previous = digest(header);
    DerInput facts = header.sequence();
    header.end();
    try {
      JournalEntry entry =
          new JournalEntry(
              index,
              time,
              previous,
              Happening.ofCode(facts.small()),
              AnswerList.request(facts),
              new KeyId(facts.text()),
              SignedStructure.ofCode(facts.small()),
              digest(facts),
              digest(facts),
              Bytes.of(facts.octetString()),
              facts.text(),
              facts.small(),
              digest(facts),
              facts.nextIs(DerOutput.TAGGED)
                  ? Optional.of(Bytes.of(facts.tagged(DerOutput.TAGGED)))
                  : Optional.empty(),
              hash,
              body);
      facts.end();
      return entry;
    } catch (IllegalArgumentException unknown) {
      throw new BrokenFrame("it says something unknown", unknown);
    }
  }

  private static Bytes digest(DerInput in) throws BrokenFrame {
    return Bytes.of(in.octetString(Digests.OCTETS));
  }
}
