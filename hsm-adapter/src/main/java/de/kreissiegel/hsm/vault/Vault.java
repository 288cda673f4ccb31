package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.journal.ErasurePlan;
import de.kreissiegel.hsm.journal.Journal;
import de.kreissiegel.hsm.journal.RetentionClass;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ListRequest;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.Released;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultDoor;
import de.kreissiegel.hsm.signing.VaultHealth;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.token.KeyUnreadable;
import de.kreissiegel.hsm.token.PublicKeys;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.token.TokenUnavailable;
import de.kreissiegel.hsm.token.pkcs11.Pkcs11Token;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The vault, in the process that calls: keys, their policies, the journal. One process at a time
 * holds it. Safe for use by many threads. Passphrases remain the caller's, who wipes them.
 */
public final class Vault implements VaultDoor, AutoCloseable {
  /** The key that signs policies and records of ceremonies. */
  public static final KeyId CEREMONY_KEY = InnerKeys.CEREMONY;

  /** The key that signs the journal's checkpoints; nobody can ask it for a signature. */
  public static final KeyId JOURNAL_KEY = InnerKeys.JOURNAL;

  private static final long JOURNAL_OCTETS_AT_ONCE = 4L << 20;

  private final VaultLock lock;
  private final TokenRack rack;
  private final KeyCabinet cabinet;
  private final Journal journal;
  private final Refusals refusals;
  private final Desks desks;
  private final CeremonyDesk ceremony;
  private final TokenDesk tokens;
  private final TakenIn takenIn;
  private final RetentionDesk retention;
  private final IdleKeys idleKeys;
  private final LateKeys lateKeys;
  private final CurrentSheet sheet;
  private final Sweeper sweeper;
  private final char[] passphrase;
  private final Clock clock;

  private Vault(
      VaultOpening.Opened opened,
      boolean inCeremony,
      Clock clock,
      SecureRandom randomness,
      char[] passphrase) {
    this.lock = opened.lock();
    this.sheet = opened.sheet();
    this.rack = opened.rack();
    this.cabinet = opened.cabinet();
    this.journal = opened.journal();
    this.refusals = new Refusals(journal, clock);
    this.desks = new Desks(cabinet, opened.memory(), journal, refusals, clock);
    this.ceremony = new CeremonyDesk(opened.files(), rack, cabinet, desks, clock, randomness);
    this.tokens = new TokenDesk(sheet, rack, cabinet, ceremony, clock, randomness);
    this.takenIn = new TakenIn(opened.files().takenIn(), journal);
    this.retention = new RetentionDesk(journal, cabinet, takenIn, refusals, clock);
    this.passphrase = passphrase.clone();
    this.clock = clock;
    this.idleKeys = new IdleKeys(rack, cabinet, this.passphrase, clock);
    this.lateKeys = new LateKeys(rack, cabinet, this.passphrase);
    lateKeys.sweep();
    // In a ceremony keys are made: there nobody looks for others meanwhile.
    this.sweeper = Sweeper.start(inCeremony ? () -> idleKeys.sweep(clock.instant()) : this::sweep);
  }

  /**
   * Makes an empty vault with its own two keys and opens it for its first ceremony: the ceremony's
   * key is active. What a broken-off attempt left is replaced.
   *
   * @param directory is made if missing, mode 700
   * @param layout the HSMs beside the software token, and which of the vault's own two live there
   * @param passphrase the operational one: opens the journal key and all keys without their own
   * @param ceremonyPassphrase opens the key that signs policies; where that key lives on an HSM,
   *     the PIN of its token
   * @throws VaultUnusable if there is a vault already, or another process holds it
   * @throws IOException if the directory can't be written, or an HSM doesn't answer
   * @throws IllegalArgumentException if one of the two keys is on its HSM already
   */
  public static Vault create(
      Path directory,
      VaultLayout layout,
      char[] passphrase,
      char[] ceremonyPassphrase,
      Clock clock,
      SecureRandom randomness)
      throws VaultUnusable, IOException {
    new VaultFounding(new VaultFiles(directory), clock, randomness)
        .perform(layout, passphrase, ceremonyPassphrase);
    Vault vault = openForCeremony(directory, passphrase, clock, randomness);
    vault.activate(CEREMONY_KEY, ceremonyPassphrase);
    return vault;
  }

