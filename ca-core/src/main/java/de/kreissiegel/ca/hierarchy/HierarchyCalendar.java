package de.kreissiegel.ca.hierarchy;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.Generation;
import de.kreissiegel.ca.authority.Superior;
import de.kreissiegel.ca.hierarchy.CalendarEntry.Detail;
import de.kreissiegel.ca.hierarchy.CalendarEntry.What;
import de.kreissiegel.ca.policyset.CalendarRule;
import de.kreissiegel.ca.policyset.PolicyException;
import de.kreissiegel.ca.profile.CertificateProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The calendar of an installation: when each key has to be followed, when which algorithm ends, and
 * what is to be done now.
 *
 * @param entries all days in order, those of the past left out
 * @param warnings what is to be done, the urgent first
 */
public record HierarchyCalendar(List<CalendarEntry> entries, List<CalendarWarning> warnings) {
  public HierarchyCalendar {
    entries = List.copyOf(entries);
    warnings = List.copyOf(warnings);
  }

  /**
   * Computes it.
   *
   * @param profiles what the authorities issue
   * @param horizon how far it looks
   */
  public static HierarchyCalendar of(
      AuthorityCatalog authorities,
      Collection<CertificateProfile> profiles,
      Instant now,
      Period horizon) {
    Instant until = now.atOffset(ZoneOffset.UTC).plus(horizon).toInstant();
    RolloverPlanner.Plan plan =
        RolloverPlanner.plan(
            LinePlans.of(authorities, profiles, now),
            Duration.ofDays(authorities.rollover().leadDays()),
            now,
            until);
    List<CalendarEntry> entries =
        Stream.of(spans(plan), superiors(authorities), algorithms(), exceptions(authorities))
            .flatMap(List::stream)
            .filter(entry -> !entry.time().isBefore(now) && !entry.time().isAfter(until))
            .sorted(Comparator.comparing(CalendarEntry::time))
            .toList();
    return new HierarchyCalendar(
        entries, new CalendarWarnings(authorities, profiles, plan, now).all());
  }

  private static List<CalendarEntry> spans(RolloverPlanner.Plan plan) {
    List<CalendarEntry> entries = new ArrayList<>();
    for (Span span : plan.spans()) {
      if (!span.exists()) {
        // The day belongs to the key that goes: there people look for it.
        entries.add(entry(span, span.due(), What.KEY_DUE));
      }
      entries.add(entry(span, span.issuesFrom(), What.BEGINS));
      entries.add(entry(span, span.stops(), What.STOPS));
      entries.add(entry(span, span.ends(), What.ENDS));
    }
    for (String line : plan.blocked()) {
      Span last = plan.of(line).getLast();
      entries.add(entry(last, last.stops(), What.BLOCKED));
    }
    return entries;
  }

  private static CalendarEntry entry(Span span, Instant time, What what) {
    return new CalendarEntry(time, span.line(), span.number(), !span.exists(), what, Detail.NONE);
  }

  private static List<CalendarEntry> superiors(AuthorityCatalog authorities) {
    List<CalendarEntry> entries = new ArrayList<>();
    for (AuthorityLine line : authorities.lines()) {
      for (Generation generation : line.generations()) {
        for (Superior superior : authorities.superiors(generation.authority().name())) {
          String subject = superior.subject();
          entries.add(
              new CalendarEntry(
                  superior.notAfter(),
                  line.name().value(),
                  generation.number(),
                  false,
                  What.SUPERIOR_ENDS,
                  new Detail(subject, subject)));
        }
      }
    }
    return entries;
  }

  private static List<CalendarEntry> algorithms() {
    List<CalendarEntry> entries = new ArrayList<>();
    for (CalendarRule rule : CalendarRule.values()) {
      var detail = new Detail(rule.sentence(Locale.GERMAN), rule.sentence(Locale.ENGLISH));
      rule.warnFrom()
          .ifPresent(
              time ->
                  entries.add(
                      new CalendarEntry(time, rule.id(), 0, false, What.ALGORITHM_NEAR, detail)));
      rule.end()
          .ifPresent(
              time ->
                  entries.add(
                      new CalendarEntry(time, rule.id(), 0, false, What.ALGORITHM_ENDS, detail)));
    }
    return entries;
  }

  private static List<CalendarEntry> exceptions(AuthorityCatalog authorities) {
    List<CalendarEntry> entries = new ArrayList<>();
    for (PolicyException one : authorities.exceptions().all()) {
      entries.add(
          new CalendarEntry(
              one.over(),
              one.rule().id(),
              0,
              false,
              What.EXCEPTION_ENDS,
              new Detail(one.sentence(Locale.GERMAN), one.sentence(Locale.ENGLISH))));
    }
    return entries;
  }
}
