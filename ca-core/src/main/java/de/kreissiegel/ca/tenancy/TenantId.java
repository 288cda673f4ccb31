package de.kreissiegel.ca.tenancy;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A tenant's name for machines: the domain-style name of its organisation in the directory, as
 * {@code stadt-hassfurt.example}, in lower case.
 *
 * @throws IllegalArgumentException if it is not of that form
 */
public record TenantId(String value) implements Comparable<TenantId> {
  private static final Pattern FORM =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  public TenantId {
    value = value.toLowerCase(Locale.ROOT);
    if (value.length() > 253 || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a tenant's name: " + value);
    }
  }

  @Override
  public int compareTo(TenantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
