package de.kreissiegel.hsm.doctor;

import java.util.ArrayList;
import java.util.List;

/** A diagnosis in the making. */
final class Notes {
  private final List<String> facts = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  void fact(String line) {
    facts.add(line);
  }

  void error(String sentence, String remedy) {
    findings.add(Finding.error(sentence, remedy));
  }

  void warning(String sentence, String remedy) {
    findings.add(Finding.warning(sentence, remedy));
  }

  Diagnosis diagnosis() {
    return new Diagnosis(facts, findings);
  }
}
