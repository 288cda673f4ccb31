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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The keys of a vault, each with its policy. */
final class KeyCabinet {
  private static final System.Logger LOG = System.getLogger(KeyCabinet.class.getName());

  private final VaultFiles files;
  private final TokenRack rack;
  private final Map<KeyId, GuardedKey> keys = new ConcurrentHashMap<>();

  KeyCabinet(VaultFiles files, TokenRack rack) {
    this.files = files;
    this.rack = rack;
  }

  /** Reads all policies, and activates the keys that the operational passphrase opens. */
  void load(char[] passphrase, Bytes ceremonyKey, Memory memory) throws VaultDamaged, IOException {
    for (Map.Entry<Token, List<TokenKey>> held : rack.keys().entrySet()) {
      for (TokenKey key : held.getValue()) {
        load(key, held.getKey(), passphrase, ceremonyKey, memory);
      }
    }
  }

  private void load(TokenKey key, Token token, char[] passphrase, Bytes ceremonyKey, Memory memory)
      throws VaultDamaged, IOException {
    if (InnerKeys.are(key.id()) && token == rack.software()) {
      keys.put(key.id(), InnerKeys.guarded(key, token));
    } else if (SealedPolicy.exists(files, key)) {
      SealedPolicy policy = SealedPolicy.read(files, key, ceremonyKey);
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
      activate(key, hsm);
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

  private static void activate(TokenKey key, Pkcs11Token hsm) throws IOException {
    Optional<char[]> pin = hsm.pinFromFile();
    if (pin.isEmpty()) {
      return;
    }
    try {
      hsm.activate(key.id(), pin.get());
    } catch (KeyUnreadable | TokenUnavailable failed) {
      LOG.log(
          System.Logger.Level.ERROR,
          "The key {0} stays locked: {1}",
          key.id(),
          failed.getMessage());
    } finally {
      Arrays.fill(pin.get(), '\0');
    }
  }

  GuardedKey put(TokenKey key, Token token, SealedPolicy policy) {
    GuardedKey guarded = new GuardedKey(key, token, policy.policy(), policy.digest());
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
    return new KeyFacts(key.key().publicKey(), key.signatureAlgorithm(), this::holds);
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
