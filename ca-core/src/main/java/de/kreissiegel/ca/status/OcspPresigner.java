package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.AuthorityState;
import de.kreissiegel.ca.status.AnswerBook.Change;
import de.kreissiegel.ca.status.AnswerBook.Due;
import de.kreissiegel.ca.status.AnswerBook.Slot;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Signs OCSP answers ahead: of what is new or has changed at once, and of all certificates again
 * and again, slot by slot, so that none is older than half of its validity. Any number of nodes may
 * do it: they share the work by claims in the database, and what one has claimed when it dies is
 * free again.
 *
 * <p>Each certificate is signed for twice, once for each hash in a CertID. What is signed while its
 * status changes does no harm: the count of changes in each answer tells which is the later one.
 */
final class OcspPresigner {
  private static final int CHANGES_AT_ONCE = 500;

  /** So many answers are signed in a moment; then more slots are taken at once. */
  private static final int FEW = 500;

  private static final Duration KEPT_AFTER_END = Duration.ofHours(1);

  private final AnswerBook book;
  private final Transactions transactions;
  private final AuthorityCatalog catalog;
  private final OcspSigner signer;
  private final OcspBulk bulk;
  private final OcspSettings settings;
  private final Clock clock;
  private final RandomGenerator random;
  private Instant dropped = Instant.EPOCH;
  private boolean opened;
  private int slotsAtOnce = 1;

