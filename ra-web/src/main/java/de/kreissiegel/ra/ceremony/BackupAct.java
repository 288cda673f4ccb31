package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.Seal;
import de.kreissiegel.hsm.ceremony.VaultBackup;
import de.kreissiegel.hsm.signing.Bytes;
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

/** Copies the vault, as it lies encrypted, with what belongs to it; the ceremony's key signs. */
final class BackupAct {
  private final Room room;
  private final Place place;
  private final VaultAccess access;
  private final SecureRandom random;

  BackupAct(Room room, Place place, VaultAccess access, SecureRandom random) {
    this.room = room;
    this.place = place;
    this.access = access;
    this.random = random;
  }

  Path perform(Path target)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    room.enter(room.plan().threshold());
    try (OpenVault open = OpenVault.open(room, place, access)) {
      open.activate(Vault.CEREMONY_KEY);
      var archive = new Archive(room, random);
      Bytes sums =
          room.step(
              "copy",
              () -> {
                Bytes made =
                    VaultBackup.make(
                        place.vault(),
                        List.of(place.authorities(), place.trust(), place.ceremonies()),
                        target);
                Bytes seal = Seal.over(made);
                Place.write(target.resolve(Seal.FILE), seal.toArray());
                Place.write(
                    target.resolve(Seal.SIGNATURE),
                    archive.sign(open.vault(), seal).signature().toArray());
                return made;
              },
              target);
      String medium = room.ask("medium", room.words().say("ask.medium"), false);
      room.minutes()
          .account(
              room.words().say("account.backup", Digest.grouped(Digest.sha256(sums.toArray()))),
              room.words().say("account.stored"),
              medium);
      for (VaultKey key : open.vault().keys()) {
        room.minutes()
            .key(
                key.id().value(),
                "",
                VaultBackup.holds(target, key.id()) ? "backed-up" : "in-hsm",
                key.publicKey());
      }
      open.noteAbsent();
      return room.step(
          "close",
          () ->
              archive.close(open, place.ceremonies(), Map.of("backup-SHA256SUMS", sums.toArray())));
    }
  }
}
