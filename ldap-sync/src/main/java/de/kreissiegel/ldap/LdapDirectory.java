package de.kreissiegel.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.publication.CertificatePublisher;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The shared directory over LDAP: who there is, who may log in, and where certificates go. Each
 * answer is as of now; nothing is kept. May be made while the server is down, and finds it again
 * after a restart. Thread-safe.
 */
public final class LdapDirectory
    implements SubjectDirectory, StaffLogin, CertificatePublisher, AutoCloseable {
  private static final List<String> SEARCHED = List.of("cn", "uid", "mail", "associatedDomain");
  private final DirectoryConfig config;
  private final Connections connections;
  private final Login login;
  private final Publisher publisher;
  private final String[] attributes;

  /**
   * @throws IllegalArgumentException if the anchors or the mapping's filter can't be read
   */
  public LdapDirectory(DirectoryConfig config) {
    this.config = config;
    this.attributes = SubjectReader.attributes(config.mapping());
    this.connections = new Connections(config);
    this.login = new Login(connections, config);
    this.publisher = new Publisher(connections, this::nameOf);
  }

  @Override
  public Optional<Subject> find(SubjectId id) throws DirectoryUnavailable {
    return asking(
        () -> {
          List<SearchResultEntry> found =
              connections.search(config.baseDn(), SearchScope.SUB, byId(id), attributes);
          if (found.isEmpty()) {
            return Optional.empty();
          }
          return reader().subject(found.getFirst());
        });
  }

  @Override
  public List<Subject> search(TenantId tenant, SubjectKind kind, String text, int atMost)
      throws DirectoryUnavailable {
    if (atMost < 1 || atMost > 500) {
      throw new IllegalArgumentException("1 to 500 results, not " + atMost);
    }
    return asking(
        () -> {
          Tenants tenants = Tenants.read(connections, config);
          Optional<Tenants.Place> place = tenants.place(tenant);
          if (place.isEmpty()) {
            return List.of();
          }
          Filter matching = matching(text);
          var entries =
              new ArrayList<SearchResultEntry>(below(place.get(), kind, matching, atMost));
          if (kind == SubjectKind.PERSON && entries.size() < atMost) {
            entries.addAll(fromElsewhere(place.get(), matching, atMost));
          }
          return subjects(entries, tenants).stream()
              .filter(s -> s.kind() == kind && s.tenants().contains(tenant))
              .sorted(Comparator.comparing(Subject::commonName))
              .limit(atMost)
              .toList();
        });
  }

  @Override
  public List<Subject> inCareOf(SubjectId person) throws DirectoryUnavailable {
    return asking(
        () -> {
          Optional<String> dn = nameOf(person);
          if (dn.isEmpty()) {
            return List.of();
          }
          Filter filter =
              Filter.createORFilter(
                  Filter.createEqualityFilter("owner", dn.get()),
                  Filter.createEqualityFilter("manager", dn.get()));
          var entries =
              connections.pages(config.baseDn(), filter, Integer.MAX_VALUE, e -> true, attributes);
          return subjects(entries, Tenants.read(connections, config)).stream()
              .filter(s -> s.kind() != SubjectKind.PERSON)
              .sorted(Comparator.comparing(Subject::commonName))
              .toList();
        });
  }

  @Override
  public List<Tenant> tenants() throws DirectoryUnavailable {
    return asking(() -> Tenants.read(connections, config).all());
  }

  @Override
  public Optional<Actor.Person> logIn(String name, String password) throws DirectoryUnavailable {
    return asking(() -> login.logIn(name, password));
  }

  @Override
  public Optional<Actor.Person> current(SubjectId person) throws DirectoryUnavailable {
    return asking(() -> login.current(person));
  }

  @Override
  public void publish(SubjectId subject, Bytes certificate) throws DirectoryUnavailable {
    asking(
        () -> {
          publisher.publish(subject, certificate.toArray());
          return subject;
        });
  }

  @Override
  public void withdraw(SubjectId subject, Bytes certificate) throws DirectoryUnavailable {
    asking(
        () -> {
          publisher.withdraw(subject, certificate.toArray());
          return subject;
        });
  }

  @Override
  public void close() {
    connections.close();
  }

  List<Subject> all() throws DirectoryUnavailable {
    return asking(
        () ->
            subjects(
                connections.pages(
                    config.baseDn(),
                    com.unboundid.ldap.sdk.Filter.createPresenceFilter("objectClass"),
                    Integer.MAX_VALUE,
                    e -> true,
                    attributes),
                Tenants.read(connections, config)));
  }

  DirectoryConfig config() {
    return config;
  }

  private SubjectReader reader() throws LDAPException {
    return new SubjectReader(connections, config.mapping(), Tenants.read(connections, config));
  }

  private List<Subject> subjects(List<SearchResultEntry> entries, Tenants tenants)
      throws LDAPException {
    var reader = new SubjectReader(connections, config.mapping(), tenants);
    var all = new ArrayList<Subject>();
    for (SearchResultEntry entry : entries) {
      reader.subject(entry).ifPresent(all::add);
    }
    return all;
  }

  private List<SearchResultEntry> below(
      Tenants.Place place, SubjectKind kind, Filter filter, int atMost) throws LDAPException {
    var reader = reader();
    return connections.pages(
        place.dn().toString(),
        filter,
        atMost,
        entry -> reader.kind(entry, place).filter(kind::equals).isPresent(),
        attributes);
  }

  /** People whose entry stands with another tenant and who work for this one, too. */
  private List<SearchResultEntry> fromElsewhere(Tenants.Place place, Filter filter, int atMost)
      throws LDAPException {
    Filter working =
        Filter.createEqualityFilter(config.mapping().tenantName(), place.tenant().name());
    return connections.pages(
        config.baseDn(),
        Filter.createANDFilter(working, filter),
        atMost,
        entry -> !isBelow(entry, place),
        attributes);
  }

  private static boolean isBelow(SearchResultEntry entry, Tenants.Place place) {
    try {
      return entry.getParsedDN().isDescendantOf(place.dn(), true);
    } catch (LDAPException unreadable) {
      return true;
    }
  }

  /** Built from values, so that nothing in the text can become a part of the filter. */
  private static Filter matching(String text) {
    if (text.isBlank()) {
      return Filter.createPresenceFilter("cn");
    }
    return Filter.createORFilter(
        SEARCHED.stream().map(name -> Filter.createSubAnyFilter(name, text.strip())).toList());
  }

  private static Filter byId(SubjectId id) {
    return Filter.createEqualityFilter("entryUUID", id.value());
  }

  private Optional<String> nameOf(SubjectId id) throws LDAPException {
    return connections.search(config.baseDn(), SearchScope.SUB, byId(id), "1.1").stream()
        .map(SearchResultEntry::getDN)
        .findFirst();
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
