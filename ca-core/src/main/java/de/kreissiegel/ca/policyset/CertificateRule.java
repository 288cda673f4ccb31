package de.kreissiegel.ca.policyset;

import static de.kreissiegel.ca.policyset.Strictness.ADVISED;
import static de.kreissiegel.ca.policyset.Strictness.OFF;
import static de.kreissiegel.ca.policyset.Strictness.REQUIRED;

/**
 * A rule for one certificate. Its three last columns say how strict the sets {@link
 * PolicySet#COMPATIBILITY}, {@link PolicySet#BSI_KOMMUNAL} and {@link PolicySet#BSI_STRICT} are;
 * under {@link PolicySet#RFC5280} all are off.
 */
public enum CertificateRule {
  SIGNATURE_HASH(
      "signature.hash",
      "TR-03116-4 Table 29",
      "Die Signatur des Zertifikats nutzt kein Hashverfahren ab SHA-256",
      "The certificate's signature uses no hash function from SHA-256 on",
      REQUIRED,
      REQUIRED,
      REQUIRED),
  SIGNATURE_SCHEME(
      "signature.scheme",
      "TR-02102-1 §5.3, Table 5.3",
      "Das Signaturverfahren des Zertifikats ist nicht empfohlen",
      "The certificate's signature scheme is not a recommended one",
      REQUIRED,
      REQUIRED,
      REQUIRED),
  SIGNATURE_PKCS1(
      "signature.pkcs1",
      "TR-03116-4 Table 31",
      "RSASSA-PKCS1-v1_5 ist als Signatur von Zertifikaten nur bis Ende 2025 zulässig",
      "RSASSA-PKCS1-v1_5 signs certificates until the end of 2025 only",
      OFF,
      REQUIRED,
      REQUIRED),
  SIGNATURE_EDDSA(
      "signature.eddsa",
      "TR-02102-1 §5.3, Table 5.3",
      "EdDSA ist kein empfohlenes Signaturverfahren",
      "EdDSA is no recommended signature scheme",
      ADVISED,
      REQUIRED,
      REQUIRED),
  SIGNATURE_HYBRID(
      "signature.hybrid",
      "TR-02102-1 §5.3.4",
      "ML-DSA signiert nur zusammen mit einem klassischen Verfahren",
      "ML-DSA signs only together with a classical scheme",
      ADVISED,
      REQUIRED,
      REQUIRED),
  KEY_ALGORITHM(
      "key.algorithm",
      "TR-02102-1 §2.3, §5.3",
      "Das Verfahren des öffentlichen Schlüssels ist nicht empfohlen",
      "The public key's algorithm is not a recommended one",
      REQUIRED,
      REQUIRED,
      REQUIRED),
  KEY_EDWARDS(
      "key.edwards",
      "TR-02102-1 Remark 2.7, Table B.3; TR-03116-4 Table 30",
      "Ed25519, Ed448, X25519 und X448 sind keine empfohlenen Kurven",
      "Ed25519, Ed448, X25519 and X448 are no recommended curves",
      ADVISED,
      REQUIRED,
      REQUIRED),
  KEY_RSA_LENGTH(
      "key.rsa-length",
      "TR-02102-1 §5.3.1; TR-03116-4 Table 29",
      "Der RSA-Schlüssel ist zu kurz",
      "The RSA key is too short",
      REQUIRED,
      REQUIRED,
      REQUIRED),
  KEY_RSA_EXPONENT(
      "key.rsa-exponent",
      "FIPS 186-5 A.1.1",
      "Der öffentliche RSA-Exponent ist nicht ungerade zwischen 2^16 und 2^256",
      "The public RSA exponent is not odd between 2^16 and 2^256",
      REQUIRED,
      REQUIRED,
      REQUIRED),
  KEY_CURVE(
      "key.curve",
      "TR-02102-1 Table B.3; TR-03116-4 Table 30; RFC 5480 §2.1.1",
      "Die elliptische Kurve ist nicht zugelassen",
      "The elliptic curve is not an approved one",
      REQUIRED,
      REQUIRED,
      REQUIRED),
  KEY_BRAINPOOL(
      "key.brainpool",
      "TR-03116-4 Table 30",
      "Empfohlen sind Brainpool-Kurven",
      "Brainpool curves are recommended",
      OFF,
      OFF,
      ADVISED),
  KEY_ML_DSA_44(
      "key.ml-dsa-44",
      "TR-02102-1 §5.3, Table 5.7",
      "ML-DSA-44 ist zu schwach; empfohlen sind ML-DSA-65 und ML-DSA-87",
      "ML-DSA-44 is too weak; ML-DSA-65 and ML-DSA-87 are recommended",
      REQUIRED,
      REQUIRED,
      REQUIRED),
  KEY_SLH_DSA_128(
      "key.slh-dsa-128",
      "TR-02102-1 §5.3, Table 5.6",
      "SLH-DSA ist mit 192 oder 256 Bit empfohlen",
      "SLH-DSA is recommended with 192 or 256 bits",
      ADVISED,
      REQUIRED,
      REQUIRED),
  VALIDITY_LENGTH(
      "validity.length",
      "TR-03116-4 §6.1.2",
      "Das Zertifikat gilt zu lange",
      "The certificate is valid for too long",
      REQUIRED,
      REQUIRED,
      REQUIRED),
  VALIDITY_WITHIN_ISSUER(
      "validity.within-issuer",
      "shell model, RFC 5280 §6.1.3 (a)(2)",
      "Das Zertifikat gilt länger als das seiner Ausstellerin",
      "The certificate outlives its issuer's",
      ADVISED,
      REQUIRED,
      REQUIRED),
  VALIDITY_ENCRYPTION(
      "validity.encryption",
      "TR-02102-1 §2.1, Table 2.2",
      "Verschlüsselung allein mit RSA oder ECDH endet mit dem Jahr 2031",
      "Encryption by RSA or ECDH alone ends with the year 2031",
      ADVISED,
      REQUIRED,
      REQUIRED),
  VALIDITY_AUTHORITY(
      "validity.authority",
      "TR-02102-1 §2.1, §5.3.1",
      "Zertifizierungsstellen allein mit klassischen Signaturen enden mit dem Jahr 2035",
      "Authorities with classical signatures alone end with the year 2035",
      ADVISED,
      REQUIRED,
      REQUIRED),
  BASIC_CONSTRAINTS(
      "extension.basic-constraints",
      "TR-03116-4 §6.1.2; RFC 5280 §4.2.1.9",
      "basicConstraints einer Zertifizierungsstelle fehlt, ist nicht kritisch oder sagt nicht cA",
      "An authority's basicConstraints is missing, not critical or doesn't say cA",
      REQUIRED,
      REQUIRED,
      REQUIRED),
  PATH_LENGTH(
      "extension.path-length",
      "TR-03116-4 §6.1.2",
      "pathLenConstraint einer Zertifizierungsstelle fehlt",
      "An authority's pathLenConstraint is missing",
      ADVISED,
      REQUIRED,
      REQUIRED),
  KEY_USAGE(
      "extension.key-usage",
      "TR-03116-4 §6.1.2",
      "keyUsage fehlt oder ist nicht kritisch",
      "keyUsage is missing or not critical",
      ADVISED,
      REQUIRED,
      REQUIRED),
  KEY_USAGE_MIXED(
      "extension.key-usage-mixed",
      "TR-03116-4 §6.1.2; TR-02102-1 Remark 6.1",
      "Der Schlüssel dient mehr als einem Zweck (Signatur, Anmeldung, Verschlüsselung)",
      "The key serves more than one purpose (signature, authentication, encryption)",
      OFF,
      ADVISED,
      REQUIRED),
  EXTENDED_KEY_USAGE(
      "extension.extended-key-usage",
      "TR-03116-4 §6.1.2",
      "extKeyUsage fehlt oder erlaubt jeden Zweck",
      "extKeyUsage is missing or allows any purpose",
      OFF,
      ADVISED,
      REQUIRED),
  REVOCATION(
      "extension.revocation",
      "TR-03116-4 §6.1.2",
      "Das Zertifikat nennt weder Sperrliste noch OCSP-Dienst",
      "The certificate names neither a CRL nor an OCSP service",
      ADVISED,
      REQUIRED,
      REQUIRED),
  WILDCARD(
      "name.wildcard",
      "TR-03116-4 §6.1.2",
      "Das Zertifikat enthält einen Platzhalter im Namen",
      "The certificate has a wildcard in a name",
      OFF,
      REQUIRED,
      REQUIRED),
  SERIAL(
      "field.serial",
      "RFC 5280 §4.1.2.2; TR-02103",
      "Die Seriennummer ist nicht positiv oder länger als 20 Oktette",
      "The serial number is not positive or longer than 20 octets",
      REQUIRED,
      REQUIRED,
      REQUIRED),
  VERSION(
      "field.version",
      "RFC 5280 §4.1.2.1",
      "Das Zertifikat hat nicht die Version 3",
      "The certificate is not of version 3",
      REQUIRED,
      REQUIRED,
      REQUIRED),
  UNIQUE_ID(
      "field.unique-id",
      "RFC 5280 §4.1.2.8; TR-02103 ch. 6",
      "issuerUniqueID oder subjectUniqueID ist vorhanden",
      "issuerUniqueID or subjectUniqueID is there",
      ADVISED,
      REQUIRED,
      REQUIRED);

  private final String id;
  private final String clause;
  private final String german;
  private final String english;
  private final Strictness compatibility;
  private final Strictness kommunal;
  private final Strictness strict;

  CertificateRule(
      String id,
      String clause,
      String german,
      String english,
      Strictness compatibility,
      Strictness kommunal,
      Strictness strict) {
    this.id = id;
    this.clause = clause;
    this.german = german;
    this.english = english;
    this.compatibility = compatibility;
    this.kommunal = kommunal;
    this.strict = strict;
  }

  /** Its stable name, as {@code key.rsa-length}. */
  public String id() {
    return id;
  }

  /** Where it comes from. */
  public String clause() {
    return clause;
  }

  /** What is wrong with a certificate that breaks it, in German, without a full stop. */
  public String german() {
    return german;
  }

  /** The same in English. */
  public String english() {
    return english;
  }

  /** How strict a set is about it. */
  public Strictness under(PolicySet set) {
    return switch (set) {
      case RFC5280 -> OFF;
      case COMPATIBILITY -> compatibility;
      case BSI_KOMMUNAL -> kommunal;
      case BSI_STRICT -> strict;
    };
  }
}
