package de.kreissiegel.ca.profile;

import java.util.Arrays;
import java.util.Optional;

/** What of a certificate may differ from holder to holder, and whose word counts for it. */
public enum Field {
  /** The subject's commonName; a {@code GRP:} goes before a function's whoever sets it. */
  COMMON_NAME("common-name", 1),
  /** A name that stands for a person's, after {@code PN:}. */
  PSEUDONYM("pseudonym", 1),
  /** Mail addresses in subjectAltName. */
  MAIL("mail", 10),
  /** DNS names in subjectAltName. */
  DNS("dns", 10),
  /** How long it is valid, in days; never longer than its profile says. */
  VALIDITY("validity", 1);

  private final String configName;
  private final int most;

  Field(String configName, int most) {
    this.configName = configName;
    this.most = most;
  }

  /** Its name in profiles, in the REST API and in the audit trail. */
  public String configName() {
    return configName;
  }

  /** How many values a person may set of it. */
  public int most() {
    return most;
  }

  /** The field of this name. */
  public static Optional<Field> named(String configName) {
    return Arrays.stream(values()).filter(one -> one.configName.equals(configName)).findFirst();
  }
}
