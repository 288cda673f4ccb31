package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.terms.TermsDesk;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes applications and orders in: checks all of them, and stores what nothing speaks against. */
final class Applications {
  private final ApplicationCheck check;
  private final RequestLedger ledger;
  private final Issuing issuing;
  private final Set<Bytes> firstOfficers;
  private final TermsDesk terms;
  private final SecureRandom random;

  Applications(
      ApplicationCheck check,
      RequestLedger ledger,
      Issuing issuing,
      Set<Bytes> firstOfficers,
      TermsDesk terms,
      SecureRandom random) {
    this.check = check;
    this.ledger = ledger;
    this.issuing = issuing;
    this.firstOfficers = firstOfficers;
    this.terms = terms;
    this.random = random;
  }

  CertificateRequest submit(Actor applicant, CertificateApplication application) throws Refused {
    Optional<TenantId> tenant = Optional.empty();
    try {
      Subject subject = subject(applicant, application);
      tenant = Optional.of(application.tenant());
      return taken(applicant, application, subject);
    } catch (Refused refused) {
      ledger.noteTurnedAway(applicant, application, tenant, refused);
      throw refused;
    }
  }

  CertificateRequest submitByOffice(Actor.Person officer, CertificateApplication application)
      throws Refused {
    return taken(officer, application, byOffice(officer, application));
  }

  /** All that would be checked; nothing is stored. */
  void rehearseByOffice(Actor.Person officer, CertificateApplication application) throws Refused {
    CertificateRequest routed =
        routed(officer, application, byOffice(officer, application), Optional.empty());
    issuing.rehearse(routed.content());
  }

  private Subject byOffice(Actor.Person officer, CertificateApplication application)
      throws Refused {
    return check.subjectByOffice(officer, application.subject(), application.tenant(), false);
  }

  private CertificateRequest taken(
      Actor applicant, CertificateApplication application, Subject subject) throws Refused {
    CertificateRequest routed = routed(applicant, application, subject, Optional.empty());
    if (routed instanceof CertificateRequest.Approved approved) {
      Optional<SeenAtOpening> seen = ledger.open(applicant, approved, Optional.of(issuing.hold()));
      return issuing.issueHeld(approved, seen);
    }
    ledger.requireFree(routed.content());
    if (!routed.content().values().all().isEmpty()) {
      issuing.rehearse(routed.content());
    }
    ledger.open(applicant, routed, Optional.empty());
    return routed;
  }

  List<CertificateRequest> order(Actor applicant, List<CertificateApplication> parts)
      throws Refused {
    Optional<TenantId> tenant = Optional.empty();
    CertificateApplication first = parts.getFirst();
    try {
      Subject subject = subject(applicant, first);
      tenant = Optional.of(first.tenant());
      requireOrder(applicant, parts, subject);
      Optional<OrderId> order = Optional.of(OrderId.random(random));
      var routed = new ArrayList<CertificateRequest>();
      for (CertificateApplication part : parts) {
        CertificateRequest request = routed(applicant, part, subject, order);
        ledger.requireFree(request.content());
        issuing.rehearse(request.content());
        routed.add(request);
      }
      ledger.openOrder(applicant, routed);
      return List.copyOf(routed);
    } catch (Refused refused) {
      ledger.noteTurnedAway(applicant, first, tenant, refused);
      throw refused;
    }
  }

  /** Only what a profile offers as one order is one. */
  private void requireOrder(Actor applicant, List<CertificateApplication> parts, Subject subject)
      throws Refused {
    CertificateApplication first = parts.getFirst();
    CertificateProfile leading = check.profileFor(applicant, first.profile(), subject);
    List<ProfileName> others = parts.stream().skip(1).map(CertificateApplication::profile).toList();
    boolean forOne =
        parts.stream()
            .allMatch(
                part ->
                    part.subject().equals(first.subject()) && part.tenant().equals(first.tenant()));
    if (others.isEmpty() || !others.equals(leading.orderWith()) || !forOne) {
      throw new Refused(RefusalReason.UNKNOWN_PROFILE, "no such order");
    }
  }

  private Subject subject(Actor applicant, CertificateApplication application) throws Refused {
    return check.subjectFor(applicant, application.subject(), application.tenant());
  }

  /** What comes of an application that nothing speaks against; nothing is stored yet. */
  private CertificateRequest routed(
      Actor applicant, CertificateApplication application, Subject subject, Optional<OrderId> order)
      throws Refused {
    CertificateProfile profile = check.profileFor(applicant, application.profile(), subject);
    Optional<Appointment> appointment =
        check.appointmentBy(applicant, profile, subject, application.grant());
    terms.requireAccepted(applicant, profile.name(), application.tenant());
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
            order,
            application.renews(),
            application.keyOrigin());
    requireFollowable(content);
    boolean first = appointment.isPresent() && firstOfficers.contains(proved.key().hash());
    return new CertificateRequest.Submitted(content).route(first ? 0 : profile.approvals());
  }

  /** It follows nothing but a good one of its own kind. */
  private void requireFollowable(CertificateRequest.Content content) throws Refused {
    if (content.renews().isPresent()
        && !ledger.book().isFollowable(content.renews().get(), content)) {
      throw new Refused(
          RefusalReason.NOT_FOUND, "no certificate of this kind that could be renewed");
    }
  }

  private static String nameOf(Actor actor) {
    return switch (actor) {
      case Actor.Person person -> person.displayName();
      case Actor.Component component -> component.component();
    };
  }
}
