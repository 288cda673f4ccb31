package de.kreissiegel.ra.pages.expiry;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.census.ExpiryDesk;
import de.kreissiegel.ca.census.ExpiryStep;
import de.kreissiegel.ca.census.ExpiryTally;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ra.pages.Choice;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.security.CertificateDoor;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The calendar of ends: by weeks or months, of one's tenants, of a kind. */
@Controller
class ExpiryPage {
  private final ExpiryDesk desk;
  private final ExpiryFile file;
  private final Words words;

  ExpiryPage(ExpiryDesk desk, CertificateDoor door, Words words, InstantSource clock) {
    this.desk = desk;
    this.words = words;
    this.file = new ExpiryFile(door.pages(), words, clock);
  }

  @GetMapping("/expiry")
  String calendar(
      Actor.Person person,
      @RequestParam(defaultValue = "month") String by,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String profile,
      Model model)
      throws Refused {
    List<ExpiryTally> all = desk.ends(person);
    List<ExpiryTally> shown = chosen(all, tenant, profile);
    ExpiryStep step = by.equals("week") ? ExpiryStep.WEEK : ExpiryStep.MONTH;
    model.addAttribute(
        "periods",
        PeriodRow.of(
            step, step.periods(desk.today(), shown), desk.today(), tenant, profile, words));
    model.addAttribute("total", shown.stream().mapToLong(ExpiryTally::count).sum());
    model.addAttribute("by", step == ExpiryStep.WEEK ? "week" : "month");
    model.addAttribute("tenant", tenant);
    model.addAttribute("profile", profile);
    model.addAttribute(
        "tenants", Choice.ofTenants(AccessRules.scope(person, Action.VIEW_CERTIFICATES), words));
    model.addAttribute(
        "profiles",
        all.stream()
            .map(ExpiryTally::profile)
            .distinct()
            .map(one -> new Choice(one.value(), words.profile(one)))
            .sorted()
            .toList());
    return "expiry";
  }

  @GetMapping("/expiry/calendar.ics")
  ResponseEntity<byte[]> file(
      Actor.Person person,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String profile)
      throws Refused {
    String text = file.of(chosen(desk.ends(person), tenant, profile), tenant, profile);
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "calendar", StandardCharsets.UTF_8))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename("certificates.ics").build().toString())
        .body(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<ExpiryTally> chosen(List<ExpiryTally> all, String tenant, String profile) {
    return all.stream()
        .filter(one -> tenant.isEmpty() || one.tenant().value().equals(tenant))
        .filter(one -> profile.isEmpty() || one.profile().value().equals(profile))
        .toList();
  }
}
