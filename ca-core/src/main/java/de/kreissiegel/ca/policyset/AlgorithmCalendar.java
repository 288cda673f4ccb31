package de.kreissiegel.ca.policyset;

import de.kreissiegel.ca.policyset.CalendarFinding.Outcome;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds what is to be certified against the {@link CalendarRule}s and the exceptions from them. The
 * same answer for an authority in a ceremony, for a profile that is read, and for a certificate.
 */
public final class AlgorithmCalendar {
  private final PolicyExceptions exceptions;

  public AlgorithmCalendar(PolicyExceptions exceptions) {
    this.exceptions = exceptions;
  }

  /**
   * What is to be said of a certificate.
   *
   * @param made when it is made
   * @param validUntil its notAfter
   * @param names of authority and profile: exceptions are made for one of them
   */
  public List<CalendarFinding> judge(
      AlgorithmUse use, PolicySet set, Instant made, Instant validUntil, Set<String> names) {
    List<CalendarFinding> findings = new ArrayList<>();
    if (set == PolicySet.RFC5280) {
      return findings;
    }
    for (CalendarRule rule : CalendarRule.values()) {
      if (!rule.isAbout(use)) {
        continue;
      }
      if (rule.brokenBy(made, validUntil)) {
        findings.add(broken(rule, set, made, names));
      } else if (rule.warnFrom().filter(from -> !made.isBefore(from)).isPresent()) {
        findings.add(new CalendarFinding(rule, Outcome.WARNED, Optional.empty()));
      }
    }
    return findings;
  }

  /**
   * The same for a key that is there, which must not be a component of a composite key.
   *
   * @param publicKey SubjectPublicKeyInfo, DER
   * @param others keys that are known, of which some may be composite
   */
  public List<CalendarFinding> judgeKey(
      AlgorithmUse.Purpose purpose,
      Bytes publicKey,
      Collection<Bytes> others,
      PolicySet set,
      Instant made,
      Instant validUntil,
      Set<String> names) {
    List<CalendarFinding> findings =
        judge(AlgorithmUse.of(purpose, publicKey), set, made, validUntil, names);
    if (set != PolicySet.RFC5280 && CompositeKeys.haveComponent(others, publicKey)) {
      findings.add(broken(CalendarRule.COMPONENT_ALONE, set, made, names));
    }
    return findings;
  }

  /**
   * Until when a certificate of that use may be valid; empty if the calendar doesn't say, or an
   * exception is heard.
   */
  public Optional<Instant> latestEnd(
      AlgorithmUse use, PolicySet set, Instant made, Set<String> names) {
    return judge(use, set, made, Instant.MAX, names).stream()
        .filter(finding -> finding.outcome() == Outcome.REFUSED)
        .filter(finding -> finding.rule().limitsValidity())
        .flatMap(finding -> finding.rule().end().stream())
        .min(Instant::compareTo);
  }

  /** The first finding that refuses. */
  public static Optional<CalendarFinding> refusal(List<CalendarFinding> findings) {
    return findings.stream().filter(finding -> finding.outcome() == Outcome.REFUSED).findFirst();
  }

  private CalendarFinding broken(
      CalendarRule rule, PolicySet set, Instant made, Set<String> names) {
    Optional<PolicyException> heard =
        rule.allowsExceptions(set) ? exceptions.find(rule, names, made) : Optional.empty();
    return new CalendarFinding(rule, heard.isPresent() ? Outcome.EXCEPTED : Outcome.REFUSED, heard);
  }
}
