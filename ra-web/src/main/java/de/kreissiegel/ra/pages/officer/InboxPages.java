package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.identity.CheckRecord;
import de.kreissiegel.ca.identity.Confirmations;
import de.kreissiegel.ca.letter.LetterDesk;
import de.kreissiegel.ca.lifecycle.PlanDesk;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.Question;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestEvents;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.securitykey.SecurityKeys;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.hsm.approval.Statement;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.pages.ApprovingKey;
import de.kreissiegel.ra.pages.CheckForm;
import de.kreissiegel.ra.pages.OfficerCertificate;
import de.kreissiegel.ra.pages.Orders;
import de.kreissiegel.ra.pages.Paging;
import de.kreissiegel.ra.pages.RequestRow;
import de.kreissiegel.ra.pages.RequestState;
import de.kreissiegel.ra.pages.Timeline;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.pages.terms.TermsForm;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What waits for an officer, what was decided, and one application in detail. */
@Controller
class InboxPages {
  private static final int SIZE = 20;

  private final RegistrationDesk desk;
  private final PlanDesk plans;
  private final LetterDesk letters;
  private final ReviewParts reviews;
  private final SecurityKeys securityKeys;
  private final TermsForm terms;
  private final Confirmations confirmations;
  private final OfferedReasons reasons;
  private final Words words;
  private final InstantSource clock;

