package de.kreissiegel.ca.emergency;

/** What a run does with each certificate. */
public enum MassStep {
  /** It is revoked. */
  REVOKE,
  /** Its holder owes an application with a new key. */
  ASK,
  /** There is a notice for its holder. */
  TELL
}
