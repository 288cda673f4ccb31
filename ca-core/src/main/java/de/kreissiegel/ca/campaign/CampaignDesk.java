package de.kreissiegel.ca.campaign;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.campaign.Campaign.State;
import de.kreissiegel.ca.letter.LetterBook;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The door for campaigns. Who has only some of a campaign's tenants sees how far it is with these;
 * only who has all of them says what becomes of it.
 */
public final class CampaignDesk {
  /** The most certificates of one campaign. */
  public static final int MOST_ITEMS = 10_000;

  private static final int LONGEST_KIND = 50;

  /** The most campaigns of one officer that aren't over. */
  private static final int MOST_OPEN = 20;

  private static final int MOST_YEARS = 5;

  private final Records records;
  private final SubjectDirectory directory;
  private final BusinessHours hours;
  private final Previews previews;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * What is written in one transaction, and read.
   *
   * @param letters where they are noted
   * @param reads where it is noted who read of whom
   */
  public record Records(
      CampaignBook campaigns,
      LetterBook letters,
      Transactions transactions,
      AuditTrail audit,
      ReadLog reads) {}

  /**
   * What goals are held against.
   *
   * @param directory whom there is to write to
   * @param profiles what may be issued
   * @param authorities who issues it
   * @param hours when letters go out
   */
  public record Surroundings(
      SubjectDirectory directory,
      ProfileCatalog profiles,
      AuthorityCatalog authorities,
      BusinessHours hours) {}

  /**
   * @param random for the ids of campaigns
   */
  public CampaignDesk(Records records, Surroundings on, Clock clock, SecureRandom random) {
    this.records = records;
    this.directory = on.directory();
    this.hours = on.hours();
    this.previews = new Previews(directory, on.profiles(), on.authorities(), hours);
    this.clock = clock;
    this.random = random;
  }

  /** When letters go out. */
  public BusinessHours hours() {
    return hours;
  }

  /** The day that it is where letters are read. */
  public LocalDate today() {
    return hours.dayOf(clock.instant());
  }

  /** The tenants for which the officer makes campaigns. */
  public static Set<TenantId> scope(Actor actor) {
    return AccessRules.scope(actor, Action.RUN_CAMPAIGNS);
  }

  /** What good certificates there are, to choose a goal from. */
  public List<Facet> facets(Actor.Person officer) {
    Set<TenantId> scope = scope(officer);
    return scope.isEmpty() ? List.of() : records.campaigns().facets(scope, clock.instant());
  }

  /** What is wrong with a goal and terms; nothing if they are sound. */
  public Set<Fault> faults(Goal goal, Terms terms) {
    Set<Fault> faults = faults(terms);
    if (!goal.saysWhatChanges() || !isBounded(goal)) {
      faults.add(Fault.GOAL);
    }
    return faults;
  }

  private boolean isBounded(Goal goal) {
    return goal.keyKind().filter(kind -> kind.length() > LONGEST_KIND).isEmpty()
        && goal.endsBefore()
            .map(end -> LocalDate.ofInstant(end, hours.zone()).getYear())
            .filter(year -> year < 1900 || year > 9999)
            .isEmpty();
  }

  /** What is wrong with terms. */
  public Set<Fault> faults(Terms terms) {
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    if (!terms.titleIsSound()) {
      faults.add(Fault.TITLE);
    }
    if (terms.due().isBefore(today()) || terms.due().isAfter(today().plusYears(MOST_YEARS))) {
      faults.add(Fault.DAY);
    }
    if (!terms.paceIsSound()) {
      faults.add(Fault.PACE);
    }
    if (!terms.textsAreSound()) {
      faults.add(Fault.TEXT);
    }
    return faults;
  }

