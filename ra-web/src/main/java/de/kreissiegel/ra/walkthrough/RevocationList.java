package de.kreissiegel.ra.walkthrough;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;

/**
 * A CRL (RFC 5280 §5) that was fetched, is signed by its issuer, and is of now.
 *
 * @param crl itself
 * @param number its CRLNumber
 */
record RevocationList(X509CRL crl, BigInteger number) {
  private static final String CRL_NUMBER = "2.5.29.20";

  /** Fetches the list and checks issuer, signature and dates. */
  static RevocationList fetch(PublicDoors doors, URI address, X509Certificate issuer, Clock clock)
      throws Surprise, IOException, InterruptedException {
    return read(doors.fetch(address).expect(200).body(), address, issuer, clock);
  }

  static RevocationList read(byte[] encoded, URI address, X509Certificate issuer, Clock clock)
      throws Surprise {
    try {
      var crl =
          (X509CRL)
              CertificateFactory.getInstance("X.509")
                  .generateCRL(new ByteArrayInputStream(encoded));
      Surprise.unless(
          crl.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()),
          "a CRL of " + issuer.getSubjectX500Principal() + " at " + address,
          "one of " + crl.getIssuerX500Principal());
      crl.verify(issuer.getPublicKey());
      checkDates(crl, clock);
      return new RevocationList(crl, number(crl));
    } catch (CRLException | CertificateException fault) {
      throw new Surprise("a CRL at " + address, String.valueOf(fault.getMessage()));
    } catch (GeneralSecurityException fault) {
      throw new Surprise("a CRL signed by its issuer at " + address, fault.toString());
    }
  }

  private static void checkDates(X509CRL crl, Clock clock) throws Surprise {
    var now = clock.instant();
    Surprise.unless(
        !crl.getThisUpdate().toInstant().isAfter(now.plusSeconds(1)),
        "a CRL made before now",
        "thisUpdate " + crl.getThisUpdate().toInstant());
    Surprise.unless(
        crl.getNextUpdate() != null && crl.getNextUpdate().toInstant().isAfter(now),
        "a CRL that is still fresh",
        "nextUpdate " + crl.getNextUpdate());
  }

  private static BigInteger number(X509CRL crl) throws Surprise {
    byte[] value = crl.getExtensionValue(CRL_NUMBER);
    Surprise.unless(value != null, "a CRL with a number (RFC 5280 §5.2.3)", "none");
    return ASN1Integer.getInstance(ASN1OctetString.getInstance(value).getOctets())
        .getPositiveValue();
  }

  /**
   * What the list says of this serial number: the reason as RFC 5280 names it; empty if nothing.
   */
  Optional<String> entry(BigInteger serial) {
    return Optional.ofNullable(crl.getRevokedCertificate(serial))
        .map(
            entry ->
                entry.getRevocationReason() == null
                    ? "no reason"
                    : ReasonNames.of(entry.getRevocationReason().ordinal()));
  }

  int size() {
    return crl.getRevokedCertificates() == null ? 0 : crl.getRevokedCertificates().size();
  }
}
