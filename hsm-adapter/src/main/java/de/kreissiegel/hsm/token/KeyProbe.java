package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.ReleaseRequest.Scheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.generators.SLHDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.SLHDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.SLHDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.SLHDSAPublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/** Whether a private key that was opened is the one that belongs to the public key. */
final class KeyProbe {
  private static final byte[] MESSAGE =
      "does the private key fit the public one".getBytes(StandardCharsets.US_ASCII);

  private KeyProbe() {}

  static boolean fits(TokenKey key, PrivateKeyInfo secret, ActiveKey opened)
      throws IOException, GeneralSecurityException {
    return switch (key.algorithm().family()) {
      case SLH_DSA -> rebuilds(key, secret);
      default -> key.algorithm().signs() ? signs(key, opened) : decrypts(key, opened);
    };
  }

  private static boolean signs(TokenKey key, ActiveKey opened) {
    Optional<Bytes> signature = opened.sign(MESSAGE);
    return signature.isPresent()
        && PublicKeys.verifies(
            key.algorithm(), key.publicKey(), MESSAGE, signature.get().toArray());
  }

  private static boolean decrypts(TokenKey key, ActiveKey opened) throws GeneralSecurityException {
    Provider bouncyCastle = SignatureProviders.bouncyCastle();
    Cipher cipher =
        RsaDecryption.cipher(
            Scheme.RSA_OAEP_SHA256,
            Cipher.ENCRYPT_MODE,
            PublicKeys.decode(key.algorithm(), key.publicKey()),
            bouncyCastle);
    try {
      Optional<byte[]> back = opened.decrypt(Scheme.RSA_OAEP_SHA256, cipher.doFinal(MESSAGE));
      return back.isPresent() && Arrays.equals(MESSAGE, back.get());
    } catch (NotDecrypted otherKey) {
      return false;
    }
  }

  /** To make the public key again costs a tenth of a signature. */
  private static boolean rebuilds(TokenKey key, PrivateKeyInfo secret) throws IOException {
    if (!(PrivateKeyFactory.createKey(secret) instanceof SLHDSAPrivateKeyParameters parts)) {
      return false;
    }
    SLHDSAKeyPairGenerator generator = new SLHDSAKeyPairGenerator();
    generator.init(
        new SLHDSAKeyGenerationParameters(
            CryptoServicesRegistrar.getSecureRandom(), parts.getParameters()));
    return generator
                .internalGenerateKeyPair(parts.getSeed(), parts.getPrf(), parts.getPublicSeed())
                .getPublic()
            instanceof SLHDSAPublicKeyParameters made
        && Arrays.equals(
            made.getEncoded(),
            SubjectPublicKeyInfo.getInstance(key.publicKey().toArray())
                .getPublicKeyData()
                .getOctets());
  }
}
