package de.kreissiegel.ra.pages.escrow;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.escrow.CopyBook;
import de.kreissiegel.ca.escrow.DecisionId;
import de.kreissiegel.ca.escrow.DecisionProposal;
import de.kreissiegel.ca.escrow.EscrowDesk;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.recovery.RecoveryDesk;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.Choice;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Words;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What tenants have decided on escrow, and all recoveries, for officers and auditors. */
@Controller
class EscrowPages {
  private static final String LIST = "redirect:/escrow";

  private final EscrowDesk desk;
  private final RecoveryDesk recoveries;
  private final Words words;

  EscrowPages(EscrowDesk desk, RecoveryDesk recoveries, Words words) {
    this.desk = desk;
    this.recoveries = recoveries;
    this.words = words;
  }

  @GetMapping("/escrow")
  String all(Actor.Person person, Model model) {
    var copies =
        desk.kept(person).stream()
            .collect(Collectors.toMap(one -> one.tenant().value(), CopyBook.Kept::copies));
    List<DecisionRow> decisions =
        desk.decisions(person).stream()
            .map(one -> DecisionRow.of(one, person, copies, words))
            .toList();
    List<RecoveryRow> rows =
        recoveries.all(person).stream().map(one -> RecoveryRow.of(one, words)).toList();
    model.addAttribute("decisions", decisions.stream().filter(DecisionRow::open).toList());
    model.addAttribute("past", decisions.stream().filter(row -> !row.open()).toList());
    model.addAttribute("waiting", rows.stream().filter(RecoveryRow::open).toList());
    model.addAttribute("settled", rows.stream().filter(row -> !row.open()).toList());
    model.addAttribute("decides", !AccessRules.scope(person, Action.DECIDE_ESCROW).isEmpty());
    model.addAttribute("recovers", !AccessRules.scope(person, Action.RECOVER).isEmpty());
    model.addAttribute(
        "fingerprint", desk.vaultKey().map(key -> key.fingerprint().toHex()).orElse(""));
    return "escrow";
  }

  @GetMapping("/escrow/new")
  String form(Actor.Person person, Model model) throws Refused {
    List<Choice> tenants = Choice.ofTenants(AccessRules.scope(person, Action.DECIDE_ESCROW), words);
    if (tenants.isEmpty()) {
      throw new Refused(RefusalReason.NOT_FOUND, "nobody's escrow is this person's affair");
    }
    model.addAttribute("tenants", tenants);
    model.addAttribute(
        "kinds",
        desk.profiles().stream()
            .map(
                kind ->
                    new Kind(
                        kind.name().value(),
                        kind.title(Words.language()),
                        kind.escrowReason(Words.language())))
            .toList());
    model.addAttribute("ready", desk.vaultKey().isPresent());
    return "escrow-new";
  }

  /** A kind of certificate whose keys may be escrowed, and why its profile allows it. */
  record Kind(String name, String title, String why) {}

  @PostMapping("/escrow")
  String propose(
      Actor.Person person,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") List<String> profile,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String officers,
      @RequestParam(defaultValue = "") String years,
      RedirectAttributes next) {
    try {
      var decision =
          desk.propose(
              person,
              new DecisionProposal(
                  tenantId(tenant),
                  profile.stream().map(ProfileName::new).collect(Collectors.toSet()),
                  reason,
                  number(officers),
                  number(years)));
      next.addFlashAttribute(
          Notice.ATTRIBUTE,
          words.done("escrow.done.proposed", words.tenant(decision.terms().tenant())));
      return LIST;
    } catch (Refused refused) {
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
      next.addFlashAttribute("reason", reason);
      return "redirect:/escrow/new";
    }
  }

  @PostMapping("/escrow/{decision}/consent")
  String consent(Actor.Person person, @PathVariable("decision") UUID id, RedirectAttributes next)
      throws Refused {
    return Steps.taken(
        next,
        words,
        LIST,
        () ->
            words.done(
                "escrow.done.decided",
                words.tenant(desk.consent(person, new DecisionId(id)).terms().tenant())));
  }

  @PostMapping("/escrow/{decision}/end")
  String end(
      Actor.Person person,
      @PathVariable("decision") UUID id,
      @RequestParam(defaultValue = "") String reason,
      RedirectAttributes next)
      throws Refused {
    return Steps.taken(
        next,
        words,
        LIST,
        () ->
            words.done(
                "escrow.done.ended",
                words.tenant(desk.end(person, new DecisionId(id), reason).terms().tenant())));
  }

  static TenantId tenantId(String text) throws Refused {
    try {
      return new TenantId(text);
    } catch (IllegalArgumentException unreadable) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such tenant");
    }
  }

  private static int number(String text) throws Refused {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException unreadable) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "a whole number is needed");
    }
  }
}
