package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.CeremonyRecord.JournalHead;
import de.kreissiegel.hsm.ceremony.KeyShare;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;

/** A vault that stands already, opened for a ceremony. */
final class OpenVault implements AutoCloseable {
  private final Room room;
  private final Vault vault;
  private final JournalHead before;

  private OpenVault(Room room, Vault vault) throws SigningUnavailable {
    this.room = room;
    this.vault = vault;
    this.before = JournalEnd.of(vault, vault.journalPublicKey());
  }

  /** Opens it with the operational passphrase that lies in the installation. */
  static OpenVault open(Room room, Place place, VaultAccess access)
      throws CeremonyFailed, VaultUnusable, IOException, SigningUnavailable {
    if (!Files.exists(place.passphrase())) {
      throw new CeremonyFailed(room.words().say("fail.passphrase", place.passphrase()));
    }
    char[] passphrase = Files.readString(place.passphrase()).strip().toCharArray();
    try {
      return new OpenVault(room, access.open(place.vault(), passphrase));
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  static OpenVault of(Room room, Vault vault) throws SigningUnavailable {
    return new OpenVault(room, vault);
  }

  Vault vault() {
    return vault;
  }

  JournalHead before() {
    return before;
  }

  Bytes id() {
    return KeyShare.vaultId(vault.ceremonyPublicKey());
  }

  VaultKey key(KeyId id) throws CeremonyFailed {
    return vault.keys().stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new CeremonyFailed(room.words().say("fail.key", id)));
  }

  /** Opens a key with its custodians' shares; the passphrase is gone when this returns. */
  void activate(KeyId key) throws CeremonyAborted, VaultUnusable, IOException {
    char[] passphrase = new Shares(room, id()).collect(key);
    try {
      vault.activate(key, passphrase);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
    room.tell(room.words().say("activated", key));
  }

  /** All keys are locked, whatever happened. */
  @Override
  public void close() {
    vault.close();
  }
}
