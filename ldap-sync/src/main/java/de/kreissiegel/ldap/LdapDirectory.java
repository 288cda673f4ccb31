package de.kreissiegel.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.access.RoleSource;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.publication.CertificatePublisher;
import de.kreissiegel.ca.publication.Destination;
import de.kreissiegel.ca.roster.DirectoryIntake;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectGroup;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ldap.follow.DirectoryFollower;
import de.kreissiegel.ldap.mapping.KindMapping;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import de.kreissiegel.ldap.mapping.SubjectReader;
import de.kreissiegel.ldap.mapping.Tenants;
import de.kreissiegel.ldap.publish.DirectoryWriter;
import de.kreissiegel.ldap.publish.Entries;
import de.kreissiegel.ldap.publish.PublishConfig;
import de.kreissiegel.ldap.server.Connections;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One directory over LDAP: who there is, who may log in, and where certificates go. Each answer is
 * as of now; nothing is kept. May be made while the server is down, and finds it again after a
 * restart. Thread-safe.
 */
public final class LdapDirectory
    implements SubjectDirectory, StaffLogin, CertificatePublisher, AutoCloseable {
  private final DirectoryConfig config;
  private final Connections connections;
  private final MappedDirectory directory;
  private final Login login;
  private final DirectoryWriter writer;
  private final String[] attributes;

  /** With certificates published by the usual rules. */
  public LdapDirectory(DirectoryConfig config, InstantSource clock) {
    this(config, PublishConfig.usual(config.name()), clock);
  }

  /**
   * @param publish what is written there
   * @param clock says whether an account has ended
   * @throws IllegalArgumentException if anchors or key can't be read
   */
  public LdapDirectory(DirectoryConfig config, PublishConfig publish, InstantSource clock) {
    this.config = config;
    this.attributes = config.mapping().attributes();
    this.connections = new Connections(config.server());
    this.directory = new MappedDirectory(connections, base(config), config.mapping(), clock);
    this.login = new Login(directory);
    this.writer = new DirectoryWriter(publish, new WrittenEntries());
  }

  private static DN base(DirectoryConfig config) {
    try {
      return new DN(config.baseDn());
    } catch (LDAPException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** What the installation calls it. */
  public DirectoryName name() {
    return config.name();
  }

  /** Which of its groups give which offices. */
  List<RoleSource> roleSources() {
    return roleSources(config);
  }

  static List<RoleSource> roleSources(DirectoryConfig config) {
    var roles = config.mapping().roles();
    var sources = new ArrayList<RoleSource>();
    addSource(config, sources, Office.RA_OPERATOR, roles.registrationOfficers());
    addSource(config, sources, Office.RA_OPERATOR, roles.leadOfficers());
    addSource(config, sources, Office.CA_OPERATOR, roles.caOperators());
    addSource(config, sources, Office.SYSTEM_ADMINISTRATOR, roles.systemAdministrators());
    addSource(config, sources, Office.ACCESS_MANAGER, roles.accessManagers());
    addSource(config, sources, Office.REVISOR, roles.auditors());
    addSource(config, sources, Office.DATA_PROTECTION_OFFICER, roles.dataProtectionOfficers());
    return List.copyOf(sources);
  }

  private static void addSource(
      DirectoryConfig config, List<RoleSource> sources, Office office, Optional<String> group) {
    group.ifPresent(name -> sources.add(new RoleSource(config.name().value(), office, name)));
  }

  /** Follows it; the caller starts and closes that. */
  public DirectoryFollower follower(DirectoryIntake intake, Clock clock) {
    return new DirectoryFollower(config.name(), directory, config.following(), intake, clock);
  }

  @Override
  public Optional<Subject> find(SubjectId id) throws DirectoryUnavailable {
    return asking(
        () -> {
          Optional<SearchResultEntry> entry = directory.entry(id, attributes);
          return entry.isEmpty() ? Optional.empty() : directory.reader().subject(entry.get());
        });
  }

  @Override
  public List<Subject> search(TenantId tenant, SubjectKind kind, String text, int atMost)
      throws DirectoryUnavailable {
    if (atMost < 1 || atMost > 500) {
      throw new IllegalArgumentException("1 to 500 results, not " + atMost);
    }
    KindMapping mapped = config.mapping().kinds().get(kind);
    return mapped == null
        ? List.of()
        : asking(() -> search(tenant, kind, matching(mapped, text), atMost));
  }

  private List<Subject> search(TenantId tenant, SubjectKind kind, Filter matching, int atMost)
      throws LDAPException {
    Tenants tenants = directory.tenants();
    if (tenants.all().stream().noneMatch(each -> each.id().equals(tenant))) {
      return List.of();
    }
    var reader = directory.reader(tenants);
    Optional<DN> place = tenants.subtree(tenant);
    String base = place.map(DN::toString).orElse(config.baseDn());
    var entries =
        new ArrayList<SearchResultEntry>(
            connections.pages(
                base, matching, atMost, entry -> reader.is(entry, kind, tenant), attributes));
    if (kind == SubjectKind.PERSON && place.isPresent() && entries.size() < atMost) {
      entries.addAll(fromElsewhere(tenants, tenant, matching, atMost));
    }
    return subjects(entries, reader).stream()
        .filter(s -> s.kind() == kind && s.tenants().contains(tenant))
        .sorted(Comparator.comparing(Subject::commonName))
        .limit(atMost)
        .toList();
  }

  @Override
  public List<Subject> inCareOf(SubjectId person) throws DirectoryUnavailable {
    return asking(
        () -> {
          Optional<String> dn = nameOf(person);
          List<Filter> ways =
              config.mapping().kinds().values().stream()
                  .flatMap(kind -> kind.responsible().stream())
                  .distinct()
                  .map(attribute -> Filter.createEqualityFilter(attribute, dn.orElse("")))
                  .toList();
          if (dn.isEmpty() || ways.isEmpty()) {
            return List.of();
          }
          var entries =
              connections.pages(
                  config.baseDn(),
                  Filter.createORFilter(ways),
                  Integer.MAX_VALUE,
                  e -> true,
                  attributes);
          return subjects(entries, directory.reader()).stream()
              .filter(s -> s.kind() != SubjectKind.PERSON)
              .sorted(Comparator.comparing(Subject::commonName))
              .toList();
        });
  }

  @Override
  public List<SubjectGroup> groups(TenantId tenant, String text, int atMost)
      throws DirectoryUnavailable {
    return asking(() -> new Groups(directory).named(tenant, text.strip(), atMost));
  }

  @Override
  public List<Subject> members(TenantId tenant, SubjectId group, int atMost)
      throws DirectoryUnavailable {
    return asking(() -> new Groups(directory).members(tenant, group, atMost));
  }

  @Override
  public List<Subject> revisors() throws DirectoryUnavailable {
    return asking(
        () -> {
          var found = new ArrayList<Subject>();
          var reader = directory.reader();
          for (String member : new Roles(directory).revisors()) {
            Optional<SearchResultEntry> entry = connections.entry(member, attributes);
            if (entry.isPresent()) {
              reader.subject(entry.get()).ifPresent(found::add);
            }
          }
          return found;
        });
  }

  @Override
  public List<Tenant> tenants() throws DirectoryUnavailable {
    return asking(() -> directory.tenants().all());
  }

  @Override
  public Optional<Actor.Person> logIn(String name, String password) throws DirectoryUnavailable {
    return asking(() -> login.logIn(name, password));
  }

  @Override
  public Optional<Actor.Person> named(String loginOrMail) throws DirectoryUnavailable {
    return asking(() -> login.named(loginOrMail));
  }

  @Override
  public Optional<Actor.Person> current(SubjectId person) throws DirectoryUnavailable {
    return asking(() -> login.current(person));
  }

  /** Whether exactly one person here has this login or mail address. */
  boolean knowsLogin(String name) throws DirectoryUnavailable {
    return asking(() -> login.only(name).isPresent());
  }

  /** How many people here have this login or mail address; 2 stands for more. */
  int countLogin(String name) throws DirectoryUnavailable {
    return asking(() -> login.count(name));
  }

  /** Whether an entry has this id. */
  boolean has(SubjectId id) throws DirectoryUnavailable {
    return asking(() -> nameOf(id).isPresent());
  }

  @Override
  public List<Destination> destinations() {
    return List.of(writer);
  }

  @Override
  public void close() {
    connections.close();
  }

  MappedDirectory mapped() {
    return directory;
  }

  DirectoryConfig config() {
    return config;
  }

  private static List<Subject> subjects(List<SearchResultEntry> entries, SubjectReader reader)
      throws LDAPException {
    var all = new ArrayList<Subject>();
    for (SearchResultEntry entry : entries) {
      reader.subject(entry).ifPresent(all::add);
    }
    return all;
  }

  /** People whose entry stands with another tenant and who work for this one, too. */
  private List<SearchResultEntry> fromElsewhere(
      Tenants tenants, TenantId id, Filter filter, int atMost) throws LDAPException {
    Optional<String> also = config.mapping().tenants().also();
    Optional<Tenant> tenant =
        tenants.all().stream().filter(each -> each.id().equals(id)).findFirst();
    if (also.isEmpty() || tenant.isEmpty()) {
      return List.of();
    }
    Filter working =
        Filter.createORFilter(
            Filter.createEqualityFilter(also.get(), tenant.get().name()),
            Filter.createEqualityFilter(also.get(), id.value()));
    DN place = tenants.subtree(id).orElseThrow();
    return connections.pages(
        config.baseDn(),
        Filter.createANDFilter(working, filter),
        atMost,
        entry -> !isBelow(entry, place),
        attributes);
  }

  private static boolean isBelow(SearchResultEntry entry, DN place) {
    try {
      return entry.getParsedDN().isDescendantOf(place, true);
    } catch (LDAPException unreadable) {
      return true;
    }
  }

  /** Built from values, so that nothing in the text can become a part of the filter. */
  private static Filter matching(KindMapping kind, String text) {
    Filter words =
        text.isBlank()
            ? Filter.createPresenceFilter(kind.name())
            : Filter.createORFilter(
                kind.searched().stream()
                    .map(name -> Filter.createSubAnyFilter(name, text.strip()))
                    .toList());
    return kind.filter().map(own -> Filter.createANDFilter(own.filter(), words)).orElse(words);
  }

  private Optional<String> nameOf(SubjectId id) throws LDAPException {
    return directory.entry(id).map(SearchResultEntry::getDN);
  }

  /** The entries as they are published to. */
  private final class WrittenEntries implements Entries {
    @Override
    public Optional<Entry> of(SubjectId subject, String... wanted) throws LDAPException {
      return directory.entry(subject, wanted).map(Entry.class::cast);
    }

    @Override
    public Optional<Entry> at(String dn, String... wanted) throws LDAPException {
      return connections.entry(dn, wanted).map(Entry.class::cast);
    }

    @Override
    public void modify(ModifyRequest request) throws LDAPException {
      connections.modify(request);
    }

    @Override
    public void add(Entry entry) throws LDAPException {
      connections.add(entry);
    }
  }

  /** A question to the server. */
  interface Question<T> {
    T ask() throws LDAPException;
  }

  static <T> T asking(Question<T> question) throws DirectoryUnavailable {
    try {
      return question.ask();
    } catch (LDAPException e) {
      throw new DirectoryUnavailable(
          "the directory says " + e.getResultCode().getName() + ": " + e.getMessage(), e);
    }
  }
}
