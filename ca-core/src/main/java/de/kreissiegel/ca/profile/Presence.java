package de.kreissiegel.ca.profile;

/** Whether a name of the directory goes into the certificate. */
public enum Presence {
  /** Who lacks it can't have the certificate. */
  REQUIRED("required"),
  /** Goes in where the directory has it. */
  IF_PRESENT("if-present"),
  NEVER("never");

  private final String configName;

  Presence(String configName) {
    this.configName = configName;
  }

  /** Its name in profiles. */
  public String configName() {
    return configName;
  }
}
