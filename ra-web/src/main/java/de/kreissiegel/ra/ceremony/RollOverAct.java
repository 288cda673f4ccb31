package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityFiles.Member;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.ceremony.RolloverCeremony;
import de.kreissiegel.hsm.ceremony.ActivationSecret;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes an authority's next key and certificate; of a root, the link certificates, too. The old key
 * is left what it needs to tell of its certificates, once the new one issues.
 */
final class RollOverAct {
  private final Room room;
  private final Place place;
  private final VaultAccess access;
  private final Clock clock;
  private final SecureRandom random;

  RollOverAct(Room room, Place place, VaultAccess access, Clock clock, SecureRandom random) {
    this.room = room;
    this.place = place;
    this.access = access;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Leads through it.
   *
   * @param from when the new key begins to issue; none: at once
   * @param algorithm of the new key; none: as the plan says of the line
   */
  Path perform(AuthorityName line, Optional<Instant> from, Optional<KeyAlgorithm> algorithm)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    var next = NextGeneration.of(room, place, line, from, algorithm);
    room.enter(room.plan().threshold());
    try (OpenVault open = OpenVault.open(room, place, access)) {
      open.activate(Vault.CEREMONY_KEY);
      var made = new NewKeys(room, open);
      boolean whole = false;
      try {
        Path record = next.isRoot() ? root(open, next, made) : issuing(open, next, made);
        whole = true;
        return record;
      } finally {
        if (!whole) {
          made.abandon();
        }
      }
    }
  }

