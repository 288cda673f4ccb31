package de.kreissiegel.ca.lint;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.TBSCertificate;

/** The rules of RFC 5280 for certificates of end entities. */
final class Rfc5280Lints {
  private static final Map<ASN1ObjectIdentifier, Integer> BOUNDS =
      Map.of(BCStyle.C, 2, BCStyle.O, 64, BCStyle.CN, 64, BCStyle.SERIALNUMBER, 64);

  private Rfc5280Lints() {}

  static void check(TBSCertificate tbs, LintContext context, Linter.Findings findings)
      throws IOException {
    fields(tbs, context, findings);
    subject(tbs, findings);
    extensions(tbs, context, findings);
  }

  private static void fields(TBSCertificate tbs, LintContext context, Linter.Findings findings)
      throws IOException {
    findings.check(tbs.getVersionNumber() == 3, "rfc5280.version", "version is v3 (§4.1.2.1)");
    int bits = tbs.getSerialNumber().getValue().bitLength();
    findings.check(
        tbs.getSerialNumber().getValue().signum() > 0 && bits <= 159,
        "rfc5280.serial",
        "the serial number is positive and has at most 20 octets (§4.1.2.2)");
    findings.check(
        Bytes.of(tbs.getIssuer().getEncoded(ASN1Encoding.DER))
            .equals(context.issuer().orElseThrow().name()),
        "rfc5280.issuer",
        "the issuer is the authority's name, octet by octet (§4.1.2.4)");
    findings.check(
        tbs.getStartDate().getDate().before(tbs.getEndDate().getDate()),
        "rfc5280.validity",
        "notBefore is before notAfter (§4.1.2.5)");
    findings.check(
        tbs.getIssuerUniqueId() == null && tbs.getSubjectUniqueId() == null,
        "rfc5280.unique-ids",
        "there are no unique identifiers (§4.1.2.8)");
    findings.check(
        Bytes.of(tbs.getSignature().getEncoded(ASN1Encoding.DER))
            .equals(context.issuer().orElseThrow().signatureAlgorithm()),
        "rfc5280.signature-algorithm",
        "the algorithm is that of the authority's key (§4.1.2.3)");
  }

  private static void subject(TBSCertificate tbs, Linter.Findings findings) {
    RDN[] rdns = tbs.getSubject().getRDNs();
    findings.check(rdns.length > 0, "rfc5280.subject", "the subject has a name (§4.1.2.6)");
    for (RDN rdn : rdns) {
      var type = rdn.getFirst().getType();
      var value = rdn.getFirst().getValue();
      findings.check(
          !rdn.isMultiValued() && BOUNDS.containsKey(type),
          "rfc5280.subject-attribute",
          "the subject holds C, O, CN and serialNumber only, not " + type);
      findings.check(
          value instanceof ASN1UTF8String || value instanceof ASN1PrintableString,
          "rfc5280.subject-encoding",
          "names are PrintableString or UTF8String (§4.1.2.4)");
      if (value instanceof ASN1String text) {
        int length = text.getString().codePointCount(0, text.getString().length());
        findings.check(
            length >= 1 && length <= BOUNDS.getOrDefault(type, 64),
            "rfc5280.subject-length",
            type + " has 1 to " + BOUNDS.getOrDefault(type, 64) + " characters (A.1)");
      }
    }
  }

  private static void extensions(
      TBSCertificate tbs, LintContext context, Linter.Findings findings) {
    Extensions extensions = tbs.getExtensions();
    if (extensions == null) {
      findings.check(false, "rfc5280.extensions", "extensions are missing (§4.2)");
      return;
    }
    AuthorityKeyIdentifier issuer = AuthorityKeyIdentifier.fromExtensions(extensions);
    findings.check(
        issuer != null
            && Arrays.equals(
                issuer.getKeyIdentifierOctets(),
                context.issuer().orElseThrow().keyIdentifier().toArray()),
        "rfc5280.authority-key",
        "authorityKeyIdentifier is the authority's (§4.2.1.1)");
    SubjectKeyIdentifier own = SubjectKeyIdentifier.fromExtensions(extensions);
    findings.check(
        own != null
            && Arrays.equals(own.getKeyIdentifier(), keyIdentifier(tbs)),
        "rfc5280.subject-key",
        "subjectKeyIdentifier is the key's (§4.2.1.2)");
    Extension constraints = extensions.getExtension(Extension.basicConstraints);
    findings.check(
        constraints != null
            && constraints.isCritical()
            && !BasicConstraints.getInstance(constraints.getParsedValue()).isCA(),
        "rfc5280.basic-constraints",
        "basicConstraints is critical and says: no CA (§4.2.1.9)");
    Extension names = extensions.getExtension(Extension.subjectAlternativeName);
    if (names != null) {
      findings.check(
          !names.isCritical(),
          "rfc5280.names-critical",
          "beside a subject not critical (§4.2.1.6)");
      for (GeneralName name : GeneralNames.getInstance(names.getParsedValue()).getNames()) {
        findings.check(
            name.getTagNo() == GeneralName.otherName
                || name.getName() instanceof ASN1String text && isAscii(text.getString()),
            "rfc5280.names-ascii",
            "names are IA5String (§4.2.1.6)");
      }
    }
  }

  private static boolean isAscii(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }

  /** The leftmost 160 bits of the SHA-256 of the key's bits (RFC 7093 §2, method 1). */
  private static byte[] keyIdentifier(TBSCertificate tbs) {
    try {
      byte[] bits = tbs.getSubjectPublicKeyInfo().getPublicKeyData().getOctets();
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bits), 20);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
