package de.kreissiegel.ca.madekey;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/** A private key under a password: PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256 (RFC 8018). */
final class SealedKey {
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  /** The password has 123 random bits; who guesses is stopped by that, not by this. */
  private static final int ITERATIONS = 10_000;

  private SealedKey() {}

  /** Seals it; key and password are left as they are. */
  static Bytes seal(byte[] privateKey, char[] password) {
    try {
      return Bytes.of(
          new PKCS8EncryptedPrivateKeyInfoBuilder(PrivateKeyInfo.getInstance(privateKey))
              .build(
                  new JcePKCSPBEOutputEncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                      .setProvider(PROVIDER)
                      .setPRF(
                          new AlgorithmIdentifier(
                              PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE))
                      .setIterationCount(ITERATIONS)
                      .build(password))
              .getEncoded());
    } catch (IOException | OperatorCreationException impossible) {
      throw new IllegalStateException("a key can't be sealed", impossible);
    }
  }

  /** Opens it; empty if that is another password. The caller wipes what comes. */
  static Optional<byte[]> open(Bytes sealed, char[] password) {
    try {
      return Optional.of(
          new PKCS8EncryptedPrivateKeyInfo(sealed.toArray())
              .decryptPrivateKeyInfo(
                  new JcePKCSPBEInputDecryptorProviderBuilder()
                      .setProvider(PROVIDER)
                      .build(password))
              .getEncoded());
    } catch (IOException | PKCSException | IllegalArgumentException other) {
      return Optional.empty();
    }
  }
}
