package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.pseudonym.PseudonymBook;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.GroupCommit;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Moves requests from state to state, each step with its audit event in one transaction. */
public final class RequestLedger {
  private final RequestBook book;
  private final PseudonymBook pseudonyms;
  private final AuditTrail audit;
  private final ReadLog reads;
  private final GroupCommit transactions;
  private final GroupCommit.Door<Arrival, RequestBook.Opened> opening;
  private final Clock clock;

  public RequestLedger(
      RequestBook book,
      PseudonymBook pseudonyms,
      AuditTrail audit,
      ReadLog reads,
      GroupCommit transactions,
      Clock clock) {
    this.book = book;
    this.pseudonyms = pseudonyms;
    this.audit = audit;
    this.reads = reads;
    this.transactions = transactions;
    this.opening = transactions.door(this::openAll);
    this.clock = clock;
  }

  /** A new request and who brought it. */
  private record Arrival(Actor actor, RequestBook.Opening opening) {
    CertificateRequest request() {
      return opening.request();
    }
  }

  /** One step of a request; it refuses where the state doesn't allow it. */
  @FunctionalInterface
  interface Step {
    CertificateRequest from(CertificateRequest.AwaitingApproval state) throws Refused;
  }

  RequestBook book() {
    return book;
  }

  /** The time, as exactly as the database keeps it. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS); // as the database keeps it
  }

  /**
   * Stores a new request. Those who come at the same time share a commit.
   *
   * @param hold in whose hand it is from the start, if in anybody's
   * @return what else was looked up on this occasion; nothing if an earlier attempt had stored it
   * @throws Refused DUPLICATE, KEY_IN_USE
   */
  Optional<SeenAtOpening> open(
      Actor actor, CertificateRequest request, Optional<RequestBook.Hold> hold) throws Refused {
    RequestBook.Opened opened =
        opening.commit(new Arrival(actor, new RequestBook.Opening(request, hold)));
    requireStored(opened.outcome());
    return opened.seen();
  }

  private static void requireStored(RequestBook.Outcome outcome) throws Refused {
    switch (outcome) {
      case NEW, STORED -> {}
      case DUPLICATE ->
          throw new Refused(RefusalReason.DUPLICATE, "an application like this one is open");
      case KEY_IN_USE ->
          throw new Refused(
              RefusalReason.KEY_IN_USE, "the key stands in another certificate or application");
    }
  }

  private List<RequestBook.Opened> openAll(Transaction transaction, List<Arrival> arrivals) {
    List<RequestBook.Opened> opened =
        book.open(transaction, arrivals.stream().map(Arrival::opening).toList());
    for (int i = 0; i < arrivals.size(); i++) {
      if (opened.get(i).outcome() == RequestBook.Outcome.NEW) {
        CertificateRequest request = arrivals.get(i).request();
        CertificateRequest.Content content = request.content();
        audit.append(
            transaction,
            arrivals.get(i).actor(),
            "request.submitted",
            Optional.of(content.tenant()),
            RequestEvents.objectOf(request),
            RequestEvents.submission(content, SubjectKey.hash(content.publicKey())));
      }
    }
    return opened;
  }

  /**
   * Opens a request of the system itself, approved from the start. If one for this key is open
   * already, it is that one.
   */
  public CertificateRequest openForSystem(
      Actor.Component component, CertificateRequest.Content content) {
    var keyHash = SubjectKey.hash(content.publicKey());
    return transactions.<CertificateRequest, RuntimeException>inTransaction(
        transaction -> {
          book.serialize(transaction, keyHash);
          Optional<CertificateRequest> open =
              book.openWithKey(transaction, content.applicant(), content.profile(), keyHash);
          if (open.isPresent() && open.get().content().wishes().equals(content.wishes())) {
            return open.get();
          }
          CertificateRequest request = new CertificateRequest.Submitted(content).route(0);
          book.insert(transaction, request);
          audit.append(
              transaction,
              component,
              "request.submitted",
              SystemTenant.real(content),
              RequestEvents.objectOf(request),
              RequestEvents.submission(content, keyHash));
          return request;
        });
  }

