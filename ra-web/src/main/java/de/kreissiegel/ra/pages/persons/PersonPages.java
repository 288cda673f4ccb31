package de.kreissiegel.ra.pages.persons;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.identity.Confirmations;
import de.kreissiegel.ca.identity.IdentityCheck;
import de.kreissiegel.ca.identity.TwinDesk;
import de.kreissiegel.ca.profile.CheckKind;
import de.kreissiegel.ca.profile.RegistrationRules;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.CheckForm;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Words;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who has to be confirmed again, and who may be recorded twice. */
@Controller
class PersonPages {
  private static final String LIST = "redirect:/persons";

  /** Confirming rests on a check of one's own. */
  private static final RegistrationRules CONFIRMING =
      new RegistrationRules(
          true,
          List.of(CheckKind.KNOWN, CheckKind.IDENTITY_CARD, CheckKind.PERSONNEL_RECORD),
          Optional.empty());

  private final Confirmations confirmations;
  private final TwinDesk twins;
  private final Words words;
  private final InstantSource clock;

  PersonPages(Confirmations confirmations, TwinDesk twins, Words words, InstantSource clock) {
    this.confirmations = confirmations;
    this.twins = twins;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/persons")
  String all(Actor.Person officer, Model model) {
    model.addAttribute(
        "due",
        confirmations.due(officer).stream()
            .map(one -> DueRow.of(one, officer.id().value(), words))
            .toList());
    model.addAttribute(
        "twins", twins.candidates(officer).stream().map(one -> TwinRow.of(one, words)).toList());
    model.addAttribute(
        "check", CheckForm.of(List.of(CONFIRMING), List.of(), false, words, clock.instant()));
    return "persons";
  }

  @PostMapping("/persons/confirm")
  String confirm(
      Actor.Person officer,
      @RequestParam(defaultValue = "") String subject,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String check,
      @RequestParam(defaultValue = "") String checked,
      RedirectAttributes next)
      throws Refused {
    return answer(
        next,
        () -> {
          confirmations.confirm(
              officer, subject(subject), tenant(tenant), IdentityCheck.read(check, checked));
          return words.done("persons.done.confirmed");
        });
  }

  @PostMapping("/persons/twins")
  String say(
      Actor.Person officer,
      @RequestParam(defaultValue = "") String one,
      @RequestParam(defaultValue = "") String other,
      @RequestParam(defaultValue = "false") boolean same,
      RedirectAttributes next)
      throws Refused {
    return answer(
        next,
        () -> {
          twins.say(officer, subject(one), subject(other), same);
          return words.done(same ? "persons.done.linked" : "persons.done.not-same");
        });
  }

  private String answer(RedirectAttributes next, Step step) throws Refused {
    try {
      next.addFlashAttribute(Notice.ATTRIBUTE, step.take());
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    }
    return LIST;
  }

  /** What the officer wants. */
  private interface Step {
    Notice take() throws Refused;
  }

  private static SubjectId subject(String text) throws Refused {
    try {
      return new SubjectId(text);
    } catch (IllegalArgumentException unreadable) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such person");
    }
  }

  private static TenantId tenant(String text) throws Refused {
    try {
      return new TenantId(text);
    } catch (IllegalArgumentException unreadable) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such tenant");
    }
  }
}
