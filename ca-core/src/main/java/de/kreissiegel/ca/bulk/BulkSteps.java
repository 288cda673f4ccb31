package de.kreissiegel.ca.bulk;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.lifecycle.EffectBook;
import de.kreissiegel.ca.lifecycle.Occasion;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestBook;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is done with one row. */
final class BulkSteps {
  private static final Set<SubjectKind> PEOPLE = Set.of(SubjectKind.PERSON);
  private static final Set<SubjectKind> MACHINES = Set.of(SubjectKind.DEVICE, SubjectKind.SERVICE);

  private final BulkDesk.Records records;
  private final Holdings holdings;
  private final RegistrationDesk registration;
  private final BulkSearch search;
  private final Clock clock;

  /**
   * What there is, and where it is noted who is asked to apply.
   *
   * @param effects of occasions to apply
   */
  record Holdings(CertificateBook certificates, RequestBook requests, EffectBook effects) {}

  BulkSteps(
      BulkDesk.Records records,
      Holdings holdings,
      RegistrationDesk registration,
      SubjectDirectory directory,
      Clock clock) {
    this.records = records;
    this.holdings = holdings;
    this.registration = registration;
    this.search = new BulkSearch(directory);
    this.clock = clock;
  }

  /**
   * The row with what would be done.
   *
   * @throws Refused why it can't be
   */
  BulkRow check(Actor.Person officer, BulkJob job, BulkRow row) throws Refused {
    BulkSearch.Found found =
        search.only(
            tenants(officer, row),
            job.kind() == BulkJob.Kind.INVITATIONS ? PEOPLE : MACHINES,
            row.who());
    BulkRow ready = row.ready(found.subject(), found.tenant());
    allow(officer, job, ready);
    return ready;
  }

  /**
   * Does it, and settles the row.
   *
   * @throws Refused why not; nothing was done then
   */
  void perform(Actor.Person officer, BulkJob job, BulkRow row) throws Refused {
    switch (job.kind()) {
      case INVITATIONS -> {
        allow(officer, job, row);
        invite(officer, job, row);
      }
      case APPLICATIONS -> settle(job, row.done(Optional.of(apply(officer, job, row).id())));
    }
  }

  void settle(BulkJob job, BulkRow row) {
    records
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              records.jobs().settle(transaction, job.id(), row);
              return true;
            });
  }

  private void allow(Actor.Person officer, BulkJob job, BulkRow row) throws Refused {
    switch (job.kind()) {
      case APPLICATIONS -> registration.rehearseByOffice(officer, application(job, row));
      case INVITATIONS -> {
        SubjectId person = row.subject().orElseThrow();
        registration.requireInvitable(officer, person, tenantOf(row), job.profile());
        requireNone(job, person, tenantOf(row));
      }
    }
  }

  /** Who has one needs no letter; its end reminds them. */
  private void requireNone(BulkJob job, SubjectId person, TenantId tenant) throws Refused {
    Optional<StoredCertificate> held =
        holdings.certificates().ofSubjects(List.of(person)).stream()
            .filter(one -> one.profile().equals(job.profile()))
            .filter(one -> one.tenant().filter(tenant::equals).isPresent())
            .filter(one -> one.status() instanceof CertificateStatus.Good)
            .filter(one -> !one.isExpired(clock.instant()))
            .findFirst();
    if (held.isPresent()) {
      throw new Refused(RefusalReason.DUPLICATE, "has one already, until " + held.get().notAfter());
    }
  }

  private void invite(Actor.Person officer, BulkJob job, BulkRow row) {
    var occasion =
        new Occasion(
            row.subject().orElseThrow(),
            tenantOf(row),
            job.profile(),
            Change.Kind.INVITED,
            clock.instant(),
            true);
    records
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              holdings.effects().note(transaction, occasion);
              records
                  .audit()
                  .append(
                      transaction,
                      officer,
                      "application.expected",
                      Optional.of(occasion.tenant()),
                      occasion.auditName(),
                      "asked by " + job.auditName());
              records.jobs().settle(transaction, job.id(), row.done(Optional.empty()));
              return true;
            });
  }

  /** What was stored before an interruption, and not noted with its row, is that row's. */
  private CertificateRequest apply(Actor.Person officer, BulkJob job, BulkRow row) throws Refused {
    CertificateApplication application = application(job, row);
    try {
      return registration.submitByOffice(officer, application);
    } catch (Refused refused) {
      boolean known =
          refused.reason() == RefusalReason.DUPLICATE
              || refused.reason() == RefusalReason.KEY_IN_USE;
      Optional<CertificateRequest> before =
          known && row.state() == BulkRow.State.TRYING
              ? holdings.requests().ofApplicant(officer.auditName(), application.subject()).stream()
                  .filter(one -> one.content().proof().equals(row.csr()))
                  .findFirst()
              : Optional.empty();
      return before.orElseThrow(() -> refused);
    }
  }

  private static CertificateApplication application(BulkJob job, BulkRow row) {
    return new CertificateApplication(
        row.subject().orElseThrow(), tenantOf(row), job.profile(), row.csr().orElseThrow(), "");
  }

  private static TenantId tenantOf(BulkRow row) {
    return new TenantId(row.tenant().orElseThrow());
  }

  /** Where it may be: of another's tenant nothing is told, not even that there is one. */
  private static Set<TenantId> tenants(Actor.Person officer, BulkRow row) throws Refused {
    Set<TenantId> scope = AccessRules.scope(officer, Action.APPLY_FOR_OTHERS);
    if (row.tenant().isEmpty()) {
      return scope;
    }
    try {
      var wanted = new TenantId(row.tenant().get());
      return scope.contains(wanted) ? Set.of(wanted) : Set.of();
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "not the id of an administration");
    }
  }
}
