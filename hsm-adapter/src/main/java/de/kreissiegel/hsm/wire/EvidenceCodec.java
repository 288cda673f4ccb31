package de.kreissiegel.hsm.wire;

import static de.kreissiegel.hsm.wire.Limits.EVIDENCE_OCTETS;

import de.kreissiegel.hsm.signing.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code SEQUENCE SIZE (0..16) OF SEQUENCE { code INTEGER, ... }}, each kind by its code. */
final class EvidenceCodec {
  private EvidenceCodec() {}

  static void write(DerWriter to, List<Evidence> pieces) {
    int all = to.begin();
    for (Evidence piece : pieces) {
      int one = to.begin();
      to.number(piece.code());
      switch (piece) {
        case Evidence.OfficerSignature(var signedData) -> to.bytes(signedData);
        case Evidence.SecurityKeyAssertion assertion ->
            to.bytes(assertion.statement())
                .bytes(assertion.registration())
                .bytes(assertion.credentialId())
                .bytes(assertion.authenticatorData())
                .bytes(assertion.clientData())
                .bytes(assertion.signature());
        case Evidence.ProofOfPossession(var request, var protocol) -> {
          to.bytes(request);
          protocol.ifPresent(to::text);
        }
      }
      to.end(one);
    }
    to.end(all);
  }

  static List<Evidence> read(DerReader all) throws MalformedMessage {
    List<Evidence> pieces = new ArrayList<>();
    while (all.hasMore()) {
      if (pieces.size() == Limits.EVIDENCE) {
        throw new MalformedMessage("more evidence than " + Limits.EVIDENCE + " pieces");
      }
      DerReader one = all.sequence();
      pieces.add(piece(one));
      one.end();
    }
    return pieces;
  }

  private static Evidence piece(DerReader one) throws MalformedMessage {
    return switch (one.number()) {
      case 1 -> new Evidence.OfficerSignature(one.bytes(EVIDENCE_OCTETS));
      case 2 ->
          new Evidence.SecurityKeyAssertion(
              one.bytes(EVIDENCE_OCTETS),
              one.bytes(EVIDENCE_OCTETS),
              one.bytes(EVIDENCE_OCTETS),
              one.bytes(EVIDENCE_OCTETS),
              one.bytes(EVIDENCE_OCTETS),
              one.bytes(EVIDENCE_OCTETS));
      case 3 ->
          new Evidence.ProofOfPossession(
              one.bytes(EVIDENCE_OCTETS),
              one.hasMore() ? Optional.of(one.text(Limits.WORD)) : Optional.empty());
      default -> throw new MalformedMessage("evidence of an unknown kind");
    };
  }
}
