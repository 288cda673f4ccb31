package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.wording.RefusalText;
import de.kreissiegel.ca.wording.RefusalTextDesk;
import de.kreissiegel.ra.pages.Choice;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Words;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A tenant's own reasons for refusing: writing, changing and deleting them. */
@Controller
class RefusalTextPages {
  private static final String ALL = "redirect:/refusal-texts";

  private final RefusalTextDesk desk;
  private final Words words;

  RefusalTextPages(RefusalTextDesk desk, Words words) {
    this.desk = desk;
    this.words = words;
  }

  /**
   * One as the page shows it.
   *
   * @param tenant its name
   */
  record Row(String id, String tenant, String title, String textDe, String textEn) {}

  @GetMapping("/refusal-texts")
  String all(Actor.Person officer, Model model) {
    return page(officer, Optional.empty(), "", new RefusalText.Words("", "", ""), model);
  }

  @GetMapping("/refusal-texts/{text}")
  String one(Actor.Person officer, @PathVariable UUID text, Model model) throws Refused {
    RefusalText seen = desk.view(officer, text);
    return page(officer, Optional.of(text), seen.tenant().value(), seen.words(), model);
  }

  private String page(
      Actor.Person officer,
      Optional<UUID> edited,
      String tenant,
      RefusalText.Words form,
      Model model) {
    List<Choice> tenants = Choice.ofTenants(RefusalTextDesk.scope(officer), words);
    model.addAttribute("tenants", tenants);
    model.addAttribute("tenant", tenant);
    model.addAttribute(
        "texts",
        desk.own(officer).stream()
            .map(
                one ->
                    new Row(
                        one.id().toString(),
                        words.tenant(one.tenant()),
                        one.words().title(),
                        one.words().textDe(),
                        one.words().textEn()))
            .toList());
    model.addAttribute("form", form);
    model.addAttribute("edited", edited.map(UUID::toString).orElse(""));
    model.addAttribute("most", RefusalTextDesk.MOST);
    model.addAttribute("longestTitle", RefusalText.Words.LONGEST_TITLE);
    model.addAttribute("longestText", RefusalText.Words.LONGEST_TEXT);
    return "refusal-texts";
  }

  @PostMapping("/refusal-texts")
  String add(
      Actor.Person officer,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String title,
      @RequestParam(defaultValue = "") String textDe,
      @RequestParam(defaultValue = "") String textEn,
      Model model,
      RedirectAttributes next)
      throws Refused {
    var said = new RefusalText.Words(title, textDe, textEn);
    return answered(
        officer,
        Optional.empty(),
        tenant,
        said,
        model,
        next,
        () -> {
          desk.add(officer, tenant(officer, tenant), said);
          return "added";
        });
  }

  /** Who has one tenant alone isn't asked for it. */
  private static TenantId tenant(Actor.Person officer, String id) throws Refused {
    return RefusalTextDesk.scope(officer).stream()
        .filter(
            one ->
                one.value().equals(id)
                    || id.isEmpty() && RefusalTextDesk.scope(officer).size() == 1)
        .findFirst()
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such tenant"));
  }

  @PostMapping("/refusal-texts/{text}")
  String change(
      Actor.Person officer,
      @PathVariable UUID text,
      @RequestParam(defaultValue = "") String title,
      @RequestParam(defaultValue = "") String textDe,
      @RequestParam(defaultValue = "") String textEn,
      Model model,
      RedirectAttributes next)
      throws Refused {
    var said = new RefusalText.Words(title, textDe, textEn);
    return answered(
        officer,
        Optional.of(text),
        "",
        said,
        model,
        next,
        () -> {
          desk.change(officer, text, said);
          return "changed";
        });
  }

  @PostMapping("/refusal-texts/{text}/remove")
  String remove(Actor.Person officer, @PathVariable UUID text, RedirectAttributes next)
      throws Refused {
    desk.remove(officer, text);
    next.addFlashAttribute(Notice.ATTRIBUTE, words.done("refusal-texts.removed"));
    return ALL;
  }

  /** What was refused is shown again, with what was typed. */
  private String answered(
      Actor.Person officer,
      Optional<UUID> edited,
      String tenant,
      RefusalText.Words said,
      Model model,
      RedirectAttributes next,
      Step step)
      throws Refused {
    try {
      next.addFlashAttribute(Notice.ATTRIBUTE, words.done("refusal-texts." + step.take()));
      return ALL;
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      Notice notice = words.refused(refused.refusal());
      model.addAttribute(
          Notice.ATTRIBUTE,
          refused.reason() == RefusalReason.BAD_DATA_FORMAT
              ? notice.inWords(
                  words.of("refusal-texts.unsound"),
                  words.of(
                      "refusal-texts.unsound.text",
                      RefusalText.Words.LONGEST_TITLE,
                      RefusalText.Words.LONGEST_TEXT))
              : notice.inWords(
                  words.of("refusal-texts.too-many"),
                  words.of("refusal-texts.too-many.text", RefusalTextDesk.MOST)));
      return page(officer, edited, tenant, said, model);
    }
  }

  /** Does something and says what was done. */
  private interface Step {
    String take() throws Refused;
  }
}
