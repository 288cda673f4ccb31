package de.kreissiegel.ra.pages;

import static de.kreissiegel.ra.pages.SamplePeople.HASSFURT;
import static de.kreissiegel.ra.pages.SamplePeople.KOENIGSBERG;
import static org.mockito.Mockito.mock;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditDesk;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.identity.CheckRecord;
import de.kreissiegel.ca.identity.IdentityCheck;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.Inquiry;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.lint.LintCatalog;
import de.kreissiegel.ca.lint.LintFinding;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.Amended;
import de.kreissiegel.ca.registration.Approval;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.FieldValue;
import de.kreissiegel.ca.registration.FieldValues;
import de.kreissiegel.ca.registration.Offer;
import de.kreissiegel.ca.registration.OrderId;
import de.kreissiegel.ca.registration.Question;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.Rehearsal;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.registration.Waiting;
import de.kreissiegel.ca.review.ReviewBook;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.mockito.stubbing.Answer;

/**
 * Desks that play a town hall in memory, so far as pages can tell: they remember applications and
 * certificates, and keep strangers out. They check nothing else; the real desks have tests of their
 * own.
 */
final class SampleDesks {
  final RegistrationDesk registration;
  final CertificateInventory inventory;
  final RevocationDesk revocation;
  final AuditDesk audit;

  private final Clock clock;
  private final ProfileCatalog profiles;
  private final SampleAuthority authority;
  private final Map<RequestId, CertificateRequest> requests = new LinkedHashMap<>();
  private final Map<String, StoredCertificate> certificates = new LinkedHashMap<>();
  private final Map<RequestId, List<Question>> questions = new LinkedHashMap<>();
  private final Map<RequestId, List<CheckRecord>> checks = new ConcurrentHashMap<>();
  private final List<AuditEvent> events = new ArrayList<>();
  final SamplePseudonyms pseudonyms = new SamplePseudonyms();

  SampleDesks(Clock clock, ProfileCatalog profiles, SampleAuthority authority) {
    this.clock = clock;
    this.profiles = profiles;
    this.authority = authority;
    registration = mock(RegistrationDesk.class, (Answer<?>) this::registration);
    inventory = mock(CertificateInventory.class, (Answer<?>) this::inventory);
    revocation = mock(RevocationDesk.class, (Answer<?>) this::revocation);
    audit = mock(AuditDesk.class, (Answer<?>) this::audit);
  }

