package de.kreissiegel.ldap.follow;

import java.util.Arrays;
import java.util.Locale;

/** How changes are learnt. */
public enum SourceKind {
  /** The server tells by itself (RFC 4533). */
  CONTENT_SYNC,
  /** An Active Directory is asked for changes since a cookie (MS-ADTS §3.1.1.3.4.1.3). */
  DIR_SYNC,
  /** A domain controller is asked for entries above a number ({@code uSNChanged}). */
  USN_CHANGED,
  /** Any server is asked for entries changed since a time, and for all of them each night. */
  MODIFY_TIMESTAMP;

  /** Its name in configurations, as {@code content-sync}. */
  public String configName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The kind of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SourceKind of(String configName) {
    return Arrays.stream(values())
        .filter(kind -> kind.configName().equals(configName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no way to follow a directory: "
                        + configName
                        + "; known are "
                        + Arrays.stream(values()).map(SourceKind::configName).toList()));
  }
}
