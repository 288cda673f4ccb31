package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.RFC4519Style;
import org.bouncycastle.asn1.x509.TBSCertificate;

/** What stands in the vault's journal: the octets that were signed and their signature. */
final class SignedCertificate {
  private final RequestId request;
  private final Authority authority;
  private final Bytes signature;
  private final long journalIndex;
  private final Bytes entryHash;
  private final TBSCertificate parsed;

  /**
   * @param request whose it is, says the journal
   * @param authority who signed
   * @param tbs what was signed
   * @param signature the signature
   * @param journalIndex where it stands
   * @param entryHash that entry's hash
   */
  SignedCertificate(
      RequestId request,
      Authority authority,
      Bytes tbs,
      Bytes signature,
      long journalIndex,
      Bytes entryHash) {
    this.request = request;
    this.authority = authority;
    this.signature = signature;
    this.journalIndex = journalIndex;
    this.entryHash = entryHash;
    this.parsed = TBSCertificate.getInstance(tbs.toArray());
  }

  RequestId request() {
    return request;
  }

  Authority authority() {
    return authority;
  }

  long journalIndex() {
    return journalIndex;
  }

  Bytes entryHash() {
    return entryHash;
  }

  TBSCertificate parsed() {
    return parsed;
  }

  SerialNumber serial() {
    return new SerialNumber(parsed.getSerialNumber().getValue());
  }

  /** Certificate (RFC 5280 §4.1), DER. */
  Bytes encoded() {
    try {
      var parts = new ASN1EncodableVector();
      parts.add(parsed);
      parts.add(parsed.getSignature());
      parts.add(new DERBitString(signature.toArray()));
      return Bytes.of(new DERSequence(parts).getEncoded(ASN1Encoding.DER));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Bytes publicKeyInfo() {
    try {
      return Bytes.of(parsed.getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The subject's name as RFC 4514 writes it. */
  String subjectName() {
    return X500Name.getInstance(RFC4519Style.INSTANCE, parsed.getSubject()).toString();
  }
}
