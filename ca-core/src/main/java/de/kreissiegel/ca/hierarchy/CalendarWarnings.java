package de.kreissiegel.ca.hierarchy;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.policyset.CalendarFinding;
import de.kreissiegel.ca.policyset.PolicyException;
import de.kreissiegel.ca.profile.CertificateProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is to be done now, out of a plan. */
final class CalendarWarnings {
  private static final Duration DECISION = Duration.ofDays(730);

  private final AuthorityCatalog authorities;
  private final Collection<CertificateProfile> profiles;
  private final RolloverPlanner.Plan plan;
  private final Instant now;
  private final Duration ahead;
  private final List<CalendarWarning> warnings = new ArrayList<>();

  CalendarWarnings(
      AuthorityCatalog authorities,
      Collection<CertificateProfile> profiles,
      RolloverPlanner.Plan plan,
      Instant now) {
    this.authorities = authorities;
    this.profiles = profiles;
    this.plan = plan;
    this.now = now;
    this.ahead = Duration.ofDays(authorities.rollover().warnDays());
  }

  List<CalendarWarning> all() {
    authorities.lines().forEach(this::line);
    for (Span span : plan.spans()) {
      if (!span.exists() && span.number() == existing(span.line()) + 1) {
        next(span);
      }
    }
    plan.blocked().forEach(this::blocked);
    warnings.addAll(new SuperiorCheck(authorities, now).warnings());
    authorities.exceptions().all().forEach(this::exception);
    for (ProfileCalendar.Found found : ProfileCalendar.findings(profiles, authorities, now)) {
      say(
          found.finding().outcome() == CalendarFinding.Outcome.REFUSED,
          found.profile() + ": " + found.finding().sentence(Locale.GERMAN),
          found.profile() + ": " + found.finding().sentence(Locale.ENGLISH));
    }
    warnings.sort(Comparator.comparing(CalendarWarning::urgent).reversed());
    return List.copyOf(warnings);
  }

  private void line(AuthorityLine line) {
    if (plan.of(line.name().value()).isEmpty()) {
      return; // terminated
    }
    if (line.active(now).isEmpty()) {
      say(
          true,
          "%s stellt zurzeit nichts aus.".formatted(line.name()),
          "%s issues nothing now.".formatted(line.name()));
    }
    for (CalendarFinding finding :
        authorities
            .calendar()
            .judge(
                LinePlans.use(line),
                line.policySet(),
                now,
                line.newest().authority().notAfter(),
                Set.of(line.name().value()))) {
      say(
          finding.outcome() == CalendarFinding.Outcome.REFUSED,
          line.name() + ": " + finding.sentence(Locale.GERMAN),
          line.name() + ": " + finding.sentence(Locale.ENGLISH));
    }
  }

  private void next(Span span) {
    LocalDate due = LocalDate.ofInstant(span.due(), ZoneOffset.UTC);
    if (span.due().isBefore(now)) {
      say(
          true,
          "%s: Schlüssel %d war am %s fällig; bis er da ist, werden Zertifikate kürzer oder gar nicht ausgestellt."
              .formatted(span.line(), span.number(), due),
          "%s: key %d was due on %s; until it exists, certificates become shorter or aren't made."
              .formatted(span.line(), span.number(), due));
    } else if (span.due().minus(ahead).isBefore(now)) {
      say(
          false,
          "%s: Schlüssel %d muss am %s da sein (ceremony %s)."
              .formatted(span.line(), span.number(), due, ceremony(span.line())),
          "%s: key %d has to exist on %s (ceremony %s)."
              .formatted(span.line(), span.number(), due, ceremony(span.line())));
    }
  }

  private String ceremony(String line) {
    return authorities
            .line(new AuthorityName(line))
            .filter(one -> !authorities.superiors(one.newest().authority().name()).isEmpty())
            .isPresent()
        ? "external-request"
        : "roll-over";
  }

  /** Another algorithm or a longer validity takes a while to decide on; before, the days tell. */
  private void blocked(String line) {
    Instant stops = plan.of(line).getLast().stops();
    if (stops.minus(DECISION).isAfter(now)) {
      return;
    }
    say(
        stops.minus(ahead).isBefore(now),
        "%s kann so keinen Nachfolger haben: Er wäre zu kurz für das, was er ausstellen soll."
            .formatted(line),
        "%s can't have a successor as it is: it would be too short for what it is to issue."
            .formatted(line));
  }

  private void exception(PolicyException one) {
    boolean over = !now.isBefore(one.over());
    if (over || one.over().minus(ahead).isBefore(now)) {
      say(over, one.sentence(Locale.GERMAN), one.sentence(Locale.ENGLISH));
    }
  }

  private long existing(String line) {
    return plan.of(line).stream().filter(Span::exists).count();
  }

  private void say(boolean urgent, String german, String english) {
    warnings.add(new CalendarWarning(urgent, german, english));
  }
}
