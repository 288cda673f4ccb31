package de.kreissiegel.ra.wiring;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Certificates of the system's own with those above them. */
final class Chains {
  private Chains() {}

  /** Its own, the issuer's, and those above, but for the root's. */
  static List<X509Certificate> of(StoredCertificate issued, Authority issuer) {
    try {
      var chain = new ArrayList<X509Certificate>();
      chain.add(certificate(issued.encoded()));
      chain.add(certificate(issuer.certificate()));
      for (Bytes above : issuer.chain().subList(0, Math.max(0, issuer.chain().size() - 1))) {
        chain.add(certificate(above));
      }
      return chain;
    } catch (CertificateException impossible) {
      throw new IllegalStateException("we issued what can't be read", impossible);
    }
  }

  /** Of several roots the one above whoever issues by this profile now. */
  static X509Certificate rootAbove(
      CertificateProfile profile, AuthorityCatalog authorities, InstantSource clock)
      throws CertificateException {
    return certificate(
        authorities
            .issuing(profile.authority(), clock.instant())
            .map(issuer -> issuer.chain().getLast())
            .orElseThrow());
  }

  static X509Certificate certificate(Bytes encoded) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded.toArray()));
  }
}
