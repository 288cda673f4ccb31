package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of an entry can be dropped one day:
 *
 * <pre>
 * Body ::= SEQUENCE {
 *   kept [0] IMPLICIT OCTET STRING OPTIONAL,
 *   evidence SEQUENCE OF SEQUENCE { code INTEGER, part SEQUENCE OF OCTET STRING } }
 * </pre>
 *
 * @param kept what is kept of the octets
 * @param evidence what came along
 */
record EntryBody(Optional<Bytes> kept, List<Evidence> evidence) {
  static byte[] encode(Draft draft) {
    int expected = draft.kept().map(Bytes::length).orElse(0) + 16;
    DerOutput out = new DerOutput(expected);
    draft.kept().ifPresent(kept -> out.tagged(DerOutput.TAGGED, kept.toArray()));
    DerOutput evidence = new DerOutput(8);
    draft.evidence().forEach(one -> evidence.raw(EvidenceCodec.encode(one)));
    return out.raw(evidence.asSequence()).asSequence();
  }

  static EntryBody decode(byte[] octets) throws BrokenFrame {
    DerInput all = DerInput.of(octets);
    DerInput parts = all.sequence();
    all.end();
    Optional<Bytes> kept =
        parts.nextIs(DerOutput.TAGGED)
            ? Optional.of(Bytes.of(parts.tagged(DerOutput.TAGGED)))
            : Optional.empty();
    DerInput pieces = parts.sequence();
    parts.end();
    List<Evidence> evidence = new ArrayList<>();
    while (pieces.more()) {
      evidence.add(EvidenceCodec.decode(pieces.sequence()));
    }
    return new EntryBody(kept, evidence);
  }
}
