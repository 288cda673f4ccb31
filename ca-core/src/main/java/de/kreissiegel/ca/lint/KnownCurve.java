package de.kreissiegel.ca.lint;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/** A named curve over a prime field. */
final class KnownCurve {
  private static final int TRIVIAL = 1024;
  private static final Map<String, Optional<KnownCurve>> CURVES = new ConcurrentHashMap<>();

  private final BigInteger p;
  private final BigInteger a;
  private final BigInteger b;
  private final int octets;
  private final Set<BigInteger> trivial;

  private KnownCurve(X9ECParameters parameters) {
    this.p = parameters.getCurve().getField().getCharacteristic();
    this.a = parameters.getCurve().getA().toBigInteger();
    this.b = parameters.getCurve().getB().toBigInteger();
    this.octets = (p.bitLength() + 7) / 8;
    this.trivial = trivial(parameters.getG(), p.bitLength());
  }

  /** The curve of this name, if it is known and over a prime field. */
  static Optional<KnownCurve> of(String oid) {
    Optional<KnownCurve> known = CURVES.get(oid);
    if (known != null) {
      return known;
    }
    if (oid.indexOf('?') >= 0) {
      return Optional.empty();
    }
    X9ECParameters parameters = ECNamedCurveTable.getByOID(new ASN1ObjectIdentifier(oid));
    if (parameters == null || !ECAlgorithms.isFpCurve(parameters.getCurve())) {
      return Optional.empty(); // not kept: a stranger may name any number of curves
    }
    return CURVES.computeIfAbsent(oid, _ -> Optional.of(new KnownCurve(parameters)));
  }

  /** Whether it is an uncompressed point of this field. */
  boolean hasForm(byte[] point) {
    return point.length == 1 + 2 * octets && point[0] == 4;
  }

  /** Whether the uncompressed point is on the curve; then, with a cofactor of 1, it is a key. */
  boolean holds(byte[] point) {
    BigInteger x = new BigInteger(1, point, 1, octets);
    BigInteger y = new BigInteger(1, point, 1 + octets, octets);
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
      return false;
    }
    BigInteger right = x.multiply(x).add(a).multiply(x).add(b);
    return y.multiply(y).subtract(right).mod(p).signum() == 0;
  }

  /** Whether everybody knows the private key of the point with this coordinate. */
  boolean isTrivial(BigInteger x) {
    return trivial.contains(x);
  }

  /** Of k and -k the coordinate is the same. */
  private static Set<BigInteger> trivial(ECPoint generator, int bits) {
    Set<BigInteger> coordinates = new HashSet<>();
    ECPoint sum = generator;
    for (int k = 1; k <= TRIVIAL; k++) {
      coordinates.add(sum.normalize().getAffineXCoord().toBigInteger());
      sum = sum.add(generator);
    }
    ECPoint power = generator;
    for (int bit = 0; bit < bits; bit++) {
      coordinates.add(power.normalize().getAffineXCoord().toBigInteger());
      power = power.twice();
    }
    return coordinates;
  }
}
