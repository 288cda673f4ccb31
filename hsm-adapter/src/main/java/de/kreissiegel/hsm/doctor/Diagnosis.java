package de.kreissiegel.hsm.doctor;

import java.util.List;

/**
 * What the doctor saw.
 *
 * @param facts lines that say what is there, in the order in which it was looked at
 * @param findings what is wrong; none if all is well
 */
public record Diagnosis(List<String> facts, List<Finding> findings) {
  public Diagnosis {
    facts = List.copyOf(facts);
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong but what could be better. */
  public boolean healthy() {
    return findings.stream().noneMatch(one -> one.severity() == Finding.Severity.ERROR);
  }
}
