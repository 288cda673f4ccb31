package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.Generation;
import de.kreissiegel.ca.authority.IssuerAddresses;
import de.kreissiegel.ca.authority.Superior;
import de.kreissiegel.ca.hierarchy.CalendarEntry;
import de.kreissiegel.ca.hierarchy.CalendarWarning;
import de.kreissiegel.ca.hierarchy.HierarchyCalendar;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code calendar}: when which key has to be followed, and which algorithm ends. */
@Command(
    name = "calendar",
    description =
        "Says when the next keys have to exist, when the old ones stop and end, and which"
            + " algorithms end when. Exit 1 if something is overdue.",
    mixinStandardHelpOptions = true)
final class CalendarCommand implements Callable<Integer> {
  private static final int MOST_YEARS = 50;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", description = "The data directory.")
  private Path data = DataDirectory.standard();

  @Option(
      names = "--authorities",
      paramLabel = "DIR",
      description = "The hierarchy's folder, if it lies elsewhere.")
  private @Nullable Path authorities;

  @Option(
      names = "--profiles",
      paramLabel = "DIR",
      description = "The folder of the profiles (default: those that come along).")
  private @Nullable Path profiles;

  @Option(
      names = "--years",
      paramLabel = "N",
      defaultValue = "10",
      description = "How far it looks, at most 50 years.")
  private int years;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "As if it were that time, as 2029-01-31T00:00:00Z.")
  private @Nullable String at;

  @Option(names = "--json", description = "One JSON object instead of text.")
  private boolean json;

  @Option(names = "--lang", paramLabel = "LANGUAGE", description = "de (default) or en.")
  private String language = "de";

  @Override
  public Integer call() throws LaunchFailure {
    if (years < 1 || years > MOST_YEARS) {
      throw new LaunchFailure("--years is 1 to " + MOST_YEARS + ".");
    }
    if (!language.equals("de") && !language.equals("en")) {
      throw new LaunchFailure("--lang is de or en.");
    }
    Instant now = now();
    AuthorityCatalog catalog = catalog();
    var calendar = HierarchyCalendar.of(catalog, read().all(), now, Period.ofYears(years));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.builder().build().writeValueAsString(object(catalog, calendar, now)));
    } else {
      text(out, catalog, calendar, now);
    }
    out.flush();
    return calendar.warnings().stream().anyMatch(CalendarWarning::urgent) ? 1 : 0;
  }

  private Instant now() throws LaunchFailure {
    try {
      return at == null ? Instant.now() : Instant.parse(at);
    } catch (DateTimeException wrong) {
      throw new LaunchFailure("--at is a time, as 2029-01-31T00:00:00Z.", wrong);
    }
  }

  private AuthorityCatalog catalog() throws LaunchFailure {
    Path folder =
        authorities == null
            ? new DataDirectory(data.toAbsolutePath().normalize()).authorities()
            : authorities;
    try {
      return AuthorityFiles.read(folder);
    } catch (IOException unreadable) {
      throw new LaunchFailure(
          "the hierarchy in %s can't be read: %s".formatted(folder, unreadable.getMessage()),
          unreadable);
    }
  }

  private ProfileCatalog read() throws LaunchFailure {
    try {
      return profiles == null ? ProfileCatalog.bundled() : ProfileCatalog.load(profiles);
    } catch (ConfigurationFaults faults) {
      throw new LaunchFailure(String.valueOf(faults.getMessage()), faults);
    } catch (IOException unreadable) {
      throw new LaunchFailure("the profiles in " + profiles + " can't be read.", unreadable);
    }
  }

  private Locale locale() {
    return Locale.of(language);
  }

  private void text(
      PrintWriter out, AuthorityCatalog catalog, HierarchyCalendar calendar, Instant now) {
    for (AuthorityLine line : catalog.lines()) {
      for (Generation one : line.generations()) {
        out.println(
            "%-20s %-10s %s  %s"
                .formatted(
                    one.authority().name(),
                    line.state(one, now).name().toLowerCase(Locale.ROOT),
                    day(one.authority().notAfter()),
                    line.policySet().configName()));
        superiors(out, catalog, one.authority());
      }
    }
    out.println();
    for (CalendarWarning warning : calendar.warnings()) {
      out.println((warning.urgent() ? "!! " : " ! ") + warning.sentence(locale()));
    }
    if (!calendar.warnings().isEmpty()) {
      out.println();
    }
    for (CalendarEntry entry : calendar.entries()) {
      String about =
          entry.generation() == 0
              ? entry.about()
              : entry.about() + " " + entry.generation() + (entry.planned() ? "*" : "");
      out.println("%s  %-14s %s".formatted(day(entry.time()), about, entry.sentence(locale())));
    }
    out.println();
    out.println(
        language.equals("de")
            ? "* noch nicht vorhanden; die Tage folgen aus Laufzeiten und Vorlauf."
            : "* not there yet; the days follow from validities and the lead.");
  }

  /** Those above that are not ours, and where they tell of what is below them. */
  private static void superiors(PrintWriter out, AuthorityCatalog catalog, Authority authority) {
    Bytes below = authority.certificate();
    for (Superior superior : catalog.superiors(authority.name())) {
      IssuerAddresses told = IssuerAddresses.of(below);
      out.println("  ^ %s, %s".formatted(superior.subject(), day(superior.notAfter())));
      told.crls()
          .forEach(
              address ->
                  out.println(
                      "    CRL %s%s".formatted(address, superior.list().isEmpty() ? " -" : "")));
      told.certificates().forEach(address -> out.println("    CA  " + address));
      below = superior.certificate();
    }
  }

  private Map<String, Object> object(
      AuthorityCatalog catalog, HierarchyCalendar calendar, Instant now) {
    List<Map<String, Object>> generations = new ArrayList<>();
    for (AuthorityLine line : catalog.lines()) {
      for (Generation one : line.generations()) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("line", line.name().value());
        told.put("generation", one.number());
        told.put("name", one.authority().name().value());
        told.put("state", line.state(one, now).name().toLowerCase(Locale.ROOT));
        told.put("policySet", line.policySet().configName());
        told.put("notAfter", one.authority().notAfter().toString());
        generations.add(told);
      }
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("at", now.toString());
    all.put("authorities", generations);
    all.put("warnings", calendar.warnings().stream().map(this::warning).toList());
    all.put("days", calendar.entries().stream().map(this::entry).toList());
    return all;
  }

  private Map<String, Object> warning(CalendarWarning warning) {
    return Map.of("urgent", warning.urgent(), "text", warning.sentence(locale()));
  }

  private Map<String, Object> entry(CalendarEntry entry) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("time", entry.time().toString());
    told.put("about", entry.about());
    if (entry.generation() > 0) {
      told.put("generation", entry.generation());
      told.put("planned", entry.planned());
    }
    told.put("what", entry.what().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    told.put("text", entry.sentence(locale()));
    return told;
  }

  private static String day(Instant time) {
    return DateTimeFormatter.ISO_LOCAL_DATE.format(time.atOffset(ZoneOffset.UTC));
  }
}
