package de.kreissiegel.ra.pages.terms;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.terms.Terms;
import de.kreissiegel.ca.terms.TermsDesk;
import de.kreissiegel.ca.terms.TermsName;
import de.kreissiegel.ra.pages.Words;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The terms in force, those of earlier versions, and what somebody accepted. */
@Controller
class TermsPages {
  private final TermsDesk desk;
  private final Words words;

  TermsPages(TermsDesk desk, Words words) {
    this.desk = desk;
    this.words = words;
  }

  /**
   * Terms in force.
   *
   * @param holdsFor for which certificates, in words
   */
  record InForce(TermsRow terms, String holdsFor) {}

  /** Open to everybody. */
  @GetMapping("/info/terms")
  String inForce(Model model) {
    model.addAttribute(
        "terms",
        desk.catalog().all().stream()
            .map(one -> new InForce(TermsRow.of(one), holdsFor(one)))
            .toList());
    return "terms";
  }

  private String holdsFor(Terms terms) {
    List<String> kinds =
        desk.catalog().profilesOf(terms.name()).stream().map(words::profile).toList();
    List<String> tenants =
        desk.catalog().tenantsOf(terms.name()).stream().map(words::tenant).toList();
    return words.of(
        "terms.for",
        kinds.isEmpty() ? words.of("terms.for.others") : words.joined(kinds),
        tenants.isEmpty() ? words.of("terms.for.all") : words.joined(tenants));
  }

  /** In a version that is or was in force: what somebody once accepted stays to be read. */
  @GetMapping("/info/terms/{terms}/{version}")
  String one(@PathVariable("terms") String name, @PathVariable String version, Model model)
      throws Refused {
    try {
      Terms found =
          desk.find(new TermsName(name), Integer.parseInt(version))
              .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such terms"));
      model.addAttribute("one", TermsRow.of(found));
      model.addAttribute("inForce", desk.catalog().all().contains(found));
      return "terms-version";
    } catch (IllegalArgumentException unreadable) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such terms");
    }
  }

  /** What the person has accepted. */
  @GetMapping("/terms")
  String accepted(Actor.Person person, Model model) {
    model.addAttribute(
        "accepted", desk.of(person.id()).stream().map(one -> AcceptedRow.of(one, desk)).toList());
    return "terms-accepted";
  }
}
