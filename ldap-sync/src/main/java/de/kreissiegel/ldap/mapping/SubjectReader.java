package de.kreissiegel.ldap.mapping;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ldap.mapping.Tenants.Place;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes subjects from entries. One for each question or reading: it remembers the tenants, and who
 * answers for what.
 */
public final class SubjectReader {
  /** The longest value of a name that is worth reading; longer ones are an attack or a mistake. */
  private static final int LONGEST = 32_768;

  private final MappedDirectory directory;
  private final DirectoryMapping mapping;
  private final Tenants tenants;
  private final Names names;
  private final Members members;
  private final Clearance clearance;
  private final Instant now;
  private final String[] read;
  private final Map<TenantId, Map<SubjectKind, DN>> containers = new HashMap<>();

  SubjectReader(MappedDirectory directory, Tenants tenants) {
    this.directory = directory;
    this.mapping = directory.mapping();
    this.tenants = tenants;
    this.names = new Names(directory.connections(), directory.base(), mapping.id());
    this.members = new Members(directory.connections(), directory.base());
    this.clearance = new Clearance(directory, tenants);
    this.now = directory.clock().instant();
    this.read = mapping.attributes();
  }

  /** Remembers the name of an entry that comes by, so that nobody has to ask for it. */
  public void seen(Entry entry, SubjectId id) throws LDAPException {
    names.seen(entry.getParsedDN(), id);
  }

  /** Whether an entry can be read without asking the server for others that it names. */
  public boolean isReady(Entry entry) {
    Optional<SubjectKind> kind = kindOfEach(entry).map(Match::kind);
    if (kind.isEmpty() || kind.get() == SubjectKind.PERSON) {
      return true;
    }
    boolean alone = kind.get() != SubjectKind.FUNCTION || !mapping.asksForKeyHolders();
    return alone
        && attributes(kind.get()).stream()
            .flatMap(name -> values(entry, name).stream())
            .allMatch(names::knows);
  }

  /**
   * What an entry is.
   *
   * @throws LDAPException also if it shows no id, or a value that is longer than any name
   */
  public Sight read(Entry entry) throws LDAPException {
    SubjectId id = mapping.id().of(entry);
    requireBounds(entry);
    Optional<Match> match = match(entry);
    if (match.isEmpty()) {
      return new Sight.None(whyNothing(entry));
    }
    KindMapping kind = mapping.kind(match.get().kind());
    Optional<String> name = value(entry, Optional.of(kind.name()));
    if (name.isEmpty()) {
      return new Sight.None("it has no " + kind.name());
    }
    return new Sight.Found(subject(entry, id, match.get(), name.get()), isAway(entry));
  }

  /**
   * Whether an entry is worth reading: it shows an id, or it belongs to a tenant and should.
   * Others, as those of the server's own administration, may be hidden from us but for their names.
   */
  public boolean isOurs(Entry entry) throws LDAPException {
    return entry.hasAttribute(mapping.id().attribute()) || !tenants.of(entry, true).isEmpty();
  }

  /**
   * Makes sure that an entry which was a subject surely is none any more.
   *
   * @throws LDAPException if that isn't clear: it shows no class, or one above it is hidden
   */
  public void requireNoDoubt(Entry entry) throws LDAPException {
    if (values(entry, "objectClass").isEmpty()) {
      throw new LDAPException(ResultCode.OTHER, "no objectClass is shown of " + entry.getDN());
    }
    clearance.requireNothingHiddenAbove(entry.getParsedDN());
  }

  /** The subject, or empty if the entry is none. */
  public Optional<Subject> subject(Entry entry) throws LDAPException {
    return read(entry) instanceof Sight.Found found
        ? Optional.of(found.subject())
        : Optional.empty();
  }

  /** Whether an entry is of a kind and belongs to a tenant, read no further than that. */
  public boolean is(Entry entry, SubjectKind kind, TenantId tenant) {
    return kindOfEach(entry)
        .filter(match -> match.kind() == kind)
        .filter(match -> match.tenants().stream().anyMatch(p -> p.tenant().id().equals(tenant)))
        .isPresent();
  }

