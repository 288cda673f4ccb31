package de.kreissiegel.ca.terms;

import java.util.regex.Pattern;

/**
 * The name of terms, the same in all their versions: lower-case letters, digits, hyphens, 1 to 40.
 *
 * @throws IllegalArgumentException if it is not of that form
 */
public record TermsName(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  public TermsName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not the name of terms: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