  private Path issuing(OpenVault open, NextGeneration next, NewKeys made)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    HierarchyPlan.IssuingAuthority generation = next.issuing();
    Authority root = next.root();
    KeyPolicy policy = room.plan().policies().issuing(generation, next.line(), next.limit());
    room.step(
        "keys",
        () -> {
          made.make(
              generation.key(), next.algorithm(), policy, open.vault().tokenOf(next.oldKey()));
          return made.make(
              generation.ocspKey(),
              next.responderAlgorithm(),
              KeyPolicy.ocspResponder(),
              open.vault().tokenOf(next.oldResponderKey()));
        },
        generation.key() + ", " + generation.ocspKey(),
        next.algorithm().word());
    Bytes certificate =
        room.step(
            "certificate",
            () ->
                withKey(
                    open,
                    root.key(),
                    () -> ceremony(open).issuing(generation, root, next.latestEnd())),
            Papers.parse(root.certificate()).getSubjectX500Principal().getName(),
            generation.commonName(),
            next.number());
    Certificates.note(room, generation.name().value(), certificate);
    retireOld(open, next);
    var member =
        new Member(
            generation.name(),
            generation.key(),
            Optional.of(generation.ocspKey()),
            certificate,
            generation.lists(),
            next.standing(),
            Map.of());
    return close(open, member, Map.of(), Map.of(generation.name() + ".cer", certificate.toArray()));
  }

  private Path root(OpenVault open, NextGeneration next, NewKeys made)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    if (!open.vault().tokenOf(next.oldKey()).equals(OpenVault.SOFTWARE)) {
      throw new CeremonyFailed(room.words().say("fail.rollover.token", next.oldKey()));
    }
    KeyId key = next.rootPlan().root().key();
    KeyPolicy linking = room.plan().policies().linkingRoot(next.number(), next.limit());
    try (var secret = ActivationSecret.random(random)) {
      room.step(
          "keys",
          () -> makeAlone(open, key, next.algorithm(), linking, secret, made),
          key,
          next.algorithm().word());
      new HandOut(room, place.workshop(), random).perform(open.id(), Map.of(key, secret));
    }
    RolloverCeremony.RootGeneration signed =
        room.step(
            "links",
            () -> links(open, next, key),
            Papers.parse(next.old().certificate()).getSubjectX500Principal().getName(),
            next.number());
    noteRoot(next, signed);
    retireOld(open, next);
    AuthorityName name = next.rootPlan().root().name();
    String forward = name + "-by-" + next.old().name();
    String backward = next.old().name() + "-by-" + name;
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
    Path record = close(open, member, Map.of(name, signed.crl()), papers);
    keepShares();
    return record;
  }

  /** Both keys may sign under the root's own name for this one step. */
  private RolloverCeremony.RootGeneration links(OpenVault open, NextGeneration next, KeyId key)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    Instant oldEnd = next.old().notAfter();
    int before = next.number() - 1;
    var policies = room.plan().policies();
    open.vault().changePolicy(next.oldKey(), policies.linkingRoot(before, oldEnd));
    try {
      return withKey(
          open,
          next.oldKey(),
          () -> ceremony(open).root(next.old(), next.number(), next.latestEnd()));
    } finally {
      open.vault().lock(key);
      open.vault().changePolicy(key, policies.root(next.number(), next.limit()));
      open.vault().changePolicy(next.oldKey(), policies.root(before, oldEnd));
    }
  }

  private void noteRoot(NextGeneration next, RolloverCeremony.RootGeneration signed)
      throws IOException {
    String name = next.rootPlan().root().name().value();
    Certificates.note(room, name, signed.certificate());
    Certificates.note(room, name + "-by-" + next.old().name(), signed.newWithOld());
    Certificates.note(room, next.old().name() + "-by-" + name, signed.oldWithNew());
    Certificates.noteCrl(room, name, signed.crl());
  }

  private void retireOld(OpenVault open, NextGeneration next)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    if (next.begins().isAfter(room.minutes().now())) {
      room.tell(room.words().say("rollover.later", next.oldKey(), room.words().day(next.begins())));
      return;
    }
    room.step(
        "retire",
        () -> {
          open.vault().changePolicy(next.oldKey(), next.retiring());
          return next;
        },
        next.oldKey());
  }

  private Path close(
      OpenVault open, Member member, Map<AuthorityName, Bytes> crls, Map<String, byte[]> papers)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    return room.step(
        "close",
        () -> {
          Path record = new Archive(room, random).close(open, place.ceremonies(), papers);
          var members = new ArrayList<>(AuthorityFiles.members(place.authorities()));
          members.add(member);
          AuthorityFiles.write(
              place.authorities(),
              members,
              crls,
              AuthorityFiles.read(place.authorities()).rollover());
          Trust.anchors(place.trust(), AuthorityFiles.read(place.authorities()));
          return record;
        });
  }

  private Bytes makeAlone(
      OpenVault open,
      KeyId id,
      KeyAlgorithm algorithm,
      KeyPolicy policy,
      ActivationSecret secret,
      NewKeys made)
      throws VaultUnusable, IOException {
    char[] passphrase = secret.passphrase();
    try {
      Bytes key = open.vault().makeKey(id, algorithm, policy, Optional.of(passphrase)).publicKey();
      made.note(id, algorithm, key);
      return key;
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  private <T> T withKey(OpenVault open, KeyId key, Room.Work<T> work)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    open.activate(key);
    try {
      T made = work.perform();
      room.minutes().key(key.value(), "", "used", open.key(key).publicKey());
      return made;
    } finally {
      open.vault().lock(key);
    }
  }

  private RolloverCeremony ceremony(OpenVault open) {
    return new RolloverCeremony(room.plan().hierarchy(), open.vault(), clock, random);
  }

  /** Shares as files exist in rehearsals only; they lie where those of the other keys do. */
  private void keepShares() throws IOException {
    Path made = place.workshop().shares();
    if (java.nio.file.Files.isDirectory(made)) {
      Place.folder(place.shares());
      try (var files = java.nio.file.Files.newDirectoryStream(made)) {
        for (Path file : files) {
          Place.move(file, place.shares().resolve(String.valueOf(file.getFileName())));
        }
      }
    }
    Place.clear(place.workshop().root());
  }
}
