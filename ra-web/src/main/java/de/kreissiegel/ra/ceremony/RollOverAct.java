package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityFiles.Member;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
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
   * @param token the HSM for a root's new key; none: the software token. An issuing authority's
   *     lives where the old one does
   */
  Path perform(
      AuthorityName line,
      Optional<Instant> from,
      Optional<KeyAlgorithm> algorithm,
      Optional<RootToken> token)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    var next = NextGeneration.of(room, place, line, from, algorithm);
    TokenPlan tokens = NextRootToken.plan(room, place, next, token);
    tokens.tell(room);
    // Each custodian takes a share of a root's new key.
    room.enter(next.isRoot() ? room.plan().custodians().size() : room.plan().threshold());
    try (OpenVault open = OpenVault.open(room, place, access)) {
      open.activate(Vault.CEREMONY_KEY);
      var steps = new RollOverSteps(room, place, open, next, clock, random);
      return next.isRoot()
          ? new RootRollOver(room, place, steps, tokens).perform()
          : issuing(open, next, steps);
    }
  }

  private Path issuing(OpenVault open, NextGeneration next, RollOverSteps steps)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    HierarchyPlan.IssuingAuthority generation = next.issuing();
    Authority root = next.root();
    KeyPolicy policy = room.plan().policies().issuing(generation, next.line(), next.limit());
    var made = new NewKeys(room, open);
    try (var undo = new Undo(room)) {
      undo.add("rollover.left", generation.key(), made::abandon);
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
          next.algorithm().word(),
          "");
      Bytes certificate =
          room.step(
              "certificate",
              () ->
                  steps.withKey(
                      root.key(),
                      () -> steps.ceremony().issuing(generation, root, next.latestEnd())),
              Papers.parse(root.certificate()).getSubjectX500Principal().getName(),
              generation.commonName(),
              next.number());
      Certificates.note(room, generation.name().value(), certificate);
      steps.retireOld(undo);
      var member =
          new Member(
              generation.name(),
              generation.key(),
              Optional.of(generation.ocspKey()),
              certificate,
              generation.lists(),
              next.standing(),
              Map.of());
      return steps.close(
          member, Map.of(), Map.of(generation.name() + ".cer", certificate.toArray()), undo::keep);
    }
  }
}
