package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.ReleaseRequest.Scheme;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.DestroyFailedException;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/**
 * A private key in memory. Once it is forgotten, what runs may end, nothing new begins, and the
 * last to end destroys it. Safe for use by many threads.
 */
final class ActiveKey {
  private static final System.Logger LOG = System.getLogger(ActiveKey.class.getName());

  private final KeyAlgorithm algorithm;
  private final Clock clock;
  private final PrivateKey key;
  private final PrivateKey keyForPieces;
  private final SignaturePool wholes;
  private final SignaturePool pieces;
  private final Optional<RsaDecryption> decryption;

  /** Those who compute, and one more until it is forgotten. */
  private final AtomicInteger users = new AtomicInteger(1);

  private volatile Instant lastUsed;
  private volatile boolean forgotten;

  ActiveKey(KeyAlgorithm algorithm, PrivateKeyInfo secret, SecureRandom randomness, Clock clock)
      throws GeneralSecurityException, IOException {
    Provider provider = SignatureProviders.of(algorithm);
    Provider ofStreams = SignatureProviders.ofStreams(algorithm);
    this.algorithm = algorithm;
    this.clock = clock;
    this.lastUsed = clock.instant();
    this.key = PrivateKeys.decode(algorithm, secret, provider);
    this.wholes = new SignaturePool(algorithm, key, provider, randomness);
    if (ofStreams.equals(provider)) {
      this.keyForPieces = key;
      this.pieces = wholes;
    } else {
      this.keyForPieces = PrivateKeys.decode(algorithm, secret, ofStreams);
      this.pieces = new SignaturePool(algorithm, keyForPieces, ofStreams, randomness);
    }
    this.decryption =
        algorithm.signs() ? Optional.empty() : Optional.of(new RsaDecryption(key, provider));
  }

  /** When it last began to compute, or became active. */
  Instant lastUsed() {
    return lastUsed;
  }

  /** A signature whose octets are all there; empty if the key was forgotten. */
  Optional<Bytes> sign(byte[] octets) {
    Optional<Pending> begun = begin(wholes);
    begun.ifPresent(signature -> signature.update(octets, 0, octets.length));
    return begun.map(Pending::sign);
  }

  /** A signature whose octets follow; empty if the key was forgotten. */
  Optional<Pending> begin() {
    return begin(pieces);
  }

  private Optional<Pending> begin(SignaturePool pool) {
    if (!algorithm.signs()) {
      throw new IllegalArgumentException("a key of " + algorithm.word() + " doesn't sign");
    }
    if (!enter()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Pending(pool, pool.take()));
    } catch (GeneralSecurityException | RuntimeException broken) {
      leave();
      throw cannot("sign", broken);
    }
  }

  /**
   * What was encrypted; empty if the key was forgotten.
   *
   * @throws NotDecrypted if it can't be decrypted, or this key signs
   */
  Optional<byte[]> decrypt(Scheme scheme, byte[] encrypted) throws NotDecrypted {
    RsaDecryption rsa =
        decryption.orElseThrow(
            () -> new NotDecrypted("a key of " + algorithm.word() + " doesn't decrypt"));
    if (!enter()) {
      return Optional.empty();
    }
    try {
      return Optional.of(rsa.decrypt(scheme, encrypted));
    } finally {
      leave();
    }
  }

  /** Lets nothing new begin. */
  void forget() {
    forgotten = true;
    leave();
  }

  private boolean enter() {
    if (users.getAndUpdate(now -> now == 0 ? 0 : now + 1) == 0) {
      return false;
    }
    if (forgotten) {
      leave();
      return false;
    }
    lastUsed = clock.instant();
    return true;
  }

  private void leave() {
    if (users.decrementAndGet() == 0) {
      wholes.clear();
      pieces.clear();
      decryption.ifPresent(RsaDecryption::forget);
      destroy(key);
      destroy(keyForPieces);
    }
  }

  private void destroy(PrivateKey secret) {
    try {
      if (!secret.isDestroyed()) {
        secret.destroy();
      }
    } catch (DestroyFailedException notByThisProvider) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "A key of {0} is left to the garbage collector.",
          algorithm.word());
    }
  }

  private static IllegalStateException cannot(String compute, Exception broken) {
    return new IllegalStateException("the crypto provider can't " + compute, broken);
  }

  @Override
  public String toString() {
    return "active key of " + algorithm.word();
  }

  /** One that is being made; an abandoned one's object is not used again. */
  final class Pending implements TokenSignature {
    private final SignaturePool pool;
    private final Signature signature;
    private boolean ended;

    private Pending(SignaturePool pool, Signature signature) {
      this.pool = pool;
      this.signature = signature;
    }

    @Override
    public void update(byte[] octets, int from, int length) {
      try {
        signature.update(octets, from, length);
      } catch (GeneralSecurityException | RuntimeException broken) {
        abandon();
        throw cannot("sign", broken);
      }
    }

    @Override
    public Bytes sign() {
      if (ended) {
        throw new IllegalStateException("the signature has ended");
      }
      try {
        Bytes signed = Bytes.of(signature.sign());
        pool.giveBack(signature);
        return signed;
      } catch (GeneralSecurityException | RuntimeException broken) {
        throw cannot("sign", broken);
      } finally {
        abandon();
      }
    }

    @Override
    public void abandon() {
      if (!ended) {
        ended = true;
        leave();
      }
    }
  }
}
