package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.approval.KnownIssuers;
import de.kreissiegel.hsm.policy.KeyFacts;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.KeyUnreadable;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.token.TokenUnavailable;
import de.kreissiegel.hsm.token.pkcs11.Pkcs11Token;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The keys of a vault, each with its policy. */
final class KeyCabinet {
  private static final System.Logger LOG = System.getLogger(KeyCabinet.class.getName());

  private final VaultFiles files;
  private final TokenRack rack;
  private final CurrentSheet current;
  private final Memory memory;
  private final Map<KeyId, GuardedKey> keys = new ConcurrentHashMap<>();

  /** Keys that were looked at, used or not; policies without one await theirs. */
  private final Set<KeyId> seen = ConcurrentHashMap.newKeySet();

  /** Keys whose HSM was away when they were to be activated. */
  private final Set<KeyId> pending = ConcurrentHashMap.newKeySet();

  KeyCabinet(VaultFiles files, TokenRack rack, CurrentSheet current, Memory memory) {
    this.files = files;
    this.rack = rack;
    this.current = current;
    this.memory = memory;
  }

  /**
   * Opens the key that signs checkpoints. Without its HSM the vault opens, too, and signs as soon
   * as that is there; but not in a ceremony, whose record it must close.
   *
   * @return where it lives
   */
  Token openJournalKey(char[] passphrase, boolean atOnce) throws VaultUnusable, IOException {
    VaultSheet sheet = current.get();
    if (sheet.journalToken().isEmpty()) {
      return openSoftwareJournalKey(passphrase);
    }
    Pkcs11Token hsm =
        rack.hsms().stream()
            .filter(token -> sheet.journalToken().equals(Optional.of(token.name())))
            .findFirst()
            .orElseThrow(
                () ->
                    new VaultDamaged(
                        "vault.yaml names no token %s for the journal's key"
                            .formatted(sheet.journalToken().orElse(""))));
    keys.put(InnerKeys.JOURNAL, InnerKeys.journalOn(hsm, sheet.journalPublicKey()));
    seen.add(InnerKeys.JOURNAL);
    activate(InnerKeys.JOURNAL, hsm);
    boolean other = hsm.key(InnerKeys.JOURNAL).filter(key -> !sheet.isInner(key)).isPresent();
    if (other || (atOnce && !hsm.isActive(InnerKeys.JOURNAL))) {
      throw new VaultDamaged(
          other
              ? "the journal's key is not the one that vault.yaml names"
              : "the journal's key can't be used: " + hsm.health().sentence());
    }
    return hsm;
  }

  private Token openSoftwareJournalKey(char[] passphrase) throws VaultUnusable, IOException {
    Token token = rack.software();
    TokenKey key =
        token
            .key(InnerKeys.JOURNAL)
            .filter(current.get()::isInner)
            .orElseThrow(
                () -> new VaultDamaged("the journal's key is not the one that vault.yaml names"));
    try {
      token.activate(key.id(), passphrase);
    } catch (TokenUnavailable gone) {
      throw new IOException(gone);
    } catch (KeyUnreadable _) {
      throw new WrongPassphrase("the passphrase doesn't open the vault");
    }
    return token;
  }

  /** Reads all policies, and activates the keys that the operational passphrase opens. */
  void load(char[] passphrase) throws VaultDamaged, IOException {
    for (Map.Entry<Token, List<TokenKey>> held : rack.keys().entrySet()) {
      for (TokenKey key : held.getValue()) {
        take(key, held.getKey(), passphrase);
      }
    }
  }

  /** Takes up a key that was seen on a token, under its policy. */
  void take(TokenKey key, Token token, char[] passphrase) throws VaultDamaged, IOException {
    VaultSheet sheet = current.get();
    boolean known = !seen.add(key.id());
    if (known && keys.containsKey(key.id())) {
      return;
    }
    if (sheet.isInner(key)) {
      keys.put(key.id(), InnerKeys.guarded(key, token));
    } else if (SealedPolicy.exists(files, key)) {
      SealedPolicy policy = SealedPolicy.read(files, key, sheet.ceremonyPublicKey());
      if (isNewest(key, policy, memory)) {
        put(key, token, policy);
        if (!key.ownPassphrase()) {
          activate(key, token, passphrase);
        }
      }
    } else {
      LOG.log(
          System.Logger.Level.WARNING,
          "The key {0} has no signed policy and is not used.",
          key.id());
    }
  }

  boolean hasSeen(KeyId id) {
    return seen.contains(id);
  }

