package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityFiles.Member;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.ceremony.RolloverCeremony;
import de.kreissiegel.hsm.ceremony.ActivationSecret;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A root's next key, with shares of its own and the link certificates. Broken off it leaves no key,
 * and the old key's policy as it was.
 */
final class RootRollOver {
  private final Room room;
  private final Place place;
  private final RollOverSteps steps;
  private final OpenVault open;
  private final NextGeneration next;
  private final KeyId key;

  /** In a vault whose ceremony key is active. */
  RootRollOver(Room room, Place place, RollOverSteps steps) {
    this.room = room;
    this.place = place;
    this.steps = steps;
    this.open = steps.open();
    this.next = steps.next();
    this.key = next.rootPlan().root().key();
  }

  Path perform()
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    if (!open.vault().tokenOf(next.oldKey()).equals(OpenVault.SOFTWARE)) {
      throw new CeremonyFailed(room.words().say("fail.rollover.token", next.oldKey()));
    }
    Path workshop = place.workshop().root();
    Place.clear(workshop);
    Place.folder(workshop);
    try (var secret = ActivationSecret.random(steps.random());
        var undo = new Undo(room)) {
      make(secret, undo);
      new HandOut(room, place.workshop(), steps.random()).perform(open.id(), Map.of(key, secret));
      Path record = certify(undo);
      keepShares();
      return record;
    } finally {
      Place.clear(workshop);
    }
  }

  private void make(ActivationSecret secret, Undo undo)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    KeyPolicy linking = room.plan().policies().linkingRoot(next.number(), next.limit());
    var made = new NewKeys(room, open);
    undo.add("rollover.left", key, made::abandon);
    room.step(
        "keys",
        () -> {
          char[] passphrase = secret.passphrase();
          try {
            Bytes publicKey =
                open.vault()
                    .makeKey(key, next.algorithm(), linking, Optional.of(passphrase))
                    .publicKey();
            made.note(key, next.algorithm(), publicKey);
            return publicKey;
          } finally {
            Arrays.fill(passphrase, '\0');
          }
        },
        key,
        next.algorithm().word());
  }

  private Path certify(Undo undo)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    RolloverCeremony.RootGeneration signed =
        room.step(
            "links",
            () -> links(undo),
            Papers.parse(next.old().certificate()).getSubjectX500Principal().getName(),
            next.number());
    AuthorityName name = next.rootPlan().root().name();
    String forward = name + "-by-" + next.old().name();
    String backward = next.old().name() + "-by-" + name;
    Certificates.note(room, name.value(), signed.certificate());
    Certificates.note(room, forward, signed.newWithOld());
    Certificates.note(room, backward, signed.oldWithNew());
    Certificates.noteCrl(room, name.value(), signed.crl());
    steps.retireOld(undo);
    var member =
        new Member(
            name,
            key,
            Optional.empty(),
            signed.certificate(),
            CrlSettings.USUAL,
            next.standing(),
            Map.of(forward, signed.newWithOld(), backward, signed.oldWithNew()));
    Map<String, byte[]> papers = new HashMap<>();
    papers.put(name + ".cer", signed.certificate().toArray());
    papers.put(forward + ".cer", signed.newWithOld().toArray());
    papers.put(backward + ".cer", signed.oldWithNew().toArray());
    papers.put(name + ".crl", signed.crl().toArray());
    papers.put("fingerprint.pdf", Certificates.sheet(room, signed.certificate()));
    return steps.close(member, Map.of(name, signed.crl()), papers, undo::keep);
  }

  /** Both keys may sign under the root's own name for this one step. */
  private RolloverCeremony.RootGeneration links(Undo undo)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    Vault vault = open.vault();
    var policies = room.plan().policies();
    Instant oldEnd = next.old().notAfter();
    int before = next.number() - 1;
    steps.change(next.oldKey(), policies.linkingRoot(before, oldEnd), undo);
    try {
      return steps.withKey(
          next.oldKey(), () -> steps.ceremony().root(next.old(), next.number(), next.latestEnd()));
    } finally {
      vault.lock(key);
      vault.changePolicy(key, policies.root(next.number(), next.limit()));
      vault.changePolicy(next.oldKey(), policies.root(before, oldEnd));
    }
  }

  /** Shares as files exist in rehearsals only; they lie where those of the other keys do. */
  private void keepShares() throws IOException {
    Path made = place.workshop().shares();
    if (Files.isDirectory(made)) {
      Place.folder(place.shares());
      try (var files = Files.newDirectoryStream(made)) {
        for (Path file : files) {
          Place.move(file, place.shares().resolve(String.valueOf(file.getFileName())));
        }
      }
    }
  }
}
