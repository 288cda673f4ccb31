package de.kreissiegel.ldap.mapping;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * A filter (RFC 4515) that we hold entries against ourselves, so that one answer of the server
 * gives both the entry and what it is. Of extensible matches it knows Active Directory's bit rules
 * (MS-ADTS §3.1.1.3.4.4).
 */
public final class EntryFilter {
  private static final String BITS_AND = "1.2.840.113556.1.4.803";
  private static final String BITS_OR = "1.2.840.113556.1.4.804";
  private final Filter filter;

  private EntryFilter(Filter filter) {
    this.filter = filter;
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is no filter, or uses a rule that we can't evaluate
   */
  public static EntryFilter of(String text) {
    try {
      Filter filter = Filter.create(text);
      requireKnown(filter);
      return new EntryFilter(filter);
    } catch (LDAPException e) {
      throw new IllegalArgumentException("not a filter: " + text, e);
    }
  }

  /** For a search. */
  public Filter filter() {
    return filter;
  }

  /** Whether an entry matches, by the attributes that it shows. */
  public boolean matches(Entry entry) throws LDAPException {
    return matches(filter, entry);
  }

  /** The attributes that an entry has to show for that. */
  public Set<String> attributes() {
    var names = new TreeSet<String>();
    collect(filter, names);
    return names;
  }

  private static boolean matches(Filter filter, Entry entry) throws LDAPException {
    return switch (filter.getFilterType()) {
      case Filter.FILTER_TYPE_AND -> {
        for (Filter part : filter.getComponents()) {
          if (!matches(part, entry)) {
            yield false;
          }
        }
        yield true;
      }
      case Filter.FILTER_TYPE_OR -> {
        for (Filter part : filter.getComponents()) {
          if (matches(part, entry)) {
            yield true;
          }
        }
        yield false;
      }
      case Filter.FILTER_TYPE_NOT -> !matches(filter.getNOTComponent(), entry);
      case Filter.FILTER_TYPE_EXTENSIBLE_MATCH -> bits(filter, entry);
      default -> filter.matchesEntry(entry);
    };
  }

  private static boolean bits(Filter filter, Entry entry) {
    long mask = Long.parseLong(filter.getAssertionValue());
    String value = entry.getAttributeValue(filter.getAttributeName());
    if (value == null) {
      return false;
    }
    try {
      long common = Long.parseLong(value) & mask;
      return filter.getMatchingRuleID().equals(BITS_AND) ? common == mask : common != 0;
    } catch (NumberFormatException noNumber) {
      return false;
    }
  }

  private static void requireKnown(Filter filter) {
    Arrays.stream(filter.getComponents()).forEach(EntryFilter::requireKnown);
    if (filter.getNOTComponent() != null) {
      requireKnown(filter.getNOTComponent());
    }
    if (filter.getFilterType() == Filter.FILTER_TYPE_EXTENSIBLE_MATCH) {
      boolean known =
          filter.getAttributeName() != null
              && Set.of(BITS_AND, BITS_OR).contains(String.valueOf(filter.getMatchingRuleID()))
              && filter.getAssertionValue().matches("[0-9]{1,18}");
      if (!known) {
        throw new IllegalArgumentException("not a rule that is known here: " + filter);
      }
    }
  }

  private static void collect(Filter filter, Set<String> names) {
    if (filter.getAttributeName() != null) {
      names.add(filter.getAttributeName());
    }
    for (Filter part : filter.getComponents()) {
      collect(part, names);
    }
    if (filter.getNOTComponent() != null) {
      collect(filter.getNOTComponent(), names);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntryFilter that && filter.equals(that.filter);
  }

  @Override
  public int hashCode() {
    return filter.hashCode();
  }

  @Override
  public String toString() {
    return filter.toString();
  }
}
