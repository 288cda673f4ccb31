package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Evidence in an entry's body: {@code SEQUENCE { code INTEGER, part OCTET STRING … }}, the parts in
 * the order of the record's components.
 */
final class EvidenceCodec {
  private EvidenceCodec() {}

  static byte[] encode(Evidence evidence) {
    DerOutput out = new DerOutput(512).integer(evidence.code());
    parts(evidence).forEach(part -> out.octetString(part.toArray()));
    return out.asSequence();
  }

  static List<Bytes> parts(Evidence evidence) {
    return switch (evidence) {
      case Evidence.OfficerSignature officer -> List.of(officer.signedData());
      case Evidence.SecurityKeyAssertion key ->
          List.of(
              key.statement(),
              key.registration(),
              key.credentialId(),
              key.authenticatorData(),
              key.clientData(),
              key.signature());
      case Evidence.ProofOfPossession proof -> {
        List<Bytes> parts = new ArrayList<>(List.of(proof.certificationRequest()));
        proof
            .protocol()
            .ifPresent(name -> parts.add(Bytes.of(name.getBytes(StandardCharsets.UTF_8))));
        yield parts;
      }
    };
  }

  static Evidence decode(DerInput in) throws BrokenFrame {
    int code = in.small();
    List<Bytes> parts = new ArrayList<>();
    while (in.more()) {
      parts.add(Bytes.of(in.octetString()));
    }
    if (code == 1 && parts.size() == 1) {
      return new Evidence.OfficerSignature(parts.getFirst());
    }
    if (code == 2 && parts.size() == 6) {
      return new Evidence.SecurityKeyAssertion(
          parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4), parts.get(5));
    }
    if (code == 3 && (parts.size() == 1 || parts.size() == 2)) {
      return new Evidence.ProofOfPossession(
          parts.getFirst(),
          parts.size() == 1
              ? Optional.empty()
              : Optional.of(new String(parts.get(1).toArray(), StandardCharsets.UTF_8)));
    }
    throw new BrokenFrame("evidence of an unknown kind");
  }
}
