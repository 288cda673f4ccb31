package de.kreissiegel.ca.profile;

import java.util.regex.Pattern;

/**
 * The name of a profile: lower-case letters, digits, hyphens, 1 to 40 of them; it is also its
 * file's name and stands in addresses.
 *
 * @throws IllegalArgumentException if it is not of that form
 */
public record ProfileName(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  public ProfileName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a profile's name: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
