package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.grant.RunningGrants;
import de.kreissiegel.ca.identity.CheckRecord;
import de.kreissiegel.ca.identity.Checks;
import de.kreissiegel.ca.identity.Confirmations;
import de.kreissiegel.ca.identity.IdentityCheck;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.profile.RegistrationRules;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.terms.TermsDesk;
import de.kreissiegel.hsm.approval.ApprovalStatement;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The one door for applications and decisions. Nothing else leads to issuance. */
public final class RegistrationDesk {
  /** So many of somebody's own requests are looked at where all would do. */
  private static final int NEWEST = 500;

  private final ProfileCatalog profiles;
  private final Checks checks;
  private final ApplicationCheck check;
  private final RequestLedger ledger;
  private final OfficerApprovals approvals;
  private final Sight sight;
  private final Applications applications;
  private final Decisions decisions;
  private final Conversation conversation;

  /**
   * Who the officers are.
   *
   * @param certificates theirs
   * @param first SHA-256 of the SubjectPublicKeyInfo of the first ones' keys: nobody is there yet
   *     to approve them; the vault knows the same keys by its policy
   * @param grants who stands in for them
   * @param securityKeys by which they approve, too
   */
  public record Officers(
      OfficerCertificates certificates,
      Set<Bytes> first,
      RunningGrants grants,
      OfficerSecurityKeys securityKeys) {
    /** As they are. */
    public Officers {
      first = Set.copyOf(first);
    }
  }

  /**
   * What an application or its decision asks for beside the profile.
   *
   * @param terms what applicants accept
   * @param checks how officers checked people
   * @param confirmations who wasn't confirmed in time
   */
  public record Beside(TermsDesk terms, Checks checks, Confirmations confirmations) {}

  public RegistrationDesk(
      ProfileCatalog profiles,
      SubjectDirectory directory,
      RequestLedger ledger,
      Issuing issuing,
      Officers officers,
      Beside beside,
      SecureRandom random) {
    this.profiles = profiles;
    this.checks = beside.checks();
    this.check = new ApplicationCheck(profiles, directory, officers.grants(), ledger::now);
    this.ledger = ledger;
    this.approvals = new OfficerApprovals(profiles, issuing, officers);
    this.sight = new Sight(ledger.book());
    this.applications =
        new Applications(check, ledger, issuing, officers.first(), beside.terms(), random);
    this.decisions = new Decisions(profiles, check, ledger, issuing, approvals, beside);
    this.conversation = new Conversation(check, ledger);
  }

  /** What the person may apply for. */
  public List<Offer> offers(Actor.Person person) throws DirectoryUnavailable {
    return check.offers(person);
  }

  /**
   * Takes an application. Where the profile asks for no approval, the certificate may be there when
   * this returns.
   *
   * @throws Refused with the reason, as TERMS_NOT_ACCEPTED; nothing was stored but the audit event
   */
  public CertificateRequest submit(Actor applicant, CertificateApplication application)
      throws Refused {
    return applications.submit(applicant, application);
  }

  /**
   * Takes an officer's application for a device or service of one of their tenants, whoever answers
   * for it. It is the officer's own: another one decides.
   *
   * @throws Refused as {@link #submit}; NOT_FOUND also for people, whose keys nobody else makes
   */
  public CertificateRequest submitByOffice(Actor.Person officer, CertificateApplication application)
      throws Refused {
    return applications.submitByOffice(officer, application);
  }

  /**
   * Says what {@link #submitByOffice} would refuse, but for keys that are in use; stores nothing.
   *
   * @throws Refused the same
   */
  public void rehearseByOffice(Actor.Person officer, CertificateApplication application)
      throws Refused {
    applications.rehearseByOffice(officer, application);
  }

  /**
   * Whether an officer may ask this person to apply for such a certificate.
   *
   * @throws Refused NOT_FOUND, UNKNOWN_PROFILE, SUBJECT_DISABLED, SUBJECT_INCOMPLETE,
   *     DIRECTORY_UNAVAILABLE
   */
  public void requireInvitable(
      Actor.Person officer, SubjectId person, TenantId tenant, ProfileName profile) throws Refused {
    Subject subject = check.subjectByOffice(officer, person, tenant, true);
    if (check.profileFor(officer, profile, subject).makesOfficers()) {
      throw new Refused(RefusalReason.UNKNOWN_PROFILE, "nobody becomes an officer by a list");
    }
  }

