package de.kreissiegel.ra.walkthrough;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** Path validation (RFC 5280 §6) by the JDK, with the CRLs of every authority on the way. */
final class PathCheck {
  private PathCheck() {}

  /**
   * Ends the walkthrough unless the certificate leads to the root and nobody on the way is revoked.
   *
   * @param path the certificate first, then its issuer, without the root
   * @param lists a current CRL of each issuer on the way, the root's included
   */
  static void check(
      List<X509Certificate> path, X509Certificate root, List<X509CRL> lists, Instant now)
      throws Surprise {
    try {
      var validator = CertPathValidator.getInstance("PKIX");
      var parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
      parameters.setDate(Date.from(now));
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
      var revocation = (PKIXRevocationChecker) validator.getRevocationChecker();
      revocation.setOptions(
          Set.of(
              PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
      parameters.addCertPathChecker(revocation);
      validator.validate(
          CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    } catch (CertPathValidatorException fault) {
      throw new Surprise(
          "a path from " + path.getFirst().getSubjectX500Principal() + " to the root",
          fault.getReason() + ", " + fault.getMessage());
    } catch (GeneralSecurityException fault) {
      throw new Surprise("a path validator", fault.toString());
    }
  }
}
