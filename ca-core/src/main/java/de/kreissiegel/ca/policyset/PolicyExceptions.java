package de.kreissiegel.ca.policyset;

import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.Section;
import de.kreissiegel.ca.settings.Sheet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The exceptions of an installation, from {@code exceptions.yaml}. */
public record PolicyExceptions(List<PolicyException> all) {
  /** No exception. */
  public static final PolicyExceptions NONE = new PolicyExceptions(List.of());

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final int SHORTEST_REASON = 10;
  private static final int LONGEST_TEXT = 500;
  private static final LocalDate STAND_IN = LocalDate.EPOCH;

  public PolicyExceptions {
    all = List.copyOf(all);
  }

  /**
   * Reads a file's text: a list {@code exceptions} of {@code rule}, {@code applies-to}, {@code
   * reason}, {@code owner} and {@code until}.
   *
   * @param file its name, for faults
   * @param faults where faults are added to
   */
  public static PolicyExceptions read(String file, String yaml, List<ConfigurationFault> faults) {
    List<PolicyException> read = new ArrayList<>();
    Optional<Section> sheet = Sheet.read(file, yaml, faults);
    if (sheet.isPresent()) {
      for (Section entry :
          sheet.get().sections("exceptions", "Write a list of rule, applies-to, reason, owner.")) {
        exception(entry).ifPresent(read::add);
      }
      sheet.get().end();
    }
    return new PolicyExceptions(read);
  }

  private static Optional<PolicyException> exception(Section entry) {
    Optional<CalendarRule> rule =
        entry.required(
            "rule",
            id -> CalendarRule.ofId(id).map(Optional::of).orElseThrow(),
            Optional.empty(),
            "Write the id of a rule, as calendar.classical-encryption.");
    List<String> names =
        entry.list("applies-to", PolicyExceptions::name, "Name authorities or profiles.");
    entry.check(
        !names.isEmpty(), "applies-to", "names nothing", "Name authorities or profiles: [smime].");
    String remedy = "Write %d to %d characters.".formatted(SHORTEST_REASON, LONGEST_TEXT);
    String reason =
        entry.required("reason", text -> text(text, SHORTEST_REASON), "", "Say why. " + remedy);
    String owner = entry.required("owner", text -> text(text, 2), "", "Say who answers for it.");
    LocalDate until =
        entry.required("until", LocalDate::parse, STAND_IN, "Write a day, as 2027-12-31.");
    entry.end();
    if (rule.isEmpty()) {
      return Optional.empty();
    }
    entry.check(
        rule.get().allowsExceptions(),
        "rule",
        rule.get().id() + " has no exceptions",
        "Choose another algorithm (" + rule.get().source() + ").");
    return Optional.of(new PolicyException(rule.get(), new HashSet<>(names), reason, owner, until));
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  private static String text(String text, int least) {
    if (text.strip().length() < least || text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException();
    }
    return text.strip();
  }

  /** The exception from a rule that is heard then, for one of these authorities or profiles. */
  public Optional<PolicyException> find(CalendarRule rule, Set<String> names, Instant time) {
    return all.stream()
        .filter(one -> one.rule() == rule && time.isBefore(one.over()))
        .filter(one -> one.appliesTo().stream().anyMatch(names::contains))
        .findFirst();
  }
}
