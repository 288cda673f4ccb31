package de.kreissiegel.ca.terms;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The one door for terms: which are in force, and who accepted them. */
public final class TermsDesk {
  private final TermsCatalog catalog;
  private final TermsBook book;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;

  public TermsDesk(
      TermsCatalog catalog,
      TermsBook book,
      Transactions transactions,
      AuditTrail audit,
      Clock clock) {
    this.catalog = catalog;
    this.book = book;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /** Those in force. */
  public TermsCatalog catalog() {
    return catalog;
  }

  /** Terms in a version that is or was in force. */
  public Optional<Terms> find(TermsName name, int version) {
    return book.find(name, version);
  }

  /** What the person has accepted, the newest first. */
  public List<Acceptance> of(SubjectId person) {
    return book.of(person, now());
  }

  /**
   * What the applicant had accepted when they asked for a certificate of this kind: the newest
   * version of the terms that are in force for it.
   */
  public Optional<Acceptance> acceptedFor(
      SubjectId applicant, ProfileName profile, TenantId tenant, Instant until) {
    return catalog
        .inForce(profile, tenant)
        .flatMap(
            terms ->
                book.of(applicant, until).stream()
                    .filter(one -> one.name().equals(terms.name()))
                    .max(Comparator.comparingInt(Acceptance::version)));
  }

  /** What is in force for certificates of these kinds and wasn't accepted by the person yet. */
  public Set<Terms> missing(
      Actor.Person person, Collection<ProfileName> profiles, TenantId tenant) {
    var missing = new LinkedHashSet<Terms>();
    profiles.forEach(profile -> catalog.inForce(profile, tenant).ifPresent(missing::add));
    if (!missing.isEmpty()) {
      List<Acceptance> accepted = of(person.id());
      missing.removeIf(terms -> accepted.stream().anyMatch(one -> one.isOf(terms)));
    }
    return missing;
  }

  /**
   * The person accepts terms that are in force. Twice is once.
   *
   * @param digest of what they read
   * @throws Refused NOT_FOUND if there are no such terms; TERMS_CHANGED if another version is in
   *     force than the one that they read
   */
  public Acceptance accept(Actor.Person person, TermsName name, int version, Bytes digest)
      throws Refused {
    Terms terms =
        catalog.all().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such terms"));
    if (terms.version() != version || !terms.digest().equals(digest)) {
      throw new Refused(RefusalReason.TERMS_CHANGED, "version " + terms.version() + " is in force");
    }
    Optional<Acceptance> before =
        of(person.id()).stream().filter(one -> one.isOf(terms)).findFirst();
    return before.isPresent() ? before.get() : note(person, terms);
  }

  private Acceptance note(Actor.Person person, Terms terms) {
    var acceptance =
        new Acceptance(person.id(), terms.name(), terms.version(), terms.digest(), now());
    return transactions.<Acceptance, RuntimeException>inTransaction(
        transaction -> {
          book.accept(transaction, acceptance);
          audit.append(
              transaction,
              person,
              "terms.accepted",
              person.tenants().stream().sorted().findFirst(),
              "terms:" + terms,
              "digest=sha256:" + terms.digest().toHex());
          return acceptance;
        });
  }

  /**
   * Nobody applies without having accepted what is in force; parts of the system accept nothing.
   *
   * @throws Refused TERMS_NOT_ACCEPTED
   */
  public void requireAccepted(Actor applicant, ProfileName profile, TenantId tenant)
      throws Refused {
    if (applicant instanceof Actor.Person person) {
      Set<Terms> missing = missing(person, List.of(profile), tenant);
      if (!missing.isEmpty()) {
        throw new Refused(
            RefusalReason.TERMS_NOT_ACCEPTED,
            "terms " + missing.iterator().next() + " weren't accepted");
      }
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS); // as the database keeps it
  }
}
