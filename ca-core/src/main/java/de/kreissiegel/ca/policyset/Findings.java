package de.kreissiegel.ca.policyset;

import java.util.ArrayList;
import java.util.List;

/** Collects what a set's rules find. */
final class Findings {
  private final PolicySet set;
  private final List<RuleFinding> found = new ArrayList<>();

  Findings(PolicySet set) {
    this.set = set;
  }

  PolicySet set() {
    return set;
  }

  /** Notes that the rule is broken, unless the set doesn't look at it. */
  void broken(CertificateRule rule, String detail) {
    Strictness strictness = rule.under(set);
    if (strictness != Strictness.OFF) {
      found.add(new RuleFinding(rule, strictness, detail));
    }
  }

  void unless(boolean holds, CertificateRule rule, String detail) {
    if (!holds) {
      broken(rule, detail);
    }
  }

  List<RuleFinding> list() {
    return List.copyOf(found);
  }
}
