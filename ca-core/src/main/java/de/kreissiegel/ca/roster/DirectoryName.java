package de.kreissiegel.ca.roster;

import java.util.regex.Pattern;

/**
 * What the installation calls one of its directories, as {@code district} or {@code hassfurt-ad}.
 *
 * @throws IllegalArgumentException unless it is 1 to 40 lower-case letters, digits and hyphens,
 *     starting with a letter
 */
public record DirectoryName(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  public DirectoryName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a directory's name: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
