package de.kreissiegel.ca.path;

import java.security.SignatureException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.jce.provider.PKIXNameConstraintValidatorException;
import org.jspecify.annotations.Nullable;

/**
 * Which rule of RFC 5280 §6.1 a path breaks. The validator says which certificate it stopped at,
 * and sometimes why by its exception's type; where it has a sentence only, the certificate itself
 * is asked. The validator's sentence becomes the detail.
 */
final class Diagnosis {
  /** What Bouncy Castle's validator processes. */
  private static final Set<String> PROCESSED =
      Set.of(
          Extension.keyUsage.getId(),
          Extension.certificatePolicies.getId(),
          Extension.policyMappings.getId(),
          Extension.inhibitAnyPolicy.getId(),
          Extension.issuingDistributionPoint.getId(),
          Extension.deltaCRLIndicator.getId(),
          Extension.policyConstraints.getId(),
          Extension.basicConstraints.getId(),
          Extension.subjectAlternativeName.getId(),
          Extension.nameConstraints.getId(),
          Extension.cRLDistributionPoints.getId(),
          Extension.extendedKeyUsage.getId());

  private Diagnosis() {}

  static PathFault of(CertPathValidatorException invalid, List<ReadCertificate> path) {
    int position = invalid.getIndex();
    if (position < 0 || position >= path.size()) {
      return unplaced(invalid);
    }
    ReadCertificate certificate = path.get(position);
    String words = String.valueOf(invalid.getMessage());
    if (caused(invalid, CertificateExpiredException.class)) {
      return PathReason.EXPIRED.at(position, day(certificate.certificate().getNotAfter()));
    }
    if (caused(invalid, CertificateNotYetValidException.class)) {
      return PathReason.NOT_YET_VALID.at(position, day(certificate.certificate().getNotBefore()));
    }
    if (caused(invalid, SignatureException.class)) {
      return PathReason.SIGNATURE.at(position, "");
    }
    if (caused(invalid, PKIXNameConstraintValidatorException.class)) {
      return PathReason.NAME_CONSTRAINTS.at(position, cause(invalid));
    }
    if (words.contains("olicy")) {
      return PathReason.POLICY.at(position, words);
    }
    return ofCertificate(certificate, path, position, words);
  }

  private static PathFault unplaced(CertPathValidatorException invalid) {
    String words = String.valueOf(invalid.getMessage());
    return (words.contains("olicy") ? PathReason.POLICY : PathReason.OTHER).fault(words);
  }

  private static PathFault ofCertificate(
      ReadCertificate certificate, List<ReadCertificate> path, int position, String words) {
    if (position > 0 && !certificate.isAuthority()) {
      return PathReason.NO_AUTHORITY.at(position, "basicConstraints");
    }
    if (position > 0 && lacksCertSign(certificate)) {
      return PathReason.KEY_CERT_SIGN.at(position, "keyUsage");
    }
    if (position > 0 && isTooLong(path, position)) {
      return PathReason.LENGTH.at(position, "pathLenConstraint");
    }
    Set<String> unknown = unknown(certificate);
    return unknown.isEmpty()
        ? PathReason.OTHER.at(position, words)
        : PathReason.CRITICAL_EXTENSION.at(position, String.join(", ", unknown));
  }

  private static boolean lacksCertSign(ReadCertificate certificate) {
    Extension extension = certificate.extension(Extension.keyUsage);
    return extension != null
        && !KeyUsage.getInstance(extension.getParsedValue()).hasUsages(KeyUsage.keyCertSign);
  }

  /** Whether what stands above leaves no room for this authority (§6.1.4 (l), (m)). */
  private static boolean isTooLong(List<ReadCertificate> path, int position) {
    long room = path.size();
    for (int i = path.size() - 1; i >= position; i--) {
      ReadCertificate authority = path.get(i);
      if (!authority.isSelfIssued()) {
        if (room <= 0) {
          return true;
        }
        room--;
      }
      Extension extension = authority.extension(Extension.basicConstraints);
      if (extension != null) {
        var length =
            BasicConstraints.getInstance(extension.getParsedValue()).getPathLenConstraint();
        room = length == null ? room : Math.min(room, length.longValue());
      }
    }
    return false;
  }

  private static Set<String> unknown(ReadCertificate certificate) {
    var unknown = new HashSet<String>();
    var extensions = certificate.structure().getTBSCertificate().getExtensions();
    if (extensions != null) {
      for (ASN1ObjectIdentifier id : extensions.getCriticalExtensionOIDs()) {
        unknown.add(id.getId());
      }
    }
    unknown.removeAll(PROCESSED);
    return unknown;
  }

  private static boolean caused(Throwable thrown, Class<? extends Throwable> kind) {
    for (@Nullable Throwable each = thrown; each != null; each = each.getCause()) {
      if (kind.isInstance(each)) {
        return true;
      }
    }
    return false;
  }

  private static String cause(Throwable thrown) {
    Throwable deepest = thrown;
    for (@Nullable Throwable each = thrown; each != null; each = each.getCause()) {
      deepest = each;
    }
    return String.valueOf(deepest.getMessage());
  }

  private static String day(java.util.Date date) {
    return Instant.ofEpochMilli(date.getTime()).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
