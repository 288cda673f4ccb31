package de.kreissiegel.ra.pages.audit;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditDesk;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.Choice;
import de.kreissiegel.ra.pages.Paging;
import de.kreissiegel.ra.pages.Words;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The trail, to be searched. */
@Controller
class AuditPage {
  private static final int SIZE = 50;
  private static final int LONGEST_TEXT = 200;

  private final AuditDesk desk;
  private final Words words;

  AuditPage(AuditDesk desk, Words words) {
    this.desk = desk;
    this.words = words;
  }

  @GetMapping("/audit")
  String search(
      Actor.Person person,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String object,
      @RequestParam(defaultValue = "1") int page,
      Model model)
      throws Refused {
    var scope = AccessRules.scope(person, Action.READ_AUDIT);
    if (scope.isEmpty()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "for auditors only");
    }
    var filters = new Filters(cut(text), tenant, cut(object));
    var number = Paging.number(page);
    var found = desk.read(person, filters.query(Paging.offset(number, SIZE)));
    model.addAttribute("events", Paging.shown(found, SIZE));
    model.addAttribute("paging", Paging.of(number, SIZE, found));
    model.addAttribute("filters", filters);
    model.addAttribute("tenants", Choice.ofTenants(scope, words));
    return "audit";
  }

  private static String cut(String text) {
    var stripped = text.strip();
    return stripped.substring(0, Math.min(LONGEST_TEXT, stripped.length()));
  }

  /** What was looked for, as it came from the form. */
  record Filters(String text, String tenant, String object) {
    AuditQuery query(int offset) throws Refused {
      try {
        return new AuditQuery(
            text, given(tenant).map(TenantId::new), given(object), offset, SIZE + 1);
      } catch (IllegalArgumentException e) {
        throw new Refused(RefusalReason.BAD_DATA_FORMAT, String.valueOf(e.getMessage()));
      }
    }

    private static Optional<String> given(String value) {
      return Optional.of(value).filter(some -> !some.isEmpty());
    }
  }
}
