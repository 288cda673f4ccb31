package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.VaultHealth;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/** Keys in files, encrypted; in memory while they are active. Safe for use by many threads. */
public final class SoftwareToken implements Token {
  private final KeyFiles files;
  private final SecureRandom randomness;
  private final Clock clock;
  private final Map<KeyId, TokenKey> keys = new ConcurrentHashMap<>();
  private final Map<KeyId, ActiveKey> active = new ConcurrentHashMap<>();

  /** Of the operational passphrase, which the vault keeps all the time, too; of no other. */
  private @Nullable PassphraseKeys operational;

  private SoftwareToken(KeyFiles files, SecureRandom randomness, Clock clock) {
    this.files = files;
    this.randomness = randomness;
    this.clock = clock;
  }

  /** Like {@link #open(Path, SecureRandom, Clock)} with the system's clock. */
  public static SoftwareToken open(Path directory, SecureRandom randomness) throws IOException {
    return open(directory, randomness, Clock.systemUTC());
  }

  /**
   * Reads which keys there are; all are locked.
   *
   * @param clock tells when a key was last used
   * @throws IOException if the directory or a key's file can't be read
   */
  public static SoftwareToken open(Path directory, SecureRandom randomness, Clock clock)
      throws IOException {
    SoftwareToken token = new SoftwareToken(new KeyFiles(directory), randomness, clock);
    for (TokenKey key : token.files.readAll()) {
      token.keys.put(key.id(), key);
    }
    return token;
  }

  @Override
  public String name() {
    return "software";
  }

  @Override
  public Set<KeyAlgorithm> algorithms() {
    return EnumSet.allOf(KeyAlgorithm.class);
  }

