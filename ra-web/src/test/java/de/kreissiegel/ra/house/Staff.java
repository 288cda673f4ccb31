package de.kreissiegel.ra.house;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.publication.CertificatePublisher;
import de.kreissiegel.ca.publication.Destination;
import de.kreissiegel.ca.publication.Posting;
import de.kreissiegel.ca.publication.PublicationRules;
import de.kreissiegel.ca.publication.ValueChange;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectGroup;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The directory of the tests, in memory: it can be changed, and it can be away. */
public final class Staff implements StaffLogin, SubjectDirectory, CertificatePublisher {
  public static final TenantId HASSFURT = new TenantId("stadt-hassfurt.example");
  public static final TenantId EBERN = new TenantId("stadt-ebern.example");
  public static final String PASSWORD = "Zwölf Boxkämpfer";

  private final Map<String, Actor.Person> byLogin = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> groups = new ConcurrentHashMap<>();
  private volatile boolean away;

  public Staff() {
    reset();
  }

  /** Everybody is there again, with the roles of the beginning. */
  public void reset() {
    away = false;
    byLogin.clear();
    groups.clear();
    add("staff", HASSFURT, Set.of(), Set.of());
    add("officer", HASSFURT, Set.of(HASSFURT), Set.of());
    add("auditor", HASSFURT, Set.of(), Set.of(HASSFURT));
    add("stranger", EBERN, Set.of(), Set.of());
    add("officer-ebern", EBERN, Set.of(EBERN), Set.of());
    add("helper", HASSFURT, Set.of(), Set.of());
    change("helper", person -> person.helping(Set.of(HASSFURT)));
  }

  /** Somebody more who decides for a tenant. */
  public Actor.Person hire(String login, TenantId tenant) {
    add(login, tenant, Set.of(tenant), Set.of());
    return person(login);
  }

  /** Somebody more who works for a tenant and holds no office. */
  public Actor.Person employ(String login, TenantId tenant) {
    add(login, tenant, Set.of(), Set.of());
    return person(login);
  }

  /** A group of Haßfurt's with these people in it. */
  public void group(String name, String... logins) {
    groups.put(name, Set.of(logins));
  }

  private void add(
      String login, TenantId tenant, Set<TenantId> officerFor, Set<TenantId> auditorFor) {
    byLogin.put(
        login,
        new Actor.Person(
            new SubjectId(UUID.nameUUIDFromBytes(login.getBytes(UTF_8)).toString()),
            login,
            login,
            Set.of(tenant),
            officerFor,
            Set.of(),
            auditorFor,
            Proof.CERTIFICATE));
  }

  public Actor.Person person(String login) {
    return Optional.ofNullable(byLogin.get(login)).orElseThrow();
  }

  public void change(String login, UnaryOperator<Actor.Person> change) {
    byLogin.computeIfPresent(login, (_, person) -> change.apply(person));
  }

  public void disable(String login) {
    byLogin.remove(login);
  }

  public void goAway() {
    away = true;
  }

  public static Subject subject(Actor.Person person) {
    var home = person.tenants().iterator().next();
    return new Subject(
        person.id(),
        SubjectKind.PERSON,
        home,
        person.tenants(),
        person.displayName(),
        Optional.empty(),
        Optional.of("Erika"),
        Optional.of("Muster"),
        Optional.of(person.login() + "@" + home),
        Optional.empty(),
        Optional.of(person.login()),
        true,
        "uid=" + person.login() + ",dc=example",
        Set.of());
  }

  @Override
  public Optional<Actor.Person> logIn(String login, String password) throws DirectoryUnavailable {
    answer();
    return PASSWORD.equals(password) ? Optional.ofNullable(byLogin.get(login)) : Optional.empty();
  }

  @Override
  public Optional<Actor.Person> named(String login) throws DirectoryUnavailable {
    answer();
    return Optional.ofNullable(byLogin.get(login));
  }

  @Override
  public Optional<Actor.Person> current(SubjectId person) throws DirectoryUnavailable {
    answer();
    return byLogin.values().stream().filter(one -> one.id().equals(person)).findFirst();
  }

  @Override
  public Optional<Subject> find(SubjectId id) throws DirectoryUnavailable {
    return current(id).map(Staff::subject);
  }

  @Override
  public List<Subject> search(TenantId tenant, SubjectKind kind, String text, int atMost)
      throws DirectoryUnavailable {
    answer();
    return byLogin.values().stream()
        .filter(person -> kind == SubjectKind.PERSON && person.tenants().contains(tenant))
        .filter(person -> person.login().contains(text))
        .map(Staff::subject)
        .limit(atMost)
        .toList();
  }

  @Override
  public List<SubjectGroup> groups(TenantId tenant, String text, int atMost)
      throws DirectoryUnavailable {
    answer();
    return groups.keySet().stream()
        .filter(name -> tenant.equals(HASSFURT) && name.contains(text))
        .sorted()
        .map(name -> new SubjectGroup(new SubjectId(name), name))
        .limit(atMost)
        .toList();
  }

  @Override
  public List<Subject> members(TenantId tenant, SubjectId group, int atMost)
      throws DirectoryUnavailable {
    answer();
    return groups.getOrDefault(group.value(), Set.of()).stream()
        .sorted()
        .map(this::person)
        .filter(person -> tenant.equals(HASSFURT) && person.tenants().contains(tenant))
        .map(Staff::subject)
        .limit(atMost)
        .toList();
  }

  @Override
  public List<Subject> inCareOf(SubjectId person) throws DirectoryUnavailable {
    answer();
    return List.of();
  }

  @Override
  public List<Tenant> tenants() throws DirectoryUnavailable {
    answer();
    return List.of(new Tenant(EBERN, "Stadt Ebern"), new Tenant(HASSFURT, "Stadt Haßfurt"));
  }

  @Override
  public List<Destination> destinations() {
    return List.of(new Entries());
  }

  /** Takes whatever is written. */
  private final class Entries implements Destination {
    @Override
    public DirectoryName name() {
      return new DirectoryName("directory");
    }

    @Override
    public PublicationRules rules() {
      return PublicationRules.USUAL;
    }

    @Override
    public void change(SubjectId subject, List<ValueChange> changes) throws DirectoryUnavailable {
      answer();
    }

    @Override
    public void post(Posting posting) throws DirectoryUnavailable {
      answer();
    }
  }

  private void answer() throws DirectoryUnavailable {
    if (away) {
      throw new DirectoryUnavailable("away for the test", new java.io.IOException("refused"));
    }
  }
}
