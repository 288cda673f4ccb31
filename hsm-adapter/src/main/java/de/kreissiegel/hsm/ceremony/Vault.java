package de.kreissiegel.hsm.ceremony;

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
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.token.KeyLocked;
import de.kreissiegel.hsm.token.KeyUnreadable;
import de.kreissiegel.hsm.token.SoftwareToken;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The vault, in the process that calls: keys, their policies, the journal. One process at a time
 * holds it. Safe for use by many threads. Passphrases remain the caller's, who wipes them.
 */
public final class Vault implements Signer, AutoCloseable {
  private static final KeyId JOURNAL_KEY = new KeyId("journal");
  private static final long JOURNAL_OCTETS_AT_ONCE = 4L << 20;

  private final VaultLock lock;
  private final SoftwareToken token;
  private final KeyCabinet cabinet;
  private final Journal journal;
  private final SigningDesk desk;
  private final char[] passphrase;

  private Vault(
      VaultLock lock,
      SoftwareToken token,
      KeyCabinet cabinet,
      Journal journal,
      Clock clock,
      char[] passphrase) {
    this.lock = lock;
    this.token = token;
    this.cabinet = cabinet;
    this.journal = journal;
    this.desk = new SigningDesk(cabinet, token, new PolicyGate(clock), journal);
    this.passphrase = passphrase.clone();
  }

  /**
   * Makes an empty vault with a journal key and opens it. What a broken-off attempt left is
   * replaced.
   *
   * @param directory is made if missing, mode 700
   * @param passphrase the operational one: opens the journal key and all keys without their own
   * @throws VaultUnusable if there is a vault already, or another process holds it
   * @throws IOException if the directory can't be written
   */
  public static Vault create(
      Path directory, char[] passphrase, Clock clock, SecureRandom randomness)
      throws VaultUnusable, IOException {
    VaultFiles files = new VaultFiles(directory);
    if (files.complete()) {
      throw new VaultExists("there is a vault in " + directory + " already");
    }
    DurableFiles.makeDirectory(directory);
    try (VaultLock _ = VaultLock.take(files.lock())) {
      files.makeEmpty();
      SoftwareToken token = SoftwareToken.open(files.keys(), randomness);
      GuardedKey journalKey =
          new KeyCabinet(files, token)
              .make(JOURNAL_KEY, KeyAlgorithm.ECDSA_P256, KeyPolicy.nothing(), passphrase, false);
      Bytes publicKey = journalKey.key().publicKey();
      Journal.create(files.journal(), publicKey, surroundings(files, token, clock));
      files.writeSheet(publicKey, clock.instant());
    }
    return open(directory, passphrase, clock, randomness);
  }

  /**
   * Opens a vault: takes its lock, reads and verifies its journal, activates the operational keys.
   * Keys with a passphrase of their own remain locked.
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
      SoftwareToken token = SoftwareToken.open(files.keys(), randomness);
      openJournalKey(files, token, passphrase);
      KeyCabinet cabinet = new KeyCabinet(files, token);
      cabinet.load(passphrase);
      Journal journal =
          Journal.open(
              files.journal(), files.journalPublicKey(), surroundings(files, token, clock));
      return new Vault(lock, token, cabinet, journal, clock, passphrase);
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
   * Makes a key. It is active when this returns, also one with a passphrase of its own.
   *
   * @param ownPassphrase opens this key alone; without one, the operational passphrase does
   * @throws IllegalArgumentException if there is a key of that name
   * @throws IOException if it can't be written
   */
  public VaultKey makeKey(
      KeyId id, KeyAlgorithm algorithm, KeyPolicy policy, Optional<char[]> ownPassphrase)
      throws IOException {
    return cabinet
        .make(id, algorithm, policy, ownPassphrase.orElse(passphrase), ownPassphrase.isPresent())
        .told(true);
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
    if (id.equals(JOURNAL_KEY)) {
      throw new IllegalArgumentException(
          "the journal's key is needed as long as the vault is open");
    }
    token.lock(id);
  }

  /** The key that signs the journal's checkpoints, as SubjectPublicKeyInfo. */
  public Bytes journalPublicKey() {
    return cabinet.find(JOURNAL_KEY).orElseThrow().key().publicKey();
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
    token.keys().forEach(key -> token.lock(key.id()));
    Arrays.fill(passphrase, '\0');
    lock.close();
  }

  private static void openJournalKey(VaultFiles files, SoftwareToken token, char[] passphrase)
      throws VaultUnusable, IOException {
    Bytes pinned = files.journalPublicKey();
    boolean there =
        token.key(JOURNAL_KEY).filter(key -> key.publicKey().equals(pinned)).isPresent();
    if (!there) {
      throw new VaultDamaged("the journal's key is not the one that vault.yaml names");
    }
    try {
      token.activate(JOURNAL_KEY, passphrase);
    } catch (KeyUnreadable _) {
      throw new WrongPassphrase("the passphrase doesn't open the vault");
    }
  }

  private static Surroundings surroundings(VaultFiles files, SoftwareToken token, Clock clock) {
    return Surroundings.of(
        files.journal(),
        checkpoint -> {
          try {
            return token.sign(JOURNAL_KEY, checkpoint).toArray();
          } catch (KeyLocked locked) {
            throw new IOException("the journal's key is locked", locked);
          }
        },
        clock);
  }
}
