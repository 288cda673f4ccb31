package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.hsm.ceremony.KeyShare;
import de.kreissiegel.hsm.ceremony.RecordVerifier;
import de.kreissiegel.hsm.ceremony.Seal;
import de.kreissiegel.hsm.ceremony.VaultBackup;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Makes a vault again on a fresh machine: from a backup and the custodians' shares. */
final class RestoreAct {
  private final Room room;
  private final Place place;
  private final Place workshop;
  private final VaultAccess access;
  private final SecureRandom random;

  RestoreAct(Room room, Place place, VaultAccess access, SecureRandom random) {
    this.room = room;
    this.place = place;
    this.workshop = place.workshop();
    this.access = access;
    this.random = random;
  }

  /**
   * Leads through it.
   *
   * @param journal a newer copy of the journal's folder, if one was saved
   */
  Path perform(Path backup, Optional<Path> journal)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    for (Path there : new Path[] {place.vault(), place.authorities(), place.ceremonies()}) {
      if (Files.exists(there)) {
        throw new CeremonyFailed(room.words().say("fail.exists", there));
      }
    }
    Bytes key = VaultBackup.ceremonyPublicKey(backup);
    Bytes sums = VaultBackup.check(backup);
    Path signature = backup.resolve(Seal.SIGNATURE);
    if (!Files.exists(signature)
        || !new RecordVerifier(key).sealed(sums, Bytes.of(Files.readAllBytes(signature)))) {
      throw new CeremonyFailed(room.words().say("fail.backup"));
    }
    room.enter(room.plan().threshold());
    Place.folder(place.root());
    Place.clear(workshop.root());
    Place.folder(workshop.root());
    try {
      Path record = inWorkshop(backup, journal, key);
      moveIn();
      return place.ceremonies().resolve(String.valueOf(record.getFileName()));
    } finally {
      Place.clear(workshop.root());
    }
  }

  private Path inWorkshop(Path backup, Optional<Path> journal, Bytes key)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    room.step(
        "copy",
        () -> {
          VaultBackup.restore(backup, journal, workshop.vault());
          for (Path folder :
              new Path[] {workshop.authorities(), workshop.trust(), workshop.ceremonies()}) {
            VaultBackup.restoreBeside(backup, folder);
          }
          return backup;
        },
        backup,
        Digest.grouped(Digest.sha256(key.toArray())));
    char[] operational = new Shares(room, KeyShare.vaultId(key)).collect(Shares.OPERATIONAL);
    Place.folder(workshop.secrets());
    Place.write(workshop.passphrase(), new String(operational).getBytes(StandardCharsets.US_ASCII));
    Arrays.fill(operational, '\0');
    try (OpenVault open = OpenVault.open(room, workshop, access)) {
      open.activate(Vault.CEREMONY_KEY);
      for (VaultKey one : open.vault().keys()) {
        room.minutes()
            .key(
                one.id().value(),
                "",
                VaultBackup.holds(backup, one.id()) ? "restored" : "in-hsm",
                one.publicKey());
      }
      open.noteAbsent();
      Optional<KeyId> root = root();
      if (root.isPresent()) {
        prove(open, root.get());
      }
      return room.step(
          "close", () -> new Archive(room, random).close(open, workshop.ceremonies(), Map.of()));
    }
  }

  /** The key of the root that issues now; one before it may have ended. */
  private Optional<KeyId> root() throws IOException {
    if (room.plan().hierarchy().root().isEmpty()) {
      return Optional.empty();
    }
    HierarchyPlan.RootAuthority planned = room.plan().hierarchy().ownRoot();
    return AuthorityFiles.read(workshop.authorities())
        .line(planned.name())
        .flatMap(line -> line.active(room.minutes().now()))
        .map(generation -> generation.authority().key())
        .or(() -> Optional.of(planned.key()));
  }

  private void prove(OpenVault open, KeyId root)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    room.step(
        "prove",
        () -> {
          open.activate(root);
          open.vault().lock(root);
          return root;
        },
        root);
  }

  private void moveIn() throws IOException {
    if (Files.exists(workshop.trust())) {
      Place.clear(place.trust());
      Place.move(workshop.trust(), place.trust());
    }
    Place.move(workshop.ceremonies(), place.ceremonies());
    Place.move(workshop.passphrase(), place.passphrase());
    Place.move(workshop.authorities(), place.authorities());
    Place.move(workshop.vault(), place.vault());
  }
}
