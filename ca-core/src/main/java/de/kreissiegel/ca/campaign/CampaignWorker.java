package de.kreissiegel.ca.campaign;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.campaign.Campaign.State;
import de.kreissiegel.ca.letter.Cue;
import de.kreissiegel.ca.letter.LetterKind;
import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the letters of campaigns, at their pace, and notices when one is done or late. A letter is
 * noted in the transaction that notes that it is, with the campaign's row locked: whatever crashes,
 * and however many nodes work, each is written once, and a day has no more than its share.
 */
public final class CampaignWorker {
  private static final System.Logger LOG = System.getLogger(CampaignWorker.class.getName());
  private static final Actor SYSTEM = new Actor.Component("campaign");

  /** A turn that takes long would have others wait. */
  private static final int AT_ONCE = 50;

  private static final Duration TRIED_AGAIN = Duration.ofHours(20);
  private static final Duration KEPT = Duration.ofDays(400);

  private final CampaignDesk.Records records;
  private final CampaignDesk.Surroundings on;
  private final Previews previews;
  private final StaffLogin staff;
  private final Clock clock;

  /**
   * @param staff people with the offices that directory and grants give them now
   */
  public CampaignWorker(
      CampaignDesk.Records records, CampaignDesk.Surroundings on, StaffLogin staff, Clock clock) {
    this.records = records;
    this.on = on;
    this.previews = new Previews(on.directory(), on.profiles(), on.authorities(), on.hours());
    this.staff = staff;
    this.clock = clock;
  }

  /** What is due. A job's method, to be called every minute or so. */
  public void work() {
    for (Campaign campaign : records.campaigns().active()) {
      try {
        workOn(campaign);
      } catch (DirectoryUnavailable away) {
        LOG.log(INFO, "a campaign waits for the directory: {0}", away.getMessage());
      } catch (RuntimeException failed) {
        // The others go on.
        LOG.log(WARNING, "the campaign " + campaign.id() + " fails, and is tried again", failed);
      }
    }
  }

  /** Deletes campaigns that were kept for long enough. */
  public void forget() {
    records.campaigns().forget(clock.instant().minus(KEPT));
  }

  private void workOn(Campaign campaign) throws DirectoryUnavailable {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    long left =
        records.campaigns().progress(campaign, viewOf(campaign, now), on.hours().zone()).left();
    if (left == 0) {
      finish(campaign, now);
      return;
    }
    if (!now.isBefore(end(campaign)) && campaign.dates().overdue().isEmpty()) {
      isLate(campaign, left, now);
    }
    // Without a mail server nothing would lie in the queue, but all would count as written to.
    if (campaign.state() == State.RUNNING
        && on.hours().areOpen(now)
        && records.letters().standing().sending()) {
      if (mayGoOn(campaign)) {
        write(campaign, now);
      } else {
        stop(campaign, now);
      }
    }
  }

  private CampaignBook.View viewOf(Campaign campaign, Instant now) {
    return new CampaignBook.View(campaign.goal().tenants(), previews.machines(), now);
  }

  private Instant end(Campaign campaign) {
    return on.hours().endOf(campaign.terms().due());
  }

  /** By whose rights letters are written has to have them still. */
  private boolean mayGoOn(Campaign campaign) throws DirectoryUnavailable {
    return staff
        .current(campaign.answering())
        .map(one -> one.provenBy(campaign.proof()))
        .filter(
            one ->
                AccessRules.scope(one, Action.RUN_CAMPAIGNS).containsAll(campaign.goal().tenants()))
        .isPresent();
  }

