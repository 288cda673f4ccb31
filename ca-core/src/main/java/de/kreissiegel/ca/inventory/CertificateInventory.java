package de.kreissiegel.ca.inventory;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The door to issued certificates. */
public final class CertificateInventory {
  private final CertificateBook book;
  private final Ownership ownership;
  private final ReadLog reads;
  private final Clock clock;

  public CertificateInventory(
      CertificateBook book, Ownership ownership, ReadLog reads, Clock clock) {
    this.book = book;
    this.ownership = ownership;
    this.reads = reads;
    this.clock = clock;
  }

  /** The actor's own: those that name them or what they answer for. Newest first. */
  public List<StoredCertificate> own(Actor.Person person) {
    var tenants = AccessRules.scope(person, Action.VIEW_OWN);
    return book.ofSubjects(ownership.subjectsOf(person)).stream()
        .filter(certificate -> certificate.tenant().filter(tenants::contains).isPresent())
        .toList();
  }

  /** Those of the actor's own that are looked for. */
  public List<StoredCertificate> own(Actor.Person person, CertificateQuery query) {
    return book.search(
        AccessRules.scope(person, Action.VIEW_OWN),
        ownership.subjectsOf(person),
        query,
        clock.instant());
  }

  /**
   * One of the actor's own.
   *
   * @throws Refused NOT_FOUND, also where it is another's, and where its retention has ended
   */
  public StoredCertificate viewOwn(
      Actor.Person person, AuthorityName authority, SerialNumber serial) throws Refused {
    return own(person).stream()
        .filter(one -> one.authority().equals(authority) && one.serial().equals(serial))
        .filter(one -> !one.isErased())
        .findFirst()
        .orElseThrow(
            () ->
                new Refused(RefusalReason.NOT_FOUND, "no certificate " + authority + "/" + serial));
  }

  /** Certificates of the tenants that the actor may see; that they did is noted. */
  public List<StoredCertificate> search(Actor actor, CertificateQuery query) {
    List<StoredCertificate> found =
        book.search(AccessRules.scope(actor, Action.VIEW_CERTIFICATES), query, clock.instant());
    reads.listed(actor, query.filter().tenant(), "certificates", query, found.size());
    return found.stream().map(one -> veiled(actor, one)).toList();
  }

  /**
   * One certificate, if it is the actor's own or of a tenant that they may see; a look at another's
   * is noted.
   *
   * @throws Refused NOT_FOUND, also where it exists but is not for this actor, and where its
   *     retention has ended
   */
  public StoredCertificate view(Actor actor, AuthorityName authority, SerialNumber serial)
      throws Refused {
    StoredCertificate seen =
        book.find(authority, serial)
            .filter(certificate -> maySee(actor, certificate) && !certificate.isErased())
            .orElseThrow(
                () ->
                    new Refused(
                        RefusalReason.NOT_FOUND, "no certificate " + authority + "/" + serial));
    if (!ownership.holds(actor, Action.VIEW_OWN, seen)) {
      reads.viewed(actor, seen.tenant(), seen.auditName());
      return veiled(actor, seen);
    }
    return seen;
  }

  /**
   * When a relying party last asked about a certificate by OCSP, and what it heard; empty if none
   * ever did. Who looks at its CRL asks nobody.
   *
   * @param certificate as {@link #view} gave it
   */
  public Optional<Inquiry> lastInquiry(StoredCertificate certificate) {
    return book.lastInquiry(certificate.authority(), certificate.serial());
  }

  /** By its request it could be told whose a pseudonym is: that is for officers alone. */
  private static StoredCertificate veiled(Actor actor, StoredCertificate certificate) {
    boolean pseudonymous = certificate.subject().filter(Pseudonym::isHolder).isPresent();
    boolean officer =
        certificate
            .tenant()
            .filter(tenant -> AccessRules.allows(actor, Action.DECIDE, tenant))
            .isPresent();
    return pseudonymous && !officer ? certificate.withoutRequest() : certificate;
  }

  private boolean maySee(Actor actor, StoredCertificate certificate) {
    return certificate
            .tenant()
            .filter(tenant -> AccessRules.allows(actor, Action.VIEW_CERTIFICATES, tenant))
            .isPresent()
        || ownership.holds(actor, Action.VIEW_OWN, certificate);
  }
}
