package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The keys that one ceremony makes in a vault that stands, until it is complete. */
final class NewKeys {
  private final Room room;
  private final OpenVault open;
  private final List<KeyId> made = new ArrayList<>();

  NewKeys(Room room, OpenVault open) {
    this.room = room;
    this.open = open;
  }

  /**
   * Makes a key and writes it down.
   *
   * @param token where it is to live: {@link OpenVault#SOFTWARE} or an HSM's name
   * @return SubjectPublicKeyInfo, DER
   */
  Bytes make(KeyId id, KeyAlgorithm algorithm, KeyPolicy policy, String token)
      throws CeremonyAborted, VaultUnusable, IOException {
    Bytes key;
    if (token.equals(OpenVault.SOFTWARE)) {
      key = open.vault().makeKey(id, algorithm, policy, Optional.empty()).publicKey();
    } else {
      char[] pin = open.pin(token);
      try {
        key = open.vault().makeKey(id, algorithm, policy, token, pin).publicKey();
      } finally {
        Arrays.fill(pin, '\0');
      }
    }
    note(id, algorithm, key);
    return key;
  }

  /** Writes down one that was made elsewhere. */
  void note(KeyId id, KeyAlgorithm algorithm, Bytes publicKey) {
    made.add(id);
    room.minutes().key(id.value(), algorithm.word(), "made", publicKey);
  }

  /** Writes down one that came from elsewhere, and goes again if the ceremony is broken off. */
  void taken(KeyId id, KeyAlgorithm algorithm, Bytes publicKey) {
    made.add(id);
    room.minutes().key(id.value(), algorithm.word(), "taken-over", publicKey);
  }

  /** What was broken off leaves no key that would stand in the way of the next attempt. */
  void abandon() {
    for (KeyId key : made) {
      try {
        open.vault().destroyKey(key);
      } catch (VaultUnusable | IOException | IllegalArgumentException failed) {
        room.tell(room.words().say("rollover.left", key, String.valueOf(failed.getMessage())));
      }
    }
  }
}
