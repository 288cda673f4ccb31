package de.kreissiegel.ca.letter;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.grant.Grant;
import de.kreissiegel.ca.grant.GrantBook;
import de.kreissiegel.ca.grant.GrantId;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.letter.Story.Audience;
import de.kreissiegel.ca.recovery.Recovery;
import de.kreissiegel.ca.recovery.RecoveryBook;
import de.kreissiegel.ca.recovery.RecoveryId;
import de.kreissiegel.ca.registration.Approval;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.OrderId;
import de.kreissiegel.ca.registration.Question;
import de.kreissiegel.ca.registration.RequestBook;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Looks up what a cue is about. */
final class Stories {
  private static final String REQUEST = "request:";
  private static final String CERTIFICATE = "certificate:";

  /** With profile, tenant and subject, each behind a slash but the first. */
  private static final String OCCASION = "occasion:";

  /** Before kind of certificate and tenant, where several people haven't applied. */
  static final String OCCASIONS = "occasions:";

  private static final String PERIOD = "revision-period:";
  private static final String UNTIL = "until=";

  private static final String PERSON = "person:";

  private static final String GRANT = "grant:";

  private static final String RECOVERY = "recovery:";

  private final GrantBook grants;
  private final RecoveryBook recoveries;
  private final RequestBook requests;
  private final CertificateBook certificates;

  Stories(
      GrantBook grants,
      RecoveryBook recoveries,
      RequestBook requests,
      CertificateBook certificates) {
    this.grants = grants;
    this.recoveries = recoveries;
    this.requests = requests;
    this.certificates = certificates;
  }

  /** What there is to tell; empty if that is nothing (any more). */
  Optional<Story> of(Cue cue) {
    return switch (cue.kind()) {
      case ALARM -> Optional.of(story(cue, cue.said(), new Audience.House()));
      case REVISION_DUE, REVISION_OVERDUE ->
          Optional.of(story(cue, period(cue), new Audience.Revisors()));
      case CONFIRMATION ->
          cue.tenant()
              .map(
                  tenant ->
                      story(
                          cue,
                          cue.said(),
                          new Audience.Officers(tenant, Audience.Task.DECIDING, Set.of(), false)));
      case BRAKE ->
          cue.tenant()
              .map(
                  tenant ->
                      story(
                          cue,
                          cue.said(),
                          new Audience.Officers(tenant, Audience.Task.RELEASING, Set.of(), false)));
      case READY, REFUSED, EXPIRED -> request(cue).flatMap(request -> toApplicant(cue, request));
      case WAITING, OVERDUE, ANSWERED -> request(cue).flatMap(request -> toOfficers(cue, request));
      case ASKED -> request(cue).flatMap(request -> question(cue, request));
      case GRANT, GRANT_PROPOSED, READING, READING_PROPOSED -> ofGrant(cue);
      case RECOVERY_REQUESTED, RECOVERY_WAITING, RECOVERY_RELEASED, RECOVERY_READY ->
          ofRecovery(cue);
      case REVOKED, HELD, RELEASED, REMINDER, UNRENEWED, UNUSED, CAMPAIGN, CAMPAIGN_REMINDER ->
          ofCertificate(cue);
      case CAMPAIGN_DONE, CAMPAIGN_OVERDUE ->
          Optional.ofNullable(cue.said().get("maker"))
              .map(maker -> story(cue, cue.said(), new Audience.Holder(new SubjectId(maker))));
      case EXPECTED, MISSING -> ofOccasion(cue);
    };
  }

  /** Of which time, and until when; the detail begins with that. */
  private static Map<String, String> period(Cue cue) {
    Map<String, String> said = new HashMap<>(cue.said());
    String detail = said.getOrDefault("detail", "");
    said.put("reason", cue.about().substring(PERIOD.length()).replace("/", " – "));
    if (detail.startsWith(UNTIL) && detail.indexOf(' ') > 0) {
      said.put("until", detail.substring(UNTIL.length(), detail.indexOf(' ')));
      said.put("applicant-name", detail.substring(detail.indexOf(": ") + 2));
    }
    return said;
  }

  private static Optional<Story> ofOccasion(Cue cue) {
    if (cue.about().startsWith(OCCASIONS)) {
      String[] parts = cue.about().substring(OCCASIONS.length()).split("/", 2);
      Map<String, String> said = new HashMap<>(cue.said());
      said.put("profiles", parts[0]);
      return Optional.of(
          story(
              cue,
              said,
              new Audience.Officers(
                  new TenantId(parts[1]), Audience.Task.DECIDING, Set.of(), false)));
    }
    String[] parts = cue.about().substring(OCCASION.length()).split("/", 3);
    var holder = new SubjectId(parts[2]);
    Map<String, String> said = new HashMap<>(cue.said());
    said.put("profiles", parts[0]);
    said.put("subject", holder.value());
    return Optional.of(
        story(
            cue,
            said,
            cue.kind() == LetterKind.EXPECTED
                ? new Audience.Holder(holder)
                : new Audience.Officers(
                    new TenantId(parts[1]), Audience.Task.DECIDING, Set.of(holder), false)));
  }

