package de.kreissiegel.hsm.token;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.operator.GenericKey;
import org.bouncycastle.operator.InputDecryptor;
import org.bouncycastle.operator.InputDecryptorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;

/**
 * The keys that a passphrase gives, by PBES2 (RFC 8018 §6.2) with scrypt (RFC 7914). All that is
 * sealed here shares one salt, and each salt costs its tenth of a second only once; for who guesses
 * a passphrase that makes no difference, since one sealed key is enough to try it. Each seal has an
 * initialization vector of its own.
 */
final class PassphraseKeys implements AutoCloseable {
  private static final int COST = 1 << 15;
  private static final int BLOCK_SIZE = 8;
  private static final int PARALLELISM = 1;
  private static final int SALT_OCTETS = 16;
  private static final int KEY_OCTETS = 32;
  private static final int BLOCK_OCTETS = 16;
  private static final String CIPHER = "AES/CBC/PKCS5Padding";

  private final char[] passphrase;
  private final SecureRandom randomness;

  /** By salt, in hexadecimal. */
  private final Map<String, byte[]> derived = new HashMap<>();

  private byte[] salt = {};

  PassphraseKeys(char[] passphrase, SecureRandom randomness) {
    this.passphrase = passphrase.clone();
    this.randomness = randomness;
  }

  boolean isOf(char[] other) {
    return Arrays.equals(passphrase, other);
  }

  /** Seals with the salt that was met first, or with a new one. */
  OutputEncryptor encryptor() {
    if (salt.length == 0) {
      salt = new byte[SALT_OCTETS];
      randomness.nextBytes(salt);
    }
    byte[] vector = new byte[BLOCK_OCTETS];
    randomness.nextBytes(vector);
    Cipher cipher = cipher(Cipher.ENCRYPT_MODE, salt, vector);
    return new Encryptor(
        new AlgorithmIdentifier(
            PKCSObjectIdentifiers.id_PBES2,
            new PBES2Parameters(
                new KeyDerivationFunc(
                    MiscObjectIdentifiers.id_scrypt,
                    new ScryptParams(salt, COST, BLOCK_SIZE, PARALLELISM)),
                new EncryptionScheme(
                    NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(vector)))),
        cipher);
  }

  InputDecryptorProvider decryptors() {
    return encryption -> {
      requireOurs(encryption);
      PBES2Parameters parameters = PBES2Parameters.getInstance(encryption.getParameters());
      byte[] itsSalt =
          ScryptParams.getInstance(parameters.getKeyDerivationFunc().getParameters()).getSalt();
      byte[] vector =
          ASN1OctetString.getInstance(parameters.getEncryptionScheme().getParameters()).getOctets();
      if (salt.length == 0) {
        salt = itsSalt.clone();
      }
      try {
        return new Decryptor(encryption, cipher(Cipher.DECRYPT_MODE, itsSalt, vector));
      } catch (IllegalStateException malformed) {
        throw new OperatorCreationException("not a vector of AES", malformed);
      }
    };
  }

  /**
   * Takes only what {@link #encryptor} makes; else a file could ask for all the memory there is.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static void requireOurs(AlgorithmIdentifier encryption) {
    if (!encryption.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
      throw sealedOtherwise();
    }
    PBES2Parameters parameters = PBES2Parameters.getInstance(encryption.getParameters());
    KeyDerivationFunc derivation = parameters.getKeyDerivationFunc();
    if (!derivation.getAlgorithm().equals(MiscObjectIdentifiers.id_scrypt)
        || !parameters
            .getEncryptionScheme()
            .getAlgorithm()
            .equals(NISTObjectIdentifiers.id_aes256_CBC)) {
      throw sealedOtherwise();
    }
    ScryptParams scrypt = ScryptParams.getInstance(derivation.getParameters());
    if (scrypt.getCostParameter().intValueExact() != COST
        || scrypt.getBlockSize().intValueExact() != BLOCK_SIZE
        || scrypt.getParallelizationParameter().intValueExact() != PARALLELISM
        || Optional.ofNullable(scrypt.getKeyLength())
            .filter(length -> length.intValueExact() != KEY_OCTETS)
            .isPresent()) {
      throw sealedOtherwise();
    }
  }

  private static IllegalArgumentException sealedOtherwise() {
    return new IllegalArgumentException("sealed in another way than by this program");
  }

  private Cipher cipher(int mode, byte[] itsSalt, byte[] vector) {
    byte[] key = derived.computeIfAbsent(HexFormat.of().formatHex(itsSalt), _ -> derive(itsSalt));
    try {
      Cipher cipher = Cipher.getInstance(CIPHER, SignatureProviders.bouncyCastle());
      cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector));
      return cipher;
    } catch (GeneralSecurityException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  private byte[] derive(byte[] itsSalt) {
    var octets = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
    byte[] utf8 = new byte[octets.remaining()];
    octets.get(utf8);
    try {
      return SCrypt.generate(utf8, itsSalt, COST, BLOCK_SIZE, PARALLELISM, KEY_OCTETS);
    } finally {
      Arrays.fill(utf8, (byte) 0);
      Arrays.fill(octets.array(), (byte) 0);
    }
  }

  /** Wipes the passphrase and what was derived from it. */
  @Override
  public void close() {
    Arrays.fill(passphrase, '\0');
    derived.values().forEach(key -> Arrays.fill(key, (byte) 0));
    derived.clear();
  }

  private record Encryptor(AlgorithmIdentifier algorithm, Cipher cipher)
      implements OutputEncryptor {
    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return algorithm;
    }

    @Override
    public OutputStream getOutputStream(OutputStream out) {
      return new CipherOutputStream(out, cipher);
    }

    @Override
    public GenericKey getKey() {
      throw new UnsupportedOperationException("the key isn't given away");
    }
  }

  private record Decryptor(AlgorithmIdentifier algorithm, Cipher cipher) implements InputDecryptor {
    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return algorithm;
    }

    @Override
    public InputStream getInputStream(InputStream in) {
      return new CipherInputStream(in, cipher);
    }
  }
}
