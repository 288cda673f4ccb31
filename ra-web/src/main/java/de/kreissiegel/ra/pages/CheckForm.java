package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.identity.CheckRecord;
import de.kreissiegel.ca.identity.IdentityCheck;
import de.kreissiegel.ca.profile.CheckKind;
import de.kreissiegel.ca.profile.RegistrationRules;
import de.kreissiegel.ca.refusal.Refused;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where an officer says how they checked a person. It has no field for words.
 *
 * @param kinds to choose from, the usual one first
 * @param chosen which is chosen at first; empty if the officer has to say
 * @param today the last day that can be chosen
 * @param oldest the first one
 * @param demanded whether none is no choice
 */
public record CheckForm(
    List<Choice> kinds, String chosen, LocalDate today, LocalDate oldest, boolean demanded) {
  /**
   * For a decision under all of these rules.
   *
   * @param before how the person was checked before
   * @param renewal whether a certificate is followed by another
   */
  public static CheckForm of(
      Collection<RegistrationRules> rules,
      Collection<CheckRecord> before,
      boolean renewal,
      Words words,
      Instant now) {
    List<CheckKind> kinds = new ArrayList<>();
    for (RegistrationRules one : rules) {
      if (kinds.isEmpty()) {
        kinds.addAll(one.checks());
      } else {
        kinds.retainAll(one.checks());
      }
    }
    boolean checked = before.stream().anyMatch(one -> one.check().kind() != CheckKind.UNCHANGED);
    if (!checked) {
      kinds.remove(CheckKind.UNCHANGED);
    }
    // What was checked before can be offered as such. Anything else somebody has to say: what is
    // chosen for them is recorded without having been done.
    Optional<CheckKind> known =
        Optional.of(CheckKind.UNCHANGED).filter(one -> renewal && kinds.contains(one));
    LocalDate today = LocalDate.ofInstant(now, Words.zone());
    return new CheckForm(
        kinds.stream()
            .map(kind -> new Choice(kind.configName(), words.of("check." + kind.configName())))
            .toList(),
        known.map(CheckKind::configName).orElse(""),
        today,
        today.minusDays(366),
        rules.stream().anyMatch(RegistrationRules::demanded));
  }

  /** What was chosen; nothing where nothing was. */
  public static Optional<IdentityCheck> read(String kind, String day) throws Refused {
    return kind.isEmpty() ? Optional.empty() : Optional.of(IdentityCheck.read(kind, day));
  }

  /** Checks in sentences, each once. */
  public static List<String> lines(Collection<CheckRecord> checks, Words words) {
    return checks.stream()
        .map(
            one ->
                words.of(
                    "check.line",
                    words.of("check." + one.check().kind().configName()),
                    words.date(one.check().on().atStartOfDay(Words.zone()).toInstant()),
                    one.officerName()))
        .distinct()
        .toList();
  }
}
