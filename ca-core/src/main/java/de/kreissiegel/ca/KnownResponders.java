package de.kreissiegel.ca;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.status.ResponderCertificates;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The certificates of OCSP responders' keys, as the database has them. */
final class KnownResponders implements ResponderCertificates {
  private final AuthorityCatalog authorities;
  private final CertificateBook book;
  private final Clock clock;
  private final Map<AuthorityName, StoredCertificate> current = new ConcurrentHashMap<>();

  KnownResponders(AuthorityCatalog authorities, CertificateBook book, Clock clock) {
    this.authorities = authorities;
    this.book = book;
    this.clock = clock;
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

  void put(AuthorityName authority, StoredCertificate certificate) {
    current.put(authority, certificate);
  }

  /** One profile for all generations of an authority, for a profile names its issuer. */
  ProfileName profile(AuthorityName authority) {
    AuthorityName line = authorities.lineOf(authority).map(AuthorityLine::name).orElse(authority);
    return new ProfileName("ocsp-responder-" + line);
  }
}
