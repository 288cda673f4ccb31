package de.kreissiegel.ca.settings;

/** The settings lack the consent of two people. */
public final class SettingsUnsigned extends Exception {
  private static final long serialVersionUID = 1L;

  public SettingsUnsigned(String message) {
    super(message);
  }
}
