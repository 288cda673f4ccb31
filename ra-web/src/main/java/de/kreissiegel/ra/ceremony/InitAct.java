package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.ceremony.HierarchyCeremony;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.policyset.AlgorithmCalendar;
import de.kreissiegel.hsm.ceremony.ActivationSecret;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import de.kreissiegel.ra.ceremony.AnchorChoice.Anchor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes a vault with its hierarchy. All of it is made in a workshop beside; what was broken off
 * leaves nothing that looks like a vault.
 */
final class InitAct {
  private final Room room;
  private final Place place;
  private final Place workshop;
  private final VaultAccess access;
  private final Clock clock;
  private final SecureRandom random;

  InitAct(Room room, Place place, VaultAccess access, Clock clock, SecureRandom random) {
    this.room = room;
    this.place = place;
    this.workshop = place.workshop();
    this.access = access;
    this.clock = clock;
    this.random = random;
  }

  Path perform(Path planFile)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    for (Path there : new Path[] {place.vault(), place.authorities(), place.plan()}) {
      if (Files.exists(there)) {
        throw new CeremonyFailed(room.words().say("fail.exists", there));
      }
    }
    tellPlan();
    CalendarCheck.requirePlan(room);
    room.enter(room.plan().custodians().size());
    Place.folder(place.root());
    Place.clear(workshop.root());
    Place.folder(workshop.root());
    try {
      Path record = inWorkshop(planFile);
      moveIn();
      return place.ceremonies().resolve(String.valueOf(record.getFileName()));
    } finally {
      Place.clear(workshop.root());
    }
  }

  private Path inWorkshop(Path planFile)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    try (var operational = ActivationSecret.random(random);
        var ceremony = ActivationSecret.random(random);
        var root = ActivationSecret.random(random);
        var pins = new TokenPins(room, room.plan().tokens())) {
      var secrets = new HashMap<KeyId, ActivationSecret>();
      secrets.put(Shares.OPERATIONAL, operational);
      secrets.put(Vault.CEREMONY_KEY, ceremony);
      room.plan().hierarchy().root().ifPresent(planned -> secrets.put(planned.key(), root));
      pins.ask();
      pins.replace(secrets);
      Path record;
      try (var open = makeVault(operational, ceremony)) {
        record = filled(open, root, pins, secrets, planFile);
      }
      pins.keep();
      return record;
    }
  }

  private Path filled(
      OpenVault open,
      ActivationSecret root,
      TokenPins pins,
      Map<KeyId, ActivationSecret> secrets,
      Path planFile)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    boolean whole = false;
    try {
      makeKeys(open, root, pins);
      makeCertificates(open);
      new HandOut(room, workshop, random).perform(open.id(), secrets);
      Place.folder(workshop.secrets());
      char[] daily = Objects.requireNonNull(secrets.get(Shares.OPERATIONAL)).passphrase();
      Place.write(workshop.passphrase(), new String(daily).getBytes(StandardCharsets.US_ASCII));
      Path record = room.step("close", () -> close(open, planFile));
      whole = true;
      return record;
    } finally {
      if (!whole && !room.plan().tokens().tokens().isEmpty()) {
        abandon(open, root);
      }
    }
  }

  /** What was made on HSMs would stand in the way of the next attempt. */
  private void abandon(OpenVault open, ActivationSecret root) {
    char[] passphrase = root.passphrase();
    Optional<KeyId> key = room.plan().hierarchy().root().map(HierarchyPlan.RootAuthority::key);
    try {
      if (key.isPresent()
          && open.vault().keys().stream().anyMatch(one -> one.id().equals(key.get()))) {
        open.vault().activate(key.get(), passphrase);
      }
      open.vault().abandon();
    } catch (VaultUnusable | IOException | IllegalArgumentException failed) {
      room.tell(room.words().say("keys.left", String.valueOf(failed.getMessage())));
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  private OpenVault makeVault(ActivationSecret operational, ActivationSecret ceremony)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    return room.step(
        "vault",
        () -> {
          char[] daily = operational.passphrase();
          char[] rare = ceremony.passphrase();
          try {
            return OpenVault.of(
                room, access.create(workshop.vault(), room.plan().tokens().layout(), daily, rare));
          } finally {
            Arrays.fill(daily, '\0');
            Arrays.fill(rare, '\0');
          }
        });
  }

  private void makeKeys(OpenVault open, ActivationSecret root, TokenPins pins)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    CeremonyPlan plan = room.plan();
    makeKeys(open, root, pins.shelves());
    var named = new HashMap<>(plan.algorithms());
    open.vault().keys().stream()
        .sorted(Comparator.comparing(key -> key.id().value()))
        .forEach(
            key ->
                room.minutes()
                    .key(
                        key.id().value(),
                        named.containsKey(key.id()) ? named.get(key.id()).word() : inner(key),
                        "made",
                        key.publicKey()));
  }

  private void makeKeys(
      OpenVault open, ActivationSecret root, Map<KeyId, HierarchyKeys.Shelf> shelves)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    CeremonyPlan plan = room.plan();
    room.step(
        "keys",
        () -> {
          char[] passphrase = root.passphrase();
          try {
            var keys = new HierarchyKeys(open.vault(), plan.algorithms(), shelves);
            keys.make(
                plan.hierarchy(), plan.auditKey(), plan.policies(), passphrase, clock.instant());
            if (plan.escrow().isPresent()) {
              keys.makeEscrow(CeremonyPlan.ESCROW, plan.policies(), plan.escrow().get());
            }
          } finally {
            Arrays.fill(passphrase, '\0');
          }
          return open;
        },
        plan.keysOfInit().size(),
        onTokens(plan.tokens()));
  }

  private String onTokens(TokenPlan plan) {
    return plan.tokens().stream()
        .map(
            token ->
                room.words()
                    .say("keys.token", token.name(), String.join(", ", plan.keysOn(token.name()))))
        .collect(Collectors.joining());
  }

  /** The vault's own keys: Vault.create says which they are. */
  private static String inner(VaultKey key) {
    return key.id().equals(Vault.CEREMONY_KEY) ? "ecdsa-p384" : "ecdsa-p256";
  }

  private void makeCertificates(OpenVault open)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    HierarchyPlan hierarchy = room.plan().hierarchy();
    ExceptionsPlan exceptions = room.plan().exceptions();
    if (hierarchy.root().isEmpty()) {
      AuthorityFiles.write(workshop.authorities(), List.of(), Map.of());
      write(exceptions);
      return;
    }
    HierarchyPlan.RootAuthority root = hierarchy.ownRoot();
    room.step(
        "certificates",
        () -> {
          try {
            new HierarchyCeremony(
                    open.vault(), clock, random, new AlgorithmCalendar(exceptions.exceptions()))
                .perform(hierarchy, workshop.authorities());
            write(exceptions);
          } finally {
            open.vault().lock(root.key());
          }
          return open;
        },
        root.commonName(),
        hierarchy.underRoot().size());
    var catalog = AuthorityFiles.read(workshop.authorities());
    for (Authority authority : catalog.all()) {
      Certificates.note(room, authority.name().value(), authority.certificate());
    }
    Optional<Bytes> crl = catalog.ceremonyCrl(root.name());
    if (crl.isPresent()) {
      Certificates.noteCrl(room, root.name().value(), crl.get());
    }
  }

  private void write(ExceptionsPlan exceptions) throws IOException {
    if (!exceptions.text().isEmpty()) {
      Place.write(
          workshop.authorities().resolve(AuthorityFiles.EXCEPTIONS),
          exceptions.text().getBytes(StandardCharsets.UTF_8));
    }
  }

  private Path close(OpenVault open, Path planFile)
      throws IOException, SigningUnavailable, SigningRefused, CeremonyFailed {
    var catalog = AuthorityFiles.read(workshop.authorities());
    var papers = new HashMap<String, byte[]>();
    for (Authority authority : catalog.all()) {
      papers.put(authority.name() + ".cer", authority.certificate().toArray());
      if (authority.isRoot()) {
        papers.put(
            "fingerprint.pdf",
            Certificates.sheet(room, new Anchor(authority.certificate(), false)));
      }
    }
    papers.put("plan.yaml", Files.readAllBytes(planFile));
    Trust.write(
        workshop.trust(), open.vault(), open.key(room.plan().auditKey()).publicKey(), catalog);
    FirstOfficers.write(workshop.trust(), room.plan().officers().names());
    Path record = new Archive(room, random).close(open, workshop.ceremonies(), papers);
    Place.write(workshop.plan(), Files.readAllBytes(planFile));
    return record;
  }

  /** The vault comes last: only with it is there anything. */
  private void moveIn() throws IOException {
    if (Files.exists(workshop.shares())) {
      Place.clear(place.shares());
      Place.move(workshop.shares(), place.shares());
    }
    Place.clear(place.trust());
    Place.move(workshop.trust(), place.trust());
    Place.clear(place.ceremonies());
    Place.move(workshop.ceremonies(), place.ceremonies());
    Place.move(workshop.passphrase(), place.passphrase());
    Place.move(workshop.authorities(), place.authorities());
    Place.move(workshop.vault(), place.vault());
  }

  private void tellPlan() {
    Words words = room.words();
    HierarchyPlan plan = room.plan().hierarchy();
    room.tell(words.say("plan.title", plan.organization()));
    room.tell(
        plan.root()
            .map(
                root ->
                    words.say(
                        "plan.root",
                        root.commonName(),
                        room.plan().algorithm(root.key()),
                        words.period(plan.rootValidity())))
            .orElseGet(() -> words.say("plan.no-root")));
    for (HierarchyPlan.IssuingAuthority authority : plan.issuing()) {
      room.tell(
          words.say(
              authority.external() ? "plan.external" : "plan.issuing",
              authority.commonName(),
              room.plan().algorithm(authority.key()),
              words.period(plan.issuingValidity())));
    }
    room.plan().tokens().tell(room);
    room.tell(words.say("plan.tenants", String.join(", ", room.plan().tenants())));
    room.plan()
        .officers()
        .names()
        .forEach((key, name) -> room.tell(words.say("plan.officer", name, key.toHex())));
    room.tell(words.say("plan.shares", room.plan().threshold(), room.plan().custodians().size()));
  }
}