  /** The same, with the software token alone. */
  public static Vault create(
      Path directory,
      char[] passphrase,
      char[] ceremonyPassphrase,
      Clock clock,
      SecureRandom randomness)
      throws VaultUnusable, IOException {
    return create(
        directory, VaultLayout.SOFTWARE, passphrase, ceremonyPassphrase, clock, randomness);
  }

  /**
   * Opens a vault for its daily work: takes its lock, reads and verifies its journal and the
   * signatures of its policies, activates the operational keys. Keys with a passphrase of their own
   * remain locked; HSMs that hold one alone are not even connected. An HSM that is away is looked
   * for, and its keys are taken up when it comes.
   *
   * @throws VaultUnusable in use, wrong passphrase, or damaged
   * @throws IOException if a file can't be read or written
   */
  public static Vault open(Path directory, char[] passphrase, Clock clock, SecureRandom randomness)
      throws VaultUnusable, IOException {
    return open(directory, false, passphrase, clock, randomness);
  }

  /**
   * The same for a ceremony: all HSMs are connected that are there, and the one of the journal's
   * key must be.
   */
  public static Vault openForCeremony(
      Path directory, char[] passphrase, Clock clock, SecureRandom randomness)
      throws VaultUnusable, IOException {
    return open(directory, true, passphrase, clock, randomness);
  }

  private static Vault open(
      Path directory, boolean ceremony, char[] passphrase, Clock clock, SecureRandom randomness)
      throws VaultUnusable, IOException {
    VaultOpening.Opened opened =
        VaultOpening.at(directory, clock, randomness, ceremony).open(passphrase);
    return new Vault(opened, ceremony, clock, randomness, passphrase);
  }

  /**
   * Whether a public key may be one of that kind; one that can't be read is of none.
   *
   * @param publicKey SubjectPublicKeyInfo, DER
   */
  public static boolean fits(KeyAlgorithm algorithm, Bytes publicKey) {
    return PublicKeys.fits(algorithm, publicKey);
  }

  /** Whether a whole vault stands in that directory; a half-made one doesn't count. */
  public static boolean exists(Path directory) {
    return new VaultFiles(directory).complete();
  }

  /**
   * Makes a key on the software token and signs its policy; to be called in a ceremony. It is
   * active when this returns, also one with a passphrase of its own.
   *
   * @param ownPassphrase opens this key alone; without one, the operational passphrase does
   * @throws IllegalArgumentException if there is a key of that name, or the policy doesn't allow
   *     such a key
   * @throws CeremonyClosed if the ceremony's key is locked
   * @throws IOException if it can't be written
   */
  public VaultKey makeKey(
      KeyId id, KeyAlgorithm algorithm, KeyPolicy policy, Optional<char[]> ownPassphrase)
      throws VaultUnusable, IOException {
    Token token = rack.software();
    return ceremony
        .make(
            id,
            algorithm,
            policy,
            token,
            ownPassphrase.orElse(passphrase),
            ownPassphrase.isPresent())
        .told();
  }

  /**
   * Makes a key on another token and signs its policy; to be called in a ceremony. It is active
   * when this returns, also on a token that holds it alone.
   *
   * @param token its name, as {@code vault.yaml} says it
   * @param pin the token's
   * @throws IllegalArgumentException if there is a key of that name, no such token, the token holds
   *     another key alone, or the policy doesn't allow such a key
   * @throws CeremonyClosed if the ceremony's key is locked
   * @throws IOException if the token doesn't answer
   */
  public VaultKey makeKey(
      KeyId id, KeyAlgorithm algorithm, KeyPolicy policy, String token, char[] pin)
      throws VaultUnusable, IOException {
    Optional<KeyId> alone = sheet.get().heldAlone(token);
    if (alone.isPresent() && !alone.get().equals(id)) {
      throw new IllegalArgumentException(
          "the token %s holds the key %s alone; name another".formatted(token, alone.get()));
    }
    return ceremony.make(id, algorithm, policy, rack.named(token), pin, alone.isPresent()).told();
  }

  /**
   * Takes a foreign authority's key over, onto the software token, and signs its policy; to be
   * called in a ceremony. It is active when this returns, and opens with the operational
   * passphrase.
   *
   * @param publicKey SubjectPublicKeyInfo, DER, as its certificate has it
   * @param secret PKCS#8 PrivateKeyInfo, DER; the caller wipes it
   * @throws IllegalArgumentException if there is a key of that name, the two don't belong together,
   *     or the policy doesn't allow such a key
   * @throws CeremonyClosed if the ceremony's key is locked
   */
  public VaultKey takeKey(
      KeyId id, KeyAlgorithm algorithm, Bytes publicKey, byte[] secret, KeyPolicy policy)
      throws VaultUnusable, IOException {
    return ceremony.take(id, algorithm, publicKey, secret, policy, passphrase).told();
  }

