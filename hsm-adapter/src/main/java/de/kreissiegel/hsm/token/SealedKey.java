package de.kreissiegel.hsm.token;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.util.ScryptConfig;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/** A private key under a passphrase; the package's documentation says how. */
final class SealedKey {
  private static final int COST = 1 << 15;
  private static final int BLOCK_SIZE = 8;
  private static final int PARALLELISM = 1;
  private static final int SALT_OCTETS = 16;

  private SealedKey() {}

  static byte[] seal(PrivateKey key, char[] passphrase, SecureRandom randomness)
      throws IOException {
    ScryptConfig derivation =
        new ScryptConfig.Builder(COST, BLOCK_SIZE, PARALLELISM).withSaltLength(SALT_OCTETS).build();
    try {
      OutputEncryptor encryptor =
          new JcePKCSPBEOutputEncryptorBuilder(derivation, NISTObjectIdentifiers.id_aes256_CBC)
              .setProvider(SignatureProviders.bouncyCastle())
              .setRandom(randomness)
              .build(passphrase);
      return new PKCS8EncryptedPrivateKeyInfoBuilder(key.getEncoded())
          .build(encryptor)
          .getEncoded();
    } catch (OperatorCreationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Opens it; a wrong passphrase may also end in octets that are no key. */
  static PrivateKeyInfo open(byte[] sealed, char[] passphrase) throws KeyUnreadable {
    try {
      return new PKCS8EncryptedPrivateKeyInfo(sealed)
          .decryptPrivateKeyInfo(
              new JcePKCSPBEInputDecryptorProviderBuilder()
                  .setProvider(SignatureProviders.bouncyCastle())
                  .build(passphrase));
    } catch (IOException | PKCSException | RuntimeException notOpened) {
      throw new KeyUnreadable("the passphrase doesn't open the key", notOpened);
    }
  }
}
