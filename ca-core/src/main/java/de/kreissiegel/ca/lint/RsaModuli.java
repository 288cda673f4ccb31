package de.kreissiegel.ca.lint;

import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.util.Optional;

/** The RSA moduli of certificates, for whoever keeps them ({@link KnownKeys#moduliSince}). */
public final class RsaModuli {
  private static final int KEY = 6;

  private RsaModuli() {}

  /**
   * The modulus of a certificate's key.
   *
   * @param certificate Certificate of version 3, DER
   * @return empty if it is no certificate, or its key is not of RSA
   */
  public static Optional<BigInteger> of(Bytes certificate) {
    try {
      Der tbs = Der.read(certificate.toArray()).child(0);
      return ReadKey.of(tbs.child(KEY)).rsa().map(ReadKey.Rsa::modulus).filter(m -> m.signum() > 0);
    } catch (Malformed none) {
      return Optional.empty();
    }
  }
}
