package de.kreissiegel.ra.pages.expiry;

import de.kreissiegel.ca.census.ExpiryTally;
import de.kreissiegel.ra.pages.Words;
import java.net.URI;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.immutable.ImmutableTransp;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;
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
    var calendar = new Calendar();
    calendar.add(new ProdId("-//Kreissiegel//expiry//DE"));
    calendar.add(ImmutableVersion.VERSION_2_0);
    Map<LocalDate, List<ExpiryTally>> days =
        tallies.stream()
            .collect(Collectors.groupingBy(ExpiryTally::day, TreeMap::new, Collectors.toList()));
    days.forEach((day, those) -> calendar.add(event(day, those, tenant, profile)));
    return calendar.toString();
  }

  private VEvent event(LocalDate day, List<ExpiryTally> tallies, String tenant, String profile) {
    long count = tallies.stream().mapToLong(ExpiryTally::count).sum();
    var event = new VEvent(day, words.of("expiry.event", count));
    // The same day of the same choice stays the same event when the file is taken in again.
    event.add(
        new Uid(
            "%s.%s.%s@%s"
                .formatted(
                    day,
                    tenant.isEmpty() ? "all" : tenant,
                    profile.isEmpty() ? "all" : profile,
                    pages.getHost())));
    event.replace(new DtStamp(clock.instant().truncatedTo(ChronoUnit.SECONDS)));
    event.add(new Description(kinds(tallies)));
    event.add(ImmutableTransp.TRANSPARENT);
    event.add(new Url(list(day, tenant, profile)));
    return event;
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
