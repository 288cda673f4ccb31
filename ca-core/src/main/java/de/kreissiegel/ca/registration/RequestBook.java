package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where requests are kept. Nothing is deleted; states move forward. */
public interface RequestBook {
  /** Stores a new request in the state that it has. */
  void insert(Transaction transaction, CertificateRequest request);

  /**
   * Moves a request from one state to another, if it is still in the first.
   *
   * @return false if somebody was faster; nothing is changed then
   */
  boolean move(Transaction transaction, CertificateRequest from, CertificateRequest to);

  /** Stores the values of a locked request that awaits approval, and forgets its approvals. */
  void amend(Transaction transaction, CertificateRequest.AwaitingApproval amended);

  /**
   * Moves approved requests to their certificates, those that are still approved.
   *
   * @return for each whether it was, in the same order
   */
  List<Boolean> issue(Transaction transaction, List<CertificateRequest.Issued> issued);

  Optional<CertificateRequest> find(RequestId id);

  /** Whether this certificate is good, and of the same holder, tenant and profile. */
  boolean isFollowable(Predecessor certificate, CertificateRequest.Content by);

  /** The same within a transaction, its row locked until the end. */
  Optional<CertificateRequest> lock(Transaction transaction, RequestId id);

  /**
   * Stores new requests, each in the state that it has, unless it may not be: one at a time is open
   * of an applicant for a subject and profile, and a key stands in one certificate or open request,
   * unless it is never to be certified. Whoever opens such a one elsewhere waits until this
   * transaction's end.
   *
   * @return what came of each, in the same order
   */
  List<Opened> open(Transaction transaction, List<Opening> openings);

  /**
   * A new request.
   *
   * @param hold in whose hand it is from the start, if in anybody's
   */
  record Opening(CertificateRequest request, Optional<Hold> hold) {}

  /**
   * Who has an approved request in hand.
   *
   * @param holder the name of one process
   * @param until when others may take it
   */
  record Hold(String holder, Instant until) {}

  /**
   * What came of a new request.
   *
   * @param seen what else was looked up; only of a new one
   */
  record Opened(Outcome outcome, Optional<SeenAtOpening> seen) {
    /** That of one that isn't new. */
    public static Opened of(Outcome outcome) {
      return new Opened(outcome, Optional.empty());
    }
  }

  /** Whether a new request was stored. */
  enum Outcome {
    /** It is stored. */
    NEW,
    /** It was stored already, by an earlier attempt of whose commit nobody heard. */
    STORED,
    /** One like it is open; it is not stored. */
    DUPLICATE,
    /**
     * Its key stands in another certificate or open request, or is never to be certified; it is not
     * stored.
     */
    KEY_IN_USE
  }

  /**
   * Makes everybody else wait, until the transaction's end, who opens a request with the same key,
   * so that what is looked up before an insert still holds after it.
   */
  void serialize(Transaction transaction, Bytes publicKeyHash);

  /** An open request of this applicant with this key. */
  Optional<CertificateRequest> openWithKey(
      Transaction transaction, String applicant, ProfileName profile, Bytes publicKeyHash);

  /** The parts of an order, in the order of their ids. */
  List<CertificateRequest> ofOrder(OrderId order);

  /**
   * Requests of an applicant, newest first.
   *
   * @param offset how many are left out before them
   * @param limit how many at most
   */
  List<CertificateRequest> ofApplicant(String applicant, int offset, int limit);

  /** Those of them that are for this subject; the newest 100. */
  List<CertificateRequest> ofApplicant(String applicant, SubjectId subject);

  /**
   * What waits for a decision, oldest first.
   *
   * @param tenants all of theirs
   * @param appointing of theirs what would make an officer
   */
  List<CertificateRequest.AwaitingApproval> awaiting(
      Set<TenantId> tenants, Set<TenantId> appointing);

  /** What waits for a decision anywhere and was submitted before this time. */
  List<CertificateRequest.AwaitingApproval> awaitingSince(Instant before);

  /**
   * Requests, newest first.
   *
   * @param tenants all of theirs, but those with a pseudonym
   * @param deciding of theirs those with a pseudonym, too
   * @param appointing of theirs what would make an officer
   */
  List<CertificateRequest> ofTenants(
      Set<TenantId> tenants,
      Set<TenantId> deciding,
      Set<TenantId> appointing,
      int offset,
      int limit);

  /** Notes a question to the applicant of a locked request. */
  void ask(Transaction transaction, RequestId id, Question question);

  /** Notes the answer to the open question of a locked request. */
  void answer(Transaction transaction, RequestId id, Question.Answer answer);

  /** Notes that a locked request was passed on. */
  void passOn(Transaction transaction, RequestId id, Instant at);

  /** What officers asked and applicants answered, in order. */
  List<Question> questions(RequestId id);

  /** What waits for a decision and was passed on, of these tenants, oldest first. */
  List<CertificateRequest.AwaitingApproval> passedOn(Set<TenantId> tenants);

  /** The open requests for a subject. */
  List<RequestId> openFor(SubjectId subject);

  /**
   * Takes an approved request in hand, so that nobody else goes on with it.
   *
   * @return whether it is in hand now, and what is known of it
   */
  Lease lease(RequestId id, String holder, Instant now, Instant until);

  /** What came of taking a request in hand. */
  enum Lease {
    /** Somebody has it in hand, or it is not approved. */
    TAKEN,
    /** It is in hand; surely nobody put it to a vault before. */
    NEW,
    /** It is in hand; somebody had it, and may have put it to a vault without hearing an answer. */
    IN_DOUBT
  }

  /**
   * Takes the oldest approved request in hand that nobody has in hand.
   *
   * @param alsoInDoubt whether also one of those that may have been put to a vault
   */
  Optional<CertificateRequest.Approved> leaseNext(
      String holder, Instant now, Instant until, boolean alsoInDoubt);

  /**
   * Lets it go, if this holder has it: to be taken in hand again, by whoever reads the journals.
   */
  void leaveInDoubt(RequestId id, String holder, Instant now);

  /** Lets it go, if this holder has it. */
  void release(RequestId id, String holder);
}
