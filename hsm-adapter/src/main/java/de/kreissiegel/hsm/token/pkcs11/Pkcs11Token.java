package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.VaultHealth;
import de.kreissiegel.hsm.token.KeyLocked;
import de.kreissiegel.hsm.token.KeyUnreadable;
import de.kreissiegel.hsm.token.NotDecrypted;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.token.TokenSignature;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A token of any PKCS#11 library. Its keys share the token's PIN: who activates one gives the PIN,
 * and the token stays logged in until the last is locked. Safe for use by many threads.
 */
public final class Pkcs11Token implements Token {
  private static final System.Logger LOG = System.getLogger(Pkcs11Token.class.getName());
  private static final Duration PROBE_EVERY = Duration.ofSeconds(2);

  private final Pkcs11Config config;
  private final Clock clock;
  private final Connection connection;
  private final PrivateOperations operations;
  private final FiledPin filedPin;
  private final Map<KeyId, StoredKey> keys = new ConcurrentHashMap<>();
  private final Set<KeyId> active = ConcurrentHashMap.newKeySet();
  private final Map<KeyId, Instant> lastUsed = new ConcurrentHashMap<>();
  private volatile Instant probed = Instant.MIN;
  private volatile Set<KeyId> vanished = Set.of();
  private long seenLoggedIn = -1;

  private Pkcs11Token(Pkcs11Config config, Clock clock, SecureRandom randomness) {
    this.config = config;
    this.clock = clock;
    this.connection = new Connection(config, clock);
    this.filedPin = new FiledPin(config);
    this.operations = new PrivateOperations(connection, randomness);
  }

  /**
   * Connects, and reads which keys there are; all are locked. A token that isn't there is no
   * failure: {@link #health} says so, and it is looked for again.
   *
   * @throws LibraryUnusable if its library can't be loaded
   */
  public static Pkcs11Token open(Pkcs11Config config, Clock clock, SecureRandom randomness)
      throws LibraryUnusable {
    Pkcs11Module unused = Pkcs11Module.at(config.library());
    Pkcs11Token token = new Pkcs11Token(config, clock, randomness);
    try {
      token.learn();
    } catch (TokenUnavailable away) {
      LOG.log(System.Logger.Level.WARNING, away.getMessage());
    }
    return token;
  }

  /** The PIN of the configured file; the caller wipes it. */
  public Optional<char[]> pinFromFile() throws IOException {
    return filedPin.read();
  }

  private void learn() throws TokenUnavailable {
    try {
      connection.repeatable(KeyScan::scan).forEach(keys::putIfAbsent);
    } catch (CkFailure failure) {
      throw connection.unavailable(failure);
    }
  }

  @Override
  public String name() {
    return config.name();
  }

