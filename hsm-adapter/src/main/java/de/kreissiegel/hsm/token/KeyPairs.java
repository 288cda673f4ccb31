package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import org.bouncycastle.jcajce.CompositePrivateKey;
import org.bouncycastle.jcajce.CompositePublicKey;
import org.bouncycastle.jcajce.interfaces.MLDSAPrivateKey;
import org.bouncycastle.jcajce.spec.EdDSAParameterSpec;
import org.bouncycastle.jcajce.spec.MLDSAParameterSpec;
import org.bouncycastle.jcajce.spec.SLHDSAParameterSpec;

/** Makes keys. */
final class KeyPairs {
  private KeyPairs() {}

  /**
   * Makes a key. Bouncy Castle does it, from the randomness that is given. But RSA keys come from
   * the provider that will use them: a native one takes a third of a second instead of ten, and
   * draws from its own generator.
   */
  static KeyPair make(KeyAlgorithm algorithm, SecureRandom randomness)
      throws GeneralSecurityException {
    Provider bouncyCastle = SignatureProviders.bouncyCastle();
    String parameter = algorithm.parameter();
    return switch (algorithm.family()) {
      case EC -> generate("EC", bouncyCastle, new ECGenParameterSpec(parameter), randomness);
      case RSA ->
          generate(
              "RSA",
              SignatureProviders.of(algorithm),
              new RSAKeyGenParameterSpec(Integer.parseInt(parameter), RSAKeyGenParameterSpec.F4),
              randomness);
      case ML_DSA ->
          seeded(
              generate("ML-DSA", bouncyCastle, MLDSAParameterSpec.fromName(parameter), randomness));
      case SLH_DSA ->
          generate("SLH-DSA", bouncyCastle, SLHDSAParameterSpec.fromName(parameter), randomness);
      case EDWARDS ->
          generate("EdDSA", bouncyCastle, new EdDSAParameterSpec(parameter), randomness);
      case COMPOSITE -> composite(parameter, randomness);
    };
  }

  private static KeyPair generate(
      String name, Provider provider, AlgorithmParameterSpec parameters, SecureRandom randomness)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(name, provider);
    generator.initialize(parameters, randomness);
    return generator.generateKeyPair();
  }

  /** Its private key encoded as the seed alone, from which the rest follows (RFC 9881 §6). */
  private static KeyPair seeded(KeyPair pair) {
    return pair.getPrivate() instanceof MLDSAPrivateKey key
        ? new KeyPair(pair.getPublic(), key.getPrivateKey(true))
        : pair;
  }

  /** Bouncy Castle's own generator of such keys works only where it is installed for the JVM. */
  private static KeyPair composite(String name, SecureRandom randomness)
      throws GeneralSecurityException {
    Provider bouncyCastle = SignatureProviders.bouncyCastle();
    KeyPair lattice = make(KeyAlgorithm.ML_DSA_65, randomness);
    KeyPair curve = make(KeyAlgorithm.ECDSA_P256, randomness);
    return new KeyPair(
        CompositePublicKey.builder(name)
            .addPublicKey(lattice.getPublic(), bouncyCastle)
            .addPublicKey(curve.getPublic(), bouncyCastle)
            .build(),
        CompositePrivateKey.builder(name)
            .addPrivateKey(lattice.getPrivate(), bouncyCastle)
            .addPrivateKey(curve.getPrivate(), bouncyCastle)
            .build());
  }
}
