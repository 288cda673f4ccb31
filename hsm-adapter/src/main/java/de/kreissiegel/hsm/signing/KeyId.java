package de.kreissiegel.hsm.signing;

import java.util.regex.Pattern;

/**
 * The name of a key in the vault: lower-case letters, digits and hyphens, 1 to 64 of them.
 *
 * @throws IllegalArgumentException if it is not of that form
 */
public record KeyId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  public KeyId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a key's name: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