  /**
   * Puts a key under a policy that lies on another token already under that name; to be called in a
   * ceremony. It is active when this returns.
   *
   * @param publicKey SubjectPublicKeyInfo, DER, as its certificate has it
   * @param token its name, as {@code vault.yaml} says it
   * @param pin the token's
   * @throws IllegalArgumentException if there is no such key or token, it is another key, or the
   *     policy doesn't allow it
   * @throws CeremonyClosed if the ceremony's key is locked
   */
  public VaultKey adoptKey(KeyId id, Bytes publicKey, KeyPolicy policy, String token, char[] pin)
      throws VaultUnusable, IOException {
    return ceremony.adopt(id, publicKey, policy, rack.named(token), pin).told();
  }

  /**
   * Takes in one more HSM, which is to hold a key alone, and connects it; to be called in a
   * ceremony. {@code vault.yaml} names it, on disk, when this returns.
   *
   * @param hsm with the key that it is to hold; no vault has it open
   * @param pin its own, which opens that key from now on
   * @throws IllegalArgumentException if it is to hold no key, or one that is there; if {@code
   *     vault.yaml} has its name, its token or its key already
   * @throws CeremonyClosed if the ceremony's key is locked
   * @throws VaultDamaged if its library can't be loaded
   * @throws IOException if it isn't there, doesn't take the PIN or holds something, or the file
   *     can't be written
   */
  public void addToken(HsmConfig hsm, char[] pin) throws VaultUnusable, IOException {
    tokens.add(hsm, pin);
  }

  /**
   * Lets an HSM go again that holds its one key no more, and forgets it; to be called in a
   * ceremony. {@code vault.yaml} doesn't name it any more, on disk, when this returns.
   *
   * @param token its name, as {@code vault.yaml} says it
   * @throws IllegalArgumentException if there is no HSM of that name that holds one key, or the key
   *     is still there
   * @throws CeremonyClosed if the ceremony's key is locked
   * @throws IOException if the file can't be written
   */
  public void removeToken(String token) throws VaultUnusable, IOException {
    tokens.remove(token);
  }

  /**
   * The policy that is in force for a key.
   *
   * @throws IllegalArgumentException if there is no key of that name, or it is one of the vault's
   *     own
   */
  public KeyPolicy policyOf(KeyId id) {
    return ceremony.policy(id);
  }

  /**
   * Puts another policy in force; to be called in a ceremony.
   *
   * @throws IllegalArgumentException if there is no key of that name, or it is one of the vault's
   *     own
   * @throws CeremonyClosed if the ceremony's key is locked
   */
  public void changePolicy(KeyId id, KeyPolicy policy) throws VaultUnusable, IOException {
    ceremony.change(id, policy);
  }

  /**
   * Destroys a key; to be called in a ceremony. What it signed remains in the journal.
   *
   * @throws IllegalArgumentException if there is no key of that name, or it is one of the vault's
   *     own
   * @throws CeremonyClosed if the ceremony's key is locked
   */
  public void destroyKey(KeyId id) throws VaultUnusable, IOException {
    ceremony.destroy(id);
  }

  /**
   * A key as it lies at rest, with its signed policy, for a backup; to be called in a ceremony.
   *
   * @throws IllegalArgumentException if there is no such key, or it never leaves its token
   */
  public KeyBackup backUp(KeyId id) throws VaultUnusable, IOException {
    return ceremony.backUp(id);
  }

  /**
   * Takes a key back; to be called in a ceremony. It is locked afterwards.
   *
   * @throws IllegalArgumentException if there is a key of that name
   * @throws VaultDamaged if its policy isn't signed by this vault's ceremony key
   */
  public void restore(KeyBackup backup) throws VaultUnusable, IOException {
    ceremony.restore(backup);
  }

  /**
   * Says what of the journal may be erased; nothing is changed.
   *
   * @param before what ended earlier goes: of certificates their own end, else their entry's time
   */
  public ErasurePlan planErasure(Set<RetentionClass> classes, Instant before) throws IOException {
    return retention.plan(classes, before);
  }

