package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The one door for applications and decisions. Nothing else leads to issuance. */
public final class RegistrationDesk {
  /** What the person may apply for. */
  public List<Offer> offers(Actor.Person person) throws DirectoryUnavailable {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes an application. Where the profile asks for no approval, the certificate may be there when
   * this returns.
   *
   * @throws Refused with the reason; nothing was stored but the audit event
   */
  public CertificateRequest submit(Actor applicant, CertificateApplication application)
      throws Refused {
    throw new UnsupportedOperationException();
  }

  /** The person's own requests, newest first. */
  public List<CertificateRequest> own(Actor.Person person) {
    throw new UnsupportedOperationException();
  }

  /** What waits for a decision in the actor's scope, oldest first. */
  public List<CertificateRequest.AwaitingApproval> inbox(Actor actor) {
    throw new UnsupportedOperationException();
  }

  /**
   * Requests of all states in the actor's scope, newest first.
   *
   * @param offset how many to skip
   * @param limit 1 to 500
   */
  public List<CertificateRequest> all(Actor actor, int offset, int limit) {
    throw new UnsupportedOperationException();
  }

  /**
   * One request, if it is the actor's own or of a tenant that they may see.
   *
   * @throws Refused NOT_FOUND, also where it exists but is not for this actor
   */
  public CertificateRequest view(Actor actor, RequestId id) throws Refused {
    throw new UnsupportedOperationException();
  }

  /**
   * What the directory says of the subject now; empty if the entry is gone.
   *
   * @throws Refused NOT_FOUND as for {@link #view}; DIRECTORY_UNAVAILABLE
   */
  public Optional<Subject> directoryEntry(Actor actor, RequestId id) throws Refused {
    throw new UnsupportedOperationException();
  }

  /**
   * An officer says yes. If that was the last yes needed, the certificate is made at once; if the
   * vault can't be reached the answer is {@code Approved}, and the certificate follows by itself.
   *
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, OWN_APPLICATION, SAME_OFFICER, WRONG_STATE,
   *     SUBJECT_DISABLED, …
   */
  public CertificateRequest approve(Actor officer, RequestId id) throws Refused {
    throw new UnsupportedOperationException();
  }

  /**
   * An officer says no.
   *
   * @param reason in words, for the applicant, 1 to 500 characters
   */
  public CertificateRequest refuse(Actor officer, RequestId id, String reason) throws Refused {
    throw new UnsupportedOperationException();
  }

  /** The applicant takes it back. */
  public CertificateRequest withdraw(Actor applicant, RequestId id) throws Refused {
    throw new UnsupportedOperationException();
  }

  /** The subjects with a request that is not at its end. */
  public Set<SubjectId> subjectsWithOpenRequests() {
    throw new UnsupportedOperationException();
  }

  /**
   * The subject left the directory: its open requests are refused, with the cause as the reason.
   *
   * @param component who saw it
   */
  public void subjectLeft(Actor.Component component, SubjectId subject, String cause) {
    throw new UnsupportedOperationException();
  }
}
