package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.AuthorityState;
import de.kreissiegel.ca.ceremony.RevokedAuthority;
import de.kreissiegel.ca.ceremony.RootListCeremony;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renews the root's CRL: the root's key is active for this one signature. */
final class RootCrlAct {
  private final Room room;
  private final Place place;
  private final VaultAccess access;
  private final SecureRandom random;

  RootCrlAct(Room room, Place place, VaultAccess access, SecureRandom random) {
    this.room = room;
    this.place = place;
    this.access = access;
    this.random = random;
  }

  /**
   * Leads through it.
   *
   * @param which the root's generation; none: the one that issues now
   * @param revoke authorities whose certificates are revoked with it
   * @param reason CRLReason
   */
  Path perform(Optional<AuthorityName> which, List<String> revoke, int reason)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    AuthorityCatalog catalog = AuthorityFiles.read(place.authorities());
    Authority root = root(catalog, which);
    Bytes last =
        catalog
            .ceremonyCrl(root.name())
            .orElseThrow(() -> new CeremonyFailed(room.words().say("fail.root", place.root())));
    Instant now = room.minutes().now();
    List<RevokedAuthority> entries =
        RootListCeremony.entries(last, revoked(catalog, root, revoke, reason, now));
    Period validity = room.plan().hierarchy().rootCrlValidity();
    room.enter(room.plan().threshold());
    try (OpenVault open = OpenVault.open(room, place, access)) {
      open.activate(Vault.CEREMONY_KEY);
      Bytes crl =
          room.step(
              "sign",
              () -> sign(open, root, last, entries, now, validity),
              Papers.parse(root.certificate()).getSubjectX500Principal().getName(),
              room.words().day(now.atOffset(ZoneOffset.UTC).plus(validity).toInstant()),
              entries.size());
      room.minutes().key(root.key().value(), "", "used", open.key(root.key()).publicKey());
      Certificates.noteCrl(room, root.name().value(), crl);
      return room.step(
          "close",
          () -> {
            Path record =
                new Archive(room, random)
                    .close(open, place.ceremonies(), Map.of(root.name() + ".crl", crl.toArray()));
            Place.write(place.authorities().resolve(root.name() + ".crl"), crl.toArray());
            return record;
          });
    }
  }

  private Bytes sign(
      OpenVault open,
      Authority root,
      Bytes last,
      List<RevokedAuthority> entries,
      Instant now,
      Period validity)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    open.activate(root.key());
    try {
      return new RootListCeremony(open.vault(), random)
          .next(root.key(), last, entries, now, validity);
    } finally {
      open.vault().lock(root.key());
    }
  }

  private List<RevokedAuthority> revoked(
      AuthorityCatalog catalog, Authority root, List<String> revoke, int reason, Instant now)
      throws CeremonyFailed, IOException {
    var revoked = new ArrayList<RevokedAuthority>();
    for (String name : revoke) {
      Authority authority =
          catalog.all().stream()
              .filter(one -> one.name().value().equals(name) && !one.isRoot())
              .filter(one -> one.chain().contains(root.certificate()))
              .findFirst()
              .orElseThrow(() -> new CeremonyFailed(room.words().say("fail.authority", name)));
      revoked.add(
          new RevokedAuthority(
              Papers.parse(authority.certificate()).getSerialNumber(), now, reason));
    }
    return revoked;
  }

  private Authority root(AuthorityCatalog catalog, Optional<AuthorityName> which)
      throws CeremonyFailed {
    Instant now = room.minutes().now();
    return catalog.all().stream()
        .filter(Authority::isRoot)
        .filter(
            one ->
                which.isPresent()
                    ? one.name().equals(which.get())
                    : catalog
                        .state(one.name(), now)
                        .filter(AuthorityState.ACTIVE::equals)
                        .isPresent())
        .findFirst()
        .orElseThrow(() -> new CeremonyFailed(room.words().say("fail.root", place.authorities())));
  }
}