  /**
   * Stores the parts of an order, all or none.
   *
   * @throws Refused DUPLICATE, KEY_IN_USE
   */
  void openOrder(Actor actor, List<CertificateRequest> parts) throws Refused {
    transactions.<Boolean, Refused>inTransaction(
        transaction -> {
          List<Arrival> arrivals =
              parts.stream()
                  .map(part -> new Arrival(actor, new RequestBook.Opening(part, Optional.empty())))
                  .toList();
          for (RequestBook.Opened opened : openAll(transaction, arrivals)) {
            requireStored(opened.outcome()); // else nothing of the transaction stays
          }
          return true;
        });
  }

  /**
   * Moves requests that await approval, all of them or none.
   *
   * @param ids in an order that is everybody's
   * @throws Refused NOT_FOUND, WRONG_STATE, or what the step says of one of them
   */
  List<CertificateRequest> move(Actor actor, List<RequestId> ids, Step step) throws Refused {
    return move(actor, ids, "", step);
  }

  /**
   * The same.
   *
   * @param more what the trail says beside the step itself
   */
  List<CertificateRequest> move(Actor actor, List<RequestId> ids, String more, Step step)
      throws Refused {
    return move(actor, ids, more, step, (_, _) -> {});
  }

  /** What belongs to a step and is written with it. */
  @FunctionalInterface
  interface Along {
    void write(Transaction transaction, CertificateRequest moved);
  }

  /**
   * The same.
   *
   * @param along what else is written for each request that moved
   */
  List<CertificateRequest> move(
      Actor actor, List<RequestId> ids, String more, Step step, Along along) throws Refused {
    return transactions.<List<CertificateRequest>, Refused>inTransaction(
        transaction -> {
          var moved = new ArrayList<CertificateRequest>();
          for (RequestId id : ids) {
            moved.add(moveOne(transaction, actor, id, more, step, along));
          }
          return List.copyOf(moved);
        });
  }

  private CertificateRequest moveOne(
      Transaction transaction, Actor actor, RequestId id, String more, Step step, Along along)
      throws Refused {
    // Locked first: of two officers at once the second sees what the first has decided.
    CertificateRequest now = locked(transaction, id);
    CertificateRequest next = step.from(awaiting(now));
    if (next instanceof CertificateRequest.Approved) {
      claimPseudonym(transaction, next.content());
    }
    if (!book.move(transaction, now, next)) {
      throw new Refused(RefusalReason.WRONG_STATE, "somebody was faster");
    }
    along.write(transaction, next);
    audit.append(
        transaction,
        actor,
        RequestEvents.actionOf(next),
        Optional.of(next.content().tenant()),
        RequestEvents.objectOf(next),
        RequestEvents.detailOf(next) + more);
    return next;
  }

  /** From now on it is theirs for ever. */
  private void claimPseudonym(Transaction transaction, CertificateRequest.Content content)
      throws Refused {
    Optional<Pseudonym> pseudonym = content.values().pseudonym();
    if (pseudonym.isPresent()
        && !pseudonyms.claim(
            transaction, pseudonym.get(), content.subject().id(), content.tenant(), now())) {
      throw taken();
    }
  }

  /**
   * Looks ahead whether a pseudonym can become the subject's; it does when the request is approved.
   *
   * @throws Refused BAD_CERT_TEMPLATE if it is, or ever was, another's
   */
  void requireFree(CertificateRequest.Content content) throws Refused {
    Optional<Pseudonym> pseudonym = content.values().pseudonym();
    if (pseudonym.isPresent()
        && !pseudonyms.isFree(pseudonym.get(), content.subject().id(), content.tenant())) {
      throw taken();
    }
  }

  private static Refused taken() {
    return new Refused(
        RefusalReason.BAD_CERT_TEMPLATE, "the field pseudonym is taken, and stays taken for ever");
  }

  private CertificateRequest locked(Transaction transaction, RequestId id) throws Refused {
    return book.lock(transaction, id)
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such request"));
  }

  /** A request that goes on waiting, for somebody else. */
  @FunctionalInterface
  interface Turn {
    /** Writes what there is to write, and says for whom it waits now. */
    Waiting take(Transaction transaction, CertificateRequest.AwaitingApproval state) throws Refused;
  }