  /**
   * Erases what an order names; to be called in a ceremony. A refusal changes nothing.
   *
   * @param order DER of an {@link de.kreissiegel.hsm.journal.ErasureOrder}
   * @param signature of the ceremony's key over it
   * @return how many entries lost their bodies
   * @throws CeremonyClosed if the ceremony's key is locked
   * @throws SigningRefused if that key didn't sign the order, or it is not over just what may go
   * @throws SigningUnavailable if the journal takes no entry; nothing was erased
   */
  public long erase(Bytes order, Bytes signature)
      throws VaultUnusable, IOException, SigningUnavailable, SigningRefused {
    ceremony.requireOpen();
    return retention.erase(order, signature);
  }

  /**
   * Destroys what lies on HSMs, of a vault whose first ceremony was broken off; its directory is
   * the caller's to clear. To be called while the keys there are active, or open by a PIN file.
   *
   * @throws CeremonyClosed if the ceremony's key is locked
   */
  public void abandon() throws VaultUnusable, IOException {
    ceremony.abandon();
  }

  /**
   * The name of the token where a key lives: {@code software} or an HSM's.
   *
   * @throws IllegalArgumentException if there is no key of that name
   */
  public String tokenOf(KeyId id) {
    return rack.of(id).name();
  }

  /** Whether a key opens with a secret of its own, not with the operational one. */
  public boolean opensAlone(KeyId id) {
    return rack.of(id).key(id).filter(TokenKey::ownPassphrase).isPresent();
  }

  /**
   * An HSM's PIN, from its file; the caller wipes it.
   *
   * @return nothing if it is typed
   * @throws IllegalArgumentException if the vault has no such HSM
   */
  public Optional<char[]> filedPin(String token) throws IOException {
    return rack.named(token) instanceof Pkcs11Token hsm ? hsm.pinFromFile() : Optional.empty();
  }

  /** Keys that have a policy, but that no token has shown yet. */
  public List<KeyId> awaitedKeys() throws IOException {
    return cabinet.awaited();
  }

  /**
   * Opens a locked key; nothing happens if it is active.
   *
   * @throws IllegalArgumentException if there is no key of that name
   * @throws WrongPassphrase if that is not its passphrase
   */
  public void activate(KeyId id, char[] passphrase) throws VaultUnusable, IOException {
    if (rack.holder(id).isEmpty()) {
      lateKeys.sweep();
    }
    try {
      rack.of(id).activate(id, passphrase);
    } catch (TokenUnavailable gone) {
      throw new IOException(gone.getMessage(), gone);
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
    rack.of(id).lock(id);
  }

  /** The key that signs the journal's checkpoints, as SubjectPublicKeyInfo. */
  public Bytes journalPublicKey() {
    return sheet.get().journalPublicKey();
  }

  /** The key that signs policies and records of ceremonies, as SubjectPublicKeyInfo. */
  public Bytes ceremonyPublicKey() {
    return sheet.get().ceremonyPublicKey();
  }

  @Override
  public List<VaultKey> keys() {
    return cabinet.all().stream().map(GuardedKey::told).toList();
  }

  @Override
  public Signed sign(SignRequest request) throws SigningUnavailable, SigningRefused {
    return desks.sign(request);
  }

  @Override
  public Signed signList(ListRequest request) throws SigningUnavailable, SigningRefused {
    return desks.signList(request);
  }

  @Override
  public Released release(ReleaseRequest request) throws SigningUnavailable, SigningRefused {
    return desks.release(request);
  }

  @Override
  public SignedCheckpoint checkpoint() {
    return journal.checkpoint();
  }

  @Override
  public void takenIn(long nextIndex, Bytes lastHash) throws SigningUnavailable {
    takenIn.note(nextIndex, lastHash);
  }

  @Override
  public VaultHealth health() {
    return new VaultHealth(
        SoftwareVersion.text(),
        lateKeys.health(),
        journal.state(),
        refusals.count(),
        refusals.last());
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

  /**
   * Locks and opens keys as their policies' hours and idle times say, and looks for those of HSMs
   * that were away; it happens by itself.
   */
  void sweep() {
    idleKeys.sweep(clock.instant());
    lateKeys.sweep();
  }

  /** Ends running signatures' syncs, locks all keys, lets the directory go. */
  @Override
  public void close() {
    sweeper.close();
    journal.close();
    rack.close();
    Arrays.fill(passphrase, '\0');
    lock.close();
  }
}
