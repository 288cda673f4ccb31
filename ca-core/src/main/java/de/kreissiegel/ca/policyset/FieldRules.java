package de.kreissiegel.ca.policyset;

import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Rules for what stands in the basic fields, and for names wherever they stand. */
final class FieldRules {
  private static final int SERIAL_BITS = 159;

  private FieldRules() {}

  static void check(Certificate certificate, Findings findings) {
    BigInteger serial = certificate.getSerialNumber().getValue();
    findings.unless(
        serial.signum() > 0 && serial.bitLength() <= SERIAL_BITS,
        CertificateRule.SERIAL,
        serial.bitLength() > 400 ? "" : serial.toString(16));
    findings.unless(
        certificate.getVersionNumber() == 3,
        CertificateRule.VERSION,
        "v" + certificate.getVersionNumber());
    findings.unless(
        certificate.getTBSCertificate().getIssuerUniqueId() == null
            && certificate.getTBSCertificate().getSubjectUniqueId() == null,
        CertificateRule.UNIQUE_ID,
        "");
    commonNames(certificate, findings);
    alternativeNames(certificate, findings);
  }

  private static void commonNames(Certificate certificate, Findings findings) {
    for (RDN rdn : certificate.getSubject().getRDNs(BCStyle.CN)) {
      for (var attribute : rdn.getTypesAndValues()) {
        if (attribute.getType().equals(BCStyle.CN)
            && attribute.getValue() instanceof ASN1String text) {
          wildcard(text.getString(), findings);
        }
      }
    }
  }

  private static void alternativeNames(Certificate certificate, Findings findings) {
    GeneralNames names =
        GeneralNames.fromExtensions(
            certificate.getTBSCertificate().getExtensions(), Extension.subjectAlternativeName);
    if (names == null) {
      return;
    }
    for (GeneralName name : names.getNames()) {
      if (name.getTagNo() == GeneralName.dNSName && name.getName() instanceof ASN1String text) {
        wildcard(text.getString(), findings);
      }
    }
  }

  private static void wildcard(String name, Findings findings) {
    findings.unless(name.indexOf('*') < 0, CertificateRule.WILDCARD, name);
  }
}