  /**
   * Takes an order: several certificates for one subject, each with a key of its own, that are
   * asked for, decided and collected as one. All of them are taken, or none.
   *
   * @param parts the profile that offers the order first, then those that it is ordered with, in
   *     its order
   * @throws Refused UNKNOWN_PROFILE if no profile offers such an order; KEY_IN_USE also where two
   *     parts have the same key; and as {@link #submit}
   */
  public List<CertificateRequest> order(Actor applicant, List<CertificateApplication> parts)
      throws Refused {
    return applications.order(applicant, parts);
  }

  /** The newest of the person's own requests, {@value #NEWEST} at most. */
  public List<CertificateRequest> own(Actor.Person person) {
    return own(person, 0, NEWEST);
  }

  /**
   * Some of the person's own requests, newest first.
   *
   * @param offset how many are left out before them
   * @param limit how many at most
   */
  public List<CertificateRequest> own(Actor.Person person, int offset, int limit) {
    return ledger.book().ofApplicant(person.auditName(), offset, limit);
  }

  /** What waits for a decision in the actor's scope, oldest first. */
  public List<CertificateRequest.AwaitingApproval> inbox(Actor actor) {
    return ledger
        .book()
        .awaiting(
            AccessRules.scope(actor, Action.DECIDE), AccessRules.scope(actor, Action.APPOINT));
  }

  /** What no officer decided on in time, of tenants whose officers the actor appoints. */
  public List<CertificateRequest.AwaitingApproval> passedOn(Actor actor) {
    return ledger.book().passedOn(AccessRules.scope(actor, Action.APPOINT)).stream()
        .filter(request -> Sight.isPassedOnTo(actor, request))
        .toList();
  }

  /** Whether the actor sees a request only because no officer decided on it in time. */
  public boolean isPassedOnTo(Actor actor, CertificateRequest request) {
    return Sight.isPassedOnTo(actor, request);
  }

  /**
   * What officers asked of a request and the applicant answered, in order.
   *
   * @throws Refused NOT_FOUND as for {@link #view}
   */
  public List<Question> questions(Actor actor, RequestId id) throws Refused {
    return ledger.book().questions(sight.of(actor, id).id());
  }

  /**
   * Asks the applicant something before a decision: until they answer nobody can approve.
   *
   * @param text 1 to 500 characters
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, OWN_APPLICATION, WRONG_STATE (decided, or a question
   *     is open), REASON_MISSING
   */
  public CertificateRequest ask(Actor officer, RequestId id, String text) throws Refused {
    return conversation.ask(officer, id, text);
  }

  /**
   * The applicant answers the open question; the request is back with the officers.
   *
   * @param text 1 to 500 characters
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, WRONG_STATE, REASON_MISSING
   */
  public CertificateRequest answer(Actor applicant, RequestId id, String text) throws Refused {
    return conversation.answer(applicant, id, text);
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
            AccessRules.scope(actor, Action.DECIDE),
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
    return read(actor, sight.of(actor, id));
  }

  /**
   * All parts of the order that a request is a part of, the one that offers the order first; the
   * request alone where it is part of none.
   *
   * @throws Refused NOT_FOUND as for {@link #view}
   */
  public List<CertificateRequest> viewOrder(Actor actor, RequestId id) throws Refused {
    return sight.orderOf(actor, id).stream()
        .sorted(
            Comparator.comparing((CertificateRequest part) -> !leads(part))
                .thenComparing(part -> part.content().profile().value()))
        .map(part -> read(actor, part))
        .toList();
  }

  /**
   * What else was issued by the order that a request is a part of; nothing where it is part of
   * none, or is not for this actor.
   */
  public List<CertificateRequest.Issued> orderedWith(Actor actor, RequestId id) {
    try {
      return sight.orderOf(actor, id).stream()
          .filter(part -> !part.id().equals(id))
          .filter(CertificateRequest.Issued.class::isInstance)
          .map(CertificateRequest.Issued.class::cast)
          .toList();
    } catch (Refused _) {
      return List.of();
    }
  }

  private boolean leads(CertificateRequest part) {
    return profiles
        .find(part.content().profile())
        .filter(profile -> !profile.orderWith().isEmpty())
        .isPresent();
  }

  private CertificateRequest read(Actor actor, CertificateRequest seen) {
    if (!Sight.isOwn(actor, seen)) {
      ledger.noteRead(actor, seen);
    }
    return seen;
  }

  /**
   * What the directory says of the subject now; empty if the entry is gone.
   *
   * @throws Refused NOT_FOUND as for {@link #view}; DIRECTORY_UNAVAILABLE
   */
  public Optional<Subject> directoryEntry(Actor actor, RequestId id) throws Refused {
    return check.current(sight.of(actor, id).content().subject().id());
  }

