package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** Destroys a key, and accounts for everything that could bring it back. */
final class DestroyAct {
  private final Room room;
  private final Place place;
  private final VaultAccess access;
  private final SecureRandom random;

  DestroyAct(Room room, Place place, VaultAccess access, SecureRandom random) {
    this.room = room;
    this.place = place;
    this.access = access;
    this.random = random;
  }

  Path perform(KeyId id)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    room.enter(room.plan().threshold());
    try (OpenVault open = OpenVault.open(room, place, access)) {
      VaultKey key = open.key(id);
      // The vault says so when it is locked but has shares of its own; only the root has.
      boolean shared =
          AuthorityFiles.read(place.authorities()).all().stream()
              .anyMatch(one -> one.isOffline() && one.key().equals(id));
      open.activate(Vault.CEREMONY_KEY);
      BackupAccounts.ask(room, "ask.backup.place");
      if (shared) {
        shares();
      }
      open.unlock(id);
      room.step(
          "destroy",
          () -> {
            destroy(open, key);
            return id;
          },
          id,
          Digest.grouped(Digest.sha256(key.publicKey().toArray())));
      return room.step(
          "close", () -> new Archive(room, random).close(open, place.ceremonies(), Map.of()));
    }
  }

  /** Destroys the key object, and accounts for it. */
  void destroy(OpenVault open, VaultKey key) throws IOException, VaultUnusable {
    String token = open.vault().tokenOf(key.id());
    open.vault().destroyKey(key.id());
    Words words = room.words();
    room.minutes()
        .account(
            words.say("account.key", key.id()),
            token.equals(OpenVault.SOFTWARE)
                ? words.say("account.destroyed")
                : words.say("account.destroyed.hsm", token),
            "Kreissiegel " + room.software().version());
    room.minutes().key(key.id().value(), "", "destroyed", key.publicKey());
  }

  /** Asks for each custodian's share of a root's key. */
  void shares() throws CeremonyAborted {
    Words words = room.words();
    List<String> custodians = room.plan().custodians();
    for (int i = 0; i < custodians.size(); i++) {
      boolean gone =
          room.yes("share-destroyed", words.say("ask.share.destroyed", i + 1, custodians.get(i)));
      BackupAccounts.account(room, words.say("account.share", i + 1, custodians.get(i)), gone);
    }
  }
}
