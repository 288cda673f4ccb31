package de.kreissiegel.ca.lifecycle;

import static java.util.stream.Collectors.groupingBy;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.DirectoryRules.Disuse;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.roster.Change.Kind;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.Roster;
import de.kreissiegel.ca.roster.RosterEntry;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Certificates about which nobody asks any more (NET.3.3.A5), where their profile has a rule for
 * it. Their holders are warned first: whatever the reason for the silence is, they have two weeks
 * to use it once. Where nobody asks about any certificate of a profile, its relying parties don't
 * ask at all, and nothing is concluded.
 */
final class IdleCertificates {
  /** Whose changes the items are said to be: no directory's. */
  static final DirectoryName USE = new DirectoryName("use");

  private static final System.Logger LOG = System.getLogger(IdleCertificates.class.getName());
  private static final int PORTION = 500;

  private final Books books;
  private final ProfileCatalog profiles;
  private final ChangeIntake intake;
  private final Clock clock;

  /** What is read and written. */
  record Books(
      Transactions transactions, Roster roster, UseBook use, PlanBook plans, AuditTrail audit) {}

  IdleCertificates(Books books, ProfileCatalog profiles, ChangeIntake intake, Clock clock) {
    this.books = books;
    this.profiles = profiles;
    this.intake = intake;
    this.clock = clock;
  }

  /** Warns, plans, and takes out of the plan what was used after all. */
  void look() {
    if (profiles.all().stream().allMatch(profile -> profile.directory().unused().isEmpty())) {
      return;
    }
    intake.planUnused(
        USE,
        transaction -> {
          Instant now = clock.instant();
          books.use().forgetWarnings(transaction, now);
          var idle = new ArrayList<StoredCertificate>();
          eachRule((profile, rule) -> idle.addAll(look(transaction, profile, rule, now)));
          Map<SubjectId, Map<TenantId, List<StoredCertificate>>> bySubject =
              idle.stream()
                  .collect(
                      groupingBy(
                          one -> one.subject().orElseThrow(),
                          groupingBy(one -> one.tenant().orElseThrow())));
          withdrawOthers(transaction, bySubject, now);
          Map<SubjectId, RosterEntry> known = books.roster().find(transaction, bySubject.keySet());
          var items = new ArrayList<PlanItem>();
          bySubject.forEach(
              (subject, byTenant) ->
                  byTenant.forEach(
                      (tenant, certificates) ->
                          items.add(
                              item(
                                  Optional.ofNullable(known.get(subject)),
                                  subject,
                                  tenant,
                                  certificates,
                                  now))));
          return items;
        });
  }

  /** What is still idle of this subject. */
  List<StoredCertificate> of(SubjectId subject) {
    Instant now = clock.instant();
    return books
        .transactions()
        .inTransaction(
            transaction -> {
              var idle = new ArrayList<StoredCertificate>();
              eachRule(
                  (profile, rule) ->
                      idle.addAll(
                          books
                              .use()
                              .idle(
                                  transaction,
                                  question(profile, rule, now),
                                  Optional.of(subject))));
              return idle;
            });
  }

  /** What was suspended begins anew once somebody releases it: with a warning. */
  void forgetWarnings() {
    books
        .transactions()
        .inTransaction(
            transaction -> {
              books.use().forgetWarnings(transaction, clock.instant());
              return Boolean.TRUE;
            });
  }

  private List<StoredCertificate> look(
      Transaction transaction, ProfileName profile, Disuse rule, Instant now) {
    if (!books.use().isAnyAskedAbout(transaction, profile, now.minus(rule.after()))) {
      LOG.log(
          Level.INFO,
          "nobody has asked about any certificate of the profile {0}: its rule for unused ones is idle",
          profile);
      return List.of();
    }
    Instant warnFrom = now.minus(rule.after()).plus(Disuse.NOTICE);
    books
        .use()
        .warn(transaction, profile, warnFrom, now, PORTION)
        .forEach(
            one ->
                books
                    .audit()
                    .append(
                        transaction,
                        Actor.Component.DISUSE,
                        "certificate.unused",
                        one.tenant(),
                        one.auditName(),
                        "nobody asked about it for long; the holder is told, and has "
                            + Disuse.NOTICE.toDays()
                            + " days to use it"));
    return books.use().idle(transaction, question(profile, rule, now), Optional.empty());
  }

  private static UseBook.Question question(ProfileName profile, Disuse rule, Instant now) {
    return new UseBook.Question(profile, now.minus(rule.after()), now.minus(Disuse.NOTICE), now);
  }

  private void withdrawOthers(
      Transaction transaction,
      Map<SubjectId, Map<TenantId, List<StoredCertificate>>> idle,
      Instant now) {
    var stillThere = new HashMap<SubjectId, Set<TenantId>>();
    idle.forEach((subject, byTenant) -> stillThere.put(subject, byTenant.keySet()));
    books.plans().held(transaction, Kind.UNUSED).stream()
        .filter(item -> !stillThere.getOrDefault(item.subject(), Set.of()).containsAll(item.lost()))
        .forEach(
            item ->
                books
                    .plans()
                    .withdraw(transaction, item.subject(), Set.of(Kind.UNUSED), item.lost(), now));
  }

  private static PlanItem item(
      Optional<RosterEntry> entry,
      SubjectId subject,
      TenantId tenant,
      List<StoredCertificate> certificates,
      Instant now) {
    return new PlanItem(
        0,
        USE,
        subject,
        tenant,
        Kind.UNUSED,
        Set.of(tenant),
        certificates.size() == 1
            ? "nobody asks about a certificate any more"
            : "nobody asks about %d certificates any more".formatted(certificates.size()),
        entry.map(RosterEntry::displayName).orElse(certificates.getFirst().subjectName()),
        true,
        now);
  }

  private void eachRule(Rule what) {
    for (CertificateProfile profile : profiles.all()) {
      profile.directory().unused().ifPresent(rule -> what.apply(profile.name(), rule));
    }
  }

  private interface Rule {
    void apply(ProfileName profile, Disuse rule);
  }
}
