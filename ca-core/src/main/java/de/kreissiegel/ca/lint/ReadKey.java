package de.kreissiegel.ca.lint;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A SubjectPublicKeyInfo as read (RFC 5280 §4.1.2.7).
 *
 * @param encoded DER
 * @param algorithm in dotted form
 * @param parameters of the algorithm
 * @param bits the octets of subjectPublicKey
 * @param rsa the key, if it is one of RSA that can be read
 */
record ReadKey(
    byte[] encoded, String algorithm, Optional<Der> parameters, byte[] bits, Optional<Rsa> rsa) {

  /** Of RSA (RFC 8017 A.1.1). */
  record Rsa(BigInteger modulus, BigInteger exponent) {}

  static ReadKey of(Der info) throws Malformed {
    Der algorithm = info.as(Der.SEQUENCE).child(0).as(Der.SEQUENCE);
    String oid = algorithm.child(0).oid();
    Der bits = info.child(1);
    return new ReadKey(
        info.encoded(),
        oid,
        algorithm.children().size() > 1
            ? Optional.of(algorithm.children().get(1))
            : Optional.empty(),
        bits.wholeOctets(),
        oid.equals(Oids.RSA) || oid.equals(Oids.RSA_PSS) || oid.equals(Oids.RSA_OAEP)
            ? rsa(bits)
            : Optional.empty());
  }

  private static Optional<Rsa> rsa(Der bits) {
    try {
      Der key = bits.inner().as(Der.SEQUENCE);
      return Optional.of(new Rsa(key.child(0).integer(), key.child(1).integer()));
    } catch (Malformed _) {
      return Optional.empty(); // a lint says so
    }
  }

  boolean isRsa() {
    return algorithm.equals(Oids.RSA)
        || algorithm.equals(Oids.RSA_PSS)
        || algorithm.equals(Oids.RSA_OAEP);
  }

  boolean isEc() {
    return algorithm.equals(Oids.EC);
  }

  /** The named curve's OID, if that is how the curve is given. */
  Optional<String> curve() {
    if (!isEc() || parameters.isEmpty() || !parameters.get().is(Der.OID)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parameters.get().oid());
    } catch (Malformed _) {
      return Optional.empty();
    }
  }
}
