package de.kreissiegel.ca.x509;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.x509.Certificate;

/** Several certificates in one file: a "certs-only" CMS message (RFC 5272 §4.1, RFC 8551 §3.8). */
public final class CertificateBundle {
  private CertificateBundle() {}

  /**
   * The message, DER.
   *
   * @param certificates DER, at least one
   */
  public static Bytes certsOnly(List<Bytes> certificates) {
    var set = new ASN1EncodableVector();
    certificates.forEach(each -> set.add(Certificate.getInstance(each.toArray())));
    var signedData = new ASN1EncodableVector();
    signedData.add(new ASN1Integer(1));
    signedData.add(new DERSet());
    signedData.add(new DERSequence(CMSObjectIdentifiers.data));
    signedData.add(new DERTaggedObject(false, 0, new DERSet(set)));
    signedData.add(new DERSet());
    try {
      return Bytes.of(
          new ContentInfo(CMSObjectIdentifiers.signedData, new DERSequence(signedData))
              .getEncoded("DER"));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
