package de.kreissiegel.ra.pages.grants;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.grant.Grant;
import de.kreissiegel.ca.grant.GrantDesk;
import de.kreissiegel.ca.grant.GrantId;
import de.kreissiegel.ca.grant.GrantProposal;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.Choice;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who stands in for whom or reads where, why and until when; proposing, consenting, ending. */
@Controller
class GrantPages {
  private static final String LIST = "redirect:/grants";
  private static final String READ = "read";

  private final GrantDesk desk;
  private final Words words;
  private final InstantSource clock;

  GrantPages(GrantDesk desk, Words words, InstantSource clock) {
    this.desk = desk;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/grants")
  String all(Actor.Person person, Model model) {
    Instant now = clock.instant();
    List<GrantRow> rows =
        desk.all(person).stream().map(one -> GrantRow.of(one, person, words, now)).toList();
    model.addAttribute("open", rows.stream().filter(GrantRow::open).toList());
    model.addAttribute("past", rows.stream().filter(row -> !row.open()).toList());
    model.addAttribute("manages", !AccessRules.scope(person, Action.MANAGE_GRANTS).isEmpty());
    return "grants";
  }

  /** First whom it is about, then the rest: without JavaScript, too. */
  @GetMapping("/grants/new")
  String form(
      Actor.Person person,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String works,
      @RequestParam(defaultValue = "") String who,
      @RequestParam(defaultValue = "") String right,
      Model model)
      throws Refused {
    List<Choice> tenants = Choice.ofTenants(AccessRules.scope(person, Action.MANAGE_GRANTS), words);
    if (tenants.isEmpty()) {
      throw new Refused(RefusalReason.NOT_FOUND, "nobody's grants are this person's affair");
    }
    String at = tenant.isEmpty() ? tenants.getFirst().value() : tenant;
    String from = works.isEmpty() ? at : works;
    LocalDate today = LocalDate.ofInstant(clock.instant(), Words.zone());
    model.addAttribute("tenants", tenants);
    model.addAttribute("houses", Choice.ofTenants(desk.houses(person), words));
    model.addAttribute("tenant", at);
    model.addAttribute("works", from);
    model.addAttribute("who", who);
    boolean reads = right.equals(READ);
    model.addAttribute("right", reads ? READ : "");
    model.addAttribute("crosses", !AccessRules.scope(person, Action.GRANT_ACROSS).isEmpty());
    model.addAttribute("today", today);
    model.addAttribute("latest", today.plusYears(1));
    model.addAttribute("asked", !who.isBlank());
    model.addAttribute(
        "found",
        who.isBlank()
            ? List.of()
            : (reads
                    ? desk.readers(person, tenantId(from), who, tenantId(at))
                    : desk.candidates(person, tenantId(from), who))
                .stream()
                    .map(one -> new Choice(one.id().value(), one.commonName()))
                    .sorted()
                    .toList());
    return "grant-new";
  }

  @PostMapping("/grants")
  String propose(
      Actor.Person person,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String subject,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String begins,
      @RequestParam(defaultValue = "") String ends,
      @RequestParam(defaultValue = "") String works,
      @RequestParam(defaultValue = "") String who,
      @RequestParam(defaultValue = "") String right,
      RedirectAttributes next)
      throws Refused {
    try {
      if (subject.isEmpty()) {
        throw new Refused(RefusalReason.BAD_DATA_FORMAT, "nobody was chosen");
      }
      Grant grant =
          desk.propose(
              person,
              new GrantProposal(
                  right.equals(READ) ? Grant.Right.READ : Grant.Right.STAND_IN,
                  new SubjectId(subject),
                  tenantId(tenant),
                  reason.strip().replace("\r\n", "\n"),
                  day(begins),
                  day(ends, 1)));
      next.addFlashAttribute(
          Notice.ATTRIBUTE,
          words.done(
              done(grant, grant instanceof Grant.Proposed ? "proposed" : "given"),
              grant.terms().personName()));
      return LIST;
    } catch (Refused refused) {
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
      next.addFlashAttribute("reason", reason);
      next.addFlashAttribute("begins", begins);
      next.addFlashAttribute("ends", ends);
      next.addAttribute("tenant", tenant);
      next.addAttribute("works", works);
      next.addAttribute("who", who);
      next.addAttribute("right", right);
      return "redirect:/grants/new";
    }
  }

  @PostMapping("/grants/{grant}/consent")
  String consent(Actor.Person person, @PathVariable("grant") UUID id, RedirectAttributes next)
      throws Refused {
    return answer(next, "given", () -> desk.consent(person, new GrantId(id)));
  }

  @PostMapping("/grants/{grant}/end")
  String end(
      Actor.Person person,
      @PathVariable("grant") UUID id,
      @RequestParam(defaultValue = "") String reason,
      RedirectAttributes next)
      throws Refused {
    return answer(
        next,
        "ended",
        () -> desk.end(person, new GrantId(id), reason.strip().replace("\r\n", "\n")));
  }

  private String answer(RedirectAttributes next, String what, Step step) throws Refused {
    try {
      Grant grant = step.take();
      next.addFlashAttribute(
          Notice.ATTRIBUTE, words.done(done(grant, what), grant.terms().personName()));
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    }
    return LIST;
  }

  /** What the person wants. */
  private interface Step {
    Grant take() throws Refused;
  }

  private static String done(Grant grant, String what) {
    return switch (grant.terms().right()) {
      case STAND_IN -> "grant.done." + what;
      case READ -> "reading.done." + what;
    };
  }

  private static TenantId tenantId(String text) throws Refused {
    try {
      return new TenantId(text);
    } catch (IllegalArgumentException unreadable) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such tenant");
    }
  }

  /** Today means from now on. */
  private Instant day(String text) throws Refused {
    Instant begin = day(text, 0);
    Instant now = clock.instant();
    boolean today =
        LocalDate.ofInstant(now, Words.zone()).equals(LocalDate.ofInstant(begin, Words.zone()));
    return today ? now : begin;
  }

  private static Instant day(String text, int plus) throws Refused {
    try {
      return LocalDate.parse(text).plusDays(plus).atStartOfDay(Words.zone()).toInstant();
    } catch (DateTimeException unreadable) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "a day is written as 2026-12-31");
    }
  }
}
