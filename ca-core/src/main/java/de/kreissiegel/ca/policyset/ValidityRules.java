package de.kreissiegel.ca.policyset;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Rules for how long a certificate is valid. */
final class ValidityRules {
  private static final Instant END_OF_CLASSICAL_ENCRYPTION = Instant.parse("2031-12-31T23:59:59Z");
  private static final Instant END_OF_CLASSICAL_SIGNATURES = Instant.parse("2035-12-31T23:59:59Z");

  private ValidityRules() {}

  static void check(
      Certificate certificate,
      CertificateRole role,
      Optional<Instant> issuerEnd,
      Findings findings) {
    Instant start = certificate.getStartDate().getDate().toInstant();
    Instant end = certificate.getEndDate().getDate().toInstant();
    Period longest = role.longest(findings.set());
    findings.unless(
        !end.isAfter(start.atOffset(ZoneOffset.UTC).plus(longest).toInstant()),
        CertificateRule.VALIDITY_LENGTH,
        start + " – " + end + ", " + longest);
    issuerEnd.ifPresent(
        limit ->
            findings.unless(
                !end.isAfter(limit), CertificateRule.VALIDITY_WITHIN_ISSUER, end + " > " + limit));
    if (role.isAuthority()) {
      findings.unless(
          !end.isAfter(END_OF_CLASSICAL_SIGNATURES)
              || Algorithms.isPostQuantum(
                  certificate.getSubjectPublicKeyInfo().getAlgorithm().getAlgorithm().getId()),
          CertificateRule.VALIDITY_AUTHORITY,
          end.toString());
    } else if (encryptsClassically(certificate)) {
      findings.unless(
          !end.isAfter(END_OF_CLASSICAL_ENCRYPTION),
          CertificateRule.VALIDITY_ENCRYPTION,
          end.toString());
    }
  }

  private static boolean encryptsClassically(Certificate certificate) {
    Extensions extensions = certificate.getTBSCertificate().getExtensions();
    KeyUsage usage = extensions == null ? null : KeyUsage.fromExtensions(extensions);
    String key = certificate.getSubjectPublicKeyInfo().getAlgorithm().getAlgorithm().getId();
    return usage != null
        && !Algorithms.ML_KEM.contains(key)
        && (usage.hasUsages(KeyUsage.keyAgreement)
            || usage.hasUsages(KeyUsage.keyEncipherment)
            || usage.hasUsages(KeyUsage.dataEncipherment));
  }
}
