package de.kreissiegel.ca.policyset;

/** What becomes of a certificate that breaks a rule. */
public enum Strictness {
  /** Nothing; the rule isn't looked at. */
  OFF,
  /** It is good, and the finding is told. */
  ADVISED,
  /** It is refused. */
  REQUIRED
}
