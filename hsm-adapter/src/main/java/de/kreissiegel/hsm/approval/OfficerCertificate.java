package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;

/**
 * A certificate that came along with a signature, read but not yet believed.
 *
 * @param digest SHA-256 of the whole
 * @param tbs DER of the TBSCertificate
 * @param issuer DER of the Name
 * @param subject DER of the Name
 * @param alternativeNames DER of the subjectAltName's value, of no octets if there is none
 * @param scope what makes it an officer's
 * @param signs whether its keyUsage says digitalSignature, and it is no authority's
 */
record OfficerCertificate(
    Bytes digest,
    Bytes tbs,
    AlgorithmIdentifier signatureAlgorithm,
    Bytes signature,
    Bytes issuer,
    BigInteger serial,
    Instant notBefore,
    Instant notAfter,
    Bytes subject,
    Bytes alternativeNames,
    SubjectPublicKeyInfo publicKey,
    Optional<Bytes> keyId,
    Optional<OfficerScope> scope,
    boolean signs) {

  static OfficerCertificate read(ASN1Encodable encoded) throws MalformedEvidence {
    Certificate certificate = Der.part("certificate", encoded, Certificate::getInstance);
    TBSCertificate tbs = certificate.getTBSCertificate();
    if (certificate.getVersionNumber() != 3 || tbs.getExtensions() == null) {
      throw new MalformedEvidence("certificate: not of version 3, or without extensions");
    }
    if (!certificate.getSignatureAlgorithm().equals(tbs.getSignature())) {
      throw new MalformedEvidence("certificate: it names two signature algorithms");
    }
    if (certificate.getSignature().getPadBits() != 0) {
      throw new MalformedEvidence("certificate: a signature that isn't of whole octets");
    }
    return of(
        tbs,
        Digests.sha256(Der.encoded(certificate).toArray()),
        Bytes.of(certificate.getSignature().getOctets()));
  }

  /** What is about to be signed or was signed, without the signature. */
  static OfficerCertificate readUnsigned(Bytes tbs) throws MalformedEvidence {
    return of(
        Der.read("TBSCertificate", tbs, TBSCertificate::getInstance),
        Digests.sha256(tbs.toArray()),
        Bytes.of(new byte[0]));
  }

  private static OfficerCertificate of(TBSCertificate tbs, Bytes digest, Bytes signature)
      throws MalformedEvidence {
    try {
      return fields(tbs, digest, signature);
    } catch (RuntimeException _) {
      // Bouncy Castle reads times and the like only when asked for them.
      throw new MalformedEvidence("certificate: a field can't be read");
    }
  }

  private static OfficerCertificate fields(TBSCertificate tbs, Bytes digest, Bytes signature)
      throws MalformedEvidence {
    Optional<Extensions> extensions = Optional.ofNullable(tbs.getExtensions());
    Optional<Bytes> attributes =
        value(extensions, new ASN1ObjectIdentifier(OfficerScope.EXTENSION));
    Optional<OfficerScope> scope =
        attributes.isPresent() ? scope(attributes.get()) : Optional.empty();
    Optional<Bytes> keyId = value(extensions, Extension.subjectKeyIdentifier);
    return new OfficerCertificate(
        digest,
        Der.encoded(tbs),
        tbs.getSignature(),
        signature,
        Der.encoded(tbs.getIssuer()),
        tbs.getSerialNumber().getValue(),
        tbs.getStartDate().getDate().toInstant(),
        tbs.getEndDate().getDate().toInstant(),
        Der.encoded(tbs.getSubject()),
        value(extensions, Extension.subjectAlternativeName).orElse(Bytes.of(new byte[0])),
        tbs.getSubjectPublicKeyInfo(),
        keyId.isPresent()
            ? Optional.of(
                Bytes.of(
                    Der.read("subjectKeyIdentifier", keyId.get(), ASN1OctetString::getInstance)
                        .getOctets()))
            : Optional.empty(),
        scope,
        signs(extensions));
  }

  /** Other attributes than ours make nobody an officer; malformed ones neither. */
  private static Optional<OfficerScope> scope(Bytes attributes) {
    try {
      return Optional.of(OfficerScope.ofExtension(attributes));
    } catch (MalformedEvidence _) {
      return Optional.empty();
    }
  }

  private static boolean signs(Optional<Extensions> extensions) throws MalformedEvidence {
    Optional<Bytes> usage = value(extensions, Extension.keyUsage);
    Optional<Bytes> constraints = value(extensions, Extension.basicConstraints);
    return usage.isPresent()
        && Der.read("keyUsage", usage.get(), KeyUsage::getInstance)
            .hasUsages(KeyUsage.digitalSignature)
        && (constraints.isEmpty()
            || !Der.read("basicConstraints", constraints.get(), BasicConstraints::getInstance)
                .isCA());
  }

  private static Optional<Bytes> value(Optional<Extensions> extensions, ASN1ObjectIdentifier id) {
    return extensions
        .map(all -> all.getExtension(id))
        .map(extension -> Bytes.of(extension.getExtnValue().getOctets()));
  }

  boolean verifies(AlgorithmIdentifier algorithm, byte[] octets, byte[] octetsSignature) {
    return Signatures.fitForOfficers(algorithm, publicKey)
        && Signatures.hold(algorithm, publicKey, octets, octetsSignature);
  }

  Bytes encodedKey() {
    return Der.encoded(publicKey);
  }

  boolean validAt(Instant time) {
    return !time.isBefore(notBefore) && !time.isAfter(notAfter);
  }

  /** Whether those names are this officer's own: their entry, their mail address or their Name. */
  boolean isNamed(Bytes otherSubject, Bytes otherAlternatives) {
    if (subject.equals(otherSubject)) {
      return true;
    }
    List<String> mails = Names.comparable(alternativeNames, GeneralName.rfc822Name);
    return Names.comparable(otherAlternatives, GeneralName.uniformResourceIdentifier).stream()
            .anyMatch(uri -> scope.map(one -> one.isPerson(uri)).orElse(false))
        || Names.comparable(otherAlternatives, GeneralName.rfc822Name).stream()
            .anyMatch(mails::contains);
  }
}
