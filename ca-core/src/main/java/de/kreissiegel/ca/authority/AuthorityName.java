package de.kreissiegel.ca.authority;

import java.util.regex.Pattern;

/**
 * An authority's name in addresses and files, as {@code people}: lower-case letters, digits,
 * hyphens, 1 to 40 of them.
 *
 * @throws IllegalArgumentException if it is not of that form
 */
public record AuthorityName(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  public AuthorityName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an authority's name: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
