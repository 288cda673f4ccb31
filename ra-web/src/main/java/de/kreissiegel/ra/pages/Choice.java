package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.tenancy.TenantId;
import java.text.Collator;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** An entry of a list to choose from; in order of the words, as a German dictionary has them. */
public record Choice(String value, String words) implements Comparable<Choice> {
  /** These tenants by their names. */
  public static List<Choice> ofTenants(Collection<TenantId> tenants, Words words) {
    return tenants.stream()
        .map(tenant -> new Choice(tenant.value(), words.tenant(tenant)))
        .sorted()
        .toList();
  }

  @Override
  public int compareTo(Choice other) {
    var byWords = Collator.getInstance(Locale.GERMAN).compare(words, other.words);
    return byWords != 0 ? byWords : value.compareTo(other.value);
  }
}