  private Object registration(org.mockito.invocation.InvocationOnMock call) throws Exception {
    switch (call.getMethod().getName()) {
      case "approvalsAreSigned" -> {
        return false; // what is signed, the story on a real demo shows
      }
      case "officersFields" -> {
        return profileOf(call.getArgument(0)).fields().setBy(FieldSource.OFFICER);
      }
      case "registrationRules" -> {
        return profileOf(call.getArgument(0)).registration();
      }
      case "longestValidity" -> {
        return profileOf(call.getArgument(0)).validity();
      }
      default -> {}
    }
    Actor actor = call.getArgument(0);
    return switch (call.getMethod().getName()) {
      case "isOfficerFor" -> decides(actor, call.getArgument(1));
      case "offers" -> offers((Actor.Person) actor);
      case "own" -> all().filter(request -> mine(request, actor)).toList();
      case "inbox" ->
          all()
              .filter(CertificateRequest.AwaitingApproval.class::isInstance)
              .filter(request -> decides(actor, request))
              .toList();
      case "all" ->
          all()
              .filter(request -> decides(actor, request))
              .skip(call.<Integer>getArgument(1))
              .limit(call.<Integer>getArgument(2))
              .toList();
      case "view" -> view(actor, call.getArgument(1));
      case "viewOrder" -> orderOf(view(actor, call.getArgument(1)));
      case "orderedWith" -> {
        RequestId id = call.getArgument(1);
        yield requests.containsKey(id)
            ? orderOf(requests.get(id)).stream()
                .filter(part -> !part.id().equals(id))
                .filter(CertificateRequest.Issued.class::isInstance)
                .toList()
            : List.of();
      }
      case "passedOn" ->
          all()
              .filter(request -> isPassedOnTo(actor, request))
              .map(CertificateRequest.AwaitingApproval.class::cast)
              .toList();
      case "isPassedOnTo" -> isPassedOnTo(actor, call.getArgument(1));
      case "questions" ->
          questions.getOrDefault(
              view(actor, call.<RequestId>getArgument(1)).id(), new ArrayList<>());
      case "ask" -> ask((Actor.Person) actor, call.getArgument(1), call.getArgument(2));
      case "answer" -> answer(actor, call.getArgument(1), call.getArgument(2));
      case "checks" -> checks.getOrDefault(call.<RequestId>getArgument(1), List.of());
      case "rehearsal" -> new Rehearsal(Optional.empty(), List.of(remark()));
      case "directoryEntry" -> Optional.of(now(view(actor, call.getArgument(1))));
      case "submit" -> submit((Actor.Person) actor, call.getArgument(1), Optional.empty());
      case "order" -> order((Actor.Person) actor, call.getArgument(1));
      case "approveOrder" -> {
        var decided = new ArrayList<CertificateRequest>();
        for (var part : orderOf(view(actor, call.getArgument(1)))) {
          decided.add(approve((Actor.Person) actor, part.id()));
          check((Actor.Person) actor, part, call.getArgument(3));
        }
        yield decided;
      }
      case "setFields" -> setFields((Actor.Person) actor, call.getArgument(1), call.getArgument(2));
      case "refuse" -> refuse((Actor.Person) actor, call.getArgument(1), call.getArgument(2));
      case "withdraw" -> {
        var request = view(actor, call.getArgument(1));
        yield keep(new CertificateRequest.Withdrawn(request.content(), clock.instant()));
      }
      default -> throw new UnsupportedOperationException(call.toString());
    };
  }

  private void check(Actor.Person officer, CertificateRequest part, Optional<IdentityCheck> check) {
    check.ifPresent(
        one ->
            checks.put(
                part.id(),
                List.of(
                    new CheckRecord(
                        part.content().subject().id(),
                        part.content().tenant(),
                        one,
                        officer.id(),
                        officer.displayName(),
                        clock.instant(),
                        Optional.of(part.id().value())))));
  }

  /** Nobody decided on what waits for Königsberg's officer. */
  private static boolean isPassedOnTo(Actor actor, CertificateRequest request) {
    return request instanceof CertificateRequest.AwaitingApproval waiting
        && waiting.waiting().passedOn().isPresent()
        && ((Actor.Person) actor).appointsFor().contains(request.content().tenant());
  }

  /** An officer let it wait for too long. */
  void passOn(RequestId id) {
    var waiting = (CertificateRequest.AwaitingApproval) requests.get(id);
    keep(
        new CertificateRequest.AwaitingApproval(
            waiting.content(),
            waiting.approvals(),
            waiting.needed(),
            new Waiting(Optional.empty(), Optional.empty(), Optional.of(clock.instant()))));
  }

  private CertificateRequest ask(Actor.Person officer, RequestId id, String text) throws Refused {
    var waiting = waiting(officer, id);
    if (text.isEmpty()) {
      throw new Refused(RefusalReason.REASON_MISSING, "1 to 500 characters");
    }
    var asked = questions.computeIfAbsent(id, _ -> new ArrayList<>());
    var question =
        new Question(
            asked.size() + 1,
            officer.id(),
            officer.displayName(),
            text,
            clock.instant(),
            Optional.empty());
    asked.add(question);
    return keep(
        new CertificateRequest.AwaitingApproval(
            waiting.content(),
            waiting.approvals(),
            waiting.needed(),
            new Waiting(Optional.of(question), Optional.empty(), Optional.empty())));
  }

  private CertificateRequest answer(Actor applicant, RequestId id, String text) throws Refused {
    var waiting = (CertificateRequest.AwaitingApproval) view(applicant, id);
    var asked = questions.get(id);
    var open = asked.removeLast();
    asked.add(
        new Question(
            open.number(),
            open.officer(),
            open.officerName(),
            open.text(),
            open.askedAt(),
            Optional.of(new Question.Answer(text, clock.instant()))));
    return keep(
        new CertificateRequest.AwaitingApproval(
            waiting.content(), waiting.approvals(), waiting.needed()));
  }

