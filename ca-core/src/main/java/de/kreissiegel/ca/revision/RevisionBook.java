package de.kreissiegel.ca.revision;

import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Where reviews are kept. Nothing in it is changed; things are added. */
public interface RevisionBook {
  /** When the trail begins; empty if there is none yet. */
  Optional<Instant> beginning();

  /** Whose affairs the trail tells of in this time; the house's own are an empty one. */
  Set<Optional<TenantId>> areas(Instant from, Instant until);

  /** Reviews whose period touches this time, the latest first; the house's own among them. */
  List<Sketch> sketches(Instant from, Instant until);

  /**
   * A review in short.
   *
   * @param signed whether it is signed off
   */
  record Sketch(UUID id, Optional<TenantId> tenant, Instant from, Instant until, boolean signed) {
    /** Whether it is of these affairs and covers this period. */
    boolean covers(Optional<TenantId> whose, ReviewPeriod period) {
      return tenant.equals(whose)
          && !from.isAfter(period.from())
          && !until.isBefore(period.until());
    }
  }

  /**
   * Stores a new one and draws its sample from what the trail holds.
   *
   * @return what was drawn; empty, and nothing stored, if there is one of the same affairs and
   *     period already
   */
  Optional<List<Revision.Drawn>> open(Transaction transaction, Revision fresh);

  /** One of them. */
  Optional<Revision> find(UUID id);

  /** The same, while nobody else adds anything to it until the transaction's end. */
  Optional<Revision> alone(Transaction transaction, UUID id);

  /** All that was drawn, in the order of the numbers. */
  List<SampleItem> items(UUID revision);

  /** The same as it stands within a transaction. */
  List<SampleItem> items(Transaction transaction, UUID revision);

  /** Notes that an item is in order. */
  void inOrder(Transaction transaction, UUID revision, int item, Said said);

  /** Notes what was found. */
  void add(Transaction transaction, Finding finding);

  /** Notes what became of it. */
  void add(Transaction transaction, UUID finding, int number, Finding.Step step);

  /** All findings of a review, the oldest first. */
  List<Finding> findings(UUID revision);

  /** The same as it stands within a transaction. */
  List<Finding> findings(Transaction transaction, UUID revision);

  /** Findings of these tenants and of the house that nobody has closed; 200 at most. */
  List<Finding> openFindings(Set<TenantId> tenants);

  /** Notes what the check of the chains saw. */
  void add(Transaction transaction, UUID revision, Revision.Check check);

  /** Closes it. */
  void signOff(Transaction transaction, UUID revision, Revision.SignOff signOff);

  /**
   * Notes that it was told that reviews of a period are due, or overdue; whether nobody had.
   *
   * @param overdue else due
   */
  boolean notice(Transaction transaction, ReviewPeriod period, boolean overdue, Instant at);

  /** Each review of these affairs whose period touches this time, the earliest first. */
  void each(
      Set<TenantId> tenants, boolean house, Instant from, Instant until, Consumer<Revision> each);
}