  /** What it has mechanisms for; whether it knows a curve shows only when a key is made. */
  @Override
  public Set<KeyAlgorithm> algorithms() {
    Set<KeyAlgorithm> offered = EnumSet.noneOf(KeyAlgorithm.class);
    Optional<Set<Long>> mechanisms = connection.mechanisms();
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      Optional<Recipe> recipe = Recipe.of(algorithm);
      if (recipe.isPresent() && mechanisms.isPresent() && recipe.get().fits(mechanisms.get())) {
        offered.add(algorithm);
      }
    }
    return offered;
  }

  @Override
  public List<TokenKey> keys() {
    return keys.values().stream().map(StoredKey::key).toList();
  }

  @Override
  public synchronized TokenKey make(KeyId id, KeyAlgorithm algorithm, char[] secret, boolean own)
      throws IOException, TokenUnavailable {
    if (keys.containsKey(id)) {
      throw new IllegalArgumentException("there is a key named " + id);
    }
    Recipe recipe =
        Recipe.of(algorithm)
            .filter(known -> algorithms().contains(algorithm))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the token " + name() + " makes no keys of " + algorithm.word()));
    try {
      connection.login(secret);
      KeyLabel label = KeyLabel.of(id, algorithm, own);
      StoredKey made =
          connection.writing(session -> KeyMaking.make(session, label, recipe)).orElseThrow();
      keys.put(id, made);
      lastUsed.put(id, clock.instant());
      active.add(id);
      return made.key();
    } catch (PinRefused refused) {
      throw new IOException(refused.getMessage(), refused);
    } catch (CkFailure failure) {
      logoutIfUnused();
      throw new IOException(
          "the token %s doesn't make the key %s (%s): %s"
              .formatted(name(), id, algorithm.word(), failure.getMessage()),
          failure);
    }
  }

  @Override
  public synchronized void activate(KeyId id, char[] secret)
      throws KeyUnreadable, IOException, TokenUnavailable {
    try {
      connection.login(secret);
    } catch (PinRefused refused) {
      throw new KeyUnreadable(String.valueOf(refused.getMessage()), refused);
    } catch (CkFailure failure) {
      throw connection.unavailable(failure);
    }
    activateLoggedIn(id);
  }

  private void activateLoggedIn(KeyId id) throws KeyUnreadable, TokenUnavailable {
    try {
      if (!keys.containsKey(id)) {
        // Some tokens show a key only after the login.
        learn();
      }
      StoredKey key = known(id);
      if (!active.contains(id)) {
        operations.prove(key);
        lastUsed.put(id, clock.instant());
        active.add(id);
      }
    } finally {
      logoutIfUnused();
    }
  }

  /**
   * Activates a key with the PIN of the configured file. One that the token refused is not tried
   * again, for this key or another: a few more would lock the token.
   *
   * @return whether there is such a file
   * @throws KeyUnreadable if the token doesn't take the PIN, or the key was changed
   */
  public synchronized boolean activateByFile(KeyId id)
      throws KeyUnreadable, IOException, TokenUnavailable {
    try {
      boolean filed = filedPin.login(connection);
      if (filed) {
        activateLoggedIn(id);
      }
      return filed;
    } catch (PinRefused refused) {
      throw new KeyUnreadable(String.valueOf(refused.getMessage()), refused);
    } catch (CkFailure failure) {
      throw connection.unavailable(failure);
    }
  }

  /**
   * Looks again which keys there are: the token may have been away, or show some only after log-in.
   * For these it is logged in with the PIN of the file, once each time that it comes.
   *
   * @throws TokenUnavailable if it still is away
   */
  public synchronized void lookAgain() throws IOException, TokenUnavailable {
    learn();
    // Active keys without a PIN: the token refused it when it came back.
    if (!active.isEmpty() || filedPin.refused() || seenLoggedIn == connection.epoch()) {
      return;
    }
    try {
      if (filedPin.login(connection)) {
        learn();
      }
    } catch (PinRefused refused) {
      LOG.log(System.Logger.Level.ERROR, filedPin.sentence());
    } catch (CkFailure failure) {
      throw connection.unavailable(failure);
    } finally {
      logoutIfUnused();
      seenLoggedIn = connection.epoch();
    }
  }

  @Override
  public synchronized void lock(KeyId id) {
    StoredKey unused = known(id);
    active.remove(id);
    operations.forget(id);
    logoutIfUnused();
  }

  private void logoutIfUnused() {
    if (active.isEmpty()) {
      connection.logout();
    }
  }

  /** A PIN that the token refused when it came back has locked all keys. */
  @Override
  public boolean isActive(KeyId id) {
    return active.contains(id) && connection.holdsPin();
  }

  @Override
  public Optional<Instant> lastUsed(KeyId id) {
    return isActive(id) ? Optional.ofNullable(lastUsed.get(id)) : Optional.empty();
  }

  @Override
  public TokenSignature begin(KeyId id) throws KeyLocked, TokenUnavailable {
    StoredKey key = activeKey(id);
    if (!key.recipe().algorithm().signs()) {
      throw new KeyLocked("the key " + id + " doesn't sign");
    }
    connection.requireHope();
    return new SignatureInProgress(key.recipe(), octets -> operations.sign(key, octets));
  }

  private StoredKey activeKey(KeyId id) throws KeyLocked {
    StoredKey key = keys.get(id);
    if (key == null || !isActive(id)) {
      throw new KeyLocked("the key " + id + " is locked");
    }
    lastUsed.put(id, clock.instant());
    return key;
  }

  @Override
  public byte[] decrypt(KeyId id, ReleaseRequest.Scheme scheme, byte[] encrypted)
      throws KeyLocked, TokenUnavailable, NotDecrypted {
    StoredKey key = activeKey(id);
    if (key.recipe().form() != Recipe.Form.DECRYPTION) {
      throw new NotDecrypted("the key " + id + " doesn't decrypt");
    }
    return operations.decrypt(key, scheme, encrypted);
  }

  /** Needs the PIN: while a key of the token is active, or from the PIN file. */
  @Override
  public synchronized void destroy(KeyId id) throws IOException, TokenUnavailable {
    StoredKey key = known(id);
    try {
      if (!connection.holdsPin()) {
        connection.login(
            pinFromFile()
                .orElseThrow(
                    () -> new IOException("activate the key " + id + " before destroying it")));
      }
      connection.writing(
          session -> {
            for (long object : session.find(key.all())) {
              session.destroy(object);
            }
            return session;
          });
      requireGone(key);
    } catch (PinRefused refused) {
      throw new IOException(refused.getMessage(), refused);
    } catch (CkFailure failure) {
      throw new IOException(
          "the token " + name() + " doesn't destroy the key " + id + ": " + failure.getMessage(),
          failure);
    }
    keys.remove(id);
    active.remove(id);
    operations.forget(id);
    logoutIfUnused();
  }

  private void requireGone(StoredKey key) throws CkFailure, TokenUnavailable, IOException {
    if (!connection.repeatable(session -> session.find(key.all())).isEmpty()) {
      throw new IOException(
          "the key %s is still on the token %s; destroy it with the HSM vendor's tool"
              .formatted(key.key().id(), name()));
    }
  }

  private StoredKey known(KeyId id) {
    StoredKey key = keys.get(id);
    if (key == null) {
      throw new IllegalArgumentException("there is no key named " + id);
    }
    return key;
  }

  /** Empty: its keys never leave it. Back it up as the HSM's vendor says. */
  @Override
  public Optional<Bytes> sealed(KeyId id) {
    StoredKey unused = known(id);
    return Optional.empty();
  }

  @Override
  public TokenKey restore(KeyId id, Bytes publicKey, Bytes sealed, boolean own) {
    throw new IllegalArgumentException(
        "the token " + name() + " takes no keys; restore them with the HSM vendor's tool");
  }

  /** Asks the token itself, every two seconds at most, and connects a lost one if it is time. */
  @Override
  public VaultHealth.TokenState health() {
    Instant now = clock.instant();
    if (!now.isBefore(probed.plus(PROBE_EVERY))) {
      probed = now;
      probe();
    }
    String lost = connection.sentence();
    String sentence = lost;
    if (lost.isEmpty() && !active.isEmpty() && !connection.holdsPin()) {
      sentence = "the token " + name() + " refused its PIN; activate its keys again";
    } else if (lost.isEmpty() && filedPin.refused() && active.isEmpty()) {
      sentence = filedPin.sentence();
    } else if (lost.isEmpty() && !vanished.isEmpty()) {
      sentence =
          "keys have vanished from the token %s: %s; restore them with the HSM vendor's tool"
              .formatted(name(), vanished);
    }
    return new VaultHealth.TokenState(name(), "pkcs11", lost.isEmpty(), sentence);
  }

  /** A library may answer from memory after its token is gone; missing keys give that away. */
  private void probe() {
    try {
      Set<KeyId> missing = missing(connection.repeatable(KeyScan::scan));
      if (!vanished.containsAll(missing)) {
        connection.suspect("keys are missing");
        missing = missing(connection.repeatable(KeyScan::scan));
      }
      vanished = Set.copyOf(missing);
    } catch (TokenUnavailable | CkFailure away) {
      LOG.log(System.Logger.Level.DEBUG, away.getMessage());
    }
  }

  private Set<KeyId> missing(Map<KeyId, StoredKey> found) {
    Set<KeyId> missing = new TreeSet<>(Comparator.comparing(KeyId::value));
    keys.forEach(
        (id, key) -> {
          if (!found.containsKey(id) && (key.open() || active.contains(id))) {
            missing.add(id);
          }
        });
    return missing;
  }

  @Override
  public synchronized void close() {
    active.clear();
    connection.close();
  }
}
