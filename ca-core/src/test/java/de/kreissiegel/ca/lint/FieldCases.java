package de.kreissiegel.ca.lint;

import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** Of {@link FieldLints}. */
final class FieldCases {
  private static final Trial MAIL = Trial.of("smime");

  private FieldCases() {}

  static void add(LintCases cases) {
    cases.trips(
        "rfc5280.der",
        MAIL,
        it -> it.octets(FieldCases::withLongLength),
        it -> it.octets(octets -> java.util.Arrays.copyOf(octets, octets.length + 1)),
        it -> it.octets(octets -> java.util.Arrays.copyOf(octets, octets.length - 1)),
        it -> it.octets(_ -> new byte[0]),
        it -> it.octets(_ -> new byte[CertificateReading.LONGEST + 1]));
    cases.edited(
        "rfc5280.form",
        MAIL,
        tbs -> tbs.without(Tbs.VALIDITY),
        tbs -> tbs.with(Tbs.SUBJECT, new ASN1Integer(1)),
        tbs -> tbs.withBeforeExtensions(new ASN1Integer(1)),
        tbs ->
            tbs.with(
                0, new DERTaggedObject(true, 0, new ASN1Integer(BigInteger.ONE.shiftLeft(40)))));
    cases.edited(
        "rfc5280.version",
        MAIL,
        tbs -> tbs.without(0),
        tbs -> tbs.with(0, new DERTaggedObject(true, 0, new ASN1Integer(3))));
    cases.edited(
        "rfc5280.serial-positive",
        MAIL,
        tbs -> tbs.with(Tbs.SERIAL, new ASN1Integer(0)),
        tbs -> tbs.with(Tbs.SERIAL, new ASN1Integer(BigInteger.ONE.shiftLeft(120).negate())));
    cases.edited(
        "rfc5280.serial-length",
        MAIL,
        tbs -> tbs.with(Tbs.SERIAL, new ASN1Integer(BigInteger.ONE.shiftLeft(159))));
    cases.edited(
        "rfc5280.signature-algorithm", MAIL, tbs -> tbs.with(Tbs.SIGNATURE, algorithm("4.3.3")));
    cases.edited(
        "rfc5280.signature-parameters",
        MAIL,
        tbs ->
            tbs.with(
                Tbs.SIGNATURE,
                new AlgorithmIdentifier(
                    new ASN1ObjectIdentifier("1.2.840.10045.4.3.2"), DERNull.INSTANCE)),
        tbs ->
            tbs.with(
                Tbs.SIGNATURE, new AlgorithmIdentifier(new ASN1ObjectIdentifier(Oids.RSA_PSS))),
        tbs ->
            tbs.with(
                Tbs.SIGNATURE,
                new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.113549.1.1.11"))));
    cases.edited(
        "rfc5280.validity-order",
        MAIL,
        tbs -> tbs.with(Tbs.VALIDITY, validity("261122080000Z", "261122080000Z")));
    cases.edited(
        "rfc5280.validity-encoding",
        MAIL,
        tbs ->
            tbs.with(
                Tbs.VALIDITY,
                new DERSequence(
                    new org.bouncycastle.asn1.ASN1Encodable[] {
                      new DERUTCTime("261122080000Z"), new DERGeneralizedTime("20271122080000Z")
                    })),
        tbs -> tbs.with(Tbs.VALIDITY, validity("2611220800Z", "271122080000Z")),
        tbs -> tbs.with(Tbs.VALIDITY, validity("261122080000+0100", "271122080000Z")));
    cases.edited(
        "rfc5280.unique-ids",
        MAIL,
        tbs ->
            tbs.withBeforeExtensions(
                new DERTaggedObject(false, 2, new DERBitString(new byte[] {1}))));
    keys(cases);
  }

  private static void keys(LintCases cases) {
    byte[] point = SampleKeys.curve("secp256r1").getG().getEncoded(false);
    cases.trips(
        "rfc5280.key-parameters",
        MAIL,
        it -> it.key(SampleKeys.info(Oids.EC, null, point)),
        it -> it.key(SampleKeys.info(Oids.EC, DERNull.INSTANCE, point)),
        it -> it.key(SampleKeys.info(Oids.RSA, null, new byte[] {0x30, 0})),
        it -> it.key(SampleKeys.info(Oids.ED25519, DERNull.INSTANCE, new byte[32])));
  }

  static AlgorithmIdentifier algorithm(String end) {
    return new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.10045." + end));
  }

  static DERSequence validity(String from, String to) {
    return new DERSequence(
        new org.bouncycastle.asn1.ASN1Encodable[] {new ASN1UTCTime(from), time(to)});
  }

  private static org.bouncycastle.asn1.ASN1Encodable time(String text) {
    return text.length() > 13 && !text.contains("+")
        ? new ASN1GeneralizedTime(text)
        : new ASN1UTCTime(text);
  }

  /** The same length, in one octet more than needed. */
  private static byte[] withLongLength(byte[] octets) {
    byte[] longer = new byte[octets.length + 1];
    longer[0] = octets[0];
    longer[1] = (byte) 0x83;
    System.arraycopy(octets, 2, longer, 3, octets.length - 2);
    return longer;
  }
}
