package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.KeyUnreadable;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The keys of a vault, each with its policy. */
final class KeyCabinet {
  private static final System.Logger LOG = System.getLogger(KeyCabinet.class.getName());

  private final VaultFiles files;
  private final Token token;
  private final Map<KeyId, GuardedKey> keys = new ConcurrentHashMap<>();

  KeyCabinet(VaultFiles files, Token token) {
    this.files = files;
    this.token = token;
  }

  /** Reads all policies, and activates the keys that the operational passphrase opens. */
  void load(char[] passphrase, Bytes ceremonyKey) throws VaultDamaged, IOException {
    for (TokenKey key : token.keys()) {
      if (InnerKeys.are(key.id())) {
        keys.put(key.id(), InnerKeys.guarded(key));
      } else if (SealedPolicy.exists(files, key)) {
        put(key, SealedPolicy.read(files, key, ceremonyKey));
        if (!key.ownPassphrase()) {
          activate(key, passphrase);
        }
      } else {
        LOG.log(
            System.Logger.Level.WARNING,
            "The key {0} has no signed policy and is not used.",
            key.id());
      }
    }
  }

  private void activate(TokenKey key, char[] passphrase) throws VaultDamaged, IOException {
    try {
      token.activate(key.id(), passphrase);
    } catch (KeyUnreadable unreadable) {
      throw new VaultDamaged(
          "the key %s doesn't open: %s".formatted(key.id(), unreadable.getMessage()), unreadable);
    } catch (TokenUnavailable away) {
      LOG.log(System.Logger.Level.WARNING, "The key {0}: {1}", key.id(), away.getMessage());
    }
  }

  GuardedKey put(TokenKey key, SealedPolicy policy) {
    GuardedKey guarded = new GuardedKey(key, policy.policy(), policy.digest());
    keys.put(key.id(), guarded);
    return guarded;
  }

  void putInner(TokenKey key) {
    keys.put(key.id(), InnerKeys.guarded(key));
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

  boolean holds(Bytes publicKey) {
    return keys.values().stream().anyMatch(key -> key.key().publicKey().equals(publicKey));
  }
}
