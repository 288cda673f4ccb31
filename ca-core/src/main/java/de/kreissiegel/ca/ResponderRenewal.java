package de.kreissiegel.ca;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.AuthorityState;
import de.kreissiegel.ca.issuance.SystemCertificates;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.status.ResponderCertificates;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Keeps a certificate for the key of each authority's OCSP responder. */
final class ResponderRenewal implements ResponderCertificates {
  private static final System.Logger LOG = System.getLogger(ResponderRenewal.class.getName());

  private final AuthorityCatalog authorities;
  private final Signer signer;
  private final SystemCertificates issuer;
  private final KnownResponders known;
  private final Clock clock;

  ResponderRenewal(
      AuthorityCatalog authorities,
      Signer signer,
      SystemCertificates issuer,
      KnownResponders known,
      Clock clock) {
    this.authorities = authorities;
    this.signer = signer;
    this.issuer = issuer;
    this.known = known;
    this.clock = clock;
  }

  /** Makes those that are missing or near their end; the one that is there serves on until then. */
  void renew() throws SigningUnavailable {
    for (Authority authority : authorities.all()) {
      if (authority.ocspKey().isPresent() && lives(authority)) {
        renew(authority, authority.ocspKey().get());
      }
    }
  }

  @Override
  public Optional<Bytes> current(AuthorityName authority) {
    return known.current(authority);
  }

  private void renew(Authority authority, KeyId keyId) throws SigningUnavailable {
    VaultKey key =
        signer.keys().stream()
            .filter(candidate -> candidate.id().equals(keyId))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the vault has no key " + keyId));
    try {
      known.put(
          authority.name(),
          issuer.issue(known.profile(authority.name()), key.publicKey(), List.of()));
    } catch (Refused refused) {
      LOG.log(
          System.Logger.Level.ERROR,
          "no certificate for the OCSP responder of {0}: {1}",
          authority.name(),
          refused.getMessage());
    }
  }

  private boolean lives(Authority authority) {
    return authorities
        .state(authority.name(), clock.instant())
        .filter(state -> state != AuthorityState.ENDED)
        .isPresent();
  }
}
