package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.disk.DurableFiles;
import de.kreissiegel.hsm.journal.Journal;
import de.kreissiegel.hsm.journal.JournalDamaged;
import de.kreissiegel.hsm.journal.Surroundings;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.policy.PolicyGate;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.token.KeyLocked;
import de.kreissiegel.hsm.token.KeyUnreadable;
import de.kreissiegel.hsm.token.SoftwareToken;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The vault, in the process that calls: keys, their policies, the journal. One process at a time
 * holds it. Safe for use by many threads. Passphrases remain the caller's, who wipes them.
 */
public final class Vault implements Signer, AutoCloseable {
  /** The key that signs policies and records of ceremonies. */
  public static final KeyId CEREMONY_KEY = InnerKeys.CEREMONY;

  private static final long JOURNAL_OCTETS_AT_ONCE = 4L << 20;

  private final VaultLock lock;
  private final VaultFiles files;
  private final Token token;
  private final KeyCabinet cabinet;
  private final Journal journal;
  private final SigningDesk desk;
  private final SecureRandom randomness;
  private final char[] passphrase;

  private Vault(
      VaultLock lock,
      VaultFiles files,
      Token token,
      KeyCabinet cabinet,
      Journal journal,
      Clock clock,
      SecureRandom randomness,
      char[] passphrase) {
    this.lock = lock;
    this.files = files;
    this.token = token;
    this.cabinet = cabinet;
    this.journal = journal;
    this.desk = new SigningDesk(cabinet, token, new PolicyGate(clock), journal);
    this.randomness = randomness;
    this.passphrase = passphrase.clone();
  }

  /**
   * Makes an empty vault with its own two keys and opens it for its first ceremony: the ceremony's
   * key is active. What a broken-off attempt left is replaced.
   *
   * @param directory is made if missing, mode 700
   * @param passphrase the operational one: opens the journal key and all keys without their own
   * @param ceremonyPassphrase opens the key that signs policies
   * @throws VaultUnusable if there is a vault already, or another process holds it
   * @throws IOException if the directory can't be written
   */
  public static Vault create(
      Path directory,
      char[] passphrase,
      char[] ceremonyPassphrase,
      Clock clock,
      SecureRandom randomness)
      throws VaultUnusable, IOException {
    VaultFiles files = new VaultFiles(directory);
    if (files.complete()) {
      throw new VaultExists("there is a vault in " + directory + " already");
    }
    DurableFiles.makeDirectory(directory);
    try (VaultLock _ = VaultLock.take(files.lock())) {
      files.makeEmpty();
      Token token = SoftwareToken.open(files.keys(), randomness);
      Bytes journalKey =
          token.make(InnerKeys.JOURNAL, KeyAlgorithm.ECDSA_P256, passphrase, false).publicKey();
      Bytes ceremonyKey =
          token
              .make(InnerKeys.CEREMONY, KeyAlgorithm.ECDSA_P384, ceremonyPassphrase, true)
              .publicKey();
      Journal.create(files.journal(), journalKey, surroundings(files, token, clock));
      files.writeSheet(journalKey, ceremonyKey, clock.instant());
    } catch (TokenUnavailable impossible) {
      throw new IOException(impossible);
    }
    Vault vault = open(directory, passphrase, clock, randomness);
    vault.activate(CEREMONY_KEY, ceremonyPassphrase);
    return vault;
  }

