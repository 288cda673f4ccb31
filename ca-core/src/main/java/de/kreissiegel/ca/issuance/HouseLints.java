package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.profile.ExtendedKeyUsage;
import de.kreissiegel.ca.profile.KeyUsageBit;
import de.kreissiegel.ca.profile.Presence;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
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

  static void check(TBSCertificate tbs, CertificateDraft draft, Linter.Findings findings)
      throws IOException {
    Instant start = tbs.getStartDate().getDate().toInstant();
    Instant end = tbs.getEndDate().getDate().toInstant();
    findings.check(
        !end.isAfter(draft.authority().notAfter()),
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
            .equals(draft.key().info()),
        "house.key",
        "the key is the one whose possession was proved");
    usages(tbs.getExtensions(), draft, findings);
    names(tbs.getExtensions(), draft, findings);
    officer(tbs.getExtensions(), draft, findings);
    status(tbs.getExtensions(), Duration.between(start, end), findings);
  }

  private static void usages(
      Extensions extensions, CertificateDraft draft, Linter.Findings findings) {
    var value =
        ASN1BitString.getInstance(
            Extensions.getExtensionParsedValue(extensions, Extension.keyUsage));
    Set<KeyUsageBit> set = EnumSet.noneOf(KeyUsageBit.class);
    int bits = 0;
    if (value != null) {
      bits = value.intValue();
      for (KeyUsageBit bit : KeyUsageBit.values()) {
        if ((bits & (0x80 >> bit.bit())) != 0) {
          set.add(bit);
        }
      }
    }
    findings.check(
        set.equals(draft.profile().keyUsage(draft.key().algorithm()))
            && Integer.bitCount(bits) == set.size(),
        "house.key-usage",
        "the key has the one purpose that its profile says");
    var extended = org.bouncycastle.asn1.x509.ExtendedKeyUsage.fromExtensions(extensions);
    Set<String> wanted = new HashSet<>();
    draft.profile().extendedKeyUsages().forEach(usage -> wanted.add(usage.oid()));
    Set<String> there = new HashSet<>();
    if (extended != null) {
      Arrays.stream(extended.getUsages()).map(KeyPurposeId::getId).forEach(there::add);
    }
    findings.check(
        wanted.equals(there), "house.extended-key-usage", "extKeyUsage is what the profile says");
  }

  private static void names(
      Extensions extensions, CertificateDraft draft, Linter.Findings findings) {
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
        mail || draft.profile().mail() != Presence.REQUIRED,
        "smime.mail",
        "the mail address stands in subjectAltName (RFC 8550 §3)");
    findings.check(
        dns || draft.profile().dnsName() != Presence.REQUIRED,
        "house.dns",
        "the DNS name stands in subjectAltName (RFC 9525 §4)");
  }

  private static void officer(
      Extensions extensions, CertificateDraft draft, Linter.Findings findings) {
    Extension attributes = extensions.getExtension(Extension.subjectDirectoryAttributes);
    Optional<Bytes> there =
        Optional.ofNullable(attributes).map(one -> Bytes.of(one.getExtnValue().getOctets()));
    findings.check(
        there.equals(draft.directoryAttributes())
            && there.isPresent() == draft.profile().makesOfficers(),
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
        ExtendedKeyUsage.OCSP_SIGNING.configName()
            + " and nocheck go together (RFC 6960 §4.2.2.2)");
    findings.check(
        !unchecked || validity.compareTo(LONGEST_WITHOUT_STATUS) <= 0,
        "house.nocheck-validity",
        "what nobody asks about lives shortly (RFC 6960 §4.2.2.2.1)");
  }
}