  /** Who stands in or reads hears of it; those who may consent, of what waits for them. */
  private Optional<Story> ofGrant(Cue cue) {
    return grants
        .find(new GrantId(UUID.fromString(cue.about().substring(GRANT.length()))))
        .map(
            grant -> {
              Grant.Terms terms = grant.terms();
              Map<String, String> said = new HashMap<>(cue.said());
              said.put("subject", terms.person().value());
              said.put("since", terms.begins().toString());
              said.put("until", terms.ends().toString());
              said.put("reason", terms.reason());
              return story(
                  cue,
                  said,
                  cue.kind() == LetterKind.GRANT || cue.kind() == LetterKind.READING
                      ? new Audience.Holder(terms.person())
                      : new Audience.Officers(
                          terms.tenant(),
                          Audience.Task.RELEASING,
                          Set.of(terms.person(), terms.proposed().by()),
                          false));
            });
  }

  private Optional<Story> ofRecovery(Cue cue) {
    return recoveries
        .find(new RecoveryId(UUID.fromString(cue.about().substring(RECOVERY.length()))))
        .map(
            recovery -> {
              Recovery.Terms terms = recovery.terms();
              Map<String, String> said = new HashMap<>(cue.said());
              said.put("holder", terms.ownerName());
              said.put("reason", terms.reason());
              said.put("applicant-name", terms.collectorName());
              said.put("until", terms.until().toString());
              said.put("recovery", terms.id().toString());
              if (recovery instanceof Recovery.Ready ready) {
                said.put("file", ready.offer().id().toString());
                said.put("until", ready.offer().until().toString());
              }
              return story(cue, said, audience(cue.kind(), terms));
            });
  }

  private static Audience audience(LetterKind kind, Recovery.Terms terms) {
    return switch (kind) {
      case RECOVERY_READY -> new Audience.Holder(terms.collector());
      case RECOVERY_WAITING ->
          new Audience.Officers(
              terms.tenant(),
              Audience.Task.RELEASING,
              Set.of(terms.owner(), terms.collector(), terms.requested().by()),
              false);
      default -> new Audience.HolderOrLeads(terms.owner(), terms.tenant());
    };
  }

  /** An applicant who has answered, or whose request was decided, needn't hear any more. */
  private Optional<Story> question(Cue cue, CertificateRequest request) {
    return request instanceof CertificateRequest.AwaitingApproval awaiting
        ? awaiting.waiting().question().map(question -> question(cue, awaiting, question))
        : Optional.empty();
  }

  private Story question(Cue cue, CertificateRequest.AwaitingApproval request, Question question) {
    Map<String, String> said = about(request, parts(request));
    said.put("reason", question.text());
    said.put("actor-name", question.officerName());
    return new Story(
        "%s/%s/%d".formatted(cue.kind().templateName(), request.id(), question.number()),
        veiled(request.content(), REQUEST + request.id()),
        said,
        new Audience.Holder(applicant(request.content())));
  }

  private static Story story(Cue cue, Map<String, String> said, Audience audience) {
    return new Story(cue.key(), cue.about(), said, audience);
  }

  /** Of a pseudonym the trail names the certificate alone. */
  private Optional<CertificateRequest> request(Cue cue) {
    if (cue.about().startsWith(REQUEST)) {
      return requests.find(new RequestId(UUID.fromString(cue.about().substring(REQUEST.length()))));
    }
    return certificate(cue).flatMap(StoredCertificate::request).flatMap(requests::find);
  }

  private Optional<StoredCertificate> certificate(Cue cue) {
    if (!cue.about().startsWith(CERTIFICATE)) {
      return Optional.empty();
    }
    String name = cue.about().substring(CERTIFICATE.length());
    int slash = name.indexOf('/');
    return certificates.find(
        new AuthorityName(name.substring(0, slash)),
        SerialNumber.fromHex(name.substring(slash + 1)));
  }

  /** An order is told of as one, when its last part has come to its end. */
  private Optional<Story> toApplicant(Cue cue, CertificateRequest request) {
    List<CertificateRequest> parts = parts(request);
    if (parts.stream().anyMatch(CertificateRequest::isOpen)) {
      return Optional.empty();
    }
    if (request.content().isByOffice() && cue.kind() != LetterKind.READY) {
      return Optional.empty(); // who applied by a list has a report
    }
    Map<String, String> said = about(request, parts);
    if (request instanceof CertificateRequest.Refused refused) {
      said.put("reason", refused.reason());
      said.put("actor-name", refused.by());
    }
    boolean readyByOffice = cue.kind() == LetterKind.READY && request.content().isByOffice();
    if (request.content().isPseudonymous() || readyByOffice) {
      said.remove("request");
    }
    return Optional.of(
        new Story(
            cue.kind().templateName() + "/" + name(request),
            veiled(request.content(), REQUEST + request.id()),
            said,
            new Audience.Holder(
                // Who applied by a list has a report; who answers for the device, nothing.
                readyByOffice ? request.content().subject().id() : applicant(request.content()))));
  }