  /**
   * Has a request that awaits approval wait for somebody else.
   *
   * @param action how the trail calls it
   * @param said what the trail tells of it
   * @throws Refused NOT_FOUND, WRONG_STATE, or what the turn says
   */
  CertificateRequest.AwaitingApproval turn(
      Actor actor, RequestId id, String action, String said, Turn turn) throws Refused {
    return transactions.<CertificateRequest.AwaitingApproval, Refused>inTransaction(
        transaction -> {
          CertificateRequest.AwaitingApproval now = awaiting(locked(transaction, id));
          CertificateRequest.AwaitingApproval next = now.with(turn.take(transaction, now));
          audit.append(
              transaction,
              actor,
              action,
              Optional.of(now.content().tenant()),
              RequestEvents.objectOf(now),
              RequestEvents.detailOf(now) + said);
          return next;
        });
  }

  /** A change to a request that goes on waiting. */
  @FunctionalInterface
  interface Amendment {
    CertificateRequest.AwaitingApproval of(CertificateRequest.AwaitingApproval state)
        throws Refused;
  }

  /**
   * Changes what a request that awaits approval says. Approvals of its whole order are void, for
   * who gave them approved something else.
   *
   * @param order the ids of all its parts, in an order that is everybody's
   * @throws Refused NOT_FOUND, WRONG_STATE, or what the amendment says
   */
  Amended amend(Actor actor, RequestId id, List<RequestId> order, Amendment amendment)
      throws Refused {
    return transactions.<Amended, Refused>inTransaction(
        transaction -> {
          Optional<Amended> amended = Optional.empty();
          for (RequestId part : order) {
            CertificateRequest.AwaitingApproval now = awaiting(locked(transaction, part));
            boolean itself = part.equals(id);
            CertificateRequest.AwaitingApproval next =
                itself ? amendment.of(now) : now.withoutApprovals();
            if (itself) {
              amended = Optional.of(new Amended(next, now.approvals()));
            }
            if (!next.equals(now)) {
              book.amend(transaction, next);
              audit.append(
                  transaction,
                  actor,
                  "request.fields-set",
                  Optional.of(now.content().tenant()),
                  RequestEvents.objectOf(now),
                  RequestEvents.amendment(now, next));
            }
          }
          return amended.orElseThrow();
        });
  }

  /** Refuses a request whose subject left, awaiting approval or approved; else does nothing. */
  void refuseOpen(Actor actor, RequestId id, String by, String reason) {
    transactions.<Boolean, RuntimeException>inTransaction(
        transaction -> {
          CertificateRequest now = book.lock(transaction, id).orElseThrow();
          Optional<CertificateRequest> next =
              switch (now) {
                case CertificateRequest.AwaitingApproval waiting ->
                    Optional.of(waiting.refuse(by, reason, now()));
                case CertificateRequest.Approved approved ->
                    Optional.of(approved.refuse(by, reason, now()));
                default -> Optional.empty();
              };
          if (next.isEmpty() || !book.move(transaction, now, next.get())) {
            return false;
          }
          audit.append(
              transaction,
              actor,
              RequestEvents.actionOf(next.get()),
              Optional.of(now.content().tenant()),
              RequestEvents.objectOf(now),
              RequestEvents.detailOf(next.get()));
          return true;
        });
  }

  /** Notes that an application was turned away at the door; nothing else is left of it. */
  void noteTurnedAway(
      Actor actor, CertificateApplication application, Optional<TenantId> tenant, Refused refused) {
    transactions.<Boolean, RuntimeException>inTransaction(
        transaction -> {
          audit.append(
              transaction,
              actor,
              "application.refused",
              tenant,
              "profile:" + application.profile(),
              "reason="
                  + refused.reason()
                  + " subject="
                  + Words.clean(application.subject().value())
                  + " detail="
                  + Words.clean(refused.refusal().detail()));
          return true;
        });
  }

  /** Notes that somebody looked at another's request. */
  void noteRead(Actor actor, CertificateRequest request) {
    reads.viewed(actor, SystemTenant.real(request.content()), RequestEvents.objectOf(request));
  }

  static CertificateRequest.AwaitingApproval awaiting(CertificateRequest request) throws Refused {
    if (request instanceof CertificateRequest.AwaitingApproval waiting) {
      return waiting;
    }
    throw new Refused(RefusalReason.WRONG_STATE, "the request no longer awaits a decision");
  }
}