  /**
   * Opens a vault: takes its lock, reads and verifies its journal and the signatures of its
   * policies, activates the operational keys. Keys with a passphrase of their own remain locked.
   *
   * @throws VaultUnusable in use, wrong passphrase, or damaged
   * @throws IOException if a file can't be read or written
   */
  public static Vault open(Path directory, char[] passphrase, Clock clock, SecureRandom randomness)
      throws VaultUnusable, IOException {
    VaultFiles files = new VaultFiles(directory);
    if (!files.complete()) {
      throw new VaultDamaged("there is no whole vault in " + directory);
    }
    VaultLock lock = VaultLock.take(files.lock());
    try {
      Token token = SoftwareToken.open(files.keys(), randomness);
      openJournalKey(files, token, passphrase);
      KeyCabinet cabinet = new KeyCabinet(files, token);
      cabinet.load(passphrase, files.ceremonyPublicKey());
      Journal journal =
          Journal.open(
              files.journal(), files.journalPublicKey(), surroundings(files, token, clock));
      return new Vault(lock, files, token, cabinet, journal, clock, randomness, passphrase);
    } catch (JournalDamaged damaged) {
      lock.close();
      throw new VaultDamaged("the journal is damaged: " + damaged.getMessage(), damaged);
    } catch (VaultUnusable | IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  /** Whether a whole vault stands in that directory; a half-made one doesn't count. */
  public static boolean exists(Path directory) {
    return new VaultFiles(directory).complete();
  }

  /**
   * Makes a key and signs its policy; to be called in a ceremony. It is active when this returns,
   * also one with a passphrase of its own.
   *
   * @param ownPassphrase opens this key alone; without one, the operational passphrase does
   * @throws IllegalArgumentException if there is a key of that name
   * @throws CeremonyClosed if the ceremony's key is locked
   * @throws IOException if it can't be written
   */
  public synchronized VaultKey makeKey(
      KeyId id, KeyAlgorithm algorithm, KeyPolicy policy, Optional<char[]> ownPassphrase)
      throws VaultUnusable, IOException {
    requireCeremony();
    if (InnerKeys.are(id) || cabinet.find(id).isPresent()) {
      throw new IllegalArgumentException("there is a key named " + id);
    }
    try {
      if (token.key(id).isPresent()) {
        // A ceremony that was broken off left it without a policy: it never signed anything.
        token.destroy(id);
      }
      TokenKey key =
          token.make(id, algorithm, ownPassphrase.orElse(passphrase), ownPassphrase.isPresent());
      return cabinet.put(key, sealed(key, policy)).told(true);
    } catch (TokenUnavailable gone) {
      throw new IOException(gone);
    }
  }

  /**
   * Puts another policy in force; to be called in a ceremony.
   *
   * @throws IllegalArgumentException if there is no key of that name, or it is one of the vault's
   *     own
   * @throws CeremonyClosed if the ceremony's key is locked
   */
  public synchronized void changePolicy(KeyId id, KeyPolicy policy)
      throws VaultUnusable, IOException {
    requireCeremony();
    TokenKey key = ofCeremonies(id).key();
    cabinet.put(key, sealed(key, policy));
  }

  /**
   * Destroys a key; to be called in a ceremony. What it signed remains in the journal.
   *
   * @throws IllegalArgumentException if there is no key of that name, or it is one of the vault's
   *     own
   * @throws CeremonyClosed if the ceremony's key is locked
   */
  public synchronized void destroyKey(KeyId id) throws VaultUnusable, IOException {
    requireCeremony();
    ofCeremonies(id);
    try {
      token.destroy(id);
    } catch (TokenUnavailable gone) {
      throw new IOException(gone);
    }
    Files.deleteIfExists(files.policySignature(id));
    Files.deleteIfExists(files.policy(id));
    cabinet.remove(id);
  }

  /**
   * A key as it lies at rest, with its signed policy, for a backup; to be called in a ceremony.
   *
   * @throws IllegalArgumentException if there is no such key, or it never leaves its token
   */
  public synchronized KeyBackup backUp(KeyId id) throws VaultUnusable, IOException {
    requireCeremony();
    TokenKey key = ofCeremonies(id).key();
    return new KeyBackup(
        id,
        key.publicKey(),
        key.ownPassphrase(),
        token
            .sealed(id)
            .orElseThrow(
                () -> new IllegalArgumentException("the key " + id + " never leaves its token")),
        Bytes.of(Files.readAllBytes(files.policy(id))),
        Bytes.of(Files.readAllBytes(files.policySignature(id))));
  }

  /**
   * Takes a key back; to be called in a ceremony. It is locked afterwards.
   *
   * @throws IllegalArgumentException if there is a key of that name
   * @throws VaultDamaged if its policy isn't signed by this vault's ceremony key
   */
  public synchronized void restore(KeyBackup backup) throws VaultUnusable, IOException {
    requireCeremony();
    if (InnerKeys.are(backup.id()) || cabinet.find(backup.id()).isPresent()) {
      throw new IllegalArgumentException("there is a key named " + backup.id());
    }
    DurableFiles.write(files.policy(backup.id()), backup.policy().toArray());
    DurableFiles.write(files.policySignature(backup.id()), backup.policySignature().toArray());
    TokenKey key =
        token.restore(backup.id(), backup.publicKey(), backup.sealed(), backup.ownPassphrase());
    cabinet.put(key, SealedPolicy.read(files, key, files.ceremonyPublicKey()));
  }

  private GuardedKey ofCeremonies(KeyId id) {
    if (InnerKeys.are(id)) {
      throw new IllegalArgumentException("the key " + id + " is the vault's own");
    }
    return cabinet
        .find(id)
        .orElseThrow(() -> new IllegalArgumentException("there is no key named " + id));
  }

  private SealedPolicy sealed(TokenKey key, KeyPolicy policy) throws VaultUnusable, IOException {
    Bytes text = SealedPolicy.text(key, policy);
    try {
      Signed signed =
          desk.sign(
              new SignRequest(
                  new UUID(randomness.nextLong(), randomness.nextLong()),
                  CEREMONY_KEY,
                  SignedStructure.KEY_POLICY,
                  text));
      return SealedPolicy.write(files, key, policy, text, signed.signature());
    } catch (SigningRefused | SigningUnavailable failed) {
      throw new IOException("the policy of " + key.id() + " can't be signed", failed);
    }
  }

  private void requireCeremony() throws CeremonyClosed {
    if (!token.isActive(CEREMONY_KEY)) {
      throw new CeremonyClosed(
          "the ceremony's key is locked; activate it, with those who hold its passphrase");
    }
  }

  /**
   * Opens a locked key; nothing happens if it is active.
   *
   * @throws IllegalArgumentException if there is no key of that name
   * @throws WrongPassphrase if that is not its passphrase
   */
  public void activate(KeyId id, char[] passphrase) throws VaultUnusable, IOException {
    try {
      token.activate(id, passphrase);
    } catch (TokenUnavailable gone) {
      throw new IOException(gone);
    } catch (KeyUnreadable unreadable) {
      throw new WrongPassphrase("the key " + id + " doesn't open with this passphrase");
    }
  }

  /**
   * Forgets the private key until it is activated again.
   *
   * @throws IllegalArgumentException if there is no key of that name
   */
  public void lock(KeyId id) {
    if (id.equals(InnerKeys.JOURNAL)) {
      throw new IllegalArgumentException(
          "the journal's key is needed as long as the vault is open");
    }
    token.lock(id);
  }

  /** The key that signs the journal's checkpoints, as SubjectPublicKeyInfo. */
  public Bytes journalPublicKey() {
    return cabinet.find(InnerKeys.JOURNAL).orElseThrow().key().publicKey();
  }

  /** The key that signs policies and records of ceremonies, as SubjectPublicKeyInfo. */
  public Bytes ceremonyPublicKey() {
    return cabinet.find(CEREMONY_KEY).orElseThrow().key().publicKey();
  }

  @Override
  public List<VaultKey> keys() {
    return cabinet.all().stream().map(key -> key.told(token.isActive(key.key().id()))).toList();
  }

  @Override
  public Signed sign(SignRequest request) throws SigningUnavailable, SigningRefused {
    return desk.sign(request);
  }

  @Override
  public List<JournalRecord> journal(long fromIndex, int atMost) throws SigningUnavailable {
    if (fromIndex < 0 || atMost < 1 || atMost > 1000) {
      throw new IllegalArgumentException("from 0 on, 1 to 1000 entries at once");
    }
    try {
      return journal.read(fromIndex, atMost, JOURNAL_OCTETS_AT_ONCE);
    } catch (IOException unreadable) {
      throw new SigningUnavailable("the journal can't be read", unreadable);
    }
  }

  /** Ends running signatures' syncs, locks all keys, lets the directory go. */
  @Override
  public void close() {
    journal.close();
    token.close();
    Arrays.fill(passphrase, '\0');
    lock.close();
  }

  private static void openJournalKey(VaultFiles files, Token token, char[] passphrase)
      throws VaultUnusable, IOException {
    Bytes pinned = files.journalPublicKey();
    boolean there =
        token.key(InnerKeys.JOURNAL).filter(key -> key.publicKey().equals(pinned)).isPresent();
    if (!there) {
      throw new VaultDamaged("the journal's key is not the one that vault.yaml names");
    }
    try {
      token.activate(InnerKeys.JOURNAL, passphrase);
    } catch (TokenUnavailable gone) {
      throw new IOException(gone);
    } catch (KeyUnreadable _) {
      throw new WrongPassphrase("the passphrase doesn't open the vault");
    }
  }

  private static Surroundings surroundings(VaultFiles files, Token token, Clock clock) {
    return Surroundings.of(
        files.journal(),
        checkpoint -> {
          try {
            return token.sign(InnerKeys.JOURNAL, checkpoint).toArray();
          } catch (KeyLocked | TokenUnavailable locked) {
            throw new IOException("the journal's key can't be used", locked);
          }
        },
        clock);
  }
}
