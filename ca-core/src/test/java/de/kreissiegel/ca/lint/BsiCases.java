package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.LintCases.keyUsage;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.agreement.DHStandardGroups;

/** Of {@link BsiLints} and {@link BsiKeyLints}. */
final class BsiCases {
  private static final Trial MAIL = Trial.of("smime");
  private static final Trial VPN = Trial.of("vpn-client");
  private static final String SHA256 = "2.16.840.1.101.3.4.2.1";
  private static final String SHA384 = "2.16.840.1.101.3.4.2.2";
  private static final String SHA1 = "1.3.14.3.2.26";

  private BsiCases() {}

  static void add(LintCases cases) {
    cases.edited(
        "bsi.validity",
        VPN,
        tbs -> tbs.with(Tbs.VALIDITY, FieldCases.validity("261122080000Z", "300101080000Z")));
    cases.edited(
        "bsi.key-usage",
        MAIL,
        tbs -> tbs.withCritical(Oids.KEY_USAGE, false),
        tbs -> tbs.withoutExtension(Oids.KEY_USAGE));
    cases.edited(
        "bsi.extended-key-usage",
        MAIL,
        tbs -> tbs.withoutExtension(Oids.EXT_KEY_USAGE),
        tbs ->
            tbs.withExtension(Oids.EXT_KEY_USAGE, false, LintCases.oids(List.of(Oids.ANY_USAGE))));
    cases.edited(
        "bsi.one-purpose",
        MAIL,
        usage(UsageLints.DIGITAL_SIGNATURE | UsageLints.KEY_AGREEMENT),
        usage(UsageLints.NON_REPUDIATION | UsageLints.KEY_ENCIPHERMENT));
    cases.edited(
        "bsi.signature-apart",
        Trial.of("signature"),
        usage(UsageLints.DIGITAL_SIGNATURE | UsageLints.NON_REPUDIATION),
        tbs ->
            tbs.withExtension(
                Oids.EXT_KEY_USAGE,
                false,
                LintCases.oids(List.of(Oids.CLIENT_AUTH, Oids.EMAIL_PROTECTION))));
    cases.edited(
        "bsi.key-agreement-end",
        MAIL,
        tbs -> tbs.with(Tbs.VALIDITY, FieldCases.validity("310601080000Z", "320101000000Z")));
    cases.edited(
        "bsi.signature-end",
        VPN,
        tbs -> tbs.with(Tbs.VALIDITY, FieldCases.validity("350601080000Z", "360101000000Z")));
    cases.edited("tr02103.distinction", VPN, tbs -> tbs.withoutAttribute(Oids.SERIAL_NUMBER));
    signatures(cases);
    keys(cases);
  }

  private static UnaryOperator<Tbs> usage(int bits) {
    return tbs -> tbs.withExtension(Oids.KEY_USAGE, true, keyUsage(bits));
  }

  private static Trial signedBy(AlgorithmIdentifier algorithm) {
    return MAIL.edit(tbs -> tbs.with(Tbs.SIGNATURE, algorithm))
        .issuer(
            issuer ->
                new LintContext.Issuer(
                    issuer.name(),
                    issuer.keyIdentifier(),
                    de.kreissiegel.hsm.signing.Bytes.of(Tbs.der(algorithm)),
                    issuer.notAfter()));
  }

  private static AlgorithmIdentifier algorithm(String oid) {
    return new AlgorithmIdentifier(new ASN1ObjectIdentifier(oid));
  }

  private static AlgorithmIdentifier pss(String hash, String mask, int salt) {
    return new AlgorithmIdentifier(
        new ASN1ObjectIdentifier(Oids.RSA_PSS),
        new RSASSAPSSparams(
            algorithm(hash),
            new AlgorithmIdentifier(new ASN1ObjectIdentifier(Oids.MGF1), algorithm(mask)),
            new ASN1Integer(salt),
            new ASN1Integer(1)));
  }

  private static void signatures(LintCases cases) {
    cases.trips(
        "bsi.signature-algorithm",
        signedBy(algorithm(Oids.ML_DSA_87)),
        _ -> signedBy(algorithm("1.2.840.10045.4.1")), // ecdsa-with-SHA1
        _ -> signedBy(algorithm(Oids.ED25519)),
        _ ->
            signedBy(
                new AlgorithmIdentifier(
                    new ASN1ObjectIdentifier("1.2.840.113549.1.1.5"), DERNull.INSTANCE)));
    cases.trips(
        "bsi.signature-pkcs1",
        signedBy(pss(SHA384, SHA384, 48)),
        _ ->
            signedBy(
                new AlgorithmIdentifier(
                    new ASN1ObjectIdentifier("1.2.840.113549.1.1.11"), DERNull.INSTANCE)));
    cases.trips(
        "bsi.signature-pss",
        signedBy(pss(SHA256, SHA256, 32)),
        _ -> signedBy(pss(SHA256, SHA1, 32)),
        _ -> signedBy(pss(SHA1, SHA1, 20)),
        _ -> signedBy(pss(SHA256, SHA256, 20)),
        _ ->
            signedBy(
                new AlgorithmIdentifier(
                    new ASN1ObjectIdentifier(Oids.RSA_PSS),
                    new org.bouncycastle.asn1.DERSequence())));
  }

  private static void keys(LintCases cases) {
    cases.trips(
        "bsi.key-algorithm",
        VPN,
        it -> it.key(SampleKeys.info("1.2.840.10040.4.1", null, new byte[] {2, 1, 5})), // DSA
        it -> it.key(SampleKeys.info("1.2.3", null, new byte[20])));
    cases.trips(
        "bsi.rsa-size",
        Trial.of("vpn-client", SampleKeys.RSA),
        it ->
            it.key(
                SampleKeys.rsa(
                    SampleKeys.prime(DHStandardGroups.rfc2409_1024)
                        .multiply(SampleKeys.prime(DHStandardGroups.rfc2409_768)))));
    cases.trips(
        "bsi.curve",
        VPN.key(brainpool()),
        it -> it.key(generator("secp256k1", "1.3.132.0.10")),
        it -> it.key(generator("secp224r1", "1.3.132.0.33")));
    cases.trips(
        "bsi.edwards", VPN, it -> it.key(SampleKeys.info(Oids.ED25519, null, new byte[32])));
    cases.trips(
        "bsi.post-quantum-size",
        VPN,
        it -> it.key(SampleKeys.info(Oids.ML_DSA_44, null, new byte[1312])),
        it -> it.key(SampleKeys.info("2.16.840.1.101.3.4.3.20", null, new byte[32])),
        it -> it.key(SampleKeys.info("1.3.6.1.5.5.7.6.40", null, new byte[1377])),
        it -> it.key(SampleKeys.info(Oids.ML_KEM_512, null, new byte[800])));
    cases.trips(
        "bsi.post-quantum-alone",
        // A composite with ML-DSA-65 is as it should be.
        VPN.key(SampleKeys.info("1.3.6.1.5.5.7.6.45", null, new byte[2017])),
        it -> it.key(SampleKeys.info(Oids.ML_DSA_65, null, new byte[1952])));
  }

  private static byte[] brainpool() {
    var curve = SampleKeys.curve("brainpoolP256r1");
    return SampleKeys.point(
        "1.3.36.3.3.2.8.1.1.7",
        curve.getG().multiply(new java.math.BigInteger("1234567890123456789")).getEncoded(false));
  }

  private static byte[] generator(String name, String oid) {
    return SampleKeys.point(oid, SampleKeys.curve(name).getG().getEncoded(false));
  }
}
