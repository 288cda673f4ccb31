package de.kreissiegel.ra.credentials;

/** The people whom the demo's story needs. */
public enum DemoRole {
  /** Works in a town hall and wants a certificate. */
  STAFF("staff"),
  /** Decides on the applications of that town hall. */
  OFFICER("officer"),
  /** Decides there, too: the second pair of eyes. */
  SECOND_OFFICER("second-officer"),
  /** Decides for another municipality, and must see nothing of this one. */
  FOREIGN_OFFICER("foreign-officer"),
  /** Appoints registration officers, everywhere in the district. */
  LEAD_OFFICER("lead-officer"),
  /** Does, too: it takes two. */
  SECOND_LEAD_OFFICER("second-lead-officer"),
  /** Reads everything and changes nothing. */
  AUDITOR("auditor"),
  /** Helps people everywhere in the district, and decides nothing. */
  HELP_DESK("help-desk");

  private final String key;

  DemoRole(String key) {
    this.key = key;
  }

  /** The key under {@code people} in the file. */
  public String key() {
    return key;
  }
}