  /** Policies whose keys no token has shown yet; those of tokens that stay closed don't count. */
  List<KeyId> awaited() throws IOException {
    return files.policies().stream()
        .filter(id -> !seen.contains(id) && !isElsewhere(id))
        .sorted(Comparator.comparing(KeyId::value))
        .toList();
  }

  private boolean isElsewhere(KeyId id) {
    return current.get().tokens().stream()
        .filter(token -> token.holds().equals(Optional.of(id)))
        .anyMatch(token -> rack.find(token.config().name()).isEmpty());
  }

  /** Tries once more to activate what couldn't be because its HSM was away. */
  void activatePending() throws IOException {
    for (KeyId id : List.copyOf(pending)) {
      GuardedKey key = keys.get(id);
      if (key != null && key.token() instanceof Pkcs11Token hsm) {
        activate(id, hsm);
      }
    }
  }

  /**
   * A policy that was in force once is signed, too, but isn't the last one: somebody put an older
   * copy of the key's files back, or a backup is older than the journal.
   */
  private static boolean isNewest(TokenKey key, SealedPolicy policy, Memory memory) {
    Optional<Bytes> inForce = memory.policyInForce(key.id());
    boolean newest = inForce.isEmpty() || inForce.get().equals(policy.digest());
    if (!newest) {
      LOG.log(
          System.Logger.Level.ERROR,
          "The key {0} is not used: another policy was signed for it later. Restore its files as"
              + " the last ceremony left them.",
          key.id());
    }
    return newest;
  }

  /**
   * Takes a key into use, if its secret is at hand: an HSM's PIN comes from a file, or somebody
   * types it later. A token that is away, or a PIN that isn't taken, is no fault of the vault: its
   * keys stay locked, the others work, and no restart burns another try.
   */
  void activate(TokenKey key, Token token, char[] passphrase) throws VaultDamaged, IOException {
    if (token instanceof Pkcs11Token hsm) {
      activate(key.id(), hsm);
      return;
    }
    try {
      token.activate(key.id(), passphrase);
    } catch (KeyUnreadable unreadable) {
      throw new VaultDamaged(
          "the key %s doesn't open: %s".formatted(key.id(), unreadable.getMessage()), unreadable);
    } catch (TokenUnavailable away) {
      throw new IOException(away);
    }
  }

  private void activate(KeyId id, Pkcs11Token hsm) throws IOException {
    boolean again = pending.remove(id);
    try {
      boolean _ = hsm.activateByFile(id);
      if (isAnother(id, hsm)) {
        hsm.lock(id);
        LOG.log(
            System.Logger.Level.ERROR,
            "The key {0} on the token {1} is not the one that the vault knows; it stays locked.",
            id,
            hsm.name());
      }
    } catch (TokenUnavailable away) {
      pending.add(id);
      if (!again) {
        locked(id, away);
      }
    } catch (KeyUnreadable | IllegalArgumentException failed) {
      locked(id, failed);
    }
  }

  private boolean isAnother(KeyId id, Pkcs11Token hsm) {
    GuardedKey known = keys.get(id);
    return known != null
        && hsm.key(id)
            .filter(shown -> !shown.publicKey().equals(known.key().publicKey()))
            .isPresent();
  }

  private static void locked(KeyId id, Exception why) {
    LOG.log(System.Logger.Level.ERROR, "The key {0} stays locked: {1}", id, why.getMessage());
  }

  GuardedKey put(TokenKey key, Token token, SealedPolicy policy) {
    GuardedKey guarded = new GuardedKey(key, token, policy.policy(), policy.digest());
    seen.add(key.id());
    keys.put(key.id(), guarded);
    return guarded;
  }

  void remove(KeyId id) {
    keys.remove(id);
  }

  Optional<GuardedKey> find(KeyId id) {
    return Optional.ofNullable(keys.get(id));
  }

  List<GuardedKey> all() {
    return List.copyOf(keys.values());
  }

  /** What a policy must know of a key. */
  KeyFacts facts(GuardedKey key) {
    return new KeyFacts(
        key.key().publicKey(), key.keyHash(), key.signatureAlgorithm(), this::holds);
  }

  /** The keys whose policy lets them sign certificates under that name. */
  List<KnownIssuers.Issuer> issuersNamed(Bytes name) {
    return keys.values().stream()
        .filter(
            key ->
                key.policy()
                    .certificates()
                    .filter(rules -> rules.issuer().equals(name))
                    .isPresent())
        .map(GuardedKey::key)
        .map(key -> new KnownIssuers.Issuer(key.id(), key.algorithm(), key.publicKey()))
        .toList();
  }

  boolean holds(Bytes publicKey) {
    return keys.values().stream().anyMatch(key -> key.key().publicKey().equals(publicKey));
  }
}