  OcspPresigner(
      AnswerBook book,
      Transactions transactions,
      AuthorityCatalog catalog,
      OcspSigner signer,
      OcspSettings settings,
      Clock clock,
      RandomGenerator random) {
    this.book = book;
    this.transactions = transactions;
    this.catalog = catalog;
    this.signer = signer;
    this.bulk = new OcspBulk(signer);
    this.settings = settings;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Signs for all that is new or has changed.
   *
   * @return whether there was anything
   * @throws SigningUnavailable if the vault is away; all stays due
   */
  boolean signChanges() throws SigningUnavailable, SigningRefused {
    boolean any = false;
    while (signSomeChanges()) {
      any = true;
    }
    return any;
  }

  private boolean signSomeChanges() throws SigningUnavailable, SigningRefused {
    return this.<Boolean>transact(
        transaction -> {
          List<Change> changes = book.takeChanges(transaction, CHANGES_AT_ONCE);
          Set<AuthorityName> living = living();
          Map<AuthorityName, List<Change>> byAuthority =
              changes.stream()
                  .filter(change -> living.contains(change.authority()))
                  .collect(Collectors.groupingBy(Change::authority));
          List<Signed> signed = new ArrayList<>();
          for (var one : byAuthority.entrySet()) {
            signed.add(sign(one.getKey(), one.getValue()));
          }
          signed.forEach(batch -> append(transaction, batch));
          return !changes.isEmpty();
        });
  }

  /** Those that have a responder, and haven't ended: it would have no key any more. */
  private Set<AuthorityName> living() {
    Instant now = clock.instant();
    return catalog.all().stream()
        .filter(authority -> authority.ocspKey().isPresent())
        .map(Authority::name)
        .filter(name -> catalog.state(name, now).filter(AuthorityState.ENDED::equals).isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private Signed sign(AuthorityName authority, List<Change> changes)
      throws SigningUnavailable, SigningRefused {
    List<Change> changed = changes.stream().filter(Change::changed).toList();
    Instant since = changed.stream().map(Change::at).min(Instant::compareTo).orElse(Instant.EPOCH);
    List<Due> dues = changes.stream().map(Change::due).toList();
    return sign(authority, OptionalInt.empty(), dues, changed.size(), since);
  }

  /**
   * Signs for slots that are due: one if there are many certificates in each, more if there are
   * few.
   *
   * @return whether one was
   * @throws SigningUnavailable if the vault is away; all stays due
   */
  synchronized boolean signSlots() throws SigningUnavailable, SigningRefused {
    if (!opened) {
      book.openSlots(living(), clock.instant());
      opened = true;
    }
    dropEnded();
    int signed =
        this.<Integer>transact(
            transaction -> {
              List<Slot> claimed =
                  book.claimSlots(transaction, living(), clock.instant(), slotsAtOnce);
              int answers = 0;
              for (var of :
                  claimed.stream().collect(Collectors.groupingBy(Slot::authority)).entrySet()) {
                answers += sign(transaction, of.getKey(), of.getValue());
              }
              return claimed.isEmpty() ? -1 : answers;
            });
    slotsAtOnce = signed > FEW ? 1 : Math.min(2 * slotsAtOnce, AnswerBook.SLOTS);
    return signed >= 0;
  }

  /** Signs for all certificates of some slots; how many there were. */
  private int sign(Transaction transaction, AuthorityName authority, List<Slot> slots)
      throws SigningUnavailable, SigningRefused {
    Instant now = clock.instant();
    Instant expired = settings.archive().map(now::minus).orElse(now);
    Map<Integer, List<Due>> bySlot =
        book.inSlots(transaction, authority, slots, expired).stream()
            .collect(Collectors.groupingBy(Due::slot));
    Map<Slot, Instant> next = new HashMap<>();
    List<Signed> all = new ArrayList<>();
    int answers = 0;
    for (Slot slot : slots) {
      List<Due> dues = bySlot.getOrDefault(slot.number(), List.of());
      Duration half = settings.validity().dividedBy(2);
      if (!dues.isEmpty()) {
        Signed signed = sign(authority, OptionalInt.of(slot.number()), dues, 0, Instant.EPOCH);
        half = Duration.between(now, signed.nextUpdate()).dividedBy(2);
        all.add(signed);
        answers += dues.size();
      }
      next.put(slot, next(now, half));
    }
    book.signedSlots(transaction, next);
    all.forEach(batch -> append(transaction, batch));
    return answers;
  }

  /** Slots that were signed together drift apart, so that the work is spread over the time. */
  private Instant next(Instant now, Duration half) {
    long millis = Math.max(half.toMillis(), 1000);
    return now.plus(random.nextLong(millis / 2, millis + 1), ChronoUnit.MILLIS);
  }

  /** A batch that is signed and not yet kept. */
  private record Signed(
      AuthorityName authority, OptionalInt slot, Bytes encoded, Instant nextUpdate) {}

  private Signed sign(
      AuthorityName name, OptionalInt slot, List<Due> dues, int changes, Instant changedAt)
      throws SigningUnavailable, SigningRefused {
    OcspForm form = signer.form(catalog.get(name));
    OcspTerm term = signer.term(form, true);
    List<List<Bytes>> signatures = bulk.sign(form, term, dues);
    var writer = new AnswerBatchWriter(form, term, changes, changedAt, dues.size());
    for (int i = 0; i < dues.size(); i++) {
      Due due = dues.get(i);
      writer.add(due, settings.maxAge().apply(due.profile()), signatures.get(i));
    }
    return new Signed(name, slot, writer.encoded(), term.nextUpdate());
  }

  private void append(Transaction transaction, Signed signed) {
    book.append(
        transaction, signed.authority(), signed.slot(), signed.encoded(), signed.nextUpdate());
  }

  private void dropEnded() {
    Instant now = clock.instant();
    if (dropped.plus(KEPT_AFTER_END).isBefore(now)) {
      dropped = now;
      book.dropEndedBefore(now.minus(KEPT_AFTER_END));
    }
  }

  /** What is done in a transaction of its own. */
  @FunctionalInterface
  private interface Step<T> {
    T in(Transaction transaction) throws SigningUnavailable, SigningRefused;
  }

  private <T> T transact(Step<T> step) throws SigningUnavailable, SigningRefused {
    try {
      return transactions.<T, Exception>inTransaction(step::in);
    } catch (SigningUnavailable | SigningRefused | RuntimeException known) {
      throw known;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
