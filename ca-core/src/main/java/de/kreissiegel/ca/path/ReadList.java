package de.kreissiegel.ca.path;

import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.Time;
import org.jspecify.annotations.Nullable;

/**
 * A CRL in the forms that are needed.
 *
 * @param list to verify its signature
 * @param structure as its fields are read
 */
record ReadList(X509CRL list, CertificateList structure) {
  private static final Set<ASN1ObjectIdentifier> PROCESSED =
      Set.of(
          Extension.issuingDistributionPoint,
          Extension.deltaCRLIndicator,
          Extension.cRLNumber,
          Extension.authorityKeyIdentifier);

  X500Principal issuer() {
    return list.getIssuerX500Principal();
  }

  /** When it was made. */
  Instant start() {
    return structure.getThisUpdate().getDate().toInstant();
  }

  /** Whether it is one on top of a full list (RFC 5280 §5.2.4). */
  boolean isDelta() {
    return extension(Extension.deltaCRLIndicator) != null;
  }

  @Nullable IssuingDistributionPoint scope() {
    Extension extension = extension(Extension.issuingDistributionPoint);
    return extension == null
        ? null
        : IssuingDistributionPoint.getInstance(extension.getParsedValue());
  }

  /** Whether it says when the next one comes, and that is not over. */
  boolean isCurrent(Instant time) {
    Time next = structure.getNextUpdate();
    return next == null || !next.getDate().toInstant().isBefore(time);
  }

  boolean hasEnd() {
    return structure.getNextUpdate() != null;
  }

  /** A list with a critical extension that one doesn't know is not to be used (§5.2). */
  boolean hasUnknownCriticalExtension() {
    Extensions extensions = structure.getTBSCertList().getExtensions();
    return extensions != null
        && !PROCESSED.containsAll(Arrays.asList(extensions.getCriticalExtensionOIDs()));
  }

  /** Whether this delta fits on top of that full list (§5.2.4, §6.3.3 (c)). */
  boolean fitsOn(ReadList full) {
    BigInteger base = integer(Extension.deltaCRLIndicator);
    BigInteger number = integer(Extension.cRLNumber);
    BigInteger fullNumber = full.integer(Extension.cRLNumber);
    return base != null
        && number != null
        && fullNumber != null
        && issuer().equals(full.issuer())
        && same(Extension.issuingDistributionPoint, full)
        && same(Extension.authorityKeyIdentifier, full)
        && fullNumber.compareTo(base) >= 0
        && fullNumber.compareTo(number) < 0;
  }

  Bytes signatureAlgorithm() {
    try {
      return Bytes.of(structure.getSignatureAlgorithm().getEncoded("DER"));
    } catch (java.io.IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private boolean same(ASN1ObjectIdentifier id, ReadList other) {
    Extension own = extension(id);
    Extension others = other.extension(id);
    return own == null || others == null
        ? own == others
        : own.getExtnValue().equals(others.getExtnValue());
  }

  private @Nullable BigInteger integer(ASN1ObjectIdentifier id) {
    Extension extension = extension(id);
    if (extension == null) {
      return null;
    }
    ASN1Encodable value = extension.getParsedValue();
    return ASN1Integer.getInstance(value).getValue();
  }

  @Nullable Extension extension(ASN1ObjectIdentifier id) {
    return Extensions.getExtension(structure.getTBSCertList().getExtensions(), id);
  }
}
