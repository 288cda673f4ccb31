package de.kreissiegel.ca.publication;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DLSequence;
import org.bouncycastle.asn1.DLSet;
import org.bouncycastle.asn1.DLTaggedObject;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * The value of {@code userSMIMECertificate} (RFC 2798 §2.8): a SignedData without content that
 * holds a certificate and its chain.
 *
 * <p>It has no signer (a certs-only message, RFC 8551 §3.8). The RFC's smimeCapabilities would be a
 * signed attribute, which tells what its signer can do (RFC 8551 §2.5.2); the holder's key isn't
 * ours, and no other key can say that for them. What they can do stands in the certificate's own
 * SMIMECapabilities extension (RFC 4262), under the authority's signature. Without a signature the
 * octets follow from the certificate, so that the very same value can be taken out again.
 */
final class SmimeMessage {
  private SmimeMessage() {}

  /**
   * Makes it.
   *
   * @param certificate the holder's, DER; it stands first, for those who read the first one only
   * @param chain its issuer first
   */
  static Bytes of(Bytes certificate, List<Bytes> chain) {
    var certificates = new ASN1EncodableVector();
    certificates.add(Certificate.getInstance(certificate.toArray()));
    chain.forEach(one -> certificates.add(Certificate.getInstance(one.toArray())));
    // Piece by piece: as DER the certificates would be sorted. RFC 5652 §5.1 asks for BER only.
    var nobody = new DLSet();
    var message =
        new DLSequence(
            new ASN1Encodable[] {
              new ASN1Integer(1),
              nobody,
              new DLSequence(CMSObjectIdentifiers.data),
              new DLTaggedObject(false, 0, new DLSet(certificates)),
              nobody
            });
    var info =
        new DLSequence(
            new ASN1Encodable[] {
              CMSObjectIdentifiers.signedData, new DLTaggedObject(true, 0, message)
            });
    try {
      return Bytes.of(info.getEncoded("DL"));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether these octets are such a message of this certificate, whatever its chain was. */
  static boolean isOf(Bytes certificate, Bytes octets) {
    try {
      ContentInfo info = ContentInfo.getInstance(octets.toArray());
      if (!CMSObjectIdentifiers.signedData.equals(info.getContentType())) {
        return false;
      }
      SignedData message = SignedData.getInstance(info.getContent());
      ASN1Set certificates = message.getCertificates();
      return message.getSignerInfos().size() == 0
          && certificates != null
          && certificates.size() > 0
          && isSame(certificate, certificates.getObjectAt(0));
    } catch (IOException | RuntimeException somethingElse) {
      return false;
    }
  }

  private static boolean isSame(Bytes certificate, ASN1Encodable other) throws IOException {
    return certificate.equals(Bytes.of(other.toASN1Primitive().getEncoded("DER")));
  }
}
