package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The one door for applications and decisions. Nothing else leads to issuance. */
public final class RegistrationDesk {
  private static final Actor.Component SELF = new Actor.Component("registration");

  private final ProfileCatalog profiles;
  private final ApplicationCheck check;
  private final RequestLedger ledger;
  private final Issuing issuing;
  private final SecureRandom random;

  public RegistrationDesk(
      ProfileCatalog profiles,
      SubjectDirectory directory,
      RequestLedger ledger,
      Issuing issuing,
      SecureRandom random) {
    this.profiles = profiles;
    this.check = new ApplicationCheck(profiles, directory);
    this.ledger = ledger;
    this.issuing = issuing;
    this.random = random;
  }

  /** What the person may apply for. */
  public List<Offer> offers(Actor.Person person) throws DirectoryUnavailable {
    return check.offers(person);
  }

  /**
   * Takes an application. Where the profile asks for no approval, the certificate may be there when
   * this returns.
   *
   * @throws Refused with the reason; nothing was stored but the audit event
   */
  public CertificateRequest submit(Actor applicant, CertificateApplication application)
      throws Refused {
    Optional<TenantId> tenant = Optional.empty();
    try {
      Subject subject = check.subjectFor(applicant, application.subject(), application.tenant());
      tenant = Optional.of(application.tenant());
      CertificateProfile profile = check.profileFor(application.profile(), subject);
      String remark = Words.remark(application.remark());
      var proved = CertificationRequest.verified(application.certificationRequest());
      ApplicationCheck.checkKey(profile, proved.key());
      NameWishes.confirm(proved.wishes(), subject);
      var content =
          new CertificateRequest.Content(
              RequestId.random(random),
              applicant.auditName(),
              nameOf(applicant),
              application.tenant(),
              profile.name(),
              subject,
              proved.key().info(),
              Optional.of(application.certificationRequest()),
              proved.wishes(),
              remark,
              ledger.now());
      var routed = new CertificateRequest.Submitted(content).route(profile.approvals());
      ledger.open(applicant, routed);
      return goOn(routed);
    } catch (Refused refused) {
      ledger.noteTurnedAway(applicant, application, tenant, refused);
      throw refused;
    }
  }

  /** The person's own requests, newest first. */
  public List<CertificateRequest> own(Actor.Person person) {
    return ledger.book().ofApplicant(person.auditName());
  }

  /** What waits for a decision in the actor's scope, oldest first. */
  public List<CertificateRequest.AwaitingApproval> inbox(Actor actor) {
    return ledger.book().awaiting(AccessRules.scope(actor, Action.DECIDE));
  }

  /**
   * Requests of all states in the actor's scope, newest first.
   *
   * @param offset how many to skip
   * @param limit 1 to 500
   */
  public List<CertificateRequest> all(Actor actor, int offset, int limit) {
    if (offset < 0 || limit < 1 || limit > 500) {
      throw new IllegalArgumentException("offset from 0, limit 1 to 500");
    }
    return ledger
        .book()
        .ofTenants(AccessRules.scope(actor, Action.VIEW_APPLICATIONS), offset, limit);
  }

  /**
   * One request, if it is the actor's own or of a tenant that they may see.
   *
   * @throws Refused NOT_FOUND, also where it exists but is not for this actor
   */
  public CertificateRequest view(Actor actor, RequestId id) throws Refused {
    return ledger
        .book()
        .find(id)
        .filter(
            request ->
                isOwn(actor, request)
                    || AccessRules.allows(
                        actor, Action.VIEW_APPLICATIONS, request.content().tenant()))
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such request"));
  }

  /**
   * What the directory says of the subject now; empty if the entry is gone.
   *
   * @throws Refused NOT_FOUND as for {@link #view}; DIRECTORY_UNAVAILABLE
   */
  public Optional<Subject> directoryEntry(Actor actor, RequestId id) throws Refused {
    return check.current(view(actor, id).content().subject().id());
  }

  /**
   * An officer says yes. If that was the last yes needed, the certificate is made at once; if the
   * vault can't be reached the answer is {@code Approved}, and the certificate follows by itself.
   *
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, OWN_APPLICATION, SAME_OFFICER, WRONG_STATE,
   *     SUBJECT_DISABLED, …
   */
  public CertificateRequest approve(Actor officer, RequestId id) throws Refused {
    Actor.Person person = decider(officer, view(officer, id));
    CertificateRequest.AwaitingApproval waiting = RequestLedger.awaiting(view(officer, id));
    waiting.forbidOwn(person.id());
    check.stillHolds(waiting.content());
    var approval = new Approval(person.id(), person.displayName(), ledger.now());
    return goOn(ledger.move(officer, id, state -> state.approve(approval)));
  }

  /**
   * An officer says no.
   *
   * @param reason in words, for the applicant, 1 to 500 characters
   */
  public CertificateRequest refuse(Actor officer, RequestId id, String reason) throws Refused {
    Actor.Person person = decider(officer, view(officer, id));
    String words = Words.reason(reason);
    return ledger.move(
        officer,
        id,
        state -> {
          state.forbidOwn(person.id());
          return state.refuse(person.displayName(), words, ledger.now());
        });
  }

  /** The applicant takes it back. */
  public CertificateRequest withdraw(Actor applicant, RequestId id) throws Refused {
    if (!isOwn(applicant, view(applicant, id))) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "only the applicant takes it back");
    }
    return ledger.move(applicant, id, state -> state.withdraw(ledger.now()));
  }

  /** The subjects with a request that is not at its end. */
  public Set<SubjectId> subjectsWithOpenRequests() {
    return ledger.book().subjectsWithOpen();
  }

  /**
   * The subject left the directory: its open requests are refused, with the cause as the reason.
   *
   * @param component who saw it
   */
  public void subjectLeft(Actor.Component component, SubjectId subject, String cause) {
    for (RequestId id : ledger.book().openFor(subject)) {
      ledger.refuseOpen(component, id, component.component(), Words.clean(cause));
    }
  }

  /**
   * Ends requests that nobody decided on within their profile's time. A job's method.
   *
   * @return how many
   */
  public int expireOld(Instant now) {
    int expired = 0;
    for (CertificateRequest.AwaitingApproval waiting : ledger.book().awaitingSince(now)) {
      Duration patience =
          profiles
              .find(waiting.content().profile())
              .map(CertificateProfile::requestExpiry)
              .orElse(Duration.ZERO); // the profile is gone: nobody can approve it any more
      if (!waiting.content().submittedAt().plus(patience).isAfter(now)) {
        try {
          ledger.move(SELF, waiting.id(), state -> state.expire(now));
          expired++;
        } catch (Refused decidedMeanwhile) {
          // Somebody decided between the look and the move, which is better.
        }
      }
    }
    return expired;
  }

  private CertificateRequest goOn(CertificateRequest request) {
    return request instanceof CertificateRequest.Approved approved
        ? issuing.issue(approved)
        : request;
  }

  private static Actor.Person decider(Actor actor, CertificateRequest request) throws Refused {
    if (actor instanceof Actor.Person person
        && AccessRules.allows(person, Action.DECIDE, request.content().tenant())) {
      return person;
    }
    throw new Refused(RefusalReason.NOT_AUTHORIZED, "officers of the tenant decide");
  }

  private static boolean isOwn(Actor actor, CertificateRequest request) {
    return request.content().applicant().equals(actor.auditName());
  }

  private static String nameOf(Actor actor) {
    return switch (actor) {
      case Actor.Person person -> person.displayName();
      case Actor.Component component -> component.component();
    };
  }
}
