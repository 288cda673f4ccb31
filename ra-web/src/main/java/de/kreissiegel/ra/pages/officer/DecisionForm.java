package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.Approval;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.pages.CheckForm;
import de.kreissiegel.ra.pages.FieldForm;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Orders;
import de.kreissiegel.ra.pages.RequestState;
import de.kreissiegel.ra.pages.Words;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Takes an officer's yes or no to the desk. */
@Controller
class DecisionForm {
  private final RegistrationDesk desk;
  private final OfferedReasons reasons;
  private final Words words;

  DecisionForm(RegistrationDesk desk, OfferedReasons reasons, Words words) {
    this.desk = desk;
    this.reasons = reasons;
    this.words = words;
  }

  @PostMapping("/inbox/{id}/approve")
  String approve(
      Actor.Person officer,
      @PathVariable RequestId id,
      @RequestParam(defaultValue = "") List<String> signature,
      @RequestParam(defaultValue = "") String check,
      @RequestParam(defaultValue = "") String checked,
      RedirectAttributes next)
      throws Refused {
    return answer(
        id,
        next,
        () ->
            Orders.standing(
                desk.approveOrder(officer, id, octets(signature), CheckForm.read(check, checked))));
  }

  /** Nothing where the browser signed nothing: then the desk says what is missing. */
  static List<Bytes> octets(List<String> signatures) throws Refused {
    try {
      return signatures.stream()
          .map(String::strip)
          .filter(signature -> !signature.isEmpty())
          .map(signature -> Bytes.of(Base64.getDecoder().decode(signature)))
          .toList();
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.APPROVAL_INVALID, "the signature is no base64");
    }
  }

  /** What the officer sets before anybody signs; back to the application, which says it now. */
  @PostMapping("/inbox/{id}/fields")
  String fields(
      Actor.Person officer,
      @PathVariable RequestId id,
      @RequestParam Map<String, String> parameters,
      RedirectAttributes next)
      throws Refused {
    try {
      var voided = desk.setFields(officer, id, FieldForm.read(parameters)).voided();
      next.addFlashAttribute(
          Notice.ATTRIBUTE,
          voided.isEmpty()
              ? words.done("inbox.done.fields")
              : words.done(
                  "inbox.done.fields-void",
                  voided.stream().map(Approval::officerName).collect(Collectors.joining(", "))));
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    }
    return "redirect:/inbox/" + id;
  }

  @PostMapping("/inbox/{id}/refuse")
  String refuse(
      Actor.Person officer,
      @PathVariable RequestId id,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String template,
      RedirectAttributes next)
      throws Refused {
    var text = reasons.reason(officer, reason, template);
    next.addFlashAttribute("refusalReason", text);
    return answer(id, next, () -> desk.refuse(officer, id, text));
  }

  /** Back to the application, which now waits for the applicant. */
  @PostMapping("/inbox/{id}/ask")
  String ask(
      Actor.Person officer,
      @PathVariable RequestId id,
      @RequestParam(defaultValue = "") String question,
      RedirectAttributes next)
      throws Refused {
    var text = question.strip().replace("\r\n", "\n");
    next.addFlashAttribute("askedText", text);
    return answer(id, next, () -> desk.ask(officer, id, text));
  }

  private String answer(RequestId id, RedirectAttributes next, Decision decision) throws Refused {
    try {
      var decided = decision.take();
      var subject = decided.content().subject().commonName();
      next.addFlashAttribute(
          Notice.ATTRIBUTE, words.done("inbox.done." + RequestState.name(decided), subject));
      return "redirect:/inbox";
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
      return "redirect:/inbox/" + id;
    }
  }

  /** What the officer wants. */
  private interface Decision {
    CertificateRequest take() throws Refused;
  }
}
