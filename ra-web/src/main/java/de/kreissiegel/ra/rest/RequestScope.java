package de.kreissiegel.ra.rest;

/** Whose requests. */
enum RequestScope {
  /** The person's own. */
  OWN,
  /** What waits for the person's decision. */
  INBOX,
  /** All of the tenants that the person may see. */
  ALL
}
