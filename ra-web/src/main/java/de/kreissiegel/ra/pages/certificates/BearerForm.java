package de.kreissiegel.ra.pages.certificates;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.pseudonym.PseudonymDesk;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Words;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Tells an officer who is behind the pseudonym in a certificate. */
@Controller
class BearerForm {
  private final Certificates certificates;
  private final PseudonymDesk pseudonyms;
  private final Words words;

  BearerForm(Certificates certificates, PseudonymDesk pseudonyms, Words words) {
    this.certificates = certificates;
    this.pseudonyms = pseudonyms;
    this.words = words;
  }

  @PostMapping("/certificates/{authority}/{serial}/bearer")
  String bearer(
      Actor.Person person,
      @PathVariable String authority,
      @PathVariable String serial,
      @RequestParam(defaultValue = "") String reason,
      RedirectAttributes next)
      throws Refused {
    var holder =
        certificates
            .view(person, authority, serial)
            .subject()
            .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "it names nobody"));
    try {
      var unveiled = pseudonyms.unveil(person, holder, reason);
      next.addFlashAttribute(
          Notice.ATTRIBUTE,
          words.done(
              "bearer.done",
              unveiled.pseudonym(),
              unveiled.name().orElseGet(() -> unveiled.person().value())));
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    }
    next.addAttribute("authority", authority);
    next.addAttribute("serial", serial);
    return "redirect:/certificates/{authority}/{serial}";
  }
}
