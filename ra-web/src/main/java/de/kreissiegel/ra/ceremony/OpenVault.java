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
import java.util.Optional;

/** A vault that stands already, opened for a ceremony. */
final class OpenVault implements AutoCloseable {
  static final String SOFTWARE = "software";

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

  VaultKey key(KeyId id) throws CeremonyFailed, IOException {
    requireConnected(id);
    return vault.keys().stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new CeremonyFailed(room.words().say("fail.key", id)));
  }

  /** A key that has a policy and that no token shows is no key that isn't there. */
  private void requireConnected(KeyId id) throws CeremonyFailed, IOException {
    if (vault.awaitedKeys().contains(id)) {
      throw new CeremonyFailed(room.words().say("fail.key.away", id));
    }
  }

  /** Opens a key with its custodians' shares; the passphrase is gone when this returns. */
  void activate(KeyId key) throws CeremonyAborted, CeremonyFailed, VaultUnusable, IOException {
    requireConnected(key); // before anybody has typed a share
    char[] passphrase = new Shares(room, id()).collect(key);
    try {
      vault.activate(key, passphrase);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
    room.tell(room.words().say("activated", key));
  }

  /** Opens a key on an HSM, if it is locked: with shares or with the HSM's PIN, as it needs. */
  void unlock(KeyId key) throws CeremonyAborted, CeremonyFailed, VaultUnusable, IOException {
    String token = vault.tokenOf(key);
    if (token.equals(SOFTWARE) || key(key).state() == VaultKey.State.ACTIVE) {
      return;
    }
    if (vault.opensAlone(key)) {
      activate(key);
      return;
    }
    char[] pin = pin(token);
    try {
      vault.activate(key, pin);
    } finally {
      Arrays.fill(pin, '\0');
    }
  }

  /** An HSM's PIN: its file's, or typed. The caller wipes it. */
  char[] pin(String token) throws CeremonyAborted, IOException {
    Optional<char[]> filed = vault.filedPin(token);
    return filed.isPresent()
        ? filed.get()
        : room.ask("pin-" + token, room.words().say("ask.pin", token), true).toCharArray();
  }

  /** Writes down which keys have a policy, but aren't there. */
  void noteAbsent() throws IOException {
    Words words = room.words();
    for (KeyId key : vault.awaitedKeys()) {
      room.minutes()
          .account(
              words.say("account.key", key),
              words.say("account.absent"),
              words.say("event.in-hsm"));
    }
  }

  /** All keys are locked, whatever happened. */
  @Override
  public void close() {
    vault.close();
  }
}