  /** The people with access to a function's key besides those responsible; empty for others. */
  public Set<SubjectId> keyHolders(Entry entry, SubjectKind kind) throws LDAPException {
    if (kind != SubjectKind.FUNCTION || !mapping.asksForKeyHolders()) {
      return Set.of();
    }
    var all = new HashSet<SubjectId>();
    for (String attribute : mapping.kind(kind).keyAccess()) {
      List<String> holders =
          Members.isMember(attribute)
              ? Members.isGroup(entry) ? List.of(entry.getDN()) : List.of()
              : values(entry, attribute);
      for (String holder : holders) {
        for (String person : DN.isValidDN(holder) ? members.of(holder) : Set.<String>of()) {
          names.idOf(person).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  /** Whether an entry is a group that decides who has access to a function's key. */
  public boolean decidesOnKeys(Entry entry) {
    return mapping.asksForKeyHolders() && Members.isGroup(entry);
  }

  /** Whether a change of an entry may change whose others are. */
  public boolean decidesOnTenants(Entry entry) throws LDAPException {
    TenantMapping rules = mapping.tenants();
    return (rules.by() == TenantMapping.By.GROUP && Members.isGroup(entry))
        || (rules.entries().isPresent() && rules.entries().get().matches(entry));
  }

  /** The tenants that it knows. */
  public Tenants tenants() {
    return tenants;
  }

  private record Match(SubjectKind kind, List<Place> tenants) {}

  /** Like {@link #match}, for entries whose names can't be read: they are nothing. */
  private Optional<Match> kindOfEach(Entry entry) {
    try {
      return match(entry);
    } catch (LDAPException unreadable) {
      return Optional.empty();
    }
  }

  private Optional<Match> match(Entry entry) throws LDAPException {
    for (SubjectKind kind : SubjectKind.values()) {
      KindMapping each = mapping.kinds().get(kind);
      if (each == null || (each.filter().isPresent() && !each.filter().get().matches(entry))) {
        continue;
      }
      List<Place> whose = tenants.of(entry, kind == SubjectKind.PERSON);
      if (!whose.isEmpty() && standsBelow(entry, kind, whose.getFirst())) {
        return Optional.of(new Match(kind, whose));
      }
    }
    return Optional.empty();
  }

  private boolean standsBelow(Entry entry, SubjectKind kind, Place home) throws LDAPException {
    if (mapping.kind(kind).below().isEmpty()) {
      return true;
    }
    Map<SubjectKind, DN> known =
        containers.computeIfAbsent(
            home.tenant().id(), _ -> new EnumMap<SubjectKind, DN>(SubjectKind.class));
    DN container = known.get(kind);
    if (container == null) {
      DN parent = home.dn().orElse(directory.base());
      container = Tenants.relative(mapping.kind(kind).below().orElseThrow(), parent);
      known.put(kind, container);
    }
    return entry.getParsedDN().isDescendantOf(container, false);
  }

  private String whyNothing(Entry entry) throws LDAPException {
    if (tenants.of(entry, true).isEmpty()) {
      return "it belongs to no tenant";
    }
    return "it is of no kind that the mapping names";
  }

  private Subject subject(Entry entry, SubjectId id, Match match, String name)
      throws LDAPException {
    KindMapping kind = mapping.kind(match.kind());
    boolean person = match.kind() == SubjectKind.PERSON;
    Set<TenantId> all =
        match.tenants().stream().map(p -> p.tenant().id()).collect(Collectors.toSet());
    return new Subject(
        id,
        match.kind(),
        match.tenants().getFirst().tenant().id(),
        all,
        name,
        value(entry, kind.title()),
        value(entry, kind.givenName()),
        value(entry, kind.surname()),
        value(entry, kind.mail()),
        value(entry, kind.dnsName()),
        value(entry, kind.login()),
        WindowsAccounts.of(entry),
        isEnabled(entry),
        entry.getDN(),
        person ? Set.of() : responsible(entry, match.kind()));
  }

  private boolean isEnabled(Entry entry) throws LDAPException {
    Optional<EntryFilter> disabled = mapping.accounts().disabled();
    if (disabled.isPresent() && disabled.get().matches(entry)) {
      return false;
    }
    return value(entry, mapping.accounts().expires())
        .flatMap(WindowsTime::end)
        .filter(end -> !now.isBefore(end))
        .isEmpty();
  }

  private boolean isAway(Entry entry) throws LDAPException {
    Optional<EntryFilter> away = mapping.accounts().away();
    return away.isPresent() && away.get().matches(entry);
  }

  private Set<SubjectId> responsible(Entry entry, SubjectKind kind) throws LDAPException {
    var all = new HashSet<SubjectId>();
    for (String attribute : attributes(kind)) {
      for (String name : values(entry, attribute)) {
        names.idOf(name).ifPresent(all::add);
      }
    }
    return all;
  }

  private List<String> attributes(SubjectKind kind) {
    return mapping.kind(kind).responsible();
  }

  private void requireBounds(Entry entry) throws LDAPException {
    for (String name : read) {
      byte[][] values = entry.getAttributeValueByteArrays(name);
      for (byte[] value : values == null ? new byte[0][] : values) {
        if (value.length > LONGEST) {
          throw new LDAPException(
              ResultCode.OTHER, name + " of " + entry.getDN() + " has " + value.length + " octets");
        }
      }
    }
  }

  private static List<String> values(Entry entry, String attribute) {
    String[] values = entry.getAttributeValues(attribute);
    return values == null ? List.of() : List.of(values);
  }

  private static Optional<String> value(Entry entry, Optional<String> attribute) {
    return attribute.map(entry::getAttributeValue).filter(value -> !value.isBlank());
  }
}
