package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.terms.Acceptance;
import de.kreissiegel.ca.terms.Terms;
import de.kreissiegel.ca.terms.TermsBook;
import de.kreissiegel.ca.terms.TermsCatalog;
import de.kreissiegel.ca.terms.TermsDesk;
import de.kreissiegel.ca.terms.TermsName;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The bundled terms, and acceptances in memory; all is accepted but the terms of signatures. */
final class SampleTerms implements TermsBook {
  private final TermsCatalog catalog = TermsCatalog.bundled();
  private final List<Acceptance> accepted = new CopyOnWriteArrayList<>();

  TermsDesk desk(Clock clock) {
    Transactions none =
        new Transactions() {
          @Override
          public <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work)
              throws X {
            return work.in(new Transaction() {});
          }
        };
    AuditTrail silent =
        (Transaction _, Actor _, String _, Optional<TenantId> _, String _, String _) -> {};
    return new TermsDesk(catalog, this, none, silent, clock);
  }

  @Override
  public void keep(TermsCatalog all, Instant now) {}

  @Override
  public Optional<Terms> find(TermsName name, int version) {
    return catalog.all().stream()
        .filter(one -> one.name().equals(name) && one.version() == version)
        .findFirst();
  }

  @Override
  public void accept(Transaction transaction, Acceptance acceptance) {
    accepted.add(acceptance);
  }

  @Override
  public List<Acceptance> of(SubjectId person, Instant until) {
    Terms usual = catalog.all().getFirst();
    var all =
        new ArrayList<>(accepted.stream().filter(one -> one.person().equals(person)).toList());
    all.add(
        new Acceptance(
            person,
            usual.name(),
            usual.version(),
            usual.digest(),
            Instant.parse("2026-09-01T08:15:00Z")));
    return all;
  }
}