  /**
   * Makes a campaign. Nothing happens before an officer has it begin.
   *
   * @throws Refused NOT_AUTHORIZED (no officer); NOT_FOUND (a tenant isn't theirs, or there is
   *     none); BAD_DATA_FORMAT ({@link #faults} says why); DUPLICATE (too many that aren't over)
   */
  public Campaign make(Actor.Person officer, Goal goal, Terms terms) throws Refused {
    Set<TenantId> scope = scope(officer);
    if (scope.isEmpty()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "registration officers make campaigns");
    }
    if (goal.tenants().isEmpty() || !scope.containsAll(goal.tenants())) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such tenant");
    }
    requireSound(faults(goal, terms));
    if (all(officer).stream()
            .filter(one -> one.maker().equals(officer.id()) && !one.state().isOver())
            .count()
        >= MOST_OPEN) {
      throw new Refused(RefusalReason.DUPLICATE, "too many campaigns at once");
    }
    Instant now = now();
    var campaign =
        new Campaign(
            new UUID(random.nextLong(), random.nextLong()),
            goal,
            terms,
            officer.id(),
            officer.displayName(),
            now,
            officer.id(),
            officer.proof(),
            State.DRAFT,
            new Campaign.Dates(now, Optional.empty(), Optional.empty(), Optional.empty()));
    return records
        .transactions()
        .<Campaign, RuntimeException>inTransaction(
            transaction -> {
              records.campaigns().insert(transaction, campaign);
              note(transaction, officer, campaign, "made", inWords(campaign));
              return campaign;
            });
  }

  private static void requireSound(Set<Fault> faults) throws Refused {
    if (!faults.isEmpty()) {
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT,
          faults.stream()
              .map(one -> one.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", ")));
    }
  }

  /** Campaigns that are about a tenant of the officer's, newest first. */
  public List<Campaign> all(Actor.Person officer) {
    Set<TenantId> scope = scope(officer);
    return scope.isEmpty() ? List.of() : records.campaigns().of(scope);
  }

  /** Those of them whose day has passed with some left, and that aren't over. */
  public List<Campaign> overdue(Actor.Person officer) {
    return all(officer).stream()
        .filter(one -> !one.state().isOver() && one.dates().overdue().isPresent())
        .toList();
  }

  /**
   * One of them.
   *
   * @throws Refused NOT_FOUND
   */
  public Campaign view(Actor.Person officer, UUID id) throws Refused {
    return records
        .campaigns()
        .find(id)
        .filter(one -> scope(officer).stream().anyMatch(one.goal().tenants()::contains))
        .orElseThrow(CampaignDesk::notFound);
  }

  /** Whether the officer says what becomes of it: they have all of its tenants. */
  public boolean mayMove(Actor.Person officer, Campaign campaign) {
    return scope(officer).containsAll(campaign.goal().tenants());
  }

  /**
   * What would happen if it began now.
   *
   * @throws Refused NOT_FOUND, also where the officer has only some of its tenants
   */
  public Preview preview(Actor.Person officer, UUID id) throws Refused {
    Campaign campaign = view(officer, id);
    if (!mayMove(officer, campaign)) {
      throw notFound();
    }
    return preview(campaign, found(campaign));
  }

  private List<Candidate> found(Campaign campaign) {
    return records.campaigns().candidates(campaign.goal(), clock.instant(), MOST_ITEMS + 1);
  }

  private Preview preview(Campaign campaign, List<Candidate> found) {
    return previews.of(
        campaign, found, MOST_ITEMS, records.letters().standing().sending(), clock.instant());
  }

  /**
   * How far it is, as far as its tenants are the officer's.
   *
   * @throws Refused NOT_FOUND
   */
  public Progress progress(Actor.Person officer, UUID id) throws Refused {
    Campaign campaign = view(officer, id);
    return records.campaigns().progress(campaign, see(officer, campaign), hours.zone());
  }

  /**
   * Certificates of it, of the officer's tenants; that they read of them is noted.
   *
   * @param standings only these
   * @param atMost 1 to {@value #MOST_ITEMS}
   * @throws Refused NOT_FOUND
   */
  public List<CampaignItem> items(
      Actor.Person officer, UUID id, Set<Standing> standings, int offset, int atMost)
      throws Refused {
    Campaign campaign = view(officer, id);
    List<CampaignItem> found =
        records.campaigns().items(campaign, see(officer, campaign), standings, offset, atMost);
    Set<TenantId> seen =
        found.stream().map(CampaignItem::tenant).collect(Collectors.toUnmodifiableSet());
    for (TenantId tenant : seen) {
      long some = found.stream().filter(one -> one.tenant().equals(tenant)).count();
      records
          .reads()
          .listed(
              officer,
              Optional.of(tenant),
              "campaign",
              campaign.auditName() + standings + offset,
              Math.toIntExact(some));
    }
    return found;
  }

  /** How many more, or fewer, a look again would find. */
  private CampaignBook.View see(Actor.Person officer, Campaign campaign) {
    return new CampaignBook.View(
        campaign.goal().tenants().stream()
            .filter(scope(officer)::contains)
            .collect(Collectors.toUnmodifiableSet()),
        previews.machines(),
        clock.instant());
  }

  /**
   * Has it begin: what the goal is about now is what it is about.
   *
   * @throws Refused NOT_FOUND; NOT_AUTHORIZED (the officer hasn't all of its tenants); WRONG_STATE
   *     (it isn't a draft, or {@link Preview#mayBegin} says no)
   */
  public Campaign begin(Actor.Person officer, UUID id) throws Refused {
    Campaign seen = movable(officer, id);
    List<Candidate> found = found(seen);
    Preview preview = preview(seen, found);
    return change(
        officer,
        id,
        EnumSet.of(State.DRAFT),
        (transaction, campaign) -> {
          if (!preview.mayBegin() || !campaign.terms().equals(seen.terms())) {
            throw new Refused(RefusalReason.WRONG_STATE, "it can't begin: " + preview.warnings());
          }
          int added = records.campaigns().add(transaction, id, undone(found));
          note(transaction, officer, campaign, "begun", "certificates=" + added);
          return campaign
              .by(officer.id(), officer.proof())
              .moved(State.RUNNING, now())
              .looked(now());
        });
  }

  private static List<Candidate> undone(List<Candidate> found) {
    return found.stream().filter(one -> !one.done()).toList();
  }

  /**
   * Takes in what the goal is about by now and wasn't at its begin. Of a holder who is in it with
   * an open one of the same kind and administration the later one takes its place, so that nobody
   * is asked about two.
   *
   * @return how many were added, those that took a place not among them
   * @throws Refused NOT_FOUND; NOT_AUTHORIZED; WRONG_STATE (it neither runs nor is paused, or there
   *     would be too many)
   */
  public int lookAgain(Actor.Person officer, UUID id) throws Refused {
    List<Candidate> all = found(movable(officer, id));
    List<Candidate> found = undone(all);
    var added = new int[1];
    change(
        officer,
        id,
        EnumSet.of(State.RUNNING, State.PAUSED),
        (transaction, campaign) -> {
          long before = records.campaigns().size(id);
          int replaced = records.campaigns().replace(transaction, campaign, found, now());
          added[0] = records.campaigns().add(transaction, id, found);
          if (all.size() > MOST_ITEMS || before + added[0] > MOST_ITEMS) {
            throw new Refused(RefusalReason.WRONG_STATE, "too many certificates");
          }
          note(
              transaction,
              officer,
              campaign,
              "looked",
              "added=" + added[0] + " replaced=" + replaced);
          return campaign.looked(now());
        });
    return added[0];
  }

  /**
   * Writes no more letters for now.
   *
   * @throws Refused NOT_FOUND; NOT_AUTHORIZED; WRONG_STATE (it doesn't run)
   */
  public Campaign pause(Actor.Person officer, UUID id) throws Refused {
    return move(officer, id, EnumSet.of(State.RUNNING), State.PAUSED, "paused");
  }

  /**
   * Has it go on.
   *
   * @throws Refused NOT_FOUND; NOT_AUTHORIZED; WRONG_STATE (it isn't paused)
   */
  public Campaign goOn(Actor.Person officer, UUID id) throws Refused {
    return move(officer, id, EnumSet.of(State.PAUSED), State.RUNNING, "resumed");
  }

  /**
   * Ends it: no letter of it is written any more, and those that wait aren't sent.
   *
   * @throws Refused NOT_FOUND; NOT_AUTHORIZED; WRONG_STATE (it is over)
   */
  public Campaign end(Actor.Person officer, UUID id) throws Refused {
    return move(
        officer, id, EnumSet.of(State.DRAFT, State.RUNNING, State.PAUSED), State.ENDED, "ended");
  }

  private Campaign move(Actor.Person officer, UUID id, Set<State> from, State to, String what)
      throws Refused {
    return change(
        officer,
        id,
        from,
        (transaction, campaign) -> {
          note(transaction, officer, campaign, what, "");
          Campaign moved = campaign.moved(to, now());
          return to == State.RUNNING ? moved.by(officer.id(), officer.proof()) : moved;
        });
  }

  /**
   * Changes day, pace, title or texts, as long as no letters are written. Whose last reminder came
   * by the old day is reminded by the new one again.
   *
   * @throws Refused NOT_FOUND; NOT_AUTHORIZED; WRONG_STATE (it runs or is over); BAD_DATA_FORMAT
   */
  public Campaign amend(Actor.Person officer, UUID id, Terms terms) throws Refused {
    movable(officer, id);
    requireSound(faults(terms));
    return change(
        officer,
        id,
        EnumSet.of(State.DRAFT, State.PAUSED),
        (transaction, campaign) -> {
          Campaign amended = campaign.under(terms);
          campaign
              .dates()
              .started()
              .filter(_ -> terms.due().isAfter(campaign.terms().due()))
              .map(started -> ReminderStage.of(started, hours.endOf(terms.due()), now()))
              .ifPresent(stage -> records.campaigns().putBack(transaction, id, stage));
          note(transaction, officer, amended, "amended", inWords(amended));
          return amended;
        });
  }

  private Campaign movable(Actor.Person officer, UUID id) throws Refused {
    Campaign campaign = view(officer, id);
    if (!mayMove(officer, campaign)) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "it is about tenants of others, too");
    }
    return campaign;
  }

  /** What becomes of a campaign within a transaction. */
  private interface Change {
    Campaign of(Transaction transaction, Campaign campaign) throws Refused;
  }

  private Campaign change(Actor.Person officer, UUID id, Set<State> from, Change change)
      throws Refused {
    movable(officer, id);
    return records
        .transactions()
        .<Campaign, Refused>inTransaction(
            transaction -> {
              Campaign campaign =
                  records.campaigns().lock(transaction, id).orElseThrow(CampaignDesk::notFound);
              if (!from.contains(campaign.state())) {
                throw new Refused(RefusalReason.WRONG_STATE, "the campaign is " + campaign.state());
              }
              Campaign changed = change.of(transaction, campaign);
              records.campaigns().change(transaction, changed);
              return changed;
            });
  }

  /** Once for each tenant: their auditors hear of it. */
  private void note(
      Transaction transaction, Actor actor, Campaign campaign, String what, String detail) {
    note(records.audit(), transaction, actor, campaign, what, detail);
  }

  static void note(
      AuditTrail audit,
      Transaction transaction,
      Actor actor,
      Campaign campaign,
      String what,
      String detail) {
    campaign.goal().tenants().stream()
        .sorted()
        .forEach(
            tenant ->
                audit.append(
                    transaction,
                    actor,
                    "campaign." + what,
                    Optional.of(tenant),
                    campaign.auditName(),
                    detail));
  }

  private static String inWords(Campaign campaign) {
    Goal goal = campaign.goal();
    return Stream.of(
            goal.profile().map(it -> "profile=" + it),
            goal.authority().map(it -> "authority=" + it),
            goal.keyKind().map(it -> "key=" + it.replace(' ', '-')),
            goal.endsBefore().map(it -> "ends-before=" + it),
            Optional.of("due=" + campaign.terms().due()),
            Optional.of("per-day=" + campaign.terms().perDay()))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" "));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static Refused notFound() {
    return new Refused(RefusalReason.NOT_FOUND, "no such campaign");
  }
}
