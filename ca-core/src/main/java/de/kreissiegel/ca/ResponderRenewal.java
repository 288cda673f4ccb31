package de.kreissiegel.ca;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.AuthorityState;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.issuance.SystemCertificates;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.status.ResponderCertificates;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a certificate for the key of each authority's OCSP responder. */
final class ResponderRenewal implements ResponderCertificates {
  private static final System.Logger LOG = System.getLogger(ResponderRenewal.class.getName());

  private final AuthorityCatalog authorities;
  private final Signer signer;
  private final SystemCertificates issuer;
  private final CertificateBook book;
  private final Clock clock;
  private final Map<AuthorityName, StoredCertificate> current = new ConcurrentHashMap<>();

  ResponderRenewal(
      AuthorityCatalog authorities,
      Signer signer,
      SystemCertificates issuer,
      CertificateBook book,
      Clock clock) {
    this.authorities = authorities;
    this.signer = signer;
    this.issuer = issuer;
    this.book = book;
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
    Instant now = clock.instant();
    StoredCertificate known = current.get(authority);
    if (known == null || now.isAfter(known.notAfter())) {
      // Another node may have made it.
      known =
          book.ofSystem(profile(authority).value(), now).stream()
              .filter(one -> one.authority().equals(authority))
              .findFirst()
              .orElse(null);
      if (known != null) {
        current.put(authority, known);
      }
    }
    return Optional.ofNullable(known).map(StoredCertificate::encoded);
  }

  private void renew(Authority authority, KeyId keyId) throws SigningUnavailable {
    VaultKey key =
        signer.keys().stream()
            .filter(candidate -> candidate.id().equals(keyId))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the vault has no key " + keyId));
    try {
      current.put(
          authority.name(), issuer.issue(profile(authority.name()), key.publicKey(), List.of()));
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

  /** One profile for all generations of an authority, for a profile names its issuer. */
  private ProfileName profile(AuthorityName authority) {
    AuthorityName line = authorities.lineOf(authority).map(AuthorityLine::name).orElse(authority);
    return new ProfileName("ocsp-responder-" + line);
  }
}
