package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.identity.CheckRecord;
import de.kreissiegel.ca.profile.RegistrationRules;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.securitykey.SecurityKeys;
import de.kreissiegel.hsm.approval.Statement;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.pages.ApprovingKey;
import de.kreissiegel.ra.pages.CheckForm;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.OfficerCertificate;
import de.kreissiegel.ra.pages.Orders;
import de.kreissiegel.ra.pages.RequestRow;
import de.kreissiegel.ra.pages.RequestState;
import de.kreissiegel.ra.pages.Words;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Several applications decided at once: first all that would be decided, then each by its own
 * signature, and a report of what became of each.
 */
@Controller
class BulkPages {
  private static final int MOST = 50;

  private final RegistrationDesk desk;
  private final ReviewParts reviews;
  private final SecurityKeys securityKeys;
  private final OfferedReasons reasons;
  private final Words words;
  private final InstantSource clock;

  BulkPages(
      RegistrationDesk desk,
      ReviewParts reviews,
      SecurityKeys securityKeys,
      OfferedReasons reasons,
      Words words,
      InstantSource clock) {
    this.desk = desk;
    this.reviews = reviews;
    this.securityKeys = securityKeys;
    this.reasons = reasons;
    this.words = words;
    this.clock = clock;
  }

  /**
   * One application in the preview.
   *
   * @param why why it can't be approved here; empty if it can
   * @param hints at risks, and what the linter says
   * @param statements what is signed for it
   */
  record Item(
      RequestRow row, String why, List<String> hints, List<InboxPages.SignedPart> statements) {}

  /** What came of one. */
  record Outcome(String title, String subject, String address, boolean done, String text) {}

  /** All that would be decided, as it stands now. */
  @GetMapping("/inbox/bulk")
  String preview(
      Actor.Person officer,
      @RequestParam(defaultValue = "") List<RequestId> id,
      RedirectAttributes next,
      Model model)
      throws Refused {
    if (id.isEmpty() || id.size() > MOST) {
      next.addFlashAttribute(
          Notice.ATTRIBUTE,
          words.refused(
              new Refused(RefusalReason.BAD_DATA_FORMAT, "choose 1 to " + MOST + " applications")
                  .refusal()));
      return "redirect:/inbox";
    }
    List<Bytes> certificates = List.of();
    var items = new ArrayList<Item>();
    for (RequestId one : new LinkedHashSet<>(id)) {
      Looked looked = look(officer, one, certificates);
      certificates = looked.certificates();
      items.add(looked.item());
    }
    model.addAttribute("ready", items.stream().filter(item -> item.why().isEmpty()).toList());
    model.addAttribute("left", items.stream().filter(item -> !item.why().isEmpty()).toList());
    model.addAttribute("signed", desk.approvalsAreSigned());
    model.addAttribute("officerCertificates", OfficerCertificate.of(certificates));
    model.addAttribute("securityKeys", ApprovingKey.of(securityKeys.of(officer), certificates));
    model.addAttribute("reasons", reasons.of(officer));
    model.addAttribute(
        "check",
        CheckForm.of(rules(officer, items), before(officer, items), false, words, clock.instant()));
    return "inbox-bulk";
  }

  /** What all that can be decided together asks for. */
  private List<RegistrationRules> rules(Actor.Person officer, List<Item> items) throws Refused {
    var rules = new ArrayList<RegistrationRules>();
    for (Item item : items) {
      if (item.why().isEmpty()) {
        for (CertificateRequest part : desk.viewOrder(officer, RequestId.of(item.row().id()))) {
          rules.add(desk.registrationRules(part));
        }
      }
    }
    return rules;
  }

  /** Nothing where one of them was never checked. */
  private List<CheckRecord> before(Actor.Person officer, List<Item> items) throws Refused {
    List<CheckRecord> all = new ArrayList<>();
    for (Item item : items) {
      List<CheckRecord> its = desk.checks(officer, RequestId.of(item.row().id()));
      if (its.isEmpty()) {
        return List.of();
      }
      all.addAll(its);
    }
    return all;
  }

  /** An item, and the certificates by which all items so far can be approved. */
  private record Looked(Item item, List<Bytes> certificates) {}

  private Looked look(Actor.Person officer, RequestId id, List<Bytes> before) throws Refused {
    List<CertificateRequest> parts = desk.viewOrder(officer, id);
    CertificateRequest request = Orders.standing(parts);
    if (!desk.isOfficerFor(officer, request)) {
      throw new Refused(RefusalReason.NOT_FOUND, "not an application of this officer's tenants");
    }
    RequestRow row = RequestRow.of(parts, words);
    ReviewParts.Part review = reviews.of(officer, parts);
    var hints = new ArrayList<String>();
    review.hints().forEach(hint -> hints.add(hint.text()));
    review.objections().forEach(objection -> hints.add(objection.title()));
    String why = why(officer, request, parts);
    if (!why.isEmpty() || !desk.approvalsAreSigned()) {
      return new Looked(new Item(row, why, hints, List.of()), before);
    }
    List<Bytes> mine = desk.officerCertificates(officer, parts.getFirst().id());
    List<Bytes> common = before.isEmpty() ? mine : mine.stream().filter(before::contains).toList();
    if (common.isEmpty()) {
      return new Looked(new Item(row, words.of("bulk.why.certificate"), hints, List.of()), before);
    }
    return new Looked(new Item(row, "", hints, statements(officer, parts)), common);
  }

