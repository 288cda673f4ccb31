package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.lifecycle.HeldPlan;
import de.kreissiegel.ca.lifecycle.PlanDesk;
import de.kreissiegel.ca.lifecycle.PlanItem;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Words;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the brake holds of the directory's changes: who would lose something, and why. */
@Controller
class PlanPages {
  private final PlanDesk desk;
  private final Words words;

  PlanPages(PlanDesk desk, Words words) {
    this.desk = desk;
    this.words = words;
  }

  @GetMapping("/plans/{plan}")
  String show(Actor.Person officer, @PathVariable("plan") UUID id, Model model) throws Refused {
    HeldPlan plan = desk.view(officer, id);
    model.addAttribute("plan", HeldRow.of(plan, words));
    model.addAttribute("revision", plan.revision());
    model.addAttribute("items", plan.items().stream().map(item -> Line.of(item, words)).toList());
    model.addAttribute("consents", plan.consents().size());
    model.addAttribute("consented", plan.consents().contains(officer.auditName()));
    model.addAttribute(
        "concerned", plan.items().stream().anyMatch(item -> item.subject().equals(officer.id())));
    return "plan";
  }

  /** An officer's yes to the plan as it was shown. */
  @PostMapping("/plans/{plan}/release")
  String release(
      Actor.Person officer,
      @PathVariable("plan") UUID id,
      @RequestParam int revision,
      RedirectAttributes next)
      throws Refused {
    try {
      boolean done = desk.consent(officer, id, revision);
      next.addFlashAttribute(
          Notice.ATTRIBUTE, words.done(done ? "plan.done.released" : "plan.done.consented"));
      return done ? "redirect:/inbox" : "redirect:/plans/" + id;
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
      return "redirect:/plans/" + id;
    }
  }

  /**
   * One change as the page shows it.
   *
   * @param name whose
   * @param change what happened in the directory
   * @param at when it was seen
   */
  record Line(String name, String change, Instant at) {
    static Line of(PlanItem item, Words words) {
      return new Line(item.name(), words.of("change." + item.kind()), item.seenAt());
    }
  }

  static List<HeldRow> rows(PlanDesk desk, Actor officer, Words words) {
    return desk.open(officer).stream().map(plan -> HeldRow.of(plan, words)).toList();
  }

  /**
   * A held plan in short.
   *
   * @param tenant whose people it concerns
   * @param why why it is held, in a sentence
   * @param people how many changes
   * @param since when it was opened
   */
  record HeldRow(UUID id, String tenant, String why, int people, Instant since) {
    static HeldRow of(HeldPlan plan, Words words) {
      return new HeldRow(
          plan.id(),
          words.tenant(plan.tenant()),
          words.of(
              "plan.why." + plan.stop().reason(), plan.stop().leaving(), plan.stop().allowed()),
          plan.items().size(),
          plan.openedAt());
    }
  }
}
