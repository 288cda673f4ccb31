package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.lint.LintFinding;
import de.kreissiegel.ca.refusal.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * What came of drafting a certificate and throwing it away.
 *
 * @param objection why it would not be issued like this; empty if it would be, or nothing can be
 *     said
 * @param remarks the linter's warnings and notices, which keep nothing from being issued
 */
public record Rehearsal(Optional<Refusal> objection, List<LintFinding> remarks) {
  public Rehearsal {
    remarks = List.copyOf(remarks);
  }

  static Rehearsal passed(List<LintFinding> remarks) {
    return new Rehearsal(Optional.empty(), remarks);
  }

  static Rehearsal failed(Refusal objection) {
    return new Rehearsal(Optional.of(objection), List.of());
  }
}
