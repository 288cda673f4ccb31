package de.kreissiegel.ca.policyset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;

class CertificateRulesTest {
  private static final Instant TIME = TestCertificate.TIME;
  private static final TestCertificate ROOT = TestCertificate.root("Root").make();
  private static final TestCertificate AUTHORITY = ROOT.authority("Authority").make();
  private static final Optional<Instant> ISSUER_END =
      Optional.of(Instant.parse("2031-06-01T00:00:00Z"));

  /** Certificates that break one rule each, and their role. */
  private static final Map<CertificateRule, List<TestCertificate.Draft>> SPOILED = spoiled();

  private static Map<CertificateRule, List<TestCertificate.Draft>> spoiled() {
    var spoiled = new EnumMap<CertificateRule, List<TestCertificate.Draft>>(CertificateRule.class);
    signatures(spoiled);
    keys(spoiled);
    validity(spoiled);
    extensions(spoiled);
    return spoiled;
  }

  private static void signatures(Map<CertificateRule, List<TestCertificate.Draft>> spoiled) {
    spoiled.put(
        CertificateRule.SIGNATURE_HASH,
        List.of(
            pretending(PKCSObjectIdentifiers.sha1WithRSAEncryption),
            pretending(X9ObjectIdentifiers.ecdsa_with_SHA1),
            holder().pretending(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS)),
            holder()
                .pretending(
                    pss(NISTObjectIdentifiers.id_sha224, NISTObjectIdentifiers.id_sha224))));
    spoiled.put(
        CertificateRule.SIGNATURE_SCHEME,
        List.of(
            pretending(NISTObjectIdentifiers.dsa_with_sha256),
            pretending(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.6.42")),
            holder()
                .pretending(
                    pss(NISTObjectIdentifiers.id_sha256, NISTObjectIdentifiers.id_sha512))));
    spoiled.put(
        CertificateRule.SIGNATURE_PKCS1,
        List.of(pretending(PKCSObjectIdentifiers.sha256WithRSAEncryption)));
    spoiled.put(
        CertificateRule.SIGNATURE_EDDSA, List.of(pretending(EdECObjectIdentifiers.id_Ed25519)));
    spoiled.put(
        CertificateRule.SIGNATURE_HYBRID,
        List.of(
            pretending(NISTObjectIdentifiers.id_ml_dsa_65),
            holder().certifying(key(NISTObjectIdentifiers.id_ml_dsa_87))));
  }

