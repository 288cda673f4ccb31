package de.kreissiegel.ldap.mapping;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ldap.server.Connections;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A directory and what its entries mean.
 *
 * @param connections to its servers
 * @param base under which everything of ours stands
 * @param mapping which entries are what
 * @param clock says whether an account has ended
 */
public record MappedDirectory(
    Connections connections, DN base, DirectoryMapping mapping, InstantSource clock) {
  private static final int AT_ONCE = 50;
  private static final Filter ANY = Filter.createPresenceFilter("objectClass");

  /** The tenants there are now. */
  public Tenants tenants() throws LDAPException {
    return Tenants.read(connections, base, mapping);
  }

  /** Reads entries as of now. */
  public SubjectReader reader() throws LDAPException {
    return reader(tenants());
  }

  /** Reads entries with tenants that were read before. */
  public SubjectReader reader(Tenants tenants) {
    return new SubjectReader(this, tenants);
  }

  /**
   * The entry with an id.
   *
   * @param wanted which attributes to show beside the id
   * @throws LDAPException also if two entries have it, or one with another id is sent
   */
  public Optional<SearchResultEntry> entry(SubjectId id, String... wanted) throws LDAPException {
    List<SearchResultEntry> found = entries(List.of(id), wanted);
    if (found.size() > 1) {
      throw new LDAPException(
          ResultCode.OTHER, found.size() + " entries have the id " + id.value());
    }
    return found.stream().findFirst();
  }

  /** The entries with these ids, as far as there are any. */
  public List<SearchResultEntry> entries(List<SubjectId> ids, String... wanted)
      throws LDAPException {
    String[] names =
        Stream.concat(Stream.of(mapping.id().attribute()), Stream.of(wanted))
            .distinct()
            .toArray(String[]::new);
    var all = new ArrayList<SearchResultEntry>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<SubjectId> some = ids.subList(from, Math.min(from + AT_ONCE, ids.size()));
      Filter filter = Filter.createORFilter(some.stream().map(mapping.id()::filter).toList());
      for (SearchResultEntry entry :
          connections.search(base.toString(), SearchScope.SUB, filter, names)) {
        SubjectId id = mapping.id().of(entry);
        if (!some.contains(id)) {
          throw new LDAPException(
              ResultCode.OTHER, "asked for one id, the server sent the entry with " + id.value());
        }
        all.add(entry);
      }
    }
    return all;
  }

  /** Reads the entries in which functions may be found, page by page. */
  public void functions(Tenants tenants, Connections.Taker taker) throws LDAPException {
    KindMapping kind = mapping.kinds().get(SubjectKind.FUNCTION);
    if (kind == null) {
      return;
    }
    Filter filter = kind.filter().map(EntryFilter::filter).orElse(ANY);
    for (DN place : tenants.subtrees(base)) {
      DN container = Tenants.relative(kind.below().orElse(""), place);
      if (connections.entry(container.toString(), SearchRequest.NO_ATTRIBUTES).isPresent()) {
        connections.all(
            new SearchRequest(container.toString(), SearchScope.SUB, filter, mapping.attributes()),
            taker);
      }
    }
  }

  /** The normalized names of all who are in a group and are no groups, through groups within it. */
  public Set<String> members(String group) throws LDAPException {
    return new Members(connections, base).of(group);
  }

  /** Reads all entries below the base, page by page. */
  public void everything(Connections.Taker taker, String... further) throws LDAPException {
    String[] names =
        Stream.concat(Stream.of(mapping.attributes()), Stream.of(further)).toArray(String[]::new);
    connections.all(new SearchRequest(base.toString(), SearchScope.SUB, ANY, names), taker);
  }

  /** Reads the ids of all entries below the base that show one, page by page. */
  public void everyId(Consumer<SubjectId> taker) throws LDAPException {
    connections.all(
        new SearchRequest(base.toString(), SearchScope.SUB, ANY, mapping.id().attribute()),
        entry -> {
          if (entry.hasAttribute(mapping.id().attribute())) {
            taker.accept(mapping.id().of(entry));
          }
        });
  }

  /**
   * A directory without its base lost everything, or shows us nothing.
   *
   * @throws LDAPException if that is so
   */
  public void requireBase() throws LDAPException {
    if (connections.entry(base.toString(), "objectClass").isEmpty()) {
      throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "the base entry is not to be seen");
    }
  }
}