  /** What a trail tells of an object. */
  List<AuditEvent> eventsOf(AuditQuery query) {
    return events.reversed().stream()
        .filter(event -> query.object().filter(event.object()::equals).isPresent())
        .toList();
  }

  /** What a {@link ReviewBook} remembers: requests, and that the staff is new. */
  ReviewBook reviewBook() {
    return mock(
        ReviewBook.class,
        (Answer<?>)
            call ->
                switch (call.getMethod().getName()) {
                  case "requests" ->
                      all()
                          .filter(one -> one.content().subject().id().equals(call.getArgument(0)))
                          .toList();
                  case "joined" -> Optional.of(clock.instant().minus(Duration.ofDays(3)));
                  case "pending" -> java.util.Set.of();
                  case "standing" -> Optional.empty();
                  case "isNewMailDomain" -> false;
                  default -> throw new UnsupportedOperationException(call.toString());
                });
  }

  private List<Offer> offers(Actor.Person person) {
    var subjects =
        Stream.of(SamplePeople.STAFF, SamplePeople.OFFICER, SamplePeople.MAILBOX)
            .filter(s -> s.id().equals(person.id()) || s.responsible().contains(person.id()));
    return subjects
        .flatMap(
            subject ->
                profiles.all().stream()
                    .filter(CertificateProfile::offered)
                    .filter(profile -> !profile.makesOfficers())
                    .filter(profile -> profile.subjects().contains(subject.kind()))
                    .flatMap(profile -> offers(profile, subject)))
        .toList();
  }

  private Stream<Offer> offers(CertificateProfile profile, Subject subject) {
    var alone = Stream.of(new Offer(profile, subject, HASSFURT));
    if (profile.orderWith().isEmpty()) {
      return alone;
    }
    var all = new ArrayList<CertificateProfile>(List.of(profile));
    profile.orderWith().forEach(name -> all.add(profiles.get(name)));
    return Stream.concat(alone, Stream.of(new Offer(all, subject, HASSFURT)));
  }

  private List<CertificateRequest> orderOf(CertificateRequest request) {
    return request.content().order().isEmpty()
        ? List.of(request)
        : requests.values().stream()
            .filter(part -> part.content().order().equals(request.content().order()))
            .toList();
  }

  private List<CertificateRequest> order(
      Actor.Person person, List<CertificateApplication> applications) throws Exception {
    var order = Optional.of(new OrderId(UUID.randomUUID()));
    var parts = new ArrayList<CertificateRequest>();
    for (var application : applications) {
      parts.add(submit(person, application, order));
    }
    return parts;
  }

  private CertificateRequest submit(
      Actor.Person person, CertificateApplication application, Optional<OrderId> order)
      throws Exception {
    if (application.remark().contains("doppelt")) {
      throw new Refused(RefusalReason.DUPLICATE, "an application like this one is open already");
    }
    var csr = new PKCS10CertificationRequest(application.certificationRequest().toArray());
    var offer =
        offers(person).stream()
            .filter(o -> o.subject().id().equals(application.subject()))
            .findFirst()
            .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such subject"));
    var names = csr.getSubject().toString();
    var content =
        new CertificateRequest.Content(
            new RequestId(UUID.randomUUID()),
            person.auditName(),
            person.displayName(),
            application.tenant(),
            application.profile(),
            offer.subject(),
            Optional.empty(),
            Bytes.of(csr.getSubjectPublicKeyInfo().getEncoded()),
            Optional.of(application.certificationRequest()),
            names.isEmpty() ? List.of() : List.of(names),
            application.remark(),
            clock.instant(),
            new FieldValues(values(application.fields(), FieldSource.APPLICANT)),
            order,
            application.renews(),
            application.keyOrigin());
    tell(person, "request.submitted", content, application.remark());
    var needed = profiles.get(application.profile()).approvals();
    return keep(new CertificateRequest.AwaitingApproval(content, List.of(), Math.max(1, needed)));
  }

