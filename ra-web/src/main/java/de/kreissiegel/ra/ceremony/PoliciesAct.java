package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.AuthorityState;
import de.kreissiegel.ca.authority.Generation;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.ceremony.HierarchyPlan.IssuingAuthority;
import de.kreissiegel.ca.ceremony.IdentifiedPolicy;
import de.kreissiegel.ca.escrow.EscrowVault;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the policies of a changed plan over the keys that issue, and over those of escrow: other
 * first officers, other tenants, other hosts of the system. The way back in, too, when no officer's
 * certificate is good any more.
 */
final class PoliciesAct {
  private final Room room;
  private final Place place;
  private final VaultAccess access;
  private final SecureRandom random;

  PoliciesAct(Room room, Place place, VaultAccess access, SecureRandom random) {
    this.room = room;
    this.place = place;
    this.access = access;
    this.random = random;
  }

  Path perform(Path planFile)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    requireSameHouse();
    AuthorityCatalog catalog = AuthorityFiles.read(place.authorities());
    Words words = room.words();
    room.tell(words.say("plan.tenants", String.join(", ", room.plan().tenants())));
    room.plan()
        .officers()
        .names()
        .forEach((key, name) -> room.tell(words.say("plan.officer", name, key.toHex())));
    room.enter(room.plan().threshold());
    try (OpenVault open = OpenVault.open(room, place, access)) {
      open.activate(Vault.CEREMONY_KEY);
      Instant now = room.minutes().now();
      for (AuthorityLine line : catalog.lines()) {
        for (Generation generation : line.generations()) {
          if (!line.isRoot() && issues(line.state(generation, now))) {
            KeyPolicy policy =
                IdentifiedPolicy.of(generation.authority(), policy(line, generation));
            change(open, generation.authority().key(), policy);
          }
        }
      }
      changeEscrow(open);
      byte[] plan = Files.readAllBytes(planFile);
      Path record =
          room.step(
              "close",
              () ->
                  new Archive(room, random)
                      .close(open, place.ceremonies(), Map.of("plan.yaml", plan)));
      FirstOfficers.write(place.trust(), room.plan().officers().names());
      Place.write(place.plan(), plan);
      return record;
    }
  }

  /**
   * Keys, certificates and shares are none of this act's: there the plan stays as it was. An
   * authority under an external superior may come in; ceremonies of its own make it.
   */
  private void requireSameHouse() throws CeremonyFailed, IOException {
    CeremonyPlan kept = CeremonyPlan.read(place.plan());
    CeremonyPlan plan = room.plan();
    HierarchyPlan known =
        plan.hierarchy()
            .with(
                plan.hierarchy().issuing().stream()
                    .filter(one -> !one.external() || isIn(kept.hierarchy(), one))
                    .toList());
    if (!kept.hierarchy().equals(known)
        || !kept.shares().equals(plan.shares())
        || !kept.custodians().equals(plan.custodians())) {
      throw new CeremonyFailed(room.words().say("fail.policies.plan"));
    }
  }

  private static boolean isIn(HierarchyPlan plan, IssuingAuthority authority) {
    return plan.issuing().stream().anyMatch(one -> one.name().equals(authority.name()));
  }

  private static boolean issues(AuthorityState state) {
    return state == AuthorityState.ACTIVE || state == AuthorityState.PLANNED;
  }

  /** A plan that says nothing of escrow leaves its keys as they are, whoever made them. */
  private void changeEscrow(OpenVault open)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    for (VaultKey key : open.vault().keys()) {
      if (EscrowVault.isEscrowKey(key.id())) {
        Optional<Integer> officers = room.plan().escrow();
        if (officers.isPresent()) {
          change(open, key.id(), room.plan().policies().escrow(officers.get()));
        } else {
          room.tell(room.words().say("plan.escrow.left", key.id()));
        }
      }
    }
  }

  private void change(OpenVault open, KeyId key, KeyPolicy policy)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    room.step(
        "change",
        () -> {
          open.vault().changePolicy(key, policy);
          return key;
        },
        key);
    room.minutes().key(key.value(), "", "changed", open.key(key).publicKey());
  }

  private KeyPolicy policy(AuthorityLine line, Generation generation) throws CeremonyFailed {
    IssuingAuthority planned =
        room.plan().hierarchy().issuing().stream()
            .filter(one -> one.name().equals(line.name()))
            .findFirst()
            .orElseThrow(
                () -> new CeremonyFailed(room.words().say("fail.rollover.plan", line.name())));
    return room.plan()
        .policies()
        .issuing(
            planned.generation(generation.number()),
            line.name(),
            generation.authority().notAfter());
  }
}
