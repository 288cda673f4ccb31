package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.AuthorityState;
import de.kreissiegel.ca.authority.Generation;
import de.kreissiegel.ca.ceremony.HierarchyPlan.IssuingAuthority;
import de.kreissiegel.ca.ceremony.IdentifiedPolicy;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Leaves a key whose successor issues by now only what it needs to tell of its certificates. */
final class RetireAct {
  private final Room room;
  private final Place place;
  private final VaultAccess access;
  private final SecureRandom random;

  RetireAct(Room room, Place place, VaultAccess access, SecureRandom random) {
    this.room = room;
    this.place = place;
    this.access = access;
    this.random = random;
  }

  Path perform(AuthorityName name)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    Words words = room.words();
    AuthorityCatalog catalog = AuthorityFiles.read(place.authorities());
    AuthorityLine line =
        catalog.line(name).orElseThrow(() -> new CeremonyFailed(words.say("fail.authority", name)));
    if (catalog.takenOver(name).isPresent()) {
      throw new CeremonyFailed(words.say("fail.takeover.only", name));
    }
    Instant now = room.minutes().now();
    List<Generation> retiring =
        line.generations().stream()
            .filter(one -> line.state(one, now) == AuthorityState.RETIRING)
            .toList();
    if (retiring.isEmpty()) {
      throw new CeremonyFailed(words.say("fail.retire", name));
    }
    room.enter(room.plan().threshold());
    try (OpenVault open = OpenVault.open(room, place, access)) {
      open.activate(Vault.CEREMONY_KEY);
      for (Generation one : retiring) {
        KeyId key = one.authority().key();
        KeyPolicy policy = IdentifiedPolicy.of(one.authority(), policy(line, one));
        room.step(
            "retire",
            () -> {
              open.vault().changePolicy(key, policy);
              return one;
            },
            key);
        room.minutes().key(key.value(), "", "changed", open.key(key).publicKey());
      }
      return room.step(
          "close", () -> new Archive(room, random).close(open, place.ceremonies(), Map.of()));
    }
  }

  private KeyPolicy policy(AuthorityLine line, Generation generation) throws CeremonyFailed {
    if (line.isRoot()) {
      return room.plan().policies().retiringRoot();
    }
    IssuingAuthority planned =
        room.plan().hierarchy().issuing().stream()
            .filter(one -> one.name().equals(line.name()))
            .findFirst()
            .orElseThrow(
                () -> new CeremonyFailed(room.words().say("fail.rollover.plan", line.name())));
    return room.plan()
        .policies()
        .retiring(
            planned.generation(generation.number()),
            line.name(),
            generation.authority().notAfter());
  }
}