  private CertificateProfile profileOf(CertificateRequest request) {
    return profiles.get(request.content().profile());
  }

  private static List<FieldValue> values(Map<Field, List<String>> said, FieldSource by) {
    return said.entrySet().stream()
        .flatMap(
            one -> one.getValue().stream().map(value -> new FieldValue(one.getKey(), value, by)))
        .toList();
  }

  private Amended setFields(Actor.Person officer, RequestId id, Map<Field, List<String>> said)
      throws Refused {
    var waiting = waiting(officer, id);
    var old = waiting.content();
    var values = new ArrayList<>(old.values().saidBy(FieldSource.APPLICANT));
    values.addAll(values(said, FieldSource.OFFICER));
    var content =
        new CertificateRequest.Content(
            old.id(),
            old.applicant(),
            old.applicantName(),
            old.tenant(),
            old.profile(),
            old.subject(),
            old.appointment(),
            old.publicKey(),
            old.proof(),
            old.wishes(),
            old.remark(),
            old.submittedAt(),
            new FieldValues(values),
            old.order(),
            old.renews(),
            old.keyOrigin());
    var changed = new CertificateRequest.AwaitingApproval(content, List.of(), waiting.needed());
    keep(changed);
    return new Amended(changed, waiting.approvals());
  }

  private CertificateRequest approve(Actor.Person officer, RequestId id) throws Exception {
    var waiting = waiting(officer, id);
    var content = waiting.content();
    tell(officer, "request.approved", content, "");
    var approval =
        new Approval(officer.id(), officer.displayName(), clock.instant(), Optional.empty());
    var stored = issue(content);
    tell(officer, "certificate.issued", content, "serial " + stored.serial());
    return keep(
        new CertificateRequest.Issued(
            content, List.of(approval), stored.authority(), stored.serial()));
  }

  private CertificateRequest refuse(Actor.Person officer, RequestId id, String reason)
      throws Refused {
    var refused = view(officer, id);
    for (var part : orderOf(refused)) {
      refused = refuseOne(officer, part.id(), reason);
    }
    return refused;
  }

  private CertificateRequest refuseOne(Actor.Person officer, RequestId id, String reason)
      throws Refused {
    var waiting = waiting(officer, id);
    if (reason.isEmpty() || reason.length() > 500) {
      throw new Refused(RefusalReason.REASON_MISSING, "1 to 500 characters");
    }
    tell(officer, "request.refused", waiting.content(), reason);
    return keep(
        new CertificateRequest.Refused(
            waiting.content(), officer.displayName(), reason, clock.instant()));
  }

  private CertificateRequest.AwaitingApproval waiting(Actor.Person officer, RequestId id)
      throws Refused {
    var request = view(officer, id);
    if (mine(request, officer)) {
      throw new Refused(RefusalReason.OWN_APPLICATION, "one's own application");
    }
    if (request instanceof CertificateRequest.AwaitingApproval waiting) {
      return waiting;
    }
    throw new Refused(RefusalReason.WRONG_STATE, "it was decided meanwhile");
  }

  private StoredCertificate issue(CertificateRequest.Content content) {
    var subject = content.subject();
    var key =
        org.bouncycastle.asn1.x509.SubjectPublicKeyInfo.getInstance(content.publicKey().toArray());
    var serial =
        new BigInteger("5e" + content.id().value().toString().replace("-", "").substring(2), 16);
    pseudonyms.issued(content);
    var commonName =
        content.values().pseudonym().map(one -> "PN: " + one.name()).orElse(subject.commonName());
    var mail = content.isPseudonymous() ? "post@stadt-hassfurt.example" : subject.mail().orElse("");
    var encoded = authority.issue(commonName, mail, key, serial);
    var name = profiles.get(content.profile());
    var stored =
        new StoredCertificate(
            authority.authorities().getLast().name(),
            new SerialNumber(serial),
            encoded,
            name.name(),
            1,
            Optional.of(content.tenant()),
            Optional.of(content.holder()),
            SampleAuthority.name(commonName),
            content.isPseudonymous() ? "" : "mail:" + mail,
            Optional.of(content.id()),
            clock.instant().minus(Duration.ofMinutes(5)),
            clock.instant().plus(Duration.ofDays(365)),
            new CertificateStatus.Good(),
            events.size());
    certificates.put(key(stored), stored);
    return stored;
  }

