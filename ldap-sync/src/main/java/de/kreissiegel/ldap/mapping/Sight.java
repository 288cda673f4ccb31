package de.kreissiegel.ldap.mapping;

import de.kreissiegel.ca.subject.Subject;

/** What an entry is. */
public sealed interface Sight {
  /** It can be named in a certificate. */
  record Found(Subject subject, boolean away) implements Sight {}

  /**
   * It can't.
   *
   * @param why in English, to be read after the entry's name, as {@code it stands below no tenant}
   */
  record None(String why) implements Sight {}
}
