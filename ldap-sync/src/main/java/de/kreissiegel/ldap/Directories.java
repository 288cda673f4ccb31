package de.kreissiegel.ldap;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.RoleSource;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.publication.CertificatePublisher;
import de.kreissiegel.ca.publication.Destination;
import de.kreissiegel.ca.roster.DirectoryIntake;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectGroup;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ldap.follow.DirectoryFollower;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * All directories of the installation as one. Each question goes to those that may have an answer;
 * one that is down harms nobody of the others, but "there is none" is only said when all answered.
 * Thread-safe.
 */
public final class Directories
    implements SubjectDirectory, StaffLogin, CertificatePublisher, AutoCloseable {
  private final List<LdapDirectory> all;

  /** What each answered last; tells whose a tenant is while its directory is down. */
  private final Map<LdapDirectory, List<Tenant>> tenants = new ConcurrentHashMap<>();

  /**
   * @throws IllegalArgumentException if there is none, or two have one name
   */
  public Directories(List<LdapDirectory> all) {
    this.all = List.copyOf(all);
    var names = new HashSet<>(all.stream().map(LdapDirectory::name).toList());
    if (names.isEmpty() || names.size() != all.size()) {
      throw new IllegalArgumentException("each directory needs a name of its own");
    }
  }

  /** How many there are. */
  public int size() {
    return all.size();
  }

  /** Which groups give which offices. */
  public List<RoleSource> roleSources() {
    return all.stream().flatMap(directory -> directory.roleSources().stream()).toList();
  }

  /** The same of directories that needn't be there. */
  public static List<RoleSource> roleSources(List<DirectoryConfig> configs) {
    return configs.stream().flatMap(config -> LdapDirectory.roleSources(config).stream()).toList();
  }

  /** Followers of all of them; the caller starts and closes them. */
  public List<DirectoryFollower> followers(DirectoryIntake intake, Clock clock) {
    return all.stream().map(directory -> directory.follower(intake, clock)).toList();
  }

  @Override
  public Optional<Subject> find(SubjectId id) throws DirectoryUnavailable {
    return first(directory -> directory.find(id));
  }

  @Override
  public List<Subject> search(TenantId tenant, SubjectKind kind, String text, int atMost)
      throws DirectoryUnavailable {
    if (all.size() == 1) {
      return all.getFirst().search(tenant, kind, text, atMost);
    }
    var found = new ArrayList<Subject>();
    for (LdapDirectory directory : of(tenant)) {
      found.addAll(directory.search(tenant, kind, text, atMost));
    }
    return found.stream().sorted(Comparator.comparing(Subject::commonName)).limit(atMost).toList();
  }

  @Override
  public List<SubjectGroup> groups(TenantId tenant, String text, int atMost)
      throws DirectoryUnavailable {
    var found = new ArrayList<SubjectGroup>();
    for (LdapDirectory directory : all.size() == 1 ? all : of(tenant)) {
      found.addAll(directory.groups(tenant, text, atMost));
    }
    return found.stream().sorted(Comparator.comparing(SubjectGroup::name)).limit(atMost).toList();
  }

  @Override
  public List<Subject> members(TenantId tenant, SubjectId group, int atMost)
      throws DirectoryUnavailable {
    var found = new ArrayList<Subject>();
    for (LdapDirectory directory : all.size() == 1 ? all : of(tenant)) {
      found.addAll(directory.members(tenant, group, atMost));
    }
    return found.stream().sorted(Comparator.comparing(Subject::commonName)).limit(atMost).toList();
  }

  @Override
  public List<Subject> revisors() throws DirectoryUnavailable {
    var found = new ArrayList<Subject>();
    for (LdapDirectory directory : all) {
      found.addAll(directory.revisors());
    }
    return found;
  }

  @Override
  public List<Subject> inCareOf(SubjectId person) throws DirectoryUnavailable {
    Optional<LdapDirectory> home = home(person);
    return home.isEmpty() ? List.of() : home.get().inCareOf(person);
  }

  /** Those of a directory that is down as it named them last. */
  @Override
  public List<Tenant> tenants() throws DirectoryUnavailable {
    DirectoryUnavailable down = null;
    var found = new ArrayList<Tenant>();
    for (LdapDirectory directory : all) {
      try {
        found.addAll(ask(directory));
      } catch (DirectoryUnavailable e) {
        down = e;
        found.addAll(tenants.getOrDefault(directory, List.of()));
      }
    }
    if (down != null && found.isEmpty()) {
      throw down;
    }
    Map<TenantId, Tenant> byId =
        found.stream().collect(Collectors.toMap(Tenant::id, t -> t, (one, _) -> one));
    return byId.values().stream().sorted(Comparator.comparing(Tenant::name)).toList();
  }

  /**
   * The password goes to the one directory that knows the name, and to no other. A name that two
   * know is nobody's, as one that two entries have.
   */
  @Override
  public Optional<Actor.Person> logIn(String login, String password) throws DirectoryUnavailable {
    if (all.size() == 1) {
      return all.getFirst().logIn(login, password);
    }
    DirectoryUnavailable down = null;
    var candidates = new ArrayList<LdapDirectory>();
    for (LdapDirectory directory : all) {
      try {
        if (directory.knowsLogin(login)) {
          candidates.add(directory);
        }
      } catch (DirectoryUnavailable e) {
        down = e;
      }
    }
    if (candidates.size() == 1) {
      return candidates.getFirst().logIn(login, password);
    }
    if (down != null) {
      throw down;
    }
    // It costs a bind, too, but nobody's password is sent where it doesn't belong.
    all.getFirst().logIn("nobody", "no password");
    return Optional.empty();
  }

  /**
   * No password chooses among several who have the name, so all directories are asked, and each has
   * to answer.
   */
  @Override
  public Optional<Actor.Person> named(String loginOrMail) throws DirectoryUnavailable {
    int people = 0;
    for (LdapDirectory directory : all) {
      people += directory.countLogin(loginOrMail);
    }
    return people == 1 ? first(directory -> directory.named(loginOrMail)) : Optional.empty();
  }

  @Override
  public Optional<Actor.Person> current(SubjectId person) throws DirectoryUnavailable {
    return first(directory -> directory.current(person));
  }

  @Override
  public List<Destination> destinations() {
    return all.stream().flatMap(directory -> directory.destinations().stream()).toList();
  }

  @Override
  public void close() {
    all.forEach(LdapDirectory::close);
  }

  private interface Question<T> {
    Optional<T> ask(LdapDirectory directory) throws DirectoryUnavailable;
  }

  private <T> Optional<T> first(Question<T> question) throws DirectoryUnavailable {
    DirectoryUnavailable down = null;
    for (LdapDirectory directory : all) {
      try {
        Optional<T> answer = question.ask(directory);
        if (answer.isPresent()) {
          return answer;
        }
      } catch (DirectoryUnavailable e) {
        down = e;
      }
    }
    if (down != null) {
      throw down;
    }
    return Optional.empty();
  }

  /** The one that has an entry with this id. */
  private Optional<LdapDirectory> home(SubjectId id) throws DirectoryUnavailable {
    return first(directory -> directory.has(id) ? Optional.of(directory) : Optional.empty());
  }

  private List<Tenant> ask(LdapDirectory directory) throws DirectoryUnavailable {
    List<Tenant> now = directory.tenants();
    tenants.put(directory, now);
    return now;
  }

  /** The directories that name a tenant. One that never answered may, unless another does. */
  private List<LdapDirectory> of(TenantId tenant) throws DirectoryUnavailable {
    DirectoryUnavailable down = null;
    var named = new ArrayList<LdapDirectory>();
    for (LdapDirectory directory : all) {
      try {
        if (names(ask(directory), tenant)) {
          named.add(directory);
        }
      } catch (DirectoryUnavailable e) {
        if (names(tenants.getOrDefault(directory, List.of()), tenant)) {
          throw e;
        }
        down = tenants.containsKey(directory) ? down : e;
      }
    }
    if (named.isEmpty() && down != null) {
      throw down;
    }
    return named;
  }

  private static boolean names(List<Tenant> tenants, TenantId wanted) {
    Set<TenantId> ids = tenants.stream().map(Tenant::id).collect(Collectors.toSet());
    return ids.contains(wanted);
  }
}
