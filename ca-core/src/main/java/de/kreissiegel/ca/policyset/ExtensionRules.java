package de.kreissiegel.ca.policyset;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;

/** Rules for extensions; Bouncy Castle takes no extensions at all for none of each. */
final class ExtensionRules {
  private ExtensionRules() {}

  static void check(Certificate certificate, CertificateRole role, Findings findings) {
    Extensions extensions = certificate.getTBSCertificate().getExtensions();
    if (role.isAuthority()) {
      authority(extensions, findings);
    } else {
      ExtendedKeyUsage purposes = ExtendedKeyUsage.fromExtensions(extensions);
      findings.unless(
          purposes != null && !purposes.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage),
          CertificateRule.EXTENDED_KEY_USAGE,
          "");
    }
    keyUsage(extensions, findings);
    findings.unless(
        role == CertificateRole.ROOT || tellsStatus(extensions), CertificateRule.REVOCATION, "");
  }

  private static void authority(@Nullable Extensions extensions, Findings findings) {
    Extension extension = Extensions.getExtension(extensions, Extension.basicConstraints);
    BasicConstraints constraints =
        extension == null ? null : BasicConstraints.getInstance(extension.getParsedValue());
    findings.unless(
        extension != null && extension.isCritical() && constraints != null && constraints.isCA(),
        CertificateRule.BASIC_CONSTRAINTS,
        "");
    findings.unless(
        constraints != null && constraints.getPathLenConstraint() != null,
        CertificateRule.PATH_LENGTH,
        "");
  }

  private static void keyUsage(@Nullable Extensions extensions, Findings findings) {
    Extension extension = Extensions.getExtension(extensions, Extension.keyUsage);
    findings.unless(extension != null && extension.isCritical(), CertificateRule.KEY_USAGE, "");
    if (extension == null) {
      return;
    }
    List<String> purposes = purposes(KeyUsage.getInstance(extension.getParsedValue()));
    findings.unless(
        purposes.size() <= 1, CertificateRule.KEY_USAGE_MIXED, String.join(", ", purposes));
  }

  /** What a key is for; signing certificates and CRLs is one purpose. */
  private static List<String> purposes(KeyUsage usage) {
    var purposes = new ArrayList<String>();
    if (usage.hasUsages(KeyUsage.digitalSignature)) {
      purposes.add("digitalSignature");
    }
    if (usage.hasUsages(KeyUsage.nonRepudiation)) {
      purposes.add("contentCommitment");
    }
    if (usage.hasUsages(KeyUsage.keyEncipherment)
        || usage.hasUsages(KeyUsage.dataEncipherment)
        || usage.hasUsages(KeyUsage.keyAgreement)) {
      purposes.add("keyEncipherment, keyAgreement");
    }
    if (usage.hasUsages(KeyUsage.keyCertSign) || usage.hasUsages(KeyUsage.cRLSign)) {
      purposes.add("keyCertSign, cRLSign");
    }
    return purposes;
  }

  /** RFC 6960 §4.2.2.2.1: who has ocsp-nocheck is believed for its short life. */
  private static boolean tellsStatus(@Nullable Extensions extensions) {
    if (Extensions.getExtension(extensions, OCSPObjectIdentifiers.id_pkix_ocsp_nocheck) != null) {
      return true;
    }
    CRLDistPoint lists =
        CRLDistPoint.getInstance(
            Extensions.getExtensionParsedValue(extensions, Extension.cRLDistributionPoints));
    if (lists != null && lists.getDistributionPoints().length > 0) {
      return true;
    }
    AuthorityInformationAccess access = AuthorityInformationAccess.fromExtensions(extensions);
    if (access != null) {
      for (AccessDescription description : access.getAccessDescriptions()) {
        if (description.getAccessMethod().equals(AccessDescription.id_ad_ocsp)) {
          return true;
        }
      }
    }
    return false;
  }
}
