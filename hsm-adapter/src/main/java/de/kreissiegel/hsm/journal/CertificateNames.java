package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.RFC4519Style;
import org.bouncycastle.asn1.x509.TBSCertificate;

/** What a person wants to know of a TBSCertificate. */
record CertificateNames(
    String issuer, String serial, String subject, String notBefore, String notAfter) {
  /** Reads it; empty if it can't be read, as may be with one that was refused. */
  static Optional<CertificateNames> of(Bytes octets) {
    try {
      TBSCertificate certificate = TBSCertificate.getInstance(octets.toArray());
      return Optional.of(
          new CertificateNames(
              words(certificate.getIssuer()),
              certificate.getSerialNumber().getValue().toString(16),
              words(certificate.getSubject()),
              certificate.getStartDate().getDate().toInstant().toString(),
              certificate.getEndDate().getDate().toInstant().toString()));
    } catch (RuntimeException notOne) {
      // Bouncy Castle tells of bad DER by unchecked exceptions of many kinds.
      return Optional.empty();
    }
  }

  private static String words(X500Name name) {
    return RFC4519Style.INSTANCE.toString(name);
  }
}
