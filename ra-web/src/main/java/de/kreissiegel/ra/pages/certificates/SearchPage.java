package de.kreissiegel.ra.pages.certificates;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.Choice;
import de.kreissiegel.ra.pages.Paging;
import de.kreissiegel.ra.pages.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Search among the certificates of one's scope. */
@Controller
class SearchPage {
  private static final int SIZE = 25;
  private static final int LONGEST_TEXT = 200;

  /** Nobody reads further; there are filters. */
  private static final int LAST_PAGE = CertificateQuery.FURTHEST / SIZE;

  private final CertificateInventory inventory;
  private final ProfileCatalog profiles;
  private final Words words;
  private final InstantSource clock;

  SearchPage(
      CertificateInventory inventory, ProfileCatalog profiles, Words words, InstantSource clock) {
    this.inventory = inventory;
    this.profiles = profiles;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/certificates")
  String search(
      Actor.Person person,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String profile,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "1") int page,
      Model model)
      throws Refused {
    var scope = AccessRules.scope(person, Action.VIEW_CERTIFICATES);
    if (scope.isEmpty()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "no tenant's certificates to search");
    }
    var filters = new Filters(cut(text), tenant, profile, state, from, to);
    var number = Math.min(Paging.number(page), LAST_PAGE);
    var found = inventory.search(person, filters.query(Paging.offset(number, SIZE)));
    var now = clock.instant();
    model.addAttribute(
        "certificates",
        Paging.shown(found, SIZE).stream()
            .map(certificate -> CertificateRow.of(certificate, words, now))
            .toList());
    model.addAttribute("paging", Paging.of(number, SIZE, found));
    model.addAttribute("filters", filters);
    model.addAttribute("tenants", Choice.ofTenants(scope, words));
    model.addAttribute("profiles", profileChoices());
    model.addAttribute("states", List.of(CertificateQuery.State.values()));
    return "certificates";
  }

  private static String cut(String text) {
    var stripped = text.strip();
    return stripped.substring(0, Math.min(LONGEST_TEXT, stripped.length()));
  }

  private List<Choice> profileChoices() {
    return profiles.all().stream()
        .map(profile -> new Choice(profile.name().value(), profile.title(Words.language())))
        .sorted()
        .toList();
  }

  /**
   * What was looked for, as it came from the form.
   *
   * @param from the first day on which it ends, as {@code 2026-11-22}
   * @param to the last one
   */
  record Filters(String text, String tenant, String profile, String state, String from, String to) {
    /**
     * @throws Refused BAD_DATA_FORMAT if a choice was none of those offered
     */
    CertificateQuery query(int offset) throws Refused {
      try {
        var filter =
            new CertificateQuery.Filter(
                given(tenant).map(TenantId::new),
                Optional.empty(),
                given(profile).map(ProfileName::new),
                Optional.empty(),
                given(state).map(CertificateQuery.State::valueOf),
                given(from).map(LocalDate::parse).map(Filters::begin),
                given(to).map(LocalDate::parse).map(day -> begin(day.plusDays(1))));
        return new CertificateQuery(text, filter, Optional.empty(), offset, SIZE + 1);
      } catch (IllegalArgumentException | DateTimeException e) {
        throw new Refused(RefusalReason.BAD_DATA_FORMAT, String.valueOf(e.getMessage()));
      }
    }

    private static Instant begin(LocalDate day) {
      return day.atStartOfDay(RevocationForm.HERE).toInstant();
    }

    private static Optional<String> given(String value) {
      return Optional.of(value).filter(text -> !text.isEmpty());
    }
  }
}
