package de.kreissiegel.ca.identity;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.identity.ConfirmationBook.Whom;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.CheckKind;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * People are checked again after a while, where profiles say so (BSI TR-03145-1, IR.Req.5): who is
 * due, officers who confirm them, and what doesn't go before they have.
 */
public final class Confirmations {
  /** So long before officers hear of it. */
  public static final Duration AHEAD = Duration.ofDays(30);

  private static final Actor.Component SYSTEM = new Actor.Component("identity");

  private final ConfirmationBook book;
  private final Checks checks;
  private final ProfileCatalog profiles;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;

  public Confirmations(
      ConfirmationBook book,
      Checks checks,
      ProfileCatalog profiles,
      Transactions transactions,
      AuditTrail audit,
      Clock clock) {
    this.book = book;
    this.checks = checks;
    this.profiles = profiles;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /** Who is due in the tenants that the officer decides for, whoever is due first first. */
  public List<Due> due(Actor.Person officer) {
    return due(Whom.of(AccessRules.scope(officer, Action.DECIDE)), AHEAD);
  }

  private List<Due> due(Whom whom, Duration ahead) {
    Map<ProfileName, Period> rules = rules();
    Instant now = clock.instant();
    LocalDate today = checks.today(now);
    return rules.isEmpty() || whom.tenants().filter(List::isEmpty).isPresent()
        ? List.of()
        : book.due(rules, whom, today.plusDays(ahead.toDays()), now).stream()
            .map(
                one ->
                    new Due(
                        one.subject(),
                        one.name(),
                        one.tenant(),
                        one.checked(),
                        one.due(),
                        one.due().isBefore(today)))
            .toList();
  }

  private Map<ProfileName, Period> rules() {
    var rules = new HashMap<ProfileName, Period>();
    for (CertificateProfile profile : profiles.all()) {
      profile.registration().reconfirm().ifPresent(rule -> rules.put(profile.name(), rule));
    }
    return rules;
  }

  /**
   * An officer has checked somebody who is due. Unchanged is no check here.
   *
   * @throws Refused OWN_APPLICATION (nobody confirms themselves); NOT_FOUND if they aren't due, or
   *     not in the officer's tenants; CHECK_MISSING
   */
  public CheckRecord confirm(
      Actor.Person officer, SubjectId subject, TenantId tenant, IdentityCheck check)
      throws Refused {
    if (officer.id().equals(subject)) {
      throw new Refused(RefusalReason.OWN_APPLICATION, "nobody confirms themselves");
    }
    if (!AccessRules.scope(officer, Action.DECIDE).contains(tenant)
        || due(Whom.of(List.of(tenant)).only(subject), AHEAD).isEmpty()) {
      throw new Refused(RefusalReason.NOT_FOUND, "nobody who is due");
    }
    if (check.kind() == CheckKind.UNCHANGED || check.kind() == CheckKind.DEVICE_RECORD) {
      throw new Refused(
          RefusalReason.CHECK_MISSING, check.kind().configName() + " confirms nobody");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    check.requireTimely(checks.today(now));
    var record =
        new CheckRecord(
            subject, tenant, check, officer.id(), officer.displayName(), now, Optional.empty());
    return transactions.<CheckRecord, RuntimeException>inTransaction(
        transaction -> {
          checks.add(transaction, record);
          audit.append(
              transaction,
              officer,
              "person.confirmed",
              Optional.of(tenant),
              "person:" + subject,
              check.toString());
          return record;
        });
  }

  /**
   * Whether somebody wasn't confirmed in time: then nothing of a kind that wants it goes without an
   * officer, or with a check that rests on the one before. That is whoever officers are told of as
   * overdue, and whose last check is too old for this kind.
   */
  public boolean isOverdue(CertificateProfile profile, Subject subject) {
    Instant now = clock.instant();
    return profile
        .registration()
        .reconfirm()
        .filter(_ -> subject.kind() == SubjectKind.PERSON)
        .filter(
            rule ->
                book.isCheckedTooLongAgo(subject.id(), rule, checks.today(now))
                    || due(Whom.anywhere(subject.id()), Duration.ZERO).stream()
                        .anyMatch(Due::overdue))
        .isPresent();
  }

  /** Reminds each tenant's officers once of everybody who has become due. A job's method. */
  public int remind() {
    int all = 0;
    List<Due> some = due(Whom.unremindedOf(), AHEAD);
    while (!some.isEmpty()) {
      int reminded = remind(some);
      all += reminded;
      // Another node may do the same; what it has reminded of isn't found again.
      some =
          reminded == 0 || some.size() < ConfirmationBook.MOST
              ? List.of()
              : due(Whom.unremindedOf(), AHEAD);
    }
    return all;
  }

  private int remind(List<Due> some) {
    Map<TenantId, Integer> reminded = new TreeMap<>();
    transactions.<Boolean, RuntimeException>inTransaction(
        transaction -> {
          for (Due one : some) {
            if (book.remind(transaction, one.subject(), one.tenant(), one.due())) {
              reminded.merge(one.tenant(), 1, Integer::sum);
            }
          }
          reminded.forEach(
              (tenant, number) ->
                  audit.append(
                      transaction,
                      SYSTEM,
                      "person.confirmation-due",
                      Optional.of(tenant),
                      "tenant:" + tenant,
                      "people=" + number));
          return true;
        });
    return reminded.values().stream().mapToInt(Integer::intValue).sum();
  }
}
