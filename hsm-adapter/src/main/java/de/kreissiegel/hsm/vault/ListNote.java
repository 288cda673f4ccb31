package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.approval.SignedList;
import de.kreissiegel.hsm.policy.ListHeader;
import de.kreissiegel.hsm.policy.PassedList;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;

/**
 * What the journal keeps of a revocation list, as DER:
 *
 * <pre>
 * ListNote ::= SEQUENCE {
 *   header ListHeader,
 *   watched SEQUENCE OF SEQUENCE { serial INTEGER, reason INTEGER } }
 * </pre>
 *
 * @param header all but its entries
 * @param watched which officers' certificates it lists, by serial number, each with its CRLReason
 */
record ListNote(Bytes header, Map<BigInteger, Integer> watched) {
  ListNote {
    watched = Map.copyOf(watched);
  }

  static ListNote of(PassedList list) {
    return new ListNote(list.header(), list.listed());
  }

  /** What the header says. */
  ListHeader read() {
    return ListHeader.read(header);
  }

  /** As officers' standing depends on it. */
  SignedList forOfficers(KeyId key) {
    ListHeader said = read();
    boolean full = said.scope().distributionPoint().isEmpty() && !said.scope().delta();
    return new SignedList(key, said.thisUpdate(), said.nextUpdate(), full, watched);
  }

  Bytes encoded() {
    ASN1EncodableVector listed = new ASN1EncodableVector();
    new TreeMap<>(watched)
        .forEach(
            (serial, reason) -> {
              ASN1EncodableVector pair = new ASN1EncodableVector();
              pair.add(new ASN1Integer(serial));
              pair.add(new ASN1Integer(reason));
              listed.add(new DERSequence(pair));
            });
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(ASN1Sequence.getInstance(header.toArray()));
    parts.add(new DERSequence(listed));
    try {
      return Bytes.of(new DERSequence(parts).getEncoded(ASN1Encoding.DER));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads one back.
   *
   * @throws IllegalArgumentException if the octets are none
   */
  static ListNote decode(Bytes encoded) {
    try {
      ASN1Sequence parts = ASN1Sequence.getInstance(encoded.toArray());
      Map<BigInteger, Integer> watched = new HashMap<>();
      for (var one : ASN1Sequence.getInstance(parts.getObjectAt(1))) {
        ASN1Sequence pair = ASN1Sequence.getInstance(one);
        watched.put(
            ASN1Integer.getInstance(pair.getObjectAt(0)).getValue(),
            ASN1Integer.getInstance(pair.getObjectAt(1)).intValueExact());
      }
      return new ListNote(
          Bytes.of(parts.getObjectAt(0).toASN1Primitive().getEncoded(ASN1Encoding.DER)), watched);
    } catch (IOException | ClassCastException | ArithmeticException notOne) {
      throw new IllegalArgumentException("not a note of a list", notOne);
    }
  }
}
