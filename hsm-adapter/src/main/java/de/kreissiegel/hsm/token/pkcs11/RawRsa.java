package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.BigIntegers;

/**
 * RSA alone, without padding (CKM_RSA_X_509). The padding is taken away in the process: the token's
 * own answer to a wrong one tells it apart from a right one, and few tokens know OAEP with SHA-256.
 */
final class RawRsa {
  static final Mechanism MECHANISM = Mechanism.of(Ck.CKM_RSA_X_509);

  private final SignatureInProgress.Computation token;
  private final BigInteger modulus;
  private final BigInteger publicExponent;

  /**
   * @param token what applies the mechanism with the private key
   */
  RawRsa(SignatureInProgress.Computation token, TokenKey key) {
    this.token = token;
    RSAPublicKey rsa =
        RSAPublicKey.getInstance(
            SubjectPublicKeyInfo.getInstance(key.publicKey().toArray())
                .getPublicKeyData()
                .getOctets());
    this.modulus = rsa.getModulus();
    this.publicExponent = rsa.getPublicExponent();
  }

  /** Whether the first number to the public exponent is the second. */
  boolean undoes(byte[] computed, byte[] number) {
    return new BigInteger(1, computed)
        .modPow(publicExponent, modulus)
        .equals(new BigInteger(1, number));
  }

  /** The modulus' length. */
  int octets() {
    return (modulus.bitLength() + 7) / 8;
  }

  boolean inRange(byte[] number) {
    return number.length == octets()
        && BigIntegers.fromUnsignedByteArray(number).compareTo(modulus) < 0;
  }

  /** The number to the private exponent, as long as the modulus; zeros if it is out of range. */
  byte[] compute(byte[] number) throws TokenUnavailable {
    byte[] padded = new byte[octets()];
    if (!inRange(number)) {
      return padded;
    }
    byte[] result = token.on(number);
    System.arraycopy(result, 0, padded, padded.length - result.length, result.length);
    Arrays.fill(result, (byte) 0);
    return padded;
  }
}
