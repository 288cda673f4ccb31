package de.kreissiegel.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle.Departure;
import de.kreissiegel.ca.subject.SubjectId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out which of the watched subjects left. Any doubt is an {@link LDAPException}. */
final class Census {
  /** Clocks of replicas differ, and a change may become visible after a later one. */
  private static final long OVERLAP_MILLIS = 30_000;

  private static final String[] SEEN = {"entryUUID", "modifyTimestamp"};
  private final Connections connections;
  private final DirectoryConfig config;

  /** The latest change seen, in the server's time. */
  private @Nullable Date latest;

  Census(Connections connections, DirectoryConfig config) {
    this.connections = connections;
    this.config = config;
  }

  /** The watched who are disabled and were changed lately; all disabled ones, the first time. */
  List<Departure> lately(Set<SubjectId> watched) throws LDAPException {
    requireBase();
    Filter disabled = Filter.create(config.mapping().disabled());
    Date since = latest;
    Filter filter =
        since == null
            ? disabled
            : Filter.createANDFilter(
                disabled,
                Filter.createGreaterOrEqualFilter(
                    "modifyTimestamp", time(new Date(since.getTime() - OVERLAP_MILLIS))));
    var found = new ArrayList<Departure>();
    for (SearchResultEntry entry : all(filter)) {
      note(entry);
      var id = id(entry);
      if (watched.contains(id)) {
        found.add(new Departure(id, "entry disabled " + config.mapping().disabled()));
      }
    }
    return found;
  }

  /** The watched who are disabled now or have no entry any more. */
  List<Departure> compare(Set<SubjectId> watched) throws LDAPException {
    requireBase();
    Filter disabled = Filter.create(config.mapping().disabled());
    var missing = new HashSet<>(watched);
    for (SearchResultEntry entry : all(Filter.createPresenceFilter("objectClass"))) {
      note(entry);
      missing.remove(id(entry));
    }
    var found = new ArrayList<Departure>();
    for (SearchResultEntry entry : all(disabled)) {
      var id = id(entry);
      if (watched.contains(id)) {
        found.add(new Departure(id, "entry disabled " + config.mapping().disabled()));
      }
    }
    for (SubjectId id : missing) {
      // An entry that moved while the pages were read may have been on none of them.
      Filter byId = Filter.createEqualityFilter("entryUUID", id.value());
      if (connections.search(config.baseDn(), SearchScope.SUB, byId, "1.1").isEmpty()) {
        found.add(new Departure(id, "entry deleted"));
      }
    }
    return found;
  }

  private List<SearchResultEntry> all(Filter filter) throws LDAPException {
    return connections.pages(config.baseDn(), filter, Integer.MAX_VALUE, e -> true, SEEN);
  }

  /** A directory without its base lost everything, or shows us nothing: no reason to revoke. */
  private void requireBase() throws LDAPException {
    Filter any = Filter.createPresenceFilter("objectClass");
    if (connections.search(config.baseDn(), SearchScope.BASE, any, "1.1").isEmpty()) {
      throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "the base entry is not to be seen");
    }
  }

  private void note(SearchResultEntry entry) {
    Date changed = entry.getAttributeValueAsDate("modifyTimestamp");
    Date before = latest;
    if (changed != null && (before == null || changed.after(before))) {
      latest = changed;
    }
  }

  private static SubjectId id(SearchResultEntry entry) throws LDAPException {
    String uuid = entry.getAttributeValue("entryUUID");
    if (uuid == null || uuid.isBlank()) {
      throw new LDAPException(ResultCode.OTHER, "no entryUUID in " + entry.getDN());
    }
    return new SubjectId(uuid.toLowerCase(Locale.ROOT));
  }

  /** GeneralizedTime in whole seconds (RFC 4517 §3.3.13), which every server takes. */
  private static String time(Date date) {
    return DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT)
        .withZone(ZoneOffset.UTC)
        .format(date.toInstant());
  }
}
