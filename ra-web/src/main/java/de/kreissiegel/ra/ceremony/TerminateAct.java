package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityFiles.Member;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.ceremony.IdentifiedPolicy;
import de.kreissiegel.ca.ceremony.RootListCeremony;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
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
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ends an authority before its time: its last CRL holds until its certificate would have ended, its
 * keys are destroyed, and all that could bring them back is accounted for.
 */
final class TerminateAct {
  private final Room room;
  private final Place place;
  private final VaultAccess access;
  private final SecureRandom random;

  TerminateAct(Room room, Place place, VaultAccess access, SecureRandom random) {
    this.room = room;
    this.place = place;
    this.access = access;
    this.random = random;
  }

  /**
   * Leads through it.
   *
   * @param name the generation's
   * @param published its newest CRL as it was published; a root's lies with the hierarchy
   */
  Path perform(AuthorityName name, Optional<Path> published)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    Words words = room.words();
    AuthorityCatalog catalog = AuthorityFiles.read(place.authorities());
    Authority authority =
        catalog.find(name).orElseThrow(() -> new CeremonyFailed(words.say("fail.authority", name)));
    requireAlone(catalog, authority);
    Bytes last = last(catalog, authority, published);
    room.enter(room.plan().threshold());
    try (OpenVault open = OpenVault.open(room, place, access)) {
      open.activate(Vault.CEREMONY_KEY);
      Bytes list =
          room.step(
              "list",
              () -> sign(open, authority, last),
              subject(authority),
              words.day(authority.notAfter()));
      Certificates.noteCrl(room, name.value(), list);
      var accounts = new DestroyAct(room, place, access, random);
      List<KeyId> keys = new ArrayList<>(List.of(authority.key()));
      authority.ocspKey().ifPresent(keys::add);
      BackupAccounts.ask(room, "ask.backup.place");
      if (authority.isOffline()) {
        accounts.shares();
      }
      for (KeyId key : keys) {
        VaultKey told = open.key(key);
        room.step(
            "destroy",
            () -> {
              accounts.destroy(open, told);
              return key;
            },
            key,
            Digest.grouped(Digest.sha256(told.publicKey().toArray())));
      }
      return room.step("close", () -> close(open, name, list));
    }
  }

  /** An authority with living ones under it can't go before them. */
  private void requireAlone(AuthorityCatalog catalog, Authority authority) throws CeremonyFailed {
    Instant now = room.minutes().now();
    for (var line : catalog.lines()) {
      for (var generation : line.generations()) {
        if (!generation.authority().equals(authority)
            && generation.authority().chain().contains(authority.certificate())
            && generation.isAlive(now)) {
          throw new CeremonyFailed(
              room.words()
                  .say("fail.terminate.under", authority.name(), generation.authority().name()));
        }
      }
    }
  }

  /** The newest list, which must be this authority's own. */
  private Bytes last(AuthorityCatalog catalog, Authority authority, Optional<Path> published)
      throws CeremonyFailed, IOException {
    Optional<Bytes> list = catalog.ceremonyCrl(authority.name());
    if (published.isPresent()) {
      list = Optional.of(Bytes.of(Files.readAllBytes(published.get())));
    }
    Bytes last =
        list.orElseThrow(
            () -> new CeremonyFailed(room.words().say("fail.terminate.list", authority.name())));
    X509Certificate certificate = Papers.parse(authority.certificate());
    if (!RootListCeremony.isSignedBy(last, certificate)) {
      throw new CeremonyFailed(room.words().say("fail.terminate.foreign", authority.name()));
    }
    return last;
  }

  private Bytes sign(OpenVault open, Authority authority, Bytes last)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    open.vault().changePolicy(authority.key(), IdentifiedPolicy.of(authority, lastList(authority)));
    if (authority.isOffline()) {
      open.activate(authority.key());
    } else {
      open.unlock(authority.key());
    }
    return new RootListCeremony(open.vault(), random)
        .next(
            authority.key(),
            last,
            RootListCeremony.entries(last, List.of()),
            room.minutes().now(),
            authority.notAfter());
  }

  private KeyPolicy lastList(Authority authority) throws IOException {
    var policies = room.plan().policies();
    return AuthorityFiles.read(place.authorities()).takenOver(authority.name()).isPresent()
        ? policies.lastListOfTakenOver(authority)
        : policies.lastList(commonName(authority));
  }

  private Path close(OpenVault open, AuthorityName name, Bytes list)
      throws IOException, SigningUnavailable, SigningRefused {
    Path record =
        new Archive(room, random)
            .close(open, place.ceremonies(), Map.of(name + ".crl", list.toArray()));
    List<Member> members = new ArrayList<>();
    for (Member member : AuthorityFiles.members(place.authorities())) {
      members.add(
          member.name().equals(name)
              ? member.with(member.standing().terminated(room.minutes().now()))
              : member);
    }
    AuthorityFiles.write(
        place.authorities(),
        members,
        Map.of(name, list),
        AuthorityFiles.read(place.authorities()).rollover());
    return record;
  }

  private static String subject(Authority authority) throws IOException {
    return Papers.parse(authority.certificate()).getSubjectX500Principal().getName();
  }

  private static String commonName(Authority authority) {
    return de.kreissiegel.ca.ceremony.AuthorityNames.commonName(authority.subjectName());
  }
}
