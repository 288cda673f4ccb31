package de.kreissiegel.ra.pages.house;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.census.Census;
import de.kreissiegel.ca.census.CensusDesk;
import de.kreissiegel.ca.census.CryptoEntry;
import de.kreissiegel.ca.census.Tally;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.health.HouseState;
import de.kreissiegel.ra.pages.CsvFile;
import de.kreissiegel.ra.pages.Words;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The state of the house on one page, and what it says as tables to take along. */
@Controller
class HousePage {
  private final CensusDesk desk;
  private final HouseState state;
  private final Optional<CostSettings> costs;
  private final Words words;

  HousePage(CensusDesk desk, HouseState state, Optional<CostSettings> costs, Words words) {
    this.desk = desk;
    this.state = state;
    this.costs = costs;
    this.words = words;
  }

  @GetMapping("/house")
  String house(Actor.Person person, Model model) throws Refused {
    Census census = desk.census(person);
    model.addAttribute("parts", state.parts().stream().map(PartLine::of).toList());
    model.addAttribute("total", census.total());
    model.addAttribute("heldCount", census.held());
    model.addAttribute("countedAt", census.at());
    model.addAttribute(
        "charts",
        List.of(
            new Chart("tenant", Bar.of(census.by(HousePage::tenant), this::tenantName)),
            new Chart("profile", Bar.of(census.by(one -> one.profile().value()), this::title)),
            new Chart("key", Bar.of(census.by(Tally::key), name -> name)),
            new Chart("month", Bar.of(census.by(Tally::ends), words::month))));
    model.addAttribute(
        "hasCosts",
        costs
            .filter(one -> AccessRules.allows(person, Action.VIEW_HOUSE, one.district()))
            .isPresent());
    return "house";
  }

  /**
   * A chart of the page.
   *
   * @param key the end of its heading's name
   */
  record Chart(String key, List<Bar> bars) {}

  @GetMapping("/house/crypto-register.csv")
  ResponseEntity<byte[]> register(Actor.Person person) throws Refused {
    return CsvFile.of(
        "crypto-register.csv",
        header("register", "use", "name", "key", "signed", "where", "ends", "count"),
        desk.register(person).stream().map(this::line).toList());
  }

  private List<String> line(CryptoEntry entry) {
    return List.of(
        words.of("register.use." + entry.use()),
        entry.use() == CryptoEntry.Use.AUTHORITY ? entry.name() : title(entry.name()),
        entry.key(),
        entry.signedWith(),
        words.of("register.where." + entry.where()),
        entry.ends().map(end -> LocalDate.ofInstant(end, ZoneOffset.UTC).toString()).orElse(""),
        String.valueOf(entry.count()));
  }

  @GetMapping("/house/costs.csv")
  ResponseEntity<byte[]> costs(Actor.Person person) throws Refused {
    CostSettings settings =
        costs.orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no 'costs' are configured"));
    Census census = desk.whole(person, settings.district());
    Map<TenantId, Long> weights = settings.weights(census);
    return CsvFile.of(
        "costs.csv",
        header(
            "costs", "tenant", "id", settings.inhabitants().isEmpty() ? "used" : "people", "euros"),
        settings.shares(census).orElse(Map.of()).entrySet().stream()
            .map(
                share ->
                    List.of(
                        words.tenant(share.getKey()),
                        share.getKey().value(),
                        String.valueOf(weights.getOrDefault(share.getKey(), 0L)),
                        BigDecimal.valueOf(share.getValue(), 2).toPlainString()))
            .toList());
  }

  private List<String> header(String table, String... columns) {
    return List.of(columns).stream().map(column -> words.of(table + "." + column)).toList();
  }

  private static String tenant(Tally tally) {
    return tally.tenant().map(TenantId::value).orElse("");
  }

  private String tenantName(String id) {
    return id.isEmpty() ? words.of("house.own") : words.tenant(new TenantId(id));
  }

  private String title(String profile) {
    return words.profile(new ProfileName(profile));
  }
}
