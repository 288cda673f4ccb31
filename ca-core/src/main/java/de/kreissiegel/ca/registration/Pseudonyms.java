package de.kreissiegel.ca.registration;

import java.util.regex.Pattern;

/** The form of pseudonyms. */
final class Pseudonyms {
  private static final Pattern MARK = Pattern.compile("PN:\\s*");

  private Pseudonyms() {}

  /** A pseudonym as it is kept: without the mark that it has in a certificate. */
  static String withoutMark(String text) {
    var mark = MARK.matcher(text);
    return mark.lookingAt() ? text.substring(mark.end()) : text;
  }
}
