package de.kreissiegel.ca.profile;

import de.kreissiegel.ca.subject.SubjectKind;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How officers check whom certificates of a kind are for.
 *
 * @param demanded whether an approval without it is refused
 * @param checks which suffice, the usual one first
 * @param reconfirm after how many months people have to be checked again; empty for never
 */
public record RegistrationRules(
    boolean demanded, List<CheckKind> checks, Optional<Period> reconfirm) {
  private static final int LONGEST_MONTHS = 120;

  public RegistrationRules {
    checks = List.copyOf(checks);
  }

  /** Reads the section {@code registration}, whose settings may each be absent. */
  static RegistrationRules read(Reading reading, Set<SubjectKind> subjects) {
    List<CheckKind> checks =
        List.copyOf(
            reading.list(
                "registration.checks",
                word -> CheckKind.ofConfigName(word).orElseThrow(),
                "Choose from "
                    + String.join(
                        ", ", Arrays.stream(CheckKind.values()).map(CheckKind::configName).toList())
                    + ", the usual one first."));
    Optional<Period> reconfirm =
        reading.optional(
            "registration.reconfirm", RegistrationRules::months, "Write months, as P36M.");
    List<CheckKind> all = checks.isEmpty() ? CheckKind.usualFor(subjects) : checks;
    reading.check(
        all.stream().anyMatch(kind -> kind != CheckKind.UNCHANGED),
        "registration.checks",
        "nobody could be checked for the first time",
        "Add another kind of check than unchanged.");
    reading.check(
        reconfirm.isEmpty() || subjects.contains(SubjectKind.PERSON),
        "registration.reconfirm",
        "only people are confirmed again",
        "Leave it out.");
    return new RegistrationRules(
        reading
            .optional(
                "registration.check", RegistrationRules::required, "Write required or optional.")
            .orElse(false),
        all,
        reconfirm);
  }

  private static boolean required(String word) {
    return switch (word) {
      case "required" -> true;
      case "optional" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  private static Period months(String text) {
    Period period = Period.parse(text);
    long months = period.toTotalMonths();
    if (period.getDays() != 0 || months < 1 || months > LONGEST_MONTHS) {
      throw new IllegalArgumentException();
    }
    return Period.ofMonths((int) months);
  }
}