  @Override
  public synchronized TokenKey make(
      KeyId id, KeyAlgorithm algorithm, char[] passphrase, boolean ownPassphrase)
      throws IOException {
    requireFree(id);
    try {
      KeyPair pair = KeyPairs.make(algorithm, randomness);
      PrivateKeyInfo secret = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
      ActiveKey ready = new ActiveKey(algorithm, secret, randomness, clock);
      SealedKey sealed =
          with(passphrase, ownPassphrase, its -> SealedKey.seal(algorithm, secret, its));
      TokenKey key =
          files.write(id, Bytes.of(pair.getPublic().getEncoded()), sealed, ownPassphrase);
      active.put(id, ready);
      keys.put(id, key);
      return key;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public synchronized TokenKey take(
      KeyId id, KeyAlgorithm algorithm, Bytes publicKey, byte[] pkcs8, char[] secret)
      throws KeyUnreadable, IOException {
    requireFree(id);
    try {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(pkcs8);
      var wanted = new TokenKey(id, algorithm, publicKey, false);
      ActiveKey ready = new ActiveKey(algorithm, info, randomness, clock);
      if (!AlgorithmTable.fits(algorithm, SubjectPublicKeyInfo.getInstance(publicKey.toArray()))
          || !KeyProbe.fits(wanted, info, ready)) {
        ready.forget();
        throw new KeyUnreadable("the private key of " + id + " doesn't fit its public key");
      }
      SealedKey sealed = with(secret, false, its -> SealedKey.seal(algorithm, info, its));
      TokenKey key = files.write(id, publicKey, sealed, false);
      active.put(id, ready);
      keys.put(id, key);
      return key;
    } catch (IllegalArgumentException | GeneralSecurityException malformed) {
      throw new KeyUnreadable(
          "the private key of " + id + " is none of " + algorithm.word(), malformed);
    }
  }

  @Override
  public synchronized void activate(KeyId id, char[] passphrase) throws KeyUnreadable, IOException {
    TokenKey key = known(id);
    if (active.containsKey(id)) {
      return;
    }
    try {
      SealedKey sealed = SealedKey.ofFile(files.sealed(key));
      if (sealed.algorithm() != key.algorithm()) {
        throw new KeyUnreadable("the file of the key " + id + " was changed");
      }
      PrivateKeyInfo secret = with(passphrase, key.ownPassphrase(), sealed::open);
      ActiveKey opened = new ActiveKey(key.algorithm(), secret, randomness, clock);
      if (!KeyProbe.fits(key, secret, opened)) {
        opened.forget();
        throw new KeyUnreadable("the key " + id + " doesn't fit its public key");
      }
      active.put(id, opened);
    } catch (IllegalArgumentException | IllegalStateException | GeneralSecurityException changed) {
      throw new KeyUnreadable("the file of the key " + id + " was changed", changed);
    }
  }

  /** What is done with the keys that a passphrase gives. */
  @FunctionalInterface
  private interface Use<T, X extends Exception> {
    T with(PassphraseKeys keys) throws X;
  }

  private <T, X extends Exception> T with(char[] passphrase, boolean own, Use<T, X> use) throws X {
    if (own) {
      try (var keys = new PassphraseKeys(passphrase, randomness)) {
        return use.with(keys);
      }
    }
    if (operational == null || !operational.isOf(passphrase)) {
      forgetOperational();
      operational = new PassphraseKeys(passphrase, randomness);
    }
    return use.with(operational);
  }

  private void forgetOperational() {
    if (operational != null) {
      operational.close();
      operational = null;
    }
  }

  @Override
  public synchronized void lock(KeyId id) {
    known(id);
    forget(id);
  }

  private void forget(KeyId id) {
    ActiveKey gone = active.remove(id);
    if (gone != null) {
      gone.forget();
    }
  }

  @Override
  public List<TokenKey> keys() {
    return List.copyOf(keys.values());
  }

  @Override
  public Optional<TokenKey> key(KeyId id) {
    return Optional.ofNullable(keys.get(id));
  }

  @Override
  public boolean isActive(KeyId id) {
    return active.containsKey(id);
  }

  @Override
  public Optional<Instant> lastUsed(KeyId id) {
    return Optional.ofNullable(active.get(id)).map(ActiveKey::lastUsed);
  }

  @Override
  public TokenSignature begin(KeyId id) throws KeyLocked {
    return signingKey(id).begin().orElseThrow(() -> locked(id));
  }

  @Override
  public Bytes sign(KeyId id, byte[] octets) throws KeyLocked {
    return signingKey(id).sign(octets).orElseThrow(() -> locked(id));
  }

  @Override
  public byte[] decrypt(KeyId id, ReleaseRequest.Scheme scheme, byte[] encrypted)
      throws KeyLocked, NotDecrypted {
    return activeKey(id).decrypt(scheme, encrypted).orElseThrow(() -> locked(id));
  }

  private ActiveKey signingKey(KeyId id) throws KeyLocked {
    ActiveKey key = activeKey(id);
    if (!known(id).algorithm().signs()) {
      throw new KeyLocked("the key " + id + " doesn't sign");
    }
    return key;
  }

  private ActiveKey activeKey(KeyId id) throws KeyLocked {
    ActiveKey key = active.get(id);
    if (key == null) {
      throw locked(id);
    }
    return key;
  }

  private static KeyLocked locked(KeyId id) {
    return new KeyLocked("the key " + id + " is locked");
  }

  @Override
  public synchronized void destroy(KeyId id) throws IOException {
    TokenKey key = known(id);
    forget(id);
    files.destroy(key);
    keys.remove(id);
  }

  @Override
  public Optional<Bytes> sealed(KeyId id) throws IOException {
    return Optional.of(Bytes.of(files.sealed(known(id))));
  }

  @Override
  public synchronized TokenKey restore(KeyId id, Bytes publicKey, Bytes sealed, boolean own)
      throws IOException {
    requireFree(id);
    TokenKey key = files.write(id, publicKey, SealedKey.ofFile(sealed.toArray()), own);
    keys.put(id, key);
    return key;
  }

  @Override
  public VaultHealth.TokenState health() {
    return new VaultHealth.TokenState(name(), "software", true, "");
  }

  @Override
  public synchronized void close() {
    List.copyOf(active.keySet()).forEach(this::forget);
    forgetOperational();
  }

  private void requireFree(KeyId id) {
    if (keys.containsKey(id)) {
      throw new IllegalArgumentException("there is a key named " + id);
    }
  }

  private TokenKey known(KeyId id) {
    TokenKey key = keys.get(id);
    if (key == null) {
      throw new IllegalArgumentException("there is no key named " + id);
    }
    return key;
  }

  @Override
  public String toString() {
    return "software token of " + keys.size() + " keys";
  }
}