  /** Whether the actor is an officer for this request; whether they may now is another question. */
  public boolean isOfficerFor(Actor actor, CertificateRequest request) {
    return Sight.mayAs(actor, Action.DECIDE, request);
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

  /**
   * What is said of the certificate as it would be made now: the linter, the authority's end, names
   * that nobody would believe.
   *
   * @throws Refused NOT_FOUND as for {@link #view}
   */
  public Rehearsal rehearsal(Actor actor, RequestId id) throws Refused {
    return decisions.rehearsal(sight.of(actor, id).content());
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
   * Those by which the person can approve this request: the vault takes them for its tenant.
   *
   * @throws Refused as {@link #statement}
   */
  public List<Bytes> officerCertificates(Actor.Person person, RequestId id) throws Refused {
    return approvals.certificatesFor(person, decisions.statement(person, id), ledger.now());
  }

  /**
   * What the officer signs if they say yes now.
   *
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, OWN_APPLICATION, WRONG_STATE, DIRECTORY_UNAVAILABLE
   */
  public ApprovalStatement statement(Actor officer, RequestId id) throws Refused {
    return decisions.statement(officer, id);
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
    return one(id, approveOrder(officer, id, signature.stream().toList()));
  }

  /**
   * The same for all parts of the order that a request is a part of: all of them move on, or none.
   *
   * @param signatures one over the statement of each part, in any order
   * @throws Refused as {@link #approve}
   */
  public List<CertificateRequest> approveOrder(Actor officer, RequestId id, List<Bytes> signatures)
      throws Refused {
    return approveOrder(officer, id, signatures, Optional.empty());
  }

  /**
   * The same, with how the officer checked the person. It is kept with the decision, for each part.
   *
   * @throws Refused as {@link #approve}; CHECK_MISSING if the profile demands one or takes another
   *     kind only, or its day is no day of the last year
   */
  public List<CertificateRequest> approveOrder(
      Actor officer, RequestId id, List<Bytes> signatures, Optional<IdentityCheck> check)
      throws Refused {
    return decisions.approve(officer, id, signatures, check);
  }

  /**
   * How officers check whom this request is for now. Whoever wasn't confirmed in time is checked
   * anew; a check is optional where the profile is gone.
   */
  public RegistrationRules registrationRules(CertificateRequest request) {
    return profiles
        .find(request.content().profile())
        .map(profile -> decisions.rulesFor(profile, request.content()))
        .orElse(new RegistrationRules(false, List.of(), Optional.empty()));
  }

  /**
   * How the subject of this request was checked so far, as far as the actor sees the tenants, the
   * newest first.
   *
   * @throws Refused NOT_FOUND as for {@link #view}
   */
  public List<CheckRecord> checks(Actor actor, RequestId id) throws Refused {
    CertificateRequest request = sight.of(actor, id);
    Set<TenantId> seen = AccessRules.scope(actor, Action.VIEW_APPLICATIONS);
    return checks.of(request.content().subject().id()).stream()
        .filter(
            one ->
                seen.contains(one.tenant()) || one.request().filter(id.value()::equals).isPresent())
        .toList();
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
    return decisions.setFields(officer, id, said);
  }

  /**
   * An officer says no; to an order as a whole.
   *
   * @param reason in words, for the applicant, 1 to 500 characters
   */
  public CertificateRequest refuse(Actor officer, RequestId id, String reason) throws Refused {
    return one(id, decisions.refuse(officer, id, reason));
  }

  /** The applicant takes it back; an order as a whole. */
  public CertificateRequest withdraw(Actor applicant, RequestId id) throws Refused {
    return one(id, decisions.withdraw(applicant, id));
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

  /** The same, where the subject doesn't work any more for these tenants. */
  public void subjectLeft(
      Actor.Component component, SubjectId subject, Set<TenantId> tenants, String cause) {
    for (RequestId id : ledger.book().openFor(subject)) {
      boolean concerned =
          ledger
              .book()
              .find(id)
              .filter(request -> tenants.contains(request.content().tenant()))
              .isPresent();
      if (concerned) {
        ledger.refuseOpen(component, id, component.component(), Words.clean(cause));
      }
    }
  }

  /**
   * Ends requests that nobody decided on within their profile's time. A job's method.
   *
   * @return how many
   */
  public int expireOld(Instant now) {
    return decisions.expireOld(now);
  }

  /** Passes on what no officer decided on for so long; how many. A job's method. */
  public int passOnOld(Instant now, Patience patience) {
    return conversation.passOn(now, patience);
  }

  private static CertificateRequest one(RequestId id, List<CertificateRequest> order) {
    return order.stream().filter(part -> part.id().equals(id)).findFirst().orElseThrow();
  }
}
