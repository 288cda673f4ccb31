package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityFiles.Member;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.Generation;
import de.kreissiegel.ca.authority.Superior;
import de.kreissiegel.ca.ceremony.HierarchyPlan.IssuingAuthority;
import de.kreissiegel.ca.ceremony.IdentifiedPolicy;
import de.kreissiegel.ca.ceremony.KeyPolicies;
import de.kreissiegel.ca.ceremony.SuperiorChain;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an authority under an external superior needs beside request and chain: its keys, which may
 * sign nothing but the request until the chain is there; then their policies, its place in the
 * hierarchy, and its anchor among those that are handed out.
 */
final class SuperiorLineAct {
  private final Room room;
  private final Place place;
  private final OpenVault open;
  private final ExternalGeneration next;

  SuperiorLineAct(Room room, Place place, OpenVault open, ExternalGeneration next) {
    this.room = room;
    this.place = place;
    this.open = open;
    this.next = next;
  }

  /** Makes its keys; where the generation before has them, on the same token. */
  void makeKeys(NewKeys made)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    IssuingAuthority generation = next.generation();
    KeyPolicies policies = room.plan().policies();
    Optional<Authority> old = next.old().map(Generation::authority);
    room.step(
        "keys",
        () -> {
          made.make(
              generation.key(),
              next.algorithm(),
              policies.requesting(generation),
              token(old.map(Authority::key), next.planned().key()));
          return made.make(
              generation.ocspKey(),
              next.responderAlgorithm(room),
              KeyPolicy.ocspResponder(),
              token(old.flatMap(Authority::ocspKey), next.planned().ocspKey()));
        },
        generation.key() + ", " + generation.ocspKey(),
        next.algorithm().word());
  }

  private String token(Optional<KeyId> old, KeyId planned) {
    return old.map(open.vault()::tokenOf)
        .orElse(room.plan().tokens().places().getOrDefault(planned, OpenVault.SOFTWARE));
  }

  /**
   * The hierarchy with this generation, as it will be read; nothing is changed yet.
   *
   * @param begins when it begins to issue
   * @throws CeremonyFailed if it doesn't fit there
   */
  AuthorityCatalog planned(SuperiorChain chain, Instant begins) throws CeremonyFailed, IOException {
    if (next.old().filter(old -> !old.issuesFrom().isBefore(begins)).isPresent()) {
      throw new CeremonyFailed(
          room.words().say("fail.rollover.planned", next.old().get().authority().name()));
    }
    try {
      return TrialHierarchy.with(place, member(chain, begins));
    } catch (IOException wrong) {
      throw new CeremonyFailed(
          room.words().say("fail.superior.chain", String.valueOf(wrong.getMessage())), wrong);
    }
  }

  /** Its key may issue now; the one before is left what it needs to tell of its certificates. */
  void changePolicies(AuthorityCatalog planned, Instant begins)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    IssuingAuthority generation = next.generation();
    KeyPolicies policies = room.plan().policies();
    Authority own = planned.get(generation.name());
    change(
        "policy",
        generation.key(),
        IdentifiedPolicy.of(own, policies.issuing(generation, next.line(), own.notAfter())));
    if (next.old().isEmpty()) {
      return;
    }
    Authority old = next.old().get().authority();
    if (begins.isAfter(room.minutes().now())) {
      room.tell(room.words().say("rollover.later", old.key(), room.words().day(begins)));
      return;
    }
    KeyPolicy retiring =
        policies.retiring(
            next.planned().generation(next.number() - 1), next.line(), old.notAfter());
    change("retire", old.key(), IdentifiedPolicy.of(old, retiring));
  }

  private void change(String step, KeyId key, KeyPolicy policy)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    room.step(
        step,
        () -> {
          open.vault().changePolicy(key, policy);
          return key;
        },
        key);
    room.minutes().key(key.value(), "", "changed", open.key(key).publicKey());
  }

  /** Adds it to the hierarchy, and its anchor to those that are handed out. */
  void enter(SuperiorChain chain, Instant begins) throws IOException {
    TrialHierarchy.add(place.authorities(), member(chain, begins));
    Trust.anchors(place.trust(), AuthorityFiles.read(place.authorities()));
  }

  private Member member(SuperiorChain chain, Instant begins) throws IOException {
    IssuingAuthority generation = next.generation();
    List<X509Certificate> all = chain.certificates();
    var superiors = new ArrayList<Superior>();
    for (int i = 1; i < all.size(); i++) {
      superiors.add(
          new Superior(
              new AuthorityName(generation.name() + "-superior-" + i),
              SuperiorAct.encoded(all.get(i)),
              Optional.empty()));
    }
    return new Member(
        generation.name(),
        generation.key(),
        Optional.of(generation.ocspKey()),
        SuperiorAct.encoded(all.getFirst()),
        generation.lists(),
        next.standing(begins),
        Map.of(),
        superiors);
  }
}