  InboxPages(
      RegistrationDesk desk,
      PlanDesk plans,
      LetterDesk letters,
      ReviewParts reviews,
      SecurityKeys securityKeys,
      TermsForm terms,
      Confirmations confirmations,
      OfferedReasons reasons,
      Words words,
      InstantSource clock) {
    this.desk = desk;
    this.plans = plans;
    this.letters = letters;
    this.reviews = reviews;
    this.securityKeys = securityKeys;
    this.terms = terms;
    this.confirmations = confirmations;
    this.reasons = reasons;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/inbox")
  String inbox(
      Actor.Person person,
      @RequestParam(defaultValue = "1") int page,
      InboxFilter filter,
      Model model)
      throws Refused {
    var now = clock.instant();
    var waiting =
        Orders.grouped(desk.inbox(person)).stream()
            .map(parts -> InboxRow.of(parts, person, words, now))
            .toList();
    model.addAttribute("personsDue", confirmations.due(person).size());
    model.addAttribute("filter", filter);
    model.addAttribute("kinds", InboxFilter.kinds(waiting));
    model.addAttribute("tenants", InboxFilter.tenants(waiting));
    model.addAttribute("total", waiting.size());
    model.addAttribute("waiting", waiting.stream().filter(filter::takes).toList());
    model.addAttribute(
        "passedOn",
        Orders.grouped(desk.passedOn(person)).stream()
            .map(parts -> InboxRow.of(parts, person, words, now))
            .toList());
    var number = Paging.number(page);
    var all = desk.all(person, Paging.offset(number, SIZE), SIZE + 1);
    model.addAttribute("held", PlanPages.rows(plans, person, words));
    model.addAttribute("all", RequestRow.all(Paging.shown(all, SIZE), words));
    model.addAttribute("paging", Paging.of(number, SIZE, all));
    return "inbox";
  }

  @GetMapping("/inbox/{id}")
  String one(Actor.Person person, @PathVariable RequestId id, Model model) throws Refused {
    var parts = desk.viewOrder(person, id);
    var request = Orders.standing(parts);
    var content = request.content();
    var passedOn = desk.isPassedOnTo(person, request);
    if (!passedOn && !desk.isOfficerFor(person, request)) {
      throw new Refused(RefusalReason.NOT_FOUND, "not an application of this officer's tenants");
    }
    model.addAttribute("row", RequestRow.of(parts, words));
    model.addAttribute("content", content);
    content
        .keyOrigin()
        .ifPresent(origin -> model.addAttribute("keyOrigin", words.of("key-origin." + origin)));
    model.addAttribute(
        "wishes", parts.stream().flatMap(part -> part.content().wishes().stream()).toList());
    model.addAttribute(
        "undelivered",
        letters.troubles(person, content.tenant(), parts.stream().map(RequestEvents::objectOf)));
    var questions = new ArrayList<Question>();
    for (var part : parts) {
      questions.addAll(desk.questions(person, part.id()));
    }
    model.addAttribute("timeline", Timeline.of(request, questions, words));
    model.addAttribute("passedOn", passedOn);
    model.addAttribute("accepted", terms.accepted(parts));
    addChecks(person, parts, model);
    if (!passedOn) {
      model.addAttribute("review", reviews.of(person, parts));
      model.addAttribute("signed", SignedBefore.of(parts, Words.language()));
    }
    model.addAttribute("state", RequestState.name(request));
    addDirectory(person, content.subject(), id, model);
    var own = content.applicant().equals(person.auditName());
    var waiting = !passedOn && request instanceof CertificateRequest.AwaitingApproval;
    var asked = questions.stream().anyMatch(one -> one.answer().isEmpty());
    model.addAttribute("asked", asked);
    model.addAttribute("reasons", reasons.of(person, content.tenant()));
    model.addAttribute(
        "parts",
        parts.stream().map(part -> DecidedPart.of(part, waiting && !own, desk, words)).toList());
    model.addAttribute("own", waiting && own);
    model.addAttribute("mayDecide", waiting && !own);
    if (waiting && !own && !asked && desk.approvalsAreSigned()) {
      addSigning(person, parts, model);
    }
    if (request instanceof CertificateRequest.Refused refused) {
      model.addAttribute("reason", refused.reason());
    }
    return "inbox-request";
  }

  /** How the person was checked so far, and how this officer says it. */
  private void addChecks(Actor.Person person, List<CertificateRequest> parts, Model model)
      throws Refused {
    List<CheckRecord> before = desk.checks(person, parts.getFirst().id());
    model.addAttribute(
        "checks",
        CheckForm.lines(
            before.stream()
                .filter(one -> parts.stream().anyMatch(part -> isOf(part, one)))
                .toList(),
            words));
    model.addAttribute("checksBefore", CheckForm.lines(before, words));
    model.addAttribute(
        "check",
        CheckForm.of(
            parts.stream().map(desk::registrationRules).toList(),
            before,
            parts.getFirst().content().renews().isPresent(),
            words,
            clock.instant()));
  }

  private static boolean isOf(CertificateRequest part, CheckRecord check) {
    return check.request().filter(part.id().value()::equals).isPresent();
  }

  /**
   * What the officer signs of one part of an order.
   *
   * @param title which kind of certificate
   * @param address where the browser gets it as of the moment of signing
   * @param lines all that it says
   */
  record SignedPart(String title, String address, List<Statement.Line> lines) {}

  /** What the officer would sign, and by which certificates of theirs. */
  private void addSigning(Actor.Person person, List<CertificateRequest> parts, Model model)
      throws Refused {
    try {
      var statements = new ArrayList<SignedPart>();
      for (CertificateRequest part : parts) {
        statements.add(
            new SignedPart(
                words.profile(part.content().profile()),
                "/inbox/" + part.id() + "/statement",
                desk.statement(person, part.id()).lines(Words.language())));
      }
      model.addAttribute("statements", statements);
    } catch (Refused refused) {
      if (refused.reason() != RefusalReason.DIRECTORY_UNAVAILABLE
          && refused.reason() != RefusalReason.OWN_APPLICATION) {
        throw refused;
      }
      model.addAttribute("mayDecide", false); // nothing can be approved now
      model.addAttribute("own", refused.reason() == RefusalReason.OWN_APPLICATION);
      return;
    }
    List<Bytes> certificates = desk.officerCertificates(person, parts.getFirst().id());
    model.addAttribute("officerCertificates", OfficerCertificate.of(certificates));
    model.addAttribute("securityKeys", ApprovingKey.of(securityKeys.of(person), certificates));
  }

  private void addDirectory(Actor.Person person, Subject asked, RequestId id, Model model)
      throws Refused {
    Optional<Subject> now;
    try {
      now = desk.directoryEntry(person, id);
    } catch (Refused refused) {
      if (refused.reason() != RefusalReason.DIRECTORY_UNAVAILABLE) {
        throw refused;
      }
      model.addAttribute("directory", "unavailable");
      model.addAttribute("comparison", Comparison.of(asked, Optional.of(asked), words));
      return;
    }
    var comparison = Comparison.of(asked, now, words);
    var same = comparison.stream().noneMatch(Comparison.Line::differs);
    model.addAttribute("comparison", comparison);
    model.addAttribute(
        "directory",
        now.isEmpty() ? "gone" : !now.get().enabled() ? "disabled" : same ? "same" : "differs");
  }
}
