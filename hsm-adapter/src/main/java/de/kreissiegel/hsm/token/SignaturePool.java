package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Signature objects that know their key already, as many as signed at once: to make one costs up to
 * a fifth of a signature. Safe for use by many threads.
 */
final class SignaturePool {
  private final KeyAlgorithm algorithm;
  private final PrivateKey key;
  private final Provider provider;
  private final SecureRandom randomness;
  private final Queue<Signature> idle = new ConcurrentLinkedQueue<>();

  SignaturePool(
      KeyAlgorithm algorithm, PrivateKey key, Provider provider, SecureRandom randomness) {
    this.algorithm = algorithm;
    this.key = key;
    this.provider = provider;
    this.randomness = randomness;
  }

  Signature take() throws GeneralSecurityException {
    Signature signature = idle.poll();
    if (signature == null) {
      signature = SignatureProviders.signature(algorithm, provider);
      signature.initSign(key, randomness);
    }
    return signature;
  }

  /** One that has just signed; half-fed ones are not wanted. */
  void giveBack(Signature signature) {
    idle.add(signature);
  }

  void clear() {
    idle.clear();
  }
}
