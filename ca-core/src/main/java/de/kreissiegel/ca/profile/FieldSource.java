package de.kreissiegel.ca.profile;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whose word counts for a {@link Field}. */
public enum FieldSource {
  /** The shared directory, asked when somebody applies and again before each approval. */
  DIRECTORY,
  /** Who applies; officers see that nobody else has confirmed it. */
  APPLICANT,
  /** Who approves, before they sign. */
  OFFICER,
  /** It never goes in, and who wishes for it is refused. */
  NOBODY;

  /** Its name in profiles, in the REST API and in the audit trail. */
  public String configName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of this name. */
  public static Optional<FieldSource> named(String configName) {
    return Arrays.stream(values()).filter(one -> one.configName().equals(configName)).findFirst();
  }
}
