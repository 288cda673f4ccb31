package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Makes an operational key, or puts another policy over one. */
final class KeyAct {
  private final Room room;
  private final Place place;
  private final VaultAccess access;
  private final SecureRandom random;

  KeyAct(Room room, Place place, VaultAccess access, SecureRandom random) {
    this.room = room;
    this.place = place;
    this.access = access;
    this.random = random;
  }

  /**
   * Makes one.
   *
   * @param token the HSM where it is to live, as vault.yaml names it; none for the software token
   */
  Path make(KeyId id, KeyAlgorithm algorithm, Path policyFile, Optional<String> token)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    KeyPolicy policy = PolicyText.read(room, id, policyFile);
    room.enter(room.plan().threshold());
    try (OpenVault open = OpenVault.open(room, place, access)) {
      open.activate(Vault.CEREMONY_KEY);
      var key =
          room.step(
              "make",
              () ->
                  token.isPresent()
                      ? makeOn(open, token.get(), id, algorithm, policy)
                      : open.vault().makeKey(id, algorithm, policy, Optional.empty()),
              id,
              algorithm.word(),
              policy.structures(),
              token.map(name -> room.words().say("make.token", name)).orElse(""));
      room.minutes().key(id.value(), algorithm.word(), "made", key.publicKey());
      return close(open, Map.of("policy.yaml", PolicyText.octets(policyFile)));
    }
  }

  private static VaultKey makeOn(
      OpenVault open, String token, KeyId id, KeyAlgorithm algorithm, KeyPolicy policy)
      throws CeremonyAborted, VaultUnusable, IOException {
    char[] pin = open.pin(token);
    try {
      return open.vault().makeKey(id, algorithm, policy, token, pin);
    } finally {
      Arrays.fill(pin, '\0');
    }
  }

  Path changePolicy(KeyId id, Path policyFile)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    KeyPolicy policy = PolicyText.read(room, id, policyFile);
    room.enter(room.plan().threshold());
    try (OpenVault open = OpenVault.open(room, place, access)) {
      var key = open.key(id);
      open.activate(Vault.CEREMONY_KEY);
      room.step(
          "change",
          () -> {
            open.vault().changePolicy(id, policy);
            return open;
          },
          id,
          policy.structures());
      room.minutes().key(id.value(), "", "changed", key.publicKey());
      return close(open, Map.of("policy.yaml", PolicyText.octets(policyFile)));
    }
  }

  private Path close(OpenVault open, Map<String, byte[]> papers)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    return room.step(
        "close", () -> new Archive(room, random).close(open, place.ceremonies(), papers));
  }
}