  /** Whoever asked; of what asked by itself, whoever answers for it. */
  private static SubjectId applicant(CertificateRequest.Content content) {
    return content.applicant().startsWith(PERSON)
        ? new SubjectId(content.applicant().substring(PERSON.length()))
        : content.subject().id();
  }

  private Optional<Story> toOfficers(Cue cue, CertificateRequest request) {
    if (!(request instanceof CertificateRequest.AwaitingApproval waiting)) {
      return Optional.empty();
    }
    Set<SubjectId> except =
        waiting.approvals().stream().map(Approval::officer).collect(Collectors.toSet());
    except.add(applicant(request.content()));
    except.add(request.content().subject().id());
    Map<String, String> said = about(request, parts(request));
    said.put("since", waiting.since().toString());
    boolean byList =
        request.content().isByOffice()
            && (cue.kind() == LetterKind.WAITING || cue.kind() == LetterKind.OVERDUE);
    if (byList) {
      said.remove("request"); // it is one of many: the letter leads to the inbox
    }
    return Optional.of(
        new Story(
            "%s/%s/%d%s"
                .formatted(
                    cue.kind().templateName(),
                    byList ? dayOf(request) : name(request),
                    waiting.approvals().size(),
                    cue.kind() == LetterKind.ANSWERED ? "/" + waiting.since() : ""),
            REQUEST + request.id(),
            said,
            new Audience.Officers(
                request.content().tenant(),
                taskOf(cue, request),
                except,
                cue.kind() == LetterKind.OVERDUE)));
  }

  private static Audience.Task taskOf(Cue cue, CertificateRequest request) {
    if (request.content().appointment().isPresent()) {
      return Audience.Task.APPOINTING;
    }
    return cue.kind() == LetterKind.OVERDUE && !request.content().isPseudonymous()
        ? Audience.Task.RELEASING
        : Audience.Task.DECIDING;
  }

  private Optional<Story> ofCertificate(Cue cue) {
    Optional<StoredCertificate> found = certificate(cue);
    Optional<CertificateRequest> request =
        found.flatMap(StoredCertificate::request).flatMap(requests::find);
    return found
        .filter(one -> one.subject().isPresent() && !one.isErased())
        .map(
            one -> {
              SubjectId holder =
                  request
                      .map(state -> state.content().subject().id())
                      .orElse(one.subject().orElseThrow());
              Map<String, String> said = said(cue, one, holder);
              if (request.filter(state -> state.content().isPseudonymous()).isPresent()) {
                said.remove("certificate"); // beside an address it would tell whose it is
              }
              return new Story(
                  cue.key(),
                  request.map(state -> veiled(state.content(), cue.about())).orElse(cue.about()),
                  said,
                  cue.kind() == LetterKind.UNRENEWED
                      ? new Audience.Officers(
                          one.tenant().orElseThrow(), Audience.Task.DECIDING, Set.of(), false)
                      : new Audience.Holder(holder));
            });
  }

  private static Map<String, String> said(Cue cue, StoredCertificate one, SubjectId holder) {
    Map<String, String> said = new HashMap<>(cue.said());
    said.put("profiles", one.profile().value());
    said.put("subject", holder.value());
    said.put("certificate", one.authority() + "/" + one.serial());
    said.put("until", one.notAfter().toString());
    if (one.status() instanceof CertificateStatus.Revoked revoked) {
      said.put("reason", revoked.reason().name());
    }
    return said;
  }

  private static Map<String, String> about(
      CertificateRequest request, List<CertificateRequest> parts) {
    Map<String, String> said = new HashMap<>();
    said.put(
        "profiles",
        parts.stream()
            .map(part -> part.content().profile().value())
            .collect(Collectors.joining(" ")));
    said.put("subject", request.content().subject().id().value());
    said.put("request", request.id().toString());
    said.put("applicant-name", request.content().applicantName());
    return said;
  }

  private List<CertificateRequest> parts(CertificateRequest request) {
    return request.content().order().map(requests::ofOrder).orElse(List.of(request));
  }

  /** What an officer asks for by list on one day is told of once. */
  private static String dayOf(CertificateRequest request) {
    CertificateRequest.Content content = request.content();
    return "%s/%s/%s/%s"
        .formatted(
            content.applicant(),
            content.tenant(),
            content.profile(),
            content.submittedAt().truncatedTo(ChronoUnit.DAYS));
  }

  private static String name(CertificateRequest request) {
    return request.content().order().map(OrderId::toString).orElse(request.id().toString());
  }

  private static String veiled(CertificateRequest.Content content, String about) {
    return content.isPseudonymous() ? Letter.VEILED : about;
  }
}
