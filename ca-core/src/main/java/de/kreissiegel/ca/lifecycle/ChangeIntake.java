package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.DirectoryRules.Newcomer;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.roster.Change.Kind;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.DirectoryReport;
import de.kreissiegel.ca.roster.Roster;
import de.kreissiegel.ca.roster.RosterDesk;
import de.kreissiegel.ca.roster.RosterEntry;
import de.kreissiegel.ca.roster.Standing;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * From what a directory reports to a plan: roster, bookmark and plan are stored in one transaction.
 * The brake is asked when a reading is complete.
 */
final class ChangeIntake {
  private static final System.Logger LOG = System.getLogger(ChangeIntake.class.getName());

  /** All of them together, and none in particular. */
  static final DirectoryName ALL = new DirectoryName("all");

  /** They are there, and lose nothing by it. */
  private static final Set<Kind> HERE = EnumSet.of(Kind.JOINED, Kind.FOUND, Kind.RETURNED);

  private static final Set<Kind> BY_DIRECTORIES = EnumSet.complementOf(EnumSet.of(Kind.UNUSED));

  private final Books books;
  private final Consequences consequences;
  private final ProfileCatalog profiles;
  private final Brake brake;
  private final Clock clock;

  /** Most are renamed, if at all, by the hundreds, and lose nothing by it. */
  private final boolean takesAwayFromTheRenamed;

  /** What is written to, all in one transaction. */
  record Books(
      Transactions transactions,
      Roster roster,
      PlanBook plans,
      CertificateBook certificates,
      AuditTrail audit) {}

  ChangeIntake(
      Books books, Consequences consequences, ProfileCatalog profiles, Brake brake, Clock clock) {
    this.books = books;
    this.consequences = consequences;
    this.profiles = profiles;
    this.brake = brake;
    this.clock = clock;
    this.takesAwayFromTheRenamed =
        profiles.all().stream().anyMatch(profile -> profile.directory().renamed().takesAway());
  }

  void take(DirectoryName directory, DirectoryReport report) {
    Instant now = clock.instant();
    boolean first = books.roster().bookmark(directory).isEmpty();
    books
        .transactions()
        .inTransaction(
            transaction -> {
              books.roster().lock(transaction, directory);
              List<Change> changes =
                  new RosterDesk(books.roster()).takeIn(transaction, directory, report.seen());
              plan(
                  transaction,
                  first ? changes.stream().map(Change::atFirstReading).toList() : changes,
                  now);
              if (report.last()) {
                judge(transaction, directory, BY_DIRECTORIES, now);
              }
              report
                  .after()
                  .ifPresent(
                      bookmark -> books.roster().mark(transaction, directory, bookmark, now));
              return Boolean.TRUE;
            });
  }

  /**
   * Takes in what was found out about single subjects, apart from any report. Of whom a reading has
   * told meanwhile, that counts.
   */
  void takeIn(DirectoryName directory, List<Change> changes) {
    Instant now = clock.instant();
    books
        .transactions()
        .inTransaction(
            transaction -> {
              books.roster().lock(transaction, directory);
              Map<SubjectId, RosterEntry> known =
                  books.roster().find(transaction, changes.stream().map(Change::subject).toList());
              plan(
                  transaction,
                  changes.stream().filter(change -> isUnaccounted(change, known)).toList(),
                  now);
              judge(transaction, directory, BY_DIRECTORIES, now);
              return Boolean.TRUE;
            });
  }

  /**
   * Plans for what isn't used any more. It is judged apart: how many leave is no matter for those
   * who don't use something, and the other way round.
   *
   * @param name under which it is planned
   * @param found tells of what is unused, in the transaction
   */
  void planUnused(DirectoryName name, Function<Transaction, List<PlanItem>> found) {
    books
        .transactions()
        .inTransaction(
            transaction -> {
              books.roster().lock(transaction, name);
              books.plans().add(transaction, found.apply(transaction));
              judge(transaction, name, EnumSet.of(Kind.UNUSED), clock.instant());
              return Boolean.TRUE;
            });
  }

  private static boolean isUnaccounted(Change change, Map<SubjectId, RosterEntry> known) {
    return Optional.ofNullable(known.get(change.subject()))
        .filter(entry -> entry.standing() != Standing.DISABLED)
        .isEmpty();
  }

  private void plan(Transaction transaction, List<Change> changes, Instant now) {
    if (changes.isEmpty()) {
      return;
    }
    Set<SubjectId> subjects = changes.stream().map(Change::subject).collect(Collectors.toSet());
    Set<SubjectId> watched = books.plans().watched(transaction, subjects, now);
    Set<SubjectId> affected = books.plans().affected(transaction, subjects);
    var items = new ArrayList<PlanItem>();
    for (Change change : changes) {
      boolean back = HERE.contains(change.kind());
      if (back || change.kind() == Kind.AWAY) {
        withdraw(transaction, change.entry(), now);
      }
      boolean concerned = (back ? affected : watched).contains(change.subject());
      if (concerned || isOffered(change)) {
        items.add(PlanItem.of(change, isDrastic(change, now), now));
      }
    }
    books.plans().add(transaction, items);
  }