  /** What was ordered by this request ends in six days, after nearly a year. */
  void letEndSoon(RequestId request) {
    var order = orderOf(requests.get(request)).stream().map(CertificateRequest::id).toList();
    certificates.replaceAll(
        (_, c) ->
            c.request().filter(order::contains).isEmpty()
                ? c
                : new StoredCertificate(
                    c.authority(),
                    c.serial(),
                    c.encoded(),
                    c.profile(),
                    c.profileVersion(),
                    c.tenant(),
                    c.subject(),
                    c.subjectName(),
                    c.alternativeNames(),
                    c.request(),
                    clock.instant().minus(Duration.ofDays(359)),
                    clock.instant().plus(Duration.ofDays(6)),
                    c.status(),
                    c.journalIndex()));
  }

  private Object inventory(org.mockito.invocation.InvocationOnMock call) throws Exception {
    if (call.getMethod().getName().equals("lastInquiry")) {
      StoredCertificate certificate = call.getArgument(0);
      return Optional.of(
          new Inquiry(
              certificate.authority(),
              certificate.serial(),
              clock.instant(),
              Inquiry.Told.of(certificate.status())));
    }
    Actor.Person person = call.getArgument(0);
    return switch (call.getMethod().getName()) {
      case "own" -> certificates.values().stream().filter(c -> holds(person, c)).toList();
      case "search" -> search(person, call.getArgument(1));
      case "viewOwn" -> ownCertificate(person, call.getArgument(1) + "/" + call.getArgument(2));
      case "view" -> certificate(person, call.getArgument(1) + "/" + call.getArgument(2));
      default -> throw new UnsupportedOperationException(call.toString());
    };
  }

  private List<StoredCertificate> search(Actor.Person person, CertificateQuery query) {
    return certificates.values().stream()
        .filter(c -> sees(person, c))
        .filter(c -> (c.subjectName() + c.serial()).contains(query.text()))
        .skip(query.offset())
        .limit(query.limit())
        .toList();
  }