  private List<InboxPages.SignedPart> statements(
      Actor.Person officer, List<CertificateRequest> parts) throws Refused {
    var statements = new ArrayList<InboxPages.SignedPart>();
    for (CertificateRequest part : parts) {
      Statement statement = desk.statement(officer, part.id());
      statements.add(
          new InboxPages.SignedPart(
              words.profile(part.content().profile()),
              "/inbox/" + part.id() + "/statement",
              statement.lines(Words.language())));
    }
    return statements;
  }

  private String why(
      Actor.Person officer, CertificateRequest request, List<CertificateRequest> parts) {
    if (!(request instanceof CertificateRequest.AwaitingApproval waiting)) {
      return words.of("request.state." + RequestState.name(request));
    }
    if (parts.stream().anyMatch(part -> RequestState.name(part).equals("asked"))) {
      return words.of("request.state.asked");
    }
    if (waiting.content().applicant().equals(officer.auditName())
        || waiting.content().subject().id().equals(officer.id())) {
      return words.of("refusal.OWN_APPLICATION.title");
    }
    return waiting.approvals().stream().anyMatch(one -> one.officer().equals(officer.id()))
        ? words.of("refusal.SAME_OFFICER.title")
        : "";
  }

  /** Each by its own signatures: one that fails leaves the others alone. */
  @PostMapping("/inbox/bulk")
  String approve(
      Actor.Person officer,
      HttpServletRequest sent,
      @RequestParam(defaultValue = "") String check,
      @RequestParam(defaultValue = "") String checked,
      RedirectAttributes next) {
    var outcomes = new ArrayList<Outcome>();
    for (Map.Entry<String, List<String>> one : signatures(sent).entrySet()) {
      outcomes.add(
          decided(
              officer,
              one.getKey(),
              id ->
                  Orders.standing(
                      desk.approveOrder(
                          officer,
                          id,
                          DecisionForm.octets(one.getValue()),
                          CheckForm.read(check, checked)))));
    }
    next.addFlashAttribute("report", outcomes);
    return "redirect:/inbox";
  }

  /** All for the same reason. */
  @PostMapping("/inbox/bulk/refuse")
  String refuse(
      Actor.Person officer,
      HttpServletRequest sent,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String template,
      RedirectAttributes next) {
    String text = reasons.reason(officer, reason, template);
    var outcomes = new ArrayList<Outcome>();
    for (String one : signatures(sent).keySet()) {
      outcomes.add(decided(officer, one, id -> desk.refuse(officer, id, text)));
    }
    next.addFlashAttribute("report", outcomes);
    return "redirect:/inbox";
  }

  /** What was signed, by the request that it is for; in the order of the form. */
  private static Map<String, List<String>> signatures(HttpServletRequest sent) {
    String[] requests = values(sent, "request");
    String[] signatures = values(sent, "signature");
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(requests.length, MOST); i++) {
      List<String> its = found.computeIfAbsent(requests[i], _ -> new ArrayList<>());
      if (i < signatures.length) {
        its.add(signatures[i]);
      }
    }
    return found;
  }

  private static String[] values(HttpServletRequest sent, String name) {
    String[] values = sent.getParameterValues(name);
    return values == null ? new String[0] : Arrays.copyOf(values, values.length);
  }

  /** What is done to one application. */
  private interface Decision {
    CertificateRequest take(RequestId id) throws Refused;
  }

  private Outcome decided(Actor.Person officer, String name, Decision decision) {
    String title = "";
    String subject = name;
    try {
      RequestId id = RequestId.of(name);
      RequestRow row = RequestRow.of(desk.viewOrder(officer, id), words);
      title = row.title();
      subject = row.subject();
      CertificateRequest reached = decision.take(id);
      return new Outcome(
          title,
          subject,
          "/inbox/" + id,
          true,
          words.of("request.state." + RequestState.name(reached)));
    } catch (Refused refused) {
      var notice = words.refused(refused.refusal());
      return new Outcome(title, subject, "/inbox/" + name, false, notice.title());
    } catch (IllegalArgumentException noId) {
      return new Outcome(title, "", "/inbox", false, words.of("refusal.NOT_FOUND.title"));
    }
  }
}
