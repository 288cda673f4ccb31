package de.kreissiegel.ra.pages.revision;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.evidence.Evidence;
import de.kreissiegel.ca.evidence.EvidenceDesk;
import de.kreissiegel.ca.evidence.EvidenceQuery;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.Choice;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Evidence of a period, to take along. */
@Controller
class EvidencePages {
  private static final int MONTHS = 6;

  private final EvidenceDesk desk;
  private final Words words;
  private final InstantSource clock;

  EvidencePages(EvidenceDesk desk, Words words, InstantSource clock) {
    this.desk = desk;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/evidence")
  String form(
      Actor.Person person,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "") String tenant,
      Model model)
      throws Refused {
    Set<TenantId> scope = AccessRules.scope(person, Action.REVISE);
    if (scope.isEmpty()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "for revisors only");
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), Words.zone());
    model.addAttribute("from", from.isEmpty() ? today.minusMonths(MONTHS).toString() : from);
    model.addAttribute("to", to.isEmpty() ? today.toString() : to);
    model.addAttribute("tenant", tenant);
    model.addAttribute("tenants", Choice.ofTenants(scope, words));
    return "evidence";
  }

  /** Written as it is read; if that breaks off, the file isn't one. */
  @PostMapping("/evidence")
  @Nullable String export(
      Actor.Person person,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "") String tenant,
      HttpServletResponse response,
      RedirectAttributes next)
      throws Refused, IOException {
    Evidence evidence;
    try {
      evidence = desk.export(person, query(from, to, tenant));
    } catch (Refused refused) {
      if (refused.reason() != RefusalReason.BAD_DATA_FORMAT) {
        throw refused;
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
      next.addAttribute("from", from);
      next.addAttribute("to", to);
      next.addAttribute("tenant", tenant);
      return "redirect:/evidence";
    }
    response.setContentType("application/zip");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(evidence.fileName()).build().toString());
    evidence.writeTo(response.getOutputStream());
    return null;
  }

  private static EvidenceQuery query(String from, String to, String tenant) throws Refused {
    try {
      return new EvidenceQuery(
          Optional.of(tenant).filter(some -> !some.isEmpty()).map(TenantId::new),
          LocalDate.parse(from),
          LocalDate.parse(to),
          Words.zone());
    } catch (IllegalArgumentException | DateTimeParseException wrong) {
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT,
          "two days in order, at most " + EvidenceQuery.MOST_DAYS + " days apart");
    }
  }
}
