package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.SigningRefused;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;

/**
 * A SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), held against what a policy allows.
 *
 * @param algorithm object identifier in dotted form
 * @param curve of a key on a named curve, its object identifier
 * @param nullParameters whether the parameters are NULL
 * @param parameters whether there are any
 * @param bits what the BIT STRING holds
 */
record PublicKeyCheck(
    String algorithm, String curve, boolean nullParameters, boolean parameters, byte[] bits) {
  private static final String ELLIPTIC = "1.2.840.10045.2.1";
  private static final int NULL = 0x05;
  private static final int UNCOMPRESSED = 0x04;
  private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65537);

  /** FIPS 186-5 §A.1.1: the public exponent is below 2^256. */
  private static final int LONGEST_EXPONENT = 256;

  private static final Map<PublicKeyKind, ECCurve> CURVES = curves();

  static PublicKeyCheck read(byte[] info) throws NotDer {
    DerCursor outer = new DerCursor(info);
    DerCursor inside = outer.into(DerCursor.SEQUENCE, "subjectPublicKeyInfo");
    outer.end();
    DerCursor identifier = inside.into(DerCursor.SEQUENCE, "key's algorithm");
    String algorithm = ObjectIdentifiers.next(identifier, "key's algorithm");
    boolean parameters = identifier.hasMore();
    boolean nothing = identifier.peek() == NULL;
    String curve = "";
    if (identifier.peek() == DerCursor.OBJECT_IDENTIFIER) {
      curve = ObjectIdentifiers.next(identifier, "key's curve");
    } else if (parameters) {
      identifier.next();
    }
    identifier.end();
    byte[] bits = inside.content(inside.next(DerCursor.BIT_STRING, "key"));
    inside.end();
    if (bits.length < 2 || bits[0] != 0) {
      throw new NotDer("a key that is not whole octets");
    }
    return new PublicKeyCheck(
        algorithm, curve, nothing, parameters, Arrays.copyOfRange(bits, 1, bits.length));
  }

  void check(List<PublicKeyRule> rules, int keyUsage, KindRefusal refusal)
      throws SigningRefused, NotDer {
    PublicKeyRule rule =
        rules.stream()
            .filter(candidate -> is(candidate.kind()))
            .findFirst()
            .orElseThrow(
                () ->
                    refusal.of(
                        "key-algorithm",
                        "keys of algorithm " + algorithm + " " + curve + " are not allowed"));
    if (rule.kind().elliptic()) {
      elliptic(rule, refusal);
    } else if (rule.kind() == PublicKeyKind.RSA) {
      rsa(rule, refusal);
    } else {
      refusal.require(
          bits.length == rule.kind().octets() && !parameters,
          "key-length",
          "a key of " + rule.kind().word() + " has another form");
    }
    refusal.require(
        rule.usage().isEmpty() || KeyUsageFlag.mask(rule.usage()) == keyUsage,
        "key-usage",
        "a key of " + rule.kind().word() + " must have another keyUsage");
  }

  private boolean is(PublicKeyKind kind) {
    return kind.elliptic()
        ? algorithm.equals(ELLIPTIC) && curve.equals(kind.identifier())
        : algorithm.equals(kind.identifier());
  }

  /** The cofactor of all these curves is 1: a point on the curve is in the group. */
  private void elliptic(PublicKeyRule rule, KindRefusal refusal) throws SigningRefused {
    ECCurve curveOfKind = Optional.ofNullable(CURVES.get(rule.kind())).orElseThrow();
    int coordinate = (curveOfKind.getFieldSize() + 7) / 8;
    boolean good = bits.length == 1 + 2 * coordinate && bits[0] == UNCOMPRESSED;
    if (good) {
      try {
        good = !curveOfKind.decodePoint(bits).isInfinity();
      } catch (IllegalArgumentException _) {
        good = false;
      }
    }
    refusal.require(good, "key-point", "the key is no uncompressed point on " + rule.kind().word());
  }

  private void rsa(PublicKeyRule rule, KindRefusal refusal) throws SigningRefused, NotDer {
    // The BIT STRING hides this from the walk through the whole.
    StrictDer.check(bits);
    DerCursor outer = new DerCursor(bits);
    DerCursor inside = outer.into(DerCursor.SEQUENCE, "RSAPublicKey");
    BigInteger modulus = TbsCertificate.integer(inside, "modulus");
    BigInteger exponent = TbsCertificate.integer(inside, "publicExponent");
    inside.end();
    outer.end();
    refusal.require(
        nullParameters, "key-algorithm", "RSA keys have the parameters NULL (RFC 3279 §2.3.1)");
    if (modulus.signum() <= 0
        || modulus.bitLength() < rule.leastBits()
        || modulus.bitLength() > rule.mostBits()) {
      throw refusal.of(
          "key-length",
          "an RSA key has %d to %d bits".formatted(rule.leastBits(), rule.mostBits()));
    }
    refusal.require(modulus.testBit(0), "key-modulus", "an even number is no RSA modulus");
    refusal.require(
        exponent.compareTo(LEAST_EXPONENT) >= 0
            && exponent.testBit(0)
            && exponent.bitLength() <= LONGEST_EXPONENT,
        "key-exponent",
        "the public exponent must be odd, 65537 at least and below 2^256");
  }

  private static Map<PublicKeyKind, ECCurve> curves() {
    Map<PublicKeyKind, ECCurve> curves = new EnumMap<>(PublicKeyKind.class);
    for (PublicKeyKind kind : PublicKeyKind.values()) {
      if (kind.elliptic()) {
        var identifier = new ASN1ObjectIdentifier(kind.identifier());
        var custom = CustomNamedCurves.getByOID(identifier);
        curves.put(
            kind,
            (custom == null
                    ? org.bouncycastle.asn1.x9.ECNamedCurveTable.getByOID(identifier)
                    : custom)
                .getCurve());
      }
    }
    return curves;
  }
}
