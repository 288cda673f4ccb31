package de.kreissiegel.ca.lint;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.TBSCertificate;

/** The rules of BSI TR-02102-1 and TR-03116-4. */
final class BsiLints {
  private static final Duration LONGEST = Duration.ofDays(3 * 365 + 1);
  private static final Instant END_OF_KEY_AGREEMENT = Instant.parse("2031-12-31T23:59:59Z");
  private static final Set<String> SIGNATURES =
      Set.of(
          "1.2.840.10045.4.3.2", // ecdsa-with-SHA256
          "1.2.840.10045.4.3.3", // ecdsa-with-SHA384
          "1.2.840.10045.4.3.4", // ecdsa-with-SHA512
          "1.2.840.113549.1.1.10"); // RSASSA-PSS

  private BsiLints() {}

  static void check(TBSCertificate tbs, LintContext context, Linter.Findings findings) {
    LintContext.Order order = context.order().orElseThrow();
    Instant start = tbs.getStartDate().getDate().toInstant();
    Instant end = tbs.getEndDate().getDate().toInstant();
    findings.check(
        Duration.between(start, end).compareTo(LONGEST) <= 0,
        "bsi.validity",
        "certificates of end entities are valid for at most three years (TR-03116-4 §6.1.2)");
    findings.check(
        order.purpose() != KeyPurpose.ENCRYPTION || !end.isAfter(END_OF_KEY_AGREEMENT),
        "bsi.key-agreement-end",
        "key agreement without a post-quantum part ends with 2031 (TR-02102-1 §2.1)");
    findings.check(
        SIGNATURES.contains(tbs.getSignature().getAlgorithm().getId()),
        "bsi.signature-algorithm",
        "signed by ECDSA or RSASSA-PSS with SHA-2 (TR-03116-4 table 29)");
    extensions(tbs.getExtensions(), findings);
  }

  private static void extensions(Extensions extensions, Linter.Findings findings) {
    Extension usage = extensions.getExtension(Extension.keyUsage);
    findings.check(
        usage != null && usage.isCritical(),
        "bsi.key-usage",
        "keyUsage is there and critical (TR-03116-4 §6.1.2)");
    var extended = org.bouncycastle.asn1.x509.ExtendedKeyUsage.fromExtensions(extensions);
    findings.check(
        extended != null
            && extended.size() > 0
            && !extended.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage),
        "bsi.extended-key-usage",
        "extKeyUsage is there and narrow (TR-03116-4 §6.1.2)");
    CRLDistPoint lists =
        CRLDistPoint.getInstance(
            Extensions.getExtensionParsedValue(extensions, Extension.cRLDistributionPoints));
    findings.check(
        lists != null && lists.getDistributionPoints().length > 0,
        "bsi.revocation",
        "says where its status is told (TR-03116-4 §6.1.2)");
    GeneralNames names = GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
    if (names != null) {
      for (GeneralName name : names.getNames()) {
        findings.check(
            name.getTagNo() != GeneralName.dNSName || !name.getName().toString().contains("*"),
            "bsi.wildcard",
            "no wildcards (TR-03116-4 §6.1.2)");
      }
    }
  }
}
