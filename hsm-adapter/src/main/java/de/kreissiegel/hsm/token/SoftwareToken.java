package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.disk.DurableFiles;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.VaultHealth;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keys in files, encrypted; in memory while they are active. Safe for use by many threads. */
public final class SoftwareToken implements Token {
  private static final String SEALED = ".p8";
  private static final String SEALED_OWN = ".own.p8";
  private static final String PUBLIC = ".pub";
  private static final byte[] PROBE =
      "does the private key fit the public one"
          .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private final Path directory;
  private final SecureRandom randomness;
  private final Map<KeyId, TokenKey> keys = new ConcurrentHashMap<>();
  private final Map<KeyId, ActiveKey> active = new ConcurrentHashMap<>();

  private SoftwareToken(Path directory, SecureRandom randomness) {
    this.directory = directory;
    this.randomness = randomness;
  }

  /**
   * Reads which keys there are; all are locked.
   *
   * @throws IOException if the directory or a public key can't be read
   */
  public static SoftwareToken open(Path directory, SecureRandom randomness) throws IOException {
    SoftwareToken token = new SoftwareToken(directory, randomness);
    try (DirectoryStream<Path> sealed = Files.newDirectoryStream(directory, "*" + SEALED)) {
      for (Path file : sealed) {
        token.learn(String.valueOf(file.getFileName()));
      }
    }
    return token;
  }

  private void learn(String fileName) throws IOException {
    boolean own = fileName.endsWith(SEALED_OWN);
    String suffix = own ? SEALED_OWN : SEALED;
    KeyId id = new KeyId(fileName.substring(0, fileName.length() - suffix.length()));
    try {
      Bytes publicKey = Bytes.of(Files.readAllBytes(directory.resolve(id + PUBLIC)));
      keys.put(id, new TokenKey(id, PublicKeys.algorithm(publicKey), publicKey, own));
    } catch (IllegalArgumentException notAKey) {
      throw new IOException("the public key of " + id + " can't be read", notAKey);
    }
  }

  @Override
  public String name() {
    return "software";
  }

  @Override
  public Set<KeyAlgorithm> algorithms() {
    return EnumSet.of(KeyAlgorithm.ECDSA_P256, KeyAlgorithm.ECDSA_P384);
  }

  @Override
  public synchronized TokenKey make(
      KeyId id, KeyAlgorithm algorithm, char[] passphrase, boolean ownPassphrase)
      throws IOException {
    if (keys.containsKey(id)) {
      throw new IllegalArgumentException("there is a key named " + id);
    }
    Provider provider = SignatureProviders.of(algorithm);
    KeyPair pair = generate(algorithm);
    Bytes publicKey = Bytes.of(pair.getPublic().getEncoded());
    DurableFiles.write(directory.resolve(id + PUBLIC), publicKey.toArray());
    DurableFiles.write(
        sealedFile(id, ownPassphrase), SealedKey.seal(pair.getPrivate(), passphrase, randomness));
    TokenKey key = new TokenKey(id, algorithm, publicKey, ownPassphrase);
    try {
      active.put(id, activeKey(algorithm, provider, pair.getPrivate().getEncoded()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
    keys.put(id, key);
    return key;
  }

  @Override
  public synchronized void activate(KeyId id, char[] passphrase) throws KeyUnreadable, IOException {
    TokenKey key = known(id);
    if (active.containsKey(id)) {
      return;
    }
    byte[] sealed = Files.readAllBytes(sealedFile(id, key.ownPassphrase()));
    ActiveKey opened;
    try {
      opened =
          activeKey(
              key.algorithm(),
              SignatureProviders.of(key.algorithm()),
              SealedKey.open(sealed, passphrase).getEncoded());
    } catch (IOException | GeneralSecurityException notAKey) {
      throw new KeyUnreadable("the passphrase doesn't open the key", notAKey);
    }
    if (!PublicKeys.verifies(key.publicKey(), PROBE, opened.sign(PROBE).toArray())) {
      throw new KeyUnreadable(
          "the key doesn't fit its public key", new GeneralSecurityException(id.value()));
    }
    active.put(id, opened);
  }

  @Override
  public synchronized void lock(KeyId id) {
    known(id);
    active.remove(id);
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
  public TokenSignature begin(KeyId id) throws KeyLocked {
    ActiveKey key = active.get(id);
    if (key == null) {
      throw new KeyLocked("the key " + id + " is locked");
    }
    return key.begin();
  }

  @Override
  public byte[] decrypt(KeyId id, ReleaseRequest.Scheme scheme, byte[] encrypted)
      throws NotDecrypted {
    throw new NotDecrypted("the key " + id + " doesn't decrypt");
  }

  @Override
  public synchronized void destroy(KeyId id) throws IOException {
    TokenKey key = known(id);
    active.remove(id);
    Path sealed = sealedFile(id, key.ownPassphrase());
    DurableFiles.overwrite(sealed);
    Files.delete(sealed);
    Files.deleteIfExists(directory.resolve(id + PUBLIC));
    DurableFiles.syncDirectory(directory);
    keys.remove(id);
  }

  @Override
  public Optional<Bytes> sealed(KeyId id) throws IOException {
    return Optional.of(Bytes.of(Files.readAllBytes(sealedFile(id, known(id).ownPassphrase()))));
  }

  @Override
  public synchronized TokenKey restore(KeyId id, Bytes publicKey, Bytes sealed, boolean own)
      throws IOException {
    if (keys.containsKey(id)) {
      throw new IllegalArgumentException("there is a key named " + id);
    }
    TokenKey key = new TokenKey(id, PublicKeys.algorithm(publicKey), publicKey, own);
    DurableFiles.write(directory.resolve(id + PUBLIC), publicKey.toArray());
    DurableFiles.write(sealedFile(id, own), sealed.toArray());
    keys.put(id, key);
    return key;
  }

  @Override
  public VaultHealth.TokenState health() {
    return new VaultHealth.TokenState(name(), "software", true, "");
  }

  @Override
  public void close() {
    active.clear();
  }

  private ActiveKey activeKey(KeyAlgorithm algorithm, Provider provider, byte[] encoded)
      throws GeneralSecurityException {
    PrivateKey key =
        KeyFactory.getInstance("EC", provider).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    return new ActiveKey(algorithm, key, provider, randomness);
  }

  private KeyPair generate(KeyAlgorithm algorithm) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance("EC", SignatureProviders.bouncyCastle());
      generator.initialize(new ECGenParameterSpec(algorithm.parameter()), randomness);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private TokenKey known(KeyId id) {
    TokenKey key = keys.get(id);
    if (key == null) {
      throw new IllegalArgumentException("there is no key named " + id);
    }
    return key;
  }

  private Path sealedFile(KeyId id, boolean ownPassphrase) {
    return directory.resolve(id + (ownPassphrase ? SEALED_OWN : SEALED));
  }
}