  private void write(Campaign campaign, Instant now) throws DirectoryUnavailable {
    int share =
        records
            .transactions()
            .<Integer, RuntimeException>inTransaction(
                transaction -> free(transaction, campaign, now));
    if (share <= 0) {
      return;
    }
    CampaignBook.View view = viewOf(campaign, now);
    List<CampaignItem> first =
        records.campaigns().unwritten(campaign, view, now.minus(TRIED_AGAIN), AT_ONCE);
    Set<Integer> reached = new HashSet<>();
    var reachable = new Reachable(on.directory());
    for (CampaignItem one : first) {
      if (one.holder().isPresent() && isThere(reachable, one.holder().get())) {
        reached.add(one.number());
      }
    }
    int stage = ReminderStage.of(campaign.dates().started().orElse(now), end(campaign), now);
    List<CampaignItem> again =
        stage == 0
            ? List.of()
            : records
                .campaigns()
                .unreminded(campaign, view, stage, now.minus(ReminderStage.APART), AT_ONCE);
    records
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              locked(transaction, campaign, State.RUNNING)
                  .ifPresent(
                      it -> {
                        int free = free(transaction, it, now);
                        for (CampaignItem one : first) {
                          free -=
                              first(
                                  transaction, it, one, reached.contains(one.number()), free, now);
                        }
                        for (CampaignItem one : again) {
                          free -= again(transaction, it, one, stage, free, now);
                        }
                      });
              return true;
            });
  }

  private static boolean isThere(Reachable reachable, SubjectId holder)
      throws DirectoryUnavailable {
    return Pseudonym.isHolder(holder) || reachable.is(holder);
  }

  /** It may have been paused, or ended, since it was read. */
  private Optional<Campaign> locked(Transaction transaction, Campaign seen, State state) {
    return records.campaigns().lock(transaction, seen.id()).filter(it -> it.state() == state);
  }

  private int free(Transaction transaction, Campaign campaign, Instant now) {
    Instant since = campaign.dates().moved();
    int allowed = new Pace(campaign.terms().perDay(), on.hours()).allowed(since, now);
    Instant day = on.hours().dayOf(now).atStartOfDay(on.hours().zone()).toInstant();
    int today = records.campaigns().lettersSince(transaction, campaign.id(), day);
    // Of what went out before it was paused today the rest of the day has its share all the same.
    int lately = records.campaigns().lettersSince(transaction, campaign.id(), later(since, day));
    return Math.min(allowed - lately, campaign.terms().perDay() - today);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** How many letters that were. */
  private int first(
      Transaction transaction,
      Campaign campaign,
      CampaignItem item,
      boolean reached,
      int free,
      Instant now) {
    if (!reached) {
      records.campaigns().unreachable(transaction, campaign.id(), item.number(), now);
      return 0;
    }
    if (free <= 0 || !records.campaigns().written(transaction, campaign.id(), item.number(), now)) {
      return 0;
    }
    note(transaction, campaign, item, LetterKind.CAMPAIGN, 0, now);
    return 1;
  }

  private int again(
      Transaction transaction,
      Campaign campaign,
      CampaignItem item,
      int stage,
      int free,
      Instant now) {
    if (free <= 0) {
      return 0;
    }
    Instant last = now.minus(ReminderStage.APART);
    int reminders =
        records.campaigns().reminded(transaction, campaign.id(), item.number(), stage, last, now);
    if (reminders == 0) {
      return 0;
    }
    note(transaction, campaign, item, LetterKind.CAMPAIGN_REMINDER, reminders, now);
    return 1;
  }

  private void note(
      Transaction transaction,
      Campaign campaign,
      CampaignItem item,
      LetterKind kind,
      int reminders,
      Instant now) {
    Map<String, String> said = said(campaign);
    said.put("text-de", campaign.terms().textDe());
    said.put("text-en", campaign.terms().textEn());
    records
        .letters()
        .note(
            transaction,
            new Cue(
                "campaign/%s/%d/%d".formatted(campaign.id(), item.number(), reminders),
                kind,
                item.auditName(),
                Optional.of(item.tenant()),
                now,
                said));
  }

  private static Map<String, String> said(Campaign campaign) {
    Map<String, String> said = new HashMap<>();
    said.put("campaign", campaign.id().toString());
    said.put("title", campaign.terms().title());
    said.put("due", campaign.terms().due().toString());
    return said;
  }

  private void finish(Campaign campaign, Instant now) {
    change(
        campaign,
        (transaction, it) -> {
          if (!it.dates().looked().equals(campaign.dates().looked())) {
            return it; // there may be more by now
          }
          note(transaction, it, "done", "");
          tell(transaction, it, LetterKind.CAMPAIGN_DONE, 0, now);
          return it.moved(State.DONE, now);
        });
  }

  private void isLate(Campaign campaign, long left, Instant now) {
    change(
        campaign,
        (transaction, it) -> {
          if (it.dates().overdue().isPresent() || now.isBefore(end(it))) {
            return it;
          }
          note(transaction, it, "overdue", "left=" + left);
          tell(transaction, it, LetterKind.CAMPAIGN_OVERDUE, left, now);
          return it.overdue(now);
        });
  }

  private void stop(Campaign campaign, Instant now) {
    change(
        campaign,
        (transaction, it) -> {
          if (it.state() != State.RUNNING || !it.answering().equals(campaign.answering())) {
            return it;
          }
          note(transaction, it, "paused", "who let it go on holds the office no more");
          return it.moved(State.PAUSED, now);
        });
  }

  private interface Change {
    Campaign of(Transaction transaction, Campaign campaign);
  }

  private void change(Campaign seen, Change change) {
    records
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              records
                  .campaigns()
                  .lock(transaction, seen.id())
                  .filter(it -> !it.state().isOver() && it.state() != State.DRAFT)
                  .ifPresent(
                      it -> records.campaigns().change(transaction, change.of(transaction, it)));
              return true;
            });
  }

  private void note(Transaction transaction, Campaign campaign, String what, String detail) {
    CampaignDesk.note(records.audit(), transaction, SYSTEM, campaign, what, detail);
  }

  private void tell(
      Transaction transaction, Campaign campaign, LetterKind kind, long left, Instant now) {
    Map<String, String> said = said(campaign);
    said.put("maker", campaign.maker().value());
    said.put("left", String.valueOf(left));
    records
        .letters()
        .note(
            transaction,
            new Cue(
                "%s/%s/%s".formatted(kind.templateName(), campaign.id(), campaign.terms().due()),
                kind,
                campaign.auditName(),
                tenantOf(campaign),
                now,
                said));
  }

  /** A letter is one tenant's affair, or the house's. */
  private static Optional<TenantId> tenantOf(Campaign campaign) {
    return campaign.goal().tenants().size() == 1
        ? campaign.goal().tenants().stream().findFirst()
        : Optional.empty();
  }
}
