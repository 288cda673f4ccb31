package de.kreissiegel.hsm.ceremony;

import de.kreissiegel.hsm.disk.DurableFiles;
import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.policy.PolicyFault;
import de.kreissiegel.hsm.policy.PolicyFile;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.KeyUnreadable;
import de.kreissiegel.hsm.token.SoftwareToken;
import de.kreissiegel.hsm.token.TokenKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The keys of a vault, each with its policy. */
final class KeyCabinet {
  private final VaultFiles files;
  private final SoftwareToken token;
  private final Map<KeyId, GuardedKey> keys = new ConcurrentHashMap<>();

  KeyCabinet(VaultFiles files, SoftwareToken token) {
    this.files = files;
    this.token = token;
  }

  /** Reads all policies, and activates the keys that the operational passphrase opens. */
  void load(char[] passphrase) throws VaultDamaged, IOException {
    for (TokenKey key : token.keys()) {
      guard(key);
      if (!key.ownPassphrase()) {
        try {
          token.activate(key.id(), passphrase);
        } catch (KeyUnreadable unreadable) {
          throw new VaultDamaged(
              "the key %s doesn't open: %s".formatted(key.id(), unreadable.getMessage()),
              unreadable);
        }
      }
    }
  }

  synchronized GuardedKey make(
      KeyId id, KeyAlgorithm algorithm, KeyPolicy policy, char[] passphrase, boolean own)
      throws IOException {
    if (token.key(id).isPresent()) {
      throw new IllegalArgumentException("there is a key named " + id);
    }
    byte[] text = PolicyFile.write(id, policy).getBytes(StandardCharsets.UTF_8);
    DurableFiles.write(files.policy(id), text);
    TokenKey key = token.make(id, algorithm, passphrase, own);
    GuardedKey guarded = new GuardedKey(key, policy, Digests.sha256(text));
    keys.put(id, guarded);
    return guarded;
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

  private void guard(TokenKey key) throws VaultDamaged, IOException {
    Path file = files.policy(key.id());
    if (!Files.exists(file)) {
      throw new VaultDamaged("the key " + key.id() + " has no policy: " + file + " is missing");
    }
    byte[] text = Files.readAllBytes(file);
    try {
      KeyPolicy policy = PolicyFile.read(file.toString(), new String(text, StandardCharsets.UTF_8));
      keys.put(key.id(), new GuardedKey(key, policy, Digests.sha256(text)));
    } catch (PolicyFault fault) {
      throw new VaultDamaged(String.valueOf(fault.getMessage()), fault);
    }
  }
}
