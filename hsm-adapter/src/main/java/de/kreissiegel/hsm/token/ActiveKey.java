package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A private key in memory. Keeps initialised signature objects, as many as signed at once. */
final class ActiveKey {
  private final KeyAlgorithm algorithm;
  private final PrivateKey key;
  private final Provider provider;
  private final SecureRandom randomness;
  private final Queue<Signature> idle = new ConcurrentLinkedQueue<>();

  ActiveKey(KeyAlgorithm algorithm, PrivateKey key, Provider provider, SecureRandom randomness) {
    this.algorithm = algorithm;
    this.key = key;
    this.provider = provider;
    this.randomness = randomness;
  }

  Bytes sign(byte[] octets) {
    InMemory signature = begin();
    signature.update(octets, 0, octets.length);
    return signature.sign();
  }

  InMemory begin() {
    try {
      Signature signature = idle.poll();
      if (signature == null) {
        signature = SignatureProviders.signature(algorithm, provider);
        signature.initSign(key, randomness);
      }
      return new InMemory(signature);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("the crypto provider can't sign", broken);
    }
  }

  /** One that is being made; an abandoned one is not used again. */
  final class InMemory implements TokenSignature {
    private final Signature signature;

    private InMemory(Signature signature) {
      this.signature = signature;
    }

    @Override
    public void update(byte[] octets, int from, int length) {
      try {
        signature.update(octets, from, length);
      } catch (GeneralSecurityException broken) {
        throw new IllegalStateException("the crypto provider can't sign", broken);
      }
    }

    @Override
    public Bytes sign() {
      try {
        Bytes signed = Bytes.of(signature.sign());
        idle.add(signature);
        return signed;
      } catch (GeneralSecurityException broken) {
        throw new IllegalStateException("the crypto provider can't sign", broken);
      }
    }

    @Override
    public void abandon() {
      // Its half-fed state goes with it.
    }
  }
}
