package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.approval.ApprovalStatement;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The one door for applications and decisions. Nothing else leads to issuance. */
public final class RegistrationDesk {
  private static final Actor.Component SELF = new Actor.Component("registration");

  private final ProfileCatalog profiles;
  private final ApplicationCheck check;
  private final RequestLedger ledger;
  private final Issuing issuing;
  private final OfficerApprovals approvals;
  private final Set<Bytes> firstOfficers;
  private final SecureRandom random;

  /**
   * Who the officers are.
   *
   * @param certificates theirs
   * @param first SHA-256 of the SubjectPublicKeyInfo of the first ones' keys: nobody is there yet
   *     to approve them; the vault knows the same keys by its policy
   */
  public record Officers(OfficerCertificates certificates, Set<Bytes> first) {
    /** As they are. */
    public Officers {
      first = Set.copyOf(first);
    }
  }

  public RegistrationDesk(
      ProfileCatalog profiles,
      SubjectDirectory directory,
      RequestLedger ledger,
      Issuing issuing,
      Officers officers,
      SecureRandom random) {
    this.profiles = profiles;
    this.check = new ApplicationCheck(profiles, directory);
    this.ledger = ledger;
    this.issuing = issuing;
    this.approvals = new OfficerApprovals(profiles, issuing, officers.certificates());
    this.firstOfficers = officers.first();
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
      CertificateRequest routed = routed(applicant, application, subject, Optional.empty());
      if (routed instanceof CertificateRequest.Approved approved) {
        ledger.open(applicant, approved, Optional.of(issuing.hold()));
        return issuing.issueHeld(approved);
      }
      if (!routed.content().values().all().isEmpty()) {
        issuing.rehearse(routed.content());
      }
      ledger.open(applicant, routed, Optional.empty());
      return routed;
    } catch (Refused refused) {
      ledger.noteTurnedAway(applicant, application, tenant, refused);
      throw refused;
    }
  }

  /** What comes of an application that nothing speaks against; nothing is stored yet. */
  private CertificateRequest routed(
      Actor applicant, CertificateApplication application, Subject subject, Optional<OrderId> order)
      throws Refused {
    CertificateProfile profile = check.profileFor(applicant, application.profile(), subject);
    Optional<Appointment> appointment = check.appointmentBy(applicant, profile, subject);
    String remark = Words.remark(application.remark());
    var proved = CertificationRequest.verified(application.certificationRequest());
    ApplicationCheck.checkKey(profile, proved.key());
    var fields = new FieldCheck(profile, application.tenant(), subject);
    FieldValues values =
        new FieldValues(
            fields.take(
                FieldSource.APPLICANT,
                NameWishes.settle(proved.wishes(), subject, profile, application.fields())));
    fields.complete(values, false);
    var content =
        new CertificateRequest.Content(
            RequestId.random(random),
            applicant.auditName(),
            nameOf(applicant),
            application.tenant(),
            profile.name(),
            subject,
            appointment,
            proved.key().info(),
            Optional.of(application.certificationRequest()),
            proved.wishes(),
            remark,
            ledger.now(),
            values,
            order);
    boolean first = appointment.isPresent() && firstOfficers.contains(proved.key().hash());
    return new CertificateRequest.Submitted(content).route(first ? 0 : profile.approvals());
  }

  /** The person's own requests, newest first. */
  public List<CertificateRequest> own(Actor.Person person) {
    return ledger.book().ofApplicant(person.auditName());
  }

  /** What waits for a decision in the actor's scope, oldest first. */
  public List<CertificateRequest.AwaitingApproval> inbox(Actor actor) {
    return ledger
        .book()
        .awaiting(
            AccessRules.scope(actor, Action.DECIDE), AccessRules.scope(actor, Action.APPOINT));
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
        .ofTenants(
            AccessRules.scope(actor, Action.VIEW_APPLICATIONS),
            AccessRules.scope(actor, Action.APPOINT),
            offset,
            limit);
  }

  /**
   * One request, if it is the actor's own or of a tenant that they may see.
   *
   * @throws Refused NOT_FOUND, also where it exists but is not for this actor
   */
  public CertificateRequest view(Actor actor, RequestId id) throws Refused {
    CertificateRequest seen = seenBy(actor, id);
    if (!isOwn(actor, seen)) {
      ledger.noteRead(actor, seen);
    }
    return seen;
  }

  private CertificateRequest seenBy(Actor actor, RequestId id) throws Refused {
    return ledger
        .book()
        .find(id)
        .filter(request -> isOwn(actor, request) || mayAs(actor, Action.VIEW_APPLICATIONS, request))
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such request"));
  }

  /**
   * What the directory says of the subject now; empty if the entry is gone.
   *
   * @throws Refused NOT_FOUND as for {@link #view}; DIRECTORY_UNAVAILABLE
   */
  public Optional<Subject> directoryEntry(Actor actor, RequestId id) throws Refused {
    return check.current(seenBy(actor, id).content().subject().id());
  }

  /** Whether the actor is an officer for this request; whether they may now is another question. */
  public boolean isOfficerFor(Actor actor, CertificateRequest request) {
    return mayAs(actor, Action.DECIDE, request);
  }

  /**
   * The fields that officers may set in this request, in their order; none if its profile is gone.
   */
  public List<Field> officersFields(CertificateRequest request) {
    return profiles
        .find(request.content().profile())
        .map(profile -> profile.fields().setBy(FieldSource.OFFICER))
        .orElse(List.of());
  }

  /** The longest that anybody may set for this request; nothing if its profile is gone. */
  public Duration longestValidity(CertificateRequest request) {
    return profiles
        .find(request.content().profile())
        .map(CertificateProfile::validity)
        .orElse(Duration.ZERO);
  }

  /** Whether an officer's yes needs their signature. */
  public boolean approvalsAreSigned() {
    return approvals.areSigned();
  }

  /** The person's own certificates that make them an officer, valid now, newest first; DER. */
  public List<Bytes> officerCertificates(Actor.Person person) {
    return approvals.certificatesOf(person, ledger.now());
  }

  /**
   * What the officer signs if they say yes now.
   *
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, OWN_APPLICATION, WRONG_STATE, DIRECTORY_UNAVAILABLE
   */
  public ApprovalStatement statement(Actor officer, RequestId id) throws Refused {
    CertificateRequest request = seenBy(officer, id);
    Actor.Person person = decider(officer, request);
    RequestLedger.awaiting(request).forbidOwn(person.id());
    return approvals.statement(request.content(), ledger.now());
  }

  /**
   * An officer says yes. If that was the last yes needed, the certificate is made at once; if the
   * vault can't be reached the answer is {@code Approved}, and the certificate follows by itself.
   *
   * @param signature a CMS SignedData by the officer's key over {@link #statement}, where {@link
   *     #approvalsAreSigned}
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, OWN_APPLICATION, SAME_OFFICER, WRONG_STATE,
   *     SUBJECT_DISABLED, SUBJECT_INCOMPLETE, APPROVAL_UNSIGNED, APPROVAL_INVALID, …
   */
  public CertificateRequest approve(Actor officer, RequestId id, Optional<Bytes> signature)
      throws Refused {
    CertificateRequest request = seenBy(officer, id);
    Actor.Person person = decider(officer, request);
    CertificateRequest.AwaitingApproval waiting = RequestLedger.awaiting(request);
    waiting.forbidOwn(person.id());
    check.stillHolds(waiting.content());
    Approval approval = approvals.approval(person, waiting.content(), signature, ledger.now());
    return goOn(
        ledger.move(
            officer,
            id,
            state -> {
              state.requireSame(waiting.content());
              return state.approve(approval);
            }));
  }

  /**
   * An officer sets the fields that their profile leaves to them, before anybody approves; what
   * they set before is replaced. Approvals that were given are void, for they were of something
   * else.
   *
   * @param said by field; a field without a value is as the directory and the applicant say
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, OWN_APPLICATION, WRONG_STATE; BAD_CERT_TEMPLATE if a
   *     field isn't theirs or a value doesn't fit; LINT
   */
  public Amended setFields(Actor officer, RequestId id, Map<Field, List<String>> said)
      throws Refused {
    CertificateRequest request = seenBy(officer, id);
    Actor.Person person = decider(officer, request);
    CertificateRequest.AwaitingApproval waiting = RequestLedger.awaiting(request);
    waiting.forbidOwn(person.id());
    CertificateRequest.Content content = waiting.content();
    CertificateProfile profile = check.profileOf(content);
    List<FieldValue> taken =
        new FieldCheck(profile, content.tenant(), content.subject())
            .take(FieldSource.OFFICER, said);
    FieldValues values = content.values().with(FieldSource.OFFICER, taken);
    issuing.rehearse(content.with(values));
    return ledger.amend(
        officer,
        id,
        state -> {
          state.requireSame(content);
          return state.set(person.id(), values);
        });
  }

  /**
   * An officer says no.
   *
   * @param reason in words, for the applicant, 1 to 500 characters
   */
  public CertificateRequest refuse(Actor officer, RequestId id, String reason) throws Refused {
    Actor.Person person = decider(officer, seenBy(officer, id));
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
    if (!isOwn(applicant, seenBy(applicant, id))) {
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
    if (actor instanceof Actor.Person person && mayAs(actor, Action.DECIDE, request)) {
      return person;
    }
    throw new Refused(RefusalReason.NOT_AUTHORIZED, "officers of the tenant decide");
  }

  /** By the tenant; what makes an officer is also the affair of those who appoint officers. */
  private static boolean mayAs(Actor actor, Action action, CertificateRequest request) {
    TenantId tenant = request.content().tenant();
    return AccessRules.allows(actor, action, tenant)
        || request.content().appointment().isPresent()
            && AccessRules.allows(actor, Action.APPOINT, tenant);
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
