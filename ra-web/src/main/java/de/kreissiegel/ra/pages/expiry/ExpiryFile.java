package de.kreissiegel.ra.pages.expiry;

import de.kreissiegel.ca.census.ExpiryTally;
import de.kreissiegel.ra.pages.Words;
import java.net.URI;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Ends as a calendar (RFC 5545): an event for each day, with how many of which kind. No names:
 * calendars end up on phones and with providers.
 */
final class ExpiryFile {
  private final URI pages;
  private final Words words;
  private final InstantSource clock;

  /**
   * @param pages where the list of a day is
   */
  ExpiryFile(URI pages, Words words, InstantSource clock) {
    this.pages = pages;
    this.words = words;
    this.clock = clock;
  }

  /** The file's text. */
  String of(List<ExpiryTally> tallies, String tenant, String profile) {
    var file = new CalendarText();
    file.begin("VCALENDAR");
    file.value("VERSION", "2.0");
    file.value("PRODID", "-//Kreissiegel//expiry//DE");
    Map<LocalDate, List<ExpiryTally>> days =
        tallies.stream()
            .collect(Collectors.groupingBy(ExpiryTally::day, TreeMap::new, Collectors.toList()));
    days.forEach((day, those) -> event(file, day, those, tenant, profile));
    file.end("VCALENDAR");
    return file.toString();
  }

  private void event(
      CalendarText file, LocalDate day, List<ExpiryTally> tallies, String tenant, String profile) {
    long count = tallies.stream().mapToLong(ExpiryTally::count).sum();
    file.begin("VEVENT");
    // The same day of the same choice stays the same event when the file is taken in again.
    file.text(
        "UID",
        "%s.%s.%s@%s"
            .formatted(
                day,
                tenant.isEmpty() ? "all" : tenant,
                profile.isEmpty() ? "all" : profile,
                pages.getHost()));
    file.moment("DTSTAMP", clock.instant());
    file.day("DTSTART", day);
    file.text("SUMMARY", words.of("expiry.event", count));
    file.text("DESCRIPTION", kinds(tallies));
    file.value("TRANSP", "TRANSPARENT");
    file.value("URL", list(day, tenant, profile).toString());
    file.end("VEVENT");
  }

  private String kinds(List<ExpiryTally> tallies) {
    Map<String, Long> counts =
        tallies.stream()
            .collect(
                Collectors.groupingBy(
                    one -> words.profile(one.profile()),
                    TreeMap::new,
                    Collectors.summingLong(ExpiryTally::count)));
    return counts.entrySet().stream()
        .map(one -> one.getKey() + ": " + one.getValue())
        .collect(Collectors.joining("\n"));
  }

  private URI list(LocalDate day, String tenant, String profile) {
    return UriComponentsBuilder.fromUri(pages)
        .replacePath("/certificates")
        .queryParam("tenant", "{tenant}")
        .queryParam("profile", "{profile}")
        .queryParam("state", "VALID")
        .queryParam("from", day)
        .queryParam("to", day)
        .encode()
        .buildAndExpand(tenant, profile)
        .toUri();
  }
}
