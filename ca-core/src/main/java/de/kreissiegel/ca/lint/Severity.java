package de.kreissiegel.ca.lint;

/** How bad it is when a lint trips. */
public enum Severity {
  /** It is not signed. */
  ERROR,
  /** It is signed, and the finding stands in the audit trail. */
  WARNING,
  /** Somebody may want to know. */
  NOTICE
}