  private static void keys(Map<CertificateRule, List<TestCertificate.Draft>> spoiled) {
    spoiled.put(
        CertificateRule.KEY_ALGORITHM,
        List.of(
            holder().certifying(key(X9ObjectIdentifiers.id_dsa)),
            holder().certifying(key(NISTObjectIdentifiers.id_alg_ml_kem_512))));
    spoiled.put(
        CertificateRule.KEY_EDWARDS,
        List.of(
            holder().certifying(key(EdECObjectIdentifiers.id_Ed25519)),
            holder().certifying(key(EdECObjectIdentifiers.id_X448))));
    spoiled.put(CertificateRule.KEY_RSA_LENGTH, List.of(holder().certifying(rsa(2047, 65537))));
    spoiled.put(
        CertificateRule.KEY_RSA_EXPONENT,
        List.of(holder().certifying(rsa(3072, 3)), holder().certifying(rsa(3072, 65538))));
    spoiled.put(
        CertificateRule.KEY_CURVE,
        List.of(
            holder().certifying(curve(SECObjectIdentifiers.secp256k1)),
            holder().certifying(explicitCurve())));
    spoiled.put(
        CertificateRule.KEY_BRAINPOOL,
        List.of(holder().certifying(curve(SECObjectIdentifiers.secp384r1))));
    spoiled.put(
        CertificateRule.KEY_ML_DSA_44,
        List.of(
            holder().certifying(key(NISTObjectIdentifiers.id_ml_dsa_44)),
            pretending(NISTObjectIdentifiers.id_ml_dsa_44),
            pretending(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.6.40"))));
    spoiled.put(
        CertificateRule.KEY_SLH_DSA_128,
        List.of(
            holder().certifying(key(NISTObjectIdentifiers.id_slh_dsa_sha2_128s)),
            pretending(NISTObjectIdentifiers.id_slh_dsa_shake_128f)));
  }

  private static void validity(Map<CertificateRule, List<TestCertificate.Draft>> spoiled) {
    spoiled.put(
        CertificateRule.VALIDITY_LENGTH,
        List.of(
            holder().valid("2026-11-01T00:00:00Z", "2029-11-01T00:00:01Z"),
            authority().valid("2026-06-01T00:00:00Z", "2031-06-01T00:00:01Z")));
    spoiled.put(
        CertificateRule.VALIDITY_WITHIN_ISSUER,
        List.of(holder().valid("2031-01-01T00:00:00Z", "2031-06-01T00:00:01Z")));
    spoiled.put(
        CertificateRule.VALIDITY_ENCRYPTION,
        List.of(
            holder()
                .usage(KeyUsage.keyAgreement)
                .valid("2031-01-01T00:00:00Z", "2032-01-01T00:00:00Z")));
    spoiled.put(
        CertificateRule.VALIDITY_AUTHORITY,
        List.of(authority().valid("2032-01-01T00:00:00Z", "2036-01-01T00:00:00Z")));
  }

  private static void extensions(Map<CertificateRule, List<TestCertificate.Draft>> spoiled) {
    spoiled.put(
        CertificateRule.BASIC_CONSTRAINTS,
        List.of(authority().with(Extension.basicConstraints, false, new BasicConstraints(1))));
    spoiled.put(
        CertificateRule.PATH_LENGTH,
        List.of(authority().with(Extension.basicConstraints, true, new BasicConstraints(true))));
    spoiled.put(
        CertificateRule.KEY_USAGE,
        List.of(
            holder().without(Extension.keyUsage),
            holder().with(Extension.keyUsage, false, new KeyUsage(KeyUsage.digitalSignature))));
    spoiled.put(
        CertificateRule.KEY_USAGE_MIXED,
        List.of(
            holder().usage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation),
            holder().usage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment)));
    spoiled.put(
        CertificateRule.EXTENDED_KEY_USAGE,
        List.of(
            holder().without(Extension.extendedKeyUsage),
            holder().purposes(KeyPurposeId.anyExtendedKeyUsage)));
    spoiled.put(
        CertificateRule.REVOCATION, List.of(holder().without(Extension.cRLDistributionPoints)));
    spoiled.put(
        CertificateRule.WILDCARD,
        List.of(
            holder().names(new GeneralName(GeneralName.dNSName, "*.kreis.example")),
            holder().named("CN=*.kreis.example")));
    spoiled.put(
        CertificateRule.SERIAL,
        List.of(
            holder().serial(BigInteger.ZERO),
            holder().serial(BigInteger.valueOf(-5)),
            holder().serial(BigInteger.ONE.shiftLeft(159))));
    spoiled.put(CertificateRule.UNIQUE_ID, List.of(holder().withUniqueId()));
  }

  @Test
  void aCertificateAsItShouldBeBreaksNoRule() {
    for (PolicySet set : PolicySet.values()) {
      assertThat(found(set, holder().of(TestCertificate.keys("brainpoolP256r1"))))
          .as(set.configName())
          .isEmpty();
      assertThat(found(set, authority().of(TestCertificate.keys("brainpoolP384r1"))))
          .as(set.configName())
          .isEmpty();
    }
    assertThat(
            CertificateRules.check(
                PolicySet.BSI_KOMMUNAL,
                ROOT.encoded(),
                CertificateRole.ROOT,
                Optional.empty(),
                TIME))
        .isEmpty();
  }

  @Test
  void eachRuleIsBrokenBySomethingAndThenTheSetSaysHowStrictItIs() {
    Set<CertificateRule> tried = EnumSet.copyOf(SPOILED.keySet());
    SPOILED.forEach(
        (rule, drafts) -> {
          for (TestCertificate.Draft draft : drafts) {
            for (PolicySet set : PolicySet.values()) {
              Strictness expected = rule.under(set);
              assertThat(found(set, draft).getOrDefault(rule, Strictness.OFF))
                  .as("%s under %s", rule.id(), set.configName())
                  .isEqualTo(expected);
            }
          }
        });
    tried.add(CertificateRule.VERSION); // tried below
    assertThat(tried).isEqualTo(EnumSet.allOf(CertificateRule.class));
  }

  @Test
  void aCertificateOfVersionOneIsRefused() {
    TestCertificate one =
        holder()
            .without(Extension.basicConstraints)
            .without(Extension.keyUsage)
            .without(Extension.extendedKeyUsage)
            .without(Extension.cRLDistributionPoints)
            .make();
    byte[] octets = one.encoded().toArray();
    assertThat(found(PolicySet.BSI_KOMMUNAL, Bytes.of(asVersion2(octets))))
        .containsEntry(CertificateRule.VERSION, Strictness.REQUIRED);
  }

  @Test
  void rsaLengthsDependOnTheSet() {
    assertThat(found(PolicySet.COMPATIBILITY, holder().certifying(rsa(2048, 65537)))).isEmpty();
    assertThat(found(PolicySet.BSI_KOMMUNAL, holder().certifying(rsa(2999, 65537))))
        .containsOnlyKeys(CertificateRule.KEY_RSA_LENGTH);
    assertThat(found(PolicySet.BSI_KOMMUNAL, holder().certifying(rsa(3000, 65537)))).isEmpty();
    assertThat(found(PolicySet.BSI_STRICT, holder().certifying(rsa(3071, 65537))))
        .containsOnlyKeys(CertificateRule.KEY_RSA_LENGTH);
    assertThat(found(PolicySet.BSI_STRICT, holder().certifying(rsa(3072, 65537)))).isEmpty();
  }

  @Test
  void brainpoolP320IsGoodForTr02102AndNotInTable30() {
    SubjectPublicKeyInfo key = curve(new ASN1ObjectIdentifier("1.3.36.3.3.2.8.1.1.9"));
    assertThat(found(PolicySet.BSI_KOMMUNAL, holder().certifying(key))).isEmpty();
    assertThat(found(PolicySet.BSI_STRICT, holder().certifying(key)))
        .containsOnlyKeys(CertificateRule.KEY_CURVE);
  }

  @Test
  void pkcs1WasGoodUntilTheEndOf2025() {
    Bytes certificate = pretending(PKCSObjectIdentifiers.sha256WithRSAEncryption).make().encoded();
    for (PolicySet set : List.of(PolicySet.BSI_KOMMUNAL, PolicySet.BSI_STRICT)) {
      assertThat(rules(set, certificate, Instant.parse("2025-12-31T23:59:59Z")))
          .doesNotContain(CertificateRule.SIGNATURE_PKCS1);
      assertThat(rules(set, certificate, Instant.parse("2026-01-01T00:00:00Z")))
          .contains(CertificateRule.SIGNATURE_PKCS1);
    }
  }

  @Test
  void compositesAndHashBasedSignaturesMayStandAlone() {
    for (String id :
        List.of(
            "1.3.6.1.5.5.7.6.45",
            "1.3.6.1.5.5.7.6.54",
            NISTObjectIdentifiers.id_slh_dsa_sha2_256s.getId())) {
      assertThat(found(PolicySet.BSI_STRICT, pretending(new ASN1ObjectIdentifier(id))))
          .as(id)
          .containsOnlyKeys(CertificateRule.KEY_BRAINPOOL);
    }
  }

  @Test
  void devicesGetTwoYearsUnderCompatibility() {
    TestCertificate.Draft draft = holder().valid("2026-11-01T00:00:00Z", "2028-11-02T00:00:00Z");
    assertThat(found(PolicySet.COMPATIBILITY, draft))
        .containsOnlyKeys(CertificateRule.VALIDITY_LENGTH);
    assertThat(found(PolicySet.BSI_KOMMUNAL, draft)).isEmpty();
  }

  @Test
  void whatIsNoCertificateIsNotJudged() {
    assertThatThrownBy(
            () ->
                CertificateRules.check(
                    PolicySet.BSI_KOMMUNAL,
                    Bytes.fromHex("3000"),
                    CertificateRole.END_ENTITY,
                    Optional.empty(),
                    TIME))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void setsAndRulesHaveNamesOfTheirOwn() {
    assertThat(PolicySet.ofConfigName("bsi-kommunal")).contains(PolicySet.DEFAULT);
    assertThat(PolicySet.ofConfigName("BSI")).isEmpty();
    assertThat(List.of(CertificateRule.values()).stream().map(CertificateRule::id))
        .doesNotHaveDuplicates();
  }

  private static Map<CertificateRule, Strictness> found(
      PolicySet set, TestCertificate.Draft draft) {
    return found(set, draft.make().encoded());
  }

  private static Map<CertificateRule, Strictness> found(PolicySet set, Bytes certificate) {
    BasicConstraints constraints =
        BasicConstraints.fromExtensions(
            org.bouncycastle.asn1.x509.Certificate.getInstance(certificate.toArray())
                .getTBSCertificate()
                .getExtensions());
    boolean authority = constraints != null && constraints.isCA();
    return CertificateRules.check(
            set,
            certificate,
            authority ? CertificateRole.ISSUING : CertificateRole.END_ENTITY,
            authority ? Optional.empty() : ISSUER_END,
            TIME)
        .stream()
        .filter(
            finding ->
                set == PolicySet.BSI_STRICT || finding.rule() != CertificateRule.KEY_BRAINPOOL)
        .collect(Collectors.toMap(RuleFinding::rule, RuleFinding::strictness, (one, other) -> one));
  }

  private static Set<CertificateRule> rules(PolicySet set, Bytes certificate, Instant time) {
    return CertificateRules.check(set, certificate, CertificateRole.END_ENTITY, ISSUER_END, time)
        .stream()
        .map(RuleFinding::rule)
        .collect(Collectors.toSet());
  }

  private static TestCertificate.Draft holder() {
    return AUTHORITY.holder("Holder");
  }

  private static TestCertificate.Draft authority() {
    return ROOT.authority("Authority");
  }

  private static TestCertificate.Draft pretending(ASN1ObjectIdentifier algorithm) {
    return holder().pretending(new AlgorithmIdentifier(algorithm));
  }

  private static AlgorithmIdentifier pss(ASN1ObjectIdentifier hash, ASN1ObjectIdentifier mask) {
    return new AlgorithmIdentifier(
        PKCSObjectIdentifiers.id_RSASSA_PSS,
        new RSASSAPSSparams(
            new AlgorithmIdentifier(hash),
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, new AlgorithmIdentifier(mask)),
            new org.bouncycastle.asn1.ASN1Integer(32),
            RSASSAPSSparams.DEFAULT_TRAILER_FIELD));
  }

  private static SubjectPublicKeyInfo key(ASN1ObjectIdentifier algorithm) {
    return new SubjectPublicKeyInfo(new AlgorithmIdentifier(algorithm), new byte[32]);
  }

  private static SubjectPublicKeyInfo curve(ASN1ObjectIdentifier curve) {
    return new SubjectPublicKeyInfo(
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), new byte[65]);
  }

  private static SubjectPublicKeyInfo explicitCurve() {
    return new SubjectPublicKeyInfo(
        new AlgorithmIdentifier(
            X9ObjectIdentifiers.id_ecPublicKey, ECNamedCurveTable.getByName("P-256")),
        new byte[65]);
  }

  private static SubjectPublicKeyInfo rsa(int bits, int exponent) {
    try {
      return new SubjectPublicKeyInfo(
          new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
          new RSAPublicKey(
              BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE),
              BigInteger.valueOf(exponent)));
    } catch (java.io.IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** Without extensions the version may be any; the octet after [0] 03 02 01 says it. */
  private static byte[] asVersion2(byte[] octets) {
    byte[] changed = octets.clone();
    for (int i = 0; i < changed.length - 4; i++) {
      if ((changed[i] & 0xff) == 0xa0
          && changed[i + 1] == 3
          && changed[i + 2] == 2
          && changed[i + 3] == 1) {
        changed[i + 4] = 1;
        return changed;
      }
    }
    throw new IllegalStateException("no version");
  }
}
