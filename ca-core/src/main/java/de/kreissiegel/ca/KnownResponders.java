package de.kreissiegel.ca;

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
  private final CertificateBook book;
  private final Clock clock;
  private final Map<AuthorityName, StoredCertificate> current = new ConcurrentHashMap<>();

  KnownResponders(CertificateBook book, Clock clock) {
    this.book = book;
    this.clock = clock;
  }

  @Override
  public Optional<Bytes> current(AuthorityName authority) {
    Instant now = clock.instant();
    StoredCertificate known = current.get(authority);
    if (known == null || now.isAfter(known.notAfter())) {
      // Another node may have made it.
      known = book.ofSystem(profile(authority).value(), now).stream().findFirst().orElse(null);
      if (known != null) {
        current.put(authority, known);
      }
    }
    return Optional.ofNullable(known).map(StoredCertificate::encoded);
  }

  void put(AuthorityName authority, StoredCertificate certificate) {
    current.put(authority, certificate);
  }

  /** One profile an authority, for a profile names its issuer. */
  static ProfileName profile(AuthorityName authority) {
    return new ProfileName("ocsp-responder-" + authority);
  }
}