  private void withdraw(Transaction transaction, RosterEntry entry, Instant now) {
    Set<Kind> over =
        switch (entry.standing()) {
          case WORKING -> EnumSet.of(Kind.MOVED, Kind.LEFT, Kind.AWAY);
          case AWAY -> EnumSet.of(Kind.MOVED, Kind.LEFT);
          case DISABLED -> EnumSet.of(Kind.MOVED);
        };
    books.plans().withdraw(transaction, entry.id(), over, entry.tenants(), now);
  }

  private boolean isOffered(Change change) {
    return (change.kind() == Kind.JOINED || change.kind() == Kind.FOUND)
        && profiles.all().stream()
            .anyMatch(
                profile ->
                    profile.directory().joined() != Newcomer.NOTHING
                        && profile.subjects().contains(change.entry().kind()));
  }

  /** Whether somebody loses something, a request that is open included. */
  private boolean isDrastic(Change change, Instant now) {
    switch (change.kind()) {
      case LEFT -> {
        return true;
      }
      case JOINED, FOUND, RETURNED -> {
        return false;
      }
      case RENAMED -> {
        if (!takesAwayFromTheRenamed) {
          return false;
        }
      }
      case AWAY, MOVED, KEY_HOLDER_LEFT, UNUSED -> {}
    }
    List<StoredCertificate> theirs = books.certificates().ofSubjects(List.of(change.subject()));
    return consequences.of(change.kind(), theirs, change.lost(), now, now).stream()
        .anyMatch(one -> one.reaction().takesAway());
  }

  /**
   * One after the other, whatever the directory: who is let go by one counts for the next.
   *
   * @param alike what counts together
   */
  private void judge(
      Transaction transaction, DirectoryName directory, Set<Kind> alike, Instant now) {
    books.roster().lock(transaction, ALL);
    List<PlanItem> gathered = books.plans().gathered(transaction, directory);
    List<PlanItem> drastic = gathered.stream().filter(PlanItem::drastic).toList();
    if (drastic.isEmpty()) {
      books.plans().release(transaction, gathered);
      return;
    }
    Map<TenantId, Set<SubjectId>> leaving =
        books.plans().leaving(transaction, alike, now.minus(brake.within()));
    for (PlanItem item : drastic) {
      leaving.computeIfAbsent(item.tenant(), _ -> new HashSet<>()).add(item.subject());
    }
    Optional<Brake.Stop> district =
        brake.ofDistrict((int) leaving.values().stream().flatMap(Set::stream).distinct().count());
    Map<TenantId, List<PlanItem>> byTenant =
        drastic.stream().collect(Collectors.groupingBy(PlanItem::tenant));
    var free = new ArrayList<>(gathered);
    byTenant.forEach(
        (tenant, items) ->
            district
                .or(() -> stopOf(transaction, tenant, leaving.getOrDefault(tenant, Set.of()), now))
                .ifPresent(
                    stop -> {
                      hold(transaction, tenant, stop, items, now);
                      free.removeAll(items);
                    }));
    books.plans().release(transaction, free);
  }

  /** Who has left lately had something, and has it no more: they count with all, too. */
  private Optional<Brake.Stop> stopOf(
      Transaction transaction, TenantId tenant, Set<SubjectId> leaving, Instant now) {
    if (leaving.size() < 2 && brake.ofTenant() > 0) {
      return Optional.empty();
    }
    Set<SubjectId> stillThere = books.plans().watched(transaction, leaving, now);
    int all = books.plans().holders(transaction, tenant, now) + leaving.size() - stillThere.size();
    return brake.ofTenant(leaving.size(), all);
  }

  private void hold(
      Transaction transaction,
      TenantId tenant,
      Brake.Stop stop,
      List<PlanItem> items,
      Instant now) {
    if (books.plans().hold(transaction, tenant, stop, items, now)) {
      LOG.log(
          Level.WARNING,
          "brake: {0} of {1} would lose what they have, {2} may; two officers have to look",
          stop.leaving(),
          tenant,
          stop.allowed());
      books
          .audit()
          .append(
              transaction,
              Actor.Component.DIRECTORY,
              "directory.brake",
              Optional.of(tenant),
              "tenant:" + tenant,
              "%d would lose what they have, %d may: nothing is done before two officers have looked"
                  .formatted(stop.leaving(), stop.allowed()));
    }
  }
}
