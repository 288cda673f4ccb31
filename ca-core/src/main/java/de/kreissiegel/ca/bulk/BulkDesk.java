package de.kreissiegel.ca.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.bulk.BulkJob.State;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The door for lists. A list is its maker's alone. */
public final class BulkDesk {
  /** The most rows of a list. */
  public static final int MOST_ROWS = 2000;

  /** The most lists of one officer that aren't over. */
  private static final int MOST_OPEN = 5;

  private final Records records;
  private final Clock clock;
  private final SecureRandom random;

  /** What is written in one transaction. */
  public record Records(BulkBook jobs, Transactions transactions, AuditTrail audit) {}

  /**
   * @param random for the ids of jobs
   */
  public BulkDesk(Records records, Clock clock, SecureRandom random) {
    this.records = records;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Takes a list. Its rows are checked next, and nothing is done before its maker says so.
   *
   * @param entries 1 to {@value #MOST_ROWS}; all with a certification request, or none
   * @param again whether it may say the same as another list of the officer's
   * @throws Refused NOT_AUTHORIZED (no officer), BAD_DATA_FORMAT (none, too many, or some with a
   *     certification request and some without), DUPLICATE (too many lists that aren't over),
   *     SAME_LIST (the officer brought it within the last 30 days, and didn't say {@code again})
   */
  public BulkJob take(
      Actor.Person officer, ProfileName profile, List<BulkEntry> entries, boolean again)
      throws Refused {
    requireOfficer(officer);
    if (entries.isEmpty() || entries.size() > MOST_ROWS) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "a list has 1 to " + MOST_ROWS + " rows");
    }
    if (own(officer).stream().filter(one -> !one.state().isOver()).count() >= MOST_OPEN) {
      throw new Refused(RefusalReason.DUPLICATE, "too many lists at once");
    }
    List<BulkRow> rows = rows(entries);
    var job =
        new BulkJob(
            randomId(),
            kindOf(entries),
            profile,
            officer.id(),
            officer.displayName(),
            officer.proof(),
            now(),
            State.CHECKING,
            new BulkJob.Counts(rows.size(), 0, 0, 0, 0));
    return records
        .transactions()
        .<BulkJob, Refused>inTransaction(
            transaction -> {
              Bytes digest = digest(job, entries);
              if (!records.jobs().insert(transaction, job, digest, again, rows)) {
                throw new Refused(RefusalReason.SAME_LIST, "this list was brought before");
              }
              records
                  .audit()
                  .append(
                      transaction,
                      officer,
                      "bulk.taken",
                      Optional.empty(),
                      job.auditName(),
                      "%s profile=%s rows=%d".formatted(job.kind(), profile, rows.size()));
              return job;
            });
  }

  /** What it says: two files with the same rows are one list. */
  private static Bytes digest(BulkJob job, List<BulkEntry> entries) {
    var said = new StringBuilder(job.kind() + "\n" + job.profile());
    for (BulkEntry entry : entries) {
      said.append('\n')
          .append(entry.who().strip().toLowerCase(Locale.ROOT))
          .append('\t')
          .append(entry.tenant().strip())
          .append('\t')
          .append(entry.csr().map(Bytes::toHex).orElse(""));
    }
    return Bytes.of(said.toString().getBytes(UTF_8)).sha256();
  }

  /**
   * How many rows that are ready another list has done already within the last 30 days, whoever
   * brought it.
   *
   * @throws Refused NOT_FOUND
   */
  public int doneElsewhere(Actor.Person officer, UUID id) throws Refused {
    return records.jobs().doneElsewhere(view(officer, id).id());
  }

  /** The officer's own lists, newest first. */
  public List<BulkJob> own(Actor.Person officer) {
    return AccessRules.scope(officer, Action.APPLY_FOR_OTHERS).isEmpty()
        ? List.of()
        : records.jobs().of(officer.id());
  }

  /**
   * One of them.
   *
   * @throws Refused NOT_FOUND
   */
  public BulkJob view(Actor.Person officer, UUID id) throws Refused {
    return records
        .jobs()
        .find(id)
        .filter(one -> isTheirs(officer, one))
        .orElseThrow(BulkDesk::notFound);
  }

  /**
   * Its rows, in order: before it runs what would be done, then what was.
   *
   * @throws Refused NOT_FOUND
   */
  public List<BulkRow> rows(Actor.Person officer, UUID id) throws Refused {
    return records.jobs().rows(view(officer, id).id());
  }

  /**
   * Says what shall become of it.
   *
   * @param wanted RUNNING (from READY or PAUSED), PAUSED (from RUNNING), CANCELLED (whatever isn't
   *     over): what was done stays done
   * @throws Refused NOT_FOUND; WRONG_STATE
   */
  public BulkJob move(Actor.Person officer, UUID id, State wanted) throws Refused {
    view(officer, id);
    records
        .transactions()
        .<Boolean, Refused>inTransaction(
            transaction -> {
              BulkJob job = records.jobs().lock(transaction, id).orElseThrow(BulkDesk::notFound);
              if (!mayBecome(job.state(), wanted)) {
                throw new Refused(RefusalReason.WRONG_STATE, "the list is " + job.state());
              }
              records.jobs().move(transaction, id, wanted, now());
              records
                  .audit()
                  .append(
                      transaction,
                      officer,
                      "bulk." + wanted.name().toLowerCase(Locale.ROOT),
                      Optional.empty(),
                      job.auditName(),
                      "");
              return true;
            });
    return view(officer, id);
  }

  private static boolean mayBecome(State state, State wanted) {
    return switch (wanted) {
      case RUNNING -> state == State.READY || state == State.PAUSED;
      case PAUSED -> state == State.RUNNING;
      case CANCELLED -> !state.isOver();
      case CHECKING, READY, DONE -> false;
    };
  }

  private static boolean isTheirs(Actor.Person officer, BulkJob job) {
    return job.maker().equals(officer.id())
        && !AccessRules.scope(officer, Action.APPLY_FOR_OTHERS).isEmpty();
  }

  private static void requireOfficer(Actor.Person officer) throws Refused {
    if (AccessRules.scope(officer, Action.APPLY_FOR_OTHERS).isEmpty()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "officers bring lists");
    }
  }

  private static BulkJob.Kind kindOf(List<BulkEntry> entries) throws Refused {
    // A row that can't be read may lack its request for that very reason.
    boolean some = entries.stream().anyMatch(one -> one.csr().isPresent());
    boolean all = entries.stream().allMatch(one -> one.csr().isPresent() || !one.fault().isEmpty());
    if (some && !all) {
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT, "all rows have a certification request, or none");
    }
    return some ? BulkJob.Kind.APPLICATIONS : BulkJob.Kind.INVITATIONS;
  }

  /** What is written twice is done once. */
  private static List<BulkRow> rows(List<BulkEntry> entries) {
    Set<String> seen = new HashSet<>();
    var rows = new ArrayList<BulkRow>();
    for (BulkEntry entry : entries) {
      String key =
          entry
              .csr()
              .map(csr -> "csr:" + csr.toHex())
              .orElseGet(() -> entry.who().toLowerCase(Locale.ROOT) + " " + entry.tenant());
      BulkRow row = BulkRow.of(rows.size() + 1, entry);
      rows.add(
          row.state() == BulkRow.State.FAULTY || seen.add(key)
              ? row
              : row.refused(
                  BulkRow.State.FAULTY,
                  new Refused(RefusalReason.DUPLICATE, "it stands in the list twice")));
    }
    return rows;
  }

  private UUID randomId() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static Refused notFound() {
    return new Refused(RefusalReason.NOT_FOUND, "no such list");
  }
}
