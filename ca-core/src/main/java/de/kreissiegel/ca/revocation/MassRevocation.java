package de.kreissiegel.ca.revocation;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Revokes many certificates in one transaction of somebody else's, each with its own fact and audit
 * event, as if it were revoked at the desk. Who may is decided by whoever asks.
 */
public final class MassRevocation {
  private final RevocationDesk.Books books;
  private final Clock clock;

  public MassRevocation(RevocationDesk.Books books, Clock clock) {
    this.books = books;
    this.clock = clock;
  }

  /**
   * Revokes those that are good or on hold and have not expired; the others stay as they are.
   *
   * @param serials in the order in which it is written down
   * @return how many it revoked
   * @throws IllegalArgumentException if one isn't there
   */
  public int revoke(
      Transaction transaction,
      Actor actor,
      AuthorityName authority,
      List<SerialNumber> serials,
      Revocation revocation) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Map<SerialNumber, StoredCertificate> locked = locked(transaction, authority, serials);
    int revoked = 0;
    for (SerialNumber serial : serials) {
      StoredCertificate certificate = Objects.requireNonNull(locked.get(serial));
      var status =
          StatusRules.revoked(
              certificate.status(), revocation.within(certificate.notBefore()), now);
      if (status.isPresent() && !certificate.isExpired(now)) {
        new StatusChange(
                actor, "certificate.revoked", revocation.reason().asn1Name(), revocation.note())
            .write(transaction, books, certificate, status.get());
        revoked++;
      }
    }
    return revoked;
  }

  /**
   * All of them before the first is changed, in order of their numbers: whoever has locked one of
   * them can get to its end meanwhile, and two of us don't wait for each other.
   */
  private Map<SerialNumber, StoredCertificate> locked(
      Transaction transaction, AuthorityName authority, List<SerialNumber> serials) {
    Map<SerialNumber, StoredCertificate> locked = new LinkedHashMap<>();
    for (SerialNumber serial :
        serials.stream().sorted(Comparator.comparing(SerialNumber::value)).toList()) {
      locked.put(
          serial,
          books
              .certificates()
              .lock(transaction, authority, serial)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException("no certificate " + authority + "/" + serial)));
    }
    return locked;
  }
}
