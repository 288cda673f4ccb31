package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.ceremony.PlanCalendar;
import de.kreissiegel.ca.policyset.AlgorithmCalendar;
import de.kreissiegel.ca.policyset.CalendarFinding;
import de.kreissiegel.ca.policyset.PolicyExceptions;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Holds a plan against what {@code ceremony init} reads, and against the algorithm calendar. */
public final class PlanCheck {
  private PlanCheck() {}

  /**
   * What is wrong with a plan.
   *
   * @param plan the file
   * @param now the time of the ceremony
   * @param language of the calendar's sentences
   * @return sentences; none if {@code ceremony init} takes it
   */
  public static List<String> wrong(Path plan, Instant now, Locale language) {
    CeremonyPlan read;
    try {
      read = CeremonyPlan.read(plan);
    } catch (CeremonyFailed failed) {
      return List.of(
          String.valueOf(failed.getMessage()).replace(plan.toString(), plan.getFileName() + ""));
    }
    HierarchyPlan hierarchy = read.hierarchy();
    var calendar = new AlgorithmCalendar(read.exceptions().exceptions());
    var wrong = new ArrayList<String>();
    if (hierarchy.root().isPresent()) {
      HierarchyPlan.RootAuthority root = hierarchy.ownRoot();
      for (CalendarFinding finding :
          PlanCalendar.judge(
              calendar,
              root.name().value(),
              KeyAlgorithm.ofWord(read.algorithm(root.key())),
              root.policySet(),
              now,
              hierarchy.rootValidity())) {
        note(finding, root.commonName(), language, wrong);
      }
    }
    for (HierarchyPlan.IssuingAuthority one : hierarchy.issuing()) {
      for (CalendarFinding finding :
          PlanCalendar.judge(
              calendar,
              one.name().value(),
              KeyAlgorithm.ofWord(read.algorithm(one.key())),
              one.policySet(),
              now,
              hierarchy.issuingValidity())) {
        note(finding, one.commonName(), language, wrong);
      }
    }
    return List.copyOf(wrong);
  }

  private static void note(
      CalendarFinding finding, String authority, Locale language, List<String> wrong) {
    if (finding.outcome() == CalendarFinding.Outcome.REFUSED) {
      wrong.add(authority + ": " + finding.sentence(language));
    }
  }

  /**
   * The algorithms that the calendar lets an authority of this set have now.
   *
   * @param validity of its certificate
   * @return their words, as a plan says them
   */
  public static List<String> algorithms(PolicySet set, Instant now, Period validity) {
    var calendar = new AlgorithmCalendar(PolicyExceptions.NONE);
    var words = new ArrayList<String>();
    for (KeyAlgorithm one : KeyAlgorithm.values()) {
      if (one.signs()
          && one.standing() == KeyAlgorithm.Standing.USUAL
          && PlanCalendar.judge(calendar, "root", one, set, now, validity).stream()
              .noneMatch(finding -> finding.outcome() == CalendarFinding.Outcome.REFUSED)) {
        words.add(one.word());
      }
    }
    return List.copyOf(words);
  }
}