  private StoredCertificate ownCertificate(Actor.Person person, String key) throws Refused {
    var found = certificate(person, key);
    if (!holds(person, found)) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such certificate");
    }
    return found;
  }

  private StoredCertificate certificate(Actor.Person person, String key) throws Refused {
    var found = certificates.get(key);
    if (found == null || !(holds(person, found) || sees(person, found))) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such certificate");
    }
    return found;
  }

  private Object revocation(org.mockito.invocation.InvocationOnMock call) throws Exception {
    Actor.Person person = call.getArgument(0);
    var old = certificate(person, call.getArgument(1) + "/" + call.getArgument(2));
    if (old.status() instanceof CertificateStatus.Revoked) {
      throw new Refused(RefusalReason.WRONG_STATE, "revoked already");
    }
    var order =
        call.getMethod().getName().startsWith("revoke")
            ? call.<Revocation>getArgument(3)
            : Revocation.of(RevocationReason.REMOVE_FROM_CRL, "");
    CertificateStatus status =
        switch (order.reason()) {
          case CERTIFICATE_HOLD -> new CertificateStatus.OnHold(clock.instant());
          case REMOVE_FROM_CRL -> new CertificateStatus.Good();
          default ->
              new CertificateStatus.Revoked(clock.instant(), order.reason(), order.invalidSince());
        };
    var changed = withStatus(old, status);
    certificates.put(key(changed), changed);
    return changed;
  }

  private Object audit(org.mockito.invocation.InvocationOnMock call) {
    Actor.Person person = call.getArgument(0);
    AuditQuery query = call.getArgument(1);
    return events.reversed().stream()
        .filter(event -> event.tenant().filter(person.auditorFor()::contains).isPresent())
        .filter(event -> query.object().isEmpty() || query.object().get().equals(event.object()))
        .skip(query.offset())
        .limit(query.limit())
        .toList();
  }

  private void tell(
      Actor.Person actor, String action, CertificateRequest.Content content, String detail) {
    events.add(
        new AuditEvent(
            "node-1",
            events.size() + 1L,
            clock.instant(),
            actor.auditName(),
            actor.displayName(),
            action,
            Optional.of(content.tenant()),
            "request:" + content.id(),
            detail,
            Bytes.of(
                Fingerprint.sha256(
                    Bytes.of(detail.getBytes(java.nio.charset.StandardCharsets.UTF_8))))));
  }

  private Stream<CertificateRequest> all() {
    return requests.values().stream()
        .sorted(
            Comparator.comparing((CertificateRequest r) -> r.content().submittedAt()).reversed());
  }

  private CertificateRequest view(Actor actor, RequestId id) throws Refused {
    var request = requests.get(id);
    if (request == null || !(mine(request, actor) || sees((Actor.Person) actor, request))) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such request");
    }
    return request;
  }

  private CertificateRequest keep(CertificateRequest request) {
    requests.put(request.id(), request);
    return request;
  }

  /** The mailbox's entry changed after the application; the others stayed. */
  private static Subject now(CertificateRequest request) {
    var asked = request.content().subject();
    if (asked.kind() != SubjectKind.FUNCTION) {
      return asked;
    }
    return new Subject(
        asked.id(),
        asked.kind(),
        asked.home(),
        asked.tenants(),
        "GRP: Bürgerbüro",
        asked.title(),
        asked.givenName(),
        asked.surname(),
        Optional.of("buergerbuero@stadt-hassfurt.example"),
        asked.dnsName(),
        asked.login(),
        asked.enabled(),
        asked.directoryName(),
        asked.responsible());
  }

  /** The same certificate with another status. */
  static StoredCertificate withStatus(StoredCertificate c, CertificateStatus status) {
    return new StoredCertificate(
        c.authority(),
        c.serial(),
        c.encoded(),
        c.profile(),
        c.profileVersion(),
        c.tenant(),
        c.subject(),
        c.subjectName(),
        c.alternativeNames(),
        c.request(),
        c.notBefore(),
        c.notAfter(),
        status,
        c.journalIndex());
  }

  private static boolean mine(CertificateRequest request, Actor actor) {
    return request.content().applicant().equals(actor.auditName());
  }

  private static boolean decides(Actor actor, CertificateRequest request) {
    return ((Actor.Person) actor).officerFor().contains(request.content().tenant());
  }

  private static boolean sees(Actor.Person person, CertificateRequest request) {
    return decides(person, request)
        || isPassedOnTo(person, request)
        || person.auditorFor().contains(request.content().tenant());
  }

  private boolean holds(Actor.Person person, StoredCertificate certificate) {
    return certificate
        .subject()
        .filter(
            holder ->
                holder.equals(person.id()) || pseudonyms.holdersOf(person.id()).contains(holder))
        .isPresent();
  }

  private static boolean sees(Actor.Person person, StoredCertificate certificate) {
    var tenant = certificate.tenant().orElse(KOENIGSBERG);
    return person.officerFor().contains(tenant) || person.auditorFor().contains(tenant);
  }

  /** All certificates that name one of these. */
  List<StoredCertificate> ofSubjects(Collection<SubjectId> subjects) {
    return certificates.values().stream()
        .filter(certificate -> certificate.subject().filter(subjects::contains).isPresent())
        .toList();
  }

  private static String key(StoredCertificate certificate) {
    return certificate.authority() + "/" + certificate.serial();
  }

  /** Something small, so that the page shows how it looks. */
  private static LintFinding remark() {
    return LintCatalog.all().stream()
        .filter(lint -> lint.id().equals("house.extension-unknown"))
        .map(lint -> new LintFinding(lint, "1.3.6.1.4.1.311.21.10"))
        .findFirst()
        .orElseThrow();
  }
}
