package de.kreissiegel.ca.lint;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.TBSCertificate;

/** Our own rules, and S/MIME's (RFC 8550): what is signed is what the profile says. */
final class HouseLints {
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST_WITHOUT_STATUS = Duration.ofDays(90);
  private static final int SERIAL_BITS = 100; // of 128 random ones; fewer means they weren't

  private HouseLints() {}

  static void check(TBSCertificate tbs, LintContext context, Linter.Findings findings)
      throws IOException {
    Instant start = tbs.getStartDate().getDate().toInstant();
    Instant end = tbs.getEndDate().getDate().toInstant();
    findings.check(
        !end.isAfter(context.issuer().orElseThrow().notAfter()),
        "house.outlives-authority",
        "nothing outlives the authority that issued it");
    findings.check(
        Duration.between(start, end).compareTo(SHORTEST) >= 0,
        "house.too-short",
        "the authority ends too soon for a certificate");
    findings.check(
        tbs.getSerialNumber().getValue().bitLength() >= SERIAL_BITS,
        "house.serial-random",
        "serial numbers are 128 random bits");
    findings.check(
        Bytes.of(tbs.getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER))
            .equals(context.order().orElseThrow().key()),
        "house.key",
        "the key is the one whose possession was proved");
    usages(tbs.getExtensions(), context, findings);
    names(tbs.getExtensions(), context, findings);
    officer(tbs.getExtensions(), context, findings);
    status(tbs.getExtensions(), Duration.between(start, end), findings);
  }

  private static void usages(
      Extensions extensions, LintContext context, Linter.Findings findings) {
    var value =
        ASN1BitString.getInstance(
            Extensions.getExtensionParsedValue(extensions, Extension.keyUsage));
    Set<Integer> set = new HashSet<>();
    for (int bit = 0; value != null && bit < 8; bit++) {
      if ((value.intValue() & (0x80 >> bit)) != 0) {
        set.add(bit);
      }
    }
    LintContext.Order order = context.order().orElseThrow();
    findings.check(
        set.equals(order.keyUsage()),
        "house.key-usage",
        "the key has the one purpose that its profile says");
    var extended = org.bouncycastle.asn1.x509.ExtendedKeyUsage.fromExtensions(extensions);
    Set<String> there = new HashSet<>();
    if (extended != null) {
      Arrays.stream(extended.getUsages()).map(KeyPurposeId::getId).forEach(there::add);
    }
    findings.check(
        order.extendedKeyUsages().equals(there), "house.extended-key-usage", "extKeyUsage is what the profile says");
  }

  private static void names(
      Extensions extensions, LintContext context, Linter.Findings findings) {
    GeneralNames names = GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
    boolean mail = false;
    boolean dns = false;
    if (names != null) {
      for (GeneralName name : names.getNames()) {
        mail |=
            name.getTagNo() == GeneralName.rfc822Name
                || name.getTagNo() == GeneralName.otherName; // SmtpUTF8Mailbox
        dns |= name.getTagNo() == GeneralName.dNSName;
      }
    }
    findings.check(
        mail || !context.order().orElseThrow().mail(),
        "smime.mail",
        "the mail address stands in subjectAltName (RFC 8550 §3)");
    findings.check(
        dns || !context.order().orElseThrow().dnsName(),
        "house.dns",
        "the DNS name stands in subjectAltName (RFC 9525 §4)");
  }

  private static void officer(
      Extensions extensions, LintContext context, Linter.Findings findings) {
    Extension attributes = extensions.getExtension(Extension.subjectDirectoryAttributes);
    Optional<Bytes> there =
        Optional.ofNullable(attributes).map(one -> Bytes.of(one.getExtnValue().getOctets()));
    findings.check(
        there.equals(context.order().orElseThrow().directoryAttributes())
            && there.isPresent() == (context.order().orElseThrow().purpose() == KeyPurpose.APPROVAL),
        "house.officer-scope",
        "an officer's certificate, and no other, says for which tenants");
  }

  private static void status(Extensions extensions, Duration validity, Linter.Findings findings) {
    boolean unchecked = extensions.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck) != null;
    var extended = org.bouncycastle.asn1.x509.ExtendedKeyUsage.fromExtensions(extensions);
    boolean responder =
        extended != null && extended.hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning);
    findings.check(
        unchecked == responder,
        "house.nocheck",
        "OCSPSigning and nocheck go together (RFC 6960 §4.2.2.2)");
    findings.check(
        !unchecked || validity.compareTo(LONGEST_WITHOUT_STATUS) <= 0,
        "house.nocheck-validity",
        "what nobody asks about lives shortly (RFC 6960 §4.2.2.2.1)");
  }
}
