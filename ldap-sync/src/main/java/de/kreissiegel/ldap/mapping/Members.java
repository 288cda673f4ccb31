package de.kreissiegel.ldap.mapping;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import de.kreissiegel.ldap.server.Connections;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a group, through groups within it. Circles are walked once. Values that come in ranges
 * (MS-ADTS §3.1.1.3.1.3.3) are read to their end.
 */
final class Members {
  private static final List<String> ATTRIBUTES = List.of("member", "uniqueMember");
  private static final Set<String> CLASSES =
      Set.of("group", "groupofnames", "groupofuniquenames", "groupofmembers");

  /** Twice the largest directory that we promise to read. */
  private static final int MOST = 200_000;

  private final Connections connections;
  private final DN base;
  private @Nullable Set<String> groups;

  Members(Connections connections, DN base) {
    this.connections = connections;
    this.base = base;
  }

  static boolean isMember(String attribute) {
    return ATTRIBUTES.stream().anyMatch(attribute::equalsIgnoreCase);
  }

  /** Whether an entry is a group, by its classes. */
  static boolean isGroup(Entry entry) {
    String[] classes = entry.getObjectClassValues();
    for (String one : classes == null ? new String[0] : classes) {
      if (CLASSES.contains(one.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The normalized names of all who are in it and are no groups; itself, if it is none.
   *
   * @throws LDAPException also if there are more than {@value #MOST}
   */
  Set<String> of(String name) throws LDAPException {
    var people = new HashSet<String>();
    var visited = new HashSet<String>();
    var open = new ArrayDeque<String>();
    open.add(DN.normalize(name));
    while (!open.isEmpty()) {
      String one = open.remove();
      if (!visited.add(one)) {
        continue;
      }
      if (visited.size() > MOST) {
        throw new LDAPException(ResultCode.SIZE_LIMIT_EXCEEDED, "too many members in " + name);
      }
      if (groups().contains(one)) {
        open.addAll(values(one));
      } else {
        people.add(one);
      }
    }
    return people;
  }

  /** All groups below the base, asked for once. */
  private Set<String> groups() throws LDAPException {
    Set<String> known = groups;
    if (known == null) {
      var found = new HashSet<String>();
      // By class, too: one without members is a group and no person all the same.
      Filter any =
          Filter.createORFilter(
              Stream.concat(
                      ATTRIBUTES.stream().map(Filter::createPresenceFilter),
                      CLASSES.stream().map(c -> Filter.createEqualityFilter("objectClass", c)))
                  .toList());
      connections.all(
          new SearchRequest(base.toString(), SearchScope.SUB, any, SearchRequest.NO_ATTRIBUTES),
          entry -> found.add(entry.getParsedDN().toNormalizedString()));
      groups = found;
      return found;
    }
    return known;
  }

  private List<String> values(String group) throws LDAPException {
    var all = new ArrayList<String>();
    for (String attribute : ATTRIBUTES) {
      String wanted = attribute;
      while (!wanted.isEmpty()) {
        Optional<SearchResultEntry> entry = connections.entry(group, wanted);
        wanted = entry.isEmpty() ? "" : take(entry.get(), attribute, all);
      }
    }
    return all;
  }

  /** Takes the values of one answer; returns what to ask for next, if there is more. */
  private static String take(Entry entry, String attribute, List<String> all) throws LDAPException {
    String next = "";
    for (Attribute part : entry.getAttributes()) {
      if (!part.getBaseName().equalsIgnoreCase(attribute)) {
        continue;
      }
      for (String value : part.getValues()) {
        if (DN.isValidDN(value)) {
          all.add(DN.normalize(value));
        }
      }
      for (String option : part.getOptions()) {
        next = after(attribute, option);
      }
    }
    return next;
  }

  private static String after(String attribute, String option) throws LDAPException {
    if (!option.toLowerCase(Locale.ROOT).startsWith("range=") || option.endsWith("-*")) {
      return "";
    }
    try {
      int last = Integer.parseInt(option.substring(option.indexOf('-') + 1));
      return attribute + ";range=" + (last + 1) + "-*";
    } catch (NumberFormatException e) {
      throw new LDAPException(ResultCode.DECODING_ERROR, "not a range: " + option, e);
    }
  }
}
