package de.kreissiegel.ra.pages.reads;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.reads.ReadEntry;
import de.kreissiegel.ca.reads.ReadsDesk;
import de.kreissiegel.ca.reads.ReadsQuery;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.Choice;
import de.kreissiegel.ra.pages.CsvFile;
import de.kreissiegel.ra.pages.Paging;
import de.kreissiegel.ra.pages.Words;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who looked at whose data: a list, counts, and both as files. */
@Controller
class ReadsPages {
  private static final int SIZE = 50;
  private static final int LONGEST = 200;

  private final ReadsDesk desk;
  private final Words words;
  private final InstantSource clock;

  ReadsPages(ReadsDesk desk, Words words, InstantSource clock) {
    this.desk = desk;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/reads")
  String list(
      Actor.Person person,
      @RequestParam(defaultValue = "") String about,
      @RequestParam(defaultValue = "") String reader,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "1") int page,
      Model model)
      throws Refused {
    Filters filters = filters(about, reader, tenant, from, to);
    int number = Paging.number(page);
    ReadsQuery query = filters.query();
    List<ReadEntry> found = desk.search(person, query, Paging.offset(number, SIZE), SIZE + 1);
    if (number == 1) {
      model.addAttribute("counts", CountRow.of(desk.counts(person, query)));
    }
    model.addAttribute(
        "rows", Paging.shown(found, SIZE).stream().map(one -> ReadRow.of(one, words)).toList());
    model.addAttribute("paging", Paging.of(number, SIZE, found));
    model.addAttribute("filters", filters);
    Set<TenantId> scope = AccessRules.scope(person, Action.VIEW_READS);
    model.addAttribute("tenants", Choice.ofTenants(scope, words));
    return "reads";
  }

  @GetMapping("/reads/list.csv")
  ResponseEntity<byte[]> listFile(
      Actor.Person person,
      @RequestParam(defaultValue = "") String about,
      @RequestParam(defaultValue = "") String reader,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to)
      throws Refused {
    ReadsQuery query = filters(about, reader, tenant, from, to).query();
    return CsvFile.of(
        "reads.csv",
        header("at", "who", "reader", "what", "about", "object", "tenant", "detail"),
        desk.search(person, query, 0, ReadsDesk.MOST).stream()
            .map(one -> ReadRow.of(one, words))
            .map(
                one ->
                    List.of(
                        one.at().toString(),
                        one.who(),
                        one.reader(),
                        one.what(),
                        one.about(),
                        one.object(),
                        one.tenant(),
                        one.detail()))
            .toList());
  }

  @GetMapping("/reads/counts.csv")
  ResponseEntity<byte[]> countsFile(
      Actor.Person person,
      @RequestParam(defaultValue = "") String about,
      @RequestParam(defaultValue = "") String reader,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to)
      throws Refused {
    ReadsQuery query = filters(about, reader, tenant, from, to).query();
    return CsvFile.of(
        "readers.csv",
        header("who", "reader", "single", "lists", "last"),
        CountRow.of(desk.counts(person, query)).stream()
            .map(
                one ->
                    List.of(
                        one.who(),
                        one.reader(),
                        String.valueOf(one.single()),
                        String.valueOf(one.lists()),
                        one.last().toString()))
            .toList());
  }

  private List<String> header(String... columns) {
    return List.of(columns).stream().map(column -> words.of("reads.column." + column)).toList();
  }

  private Filters filters(String about, String reader, String tenant, String from, String to) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), Words.zone());
    return new Filters(
        cut(about),
        cut(reader),
        tenant,
        from.isEmpty() ? today.minusMonths(1).toString() : from,
        to.isEmpty() ? today.toString() : to);
  }

  private static String cut(String text) {
    String stripped = text.strip();
    return stripped.substring(0, Math.min(LONGEST, stripped.length()));
  }

  /** What was looked for, as it came from the form. */
  record Filters(String about, String reader, String tenant, String from, String to) {
    ReadsQuery query() throws Refused {
      try {
        return new ReadsQuery(
            about,
            reader,
            Optional.of(tenant).filter(some -> !some.isEmpty()).map(TenantId::new),
            LocalDate.parse(from).atStartOfDay(Words.zone()).toInstant(),
            LocalDate.parse(to).plusDays(1).atStartOfDay(Words.zone()).toInstant());
      } catch (IllegalArgumentException | DateTimeException wrong) {
        throw new Refused(RefusalReason.BAD_DATA_FORMAT, "two days in order");
      }
    }
  }
}
