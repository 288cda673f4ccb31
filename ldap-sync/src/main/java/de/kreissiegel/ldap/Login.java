package de.kreissiegel.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ldap.mapping.KindMapping;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import de.kreissiegel.ldap.mapping.SubjectReader;
import de.kreissiegel.ldap.mapping.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Proves passwords by binding with them (RFC 4513 §5.1.3). */
final class Login {
  private static final int LONGEST = 256;
  private final MappedDirectory directory;
  private final Roles roles;

  Login(MappedDirectory directory) {
    this.directory = directory;
    this.roles = new Roles(directory);
  }

  Optional<Actor.Person> logIn(String login, String password) throws LDAPException {
    // An empty password would be an unauthenticated bind, which succeeds (RFC 4513 §5.1.2).
    if (!isPossible(login) || password.isEmpty() || password.length() > LONGEST) {
      return Optional.empty();
    }
    Tenants tenants = directory.tenants();
    Optional<Subject> person = only(login, tenants);
    // An unknown name costs a bind, too, so that the time tells little.
    String dn = person.map(Subject::directoryName).orElse("cn=nobody," + directory.base());
    boolean proved = directory.connections().tryBind(dn, password).equals(ResultCode.SUCCESS);
    if (!proved || person.isEmpty() || !person.get().enabled()) {
      return Optional.empty();
    }
    return Optional.of(roles.of(person.get(), tenants));
  }

  /** The person behind an entry's id with the roles of now, unless it may not work. */
  Optional<Actor.Person> current(SubjectId id) throws LDAPException {
    Tenants tenants = directory.tenants();
    Optional<SearchResultEntry> entry = directory.entry(id, directory.mapping().attributes());
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    Optional<Subject> subject =
        directory
            .reader(tenants)
            .subject(entry.get())
            .filter(s -> s.kind() == SubjectKind.PERSON && s.enabled());
    return subject.isEmpty() ? Optional.empty() : Optional.of(roles.of(subject.get(), tenants));
  }

  /** The one person who has this login or mail address, unless they may not work. */
  Optional<Actor.Person> named(String login) throws LDAPException {
    if (!isPossible(login)) {
      return Optional.empty();
    }
    Tenants tenants = directory.tenants();
    Optional<Subject> person = only(login, tenants).filter(Subject::enabled);
    return person.isEmpty() ? Optional.empty() : Optional.of(roles.of(person.get(), tenants));
  }

  /** The one person who has this login or mail address; none if there are two. */
  Optional<Subject> only(String login) throws LDAPException {
    return isPossible(login) ? only(login, directory.tenants()) : Optional.empty();
  }

  /** How many people have this login or mail address, disabled ones too; 2 stands for more. */
  int count(String login) throws LDAPException {
    return isPossible(login) ? having(login, directory.tenants()).size() : 0;
  }

  private Optional<Subject> only(String login, Tenants tenants) throws LDAPException {
    List<Subject> found = having(login, tenants);
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** Two at most. */
  private List<Subject> having(String login, Tenants tenants) throws LDAPException {
    KindMapping people = directory.mapping().kind(SubjectKind.PERSON);
    Filter filter =
        Filter.createORFilter(
            Stream.of(people.login(), people.mail())
                .flatMap(Optional::stream)
                .map(attribute -> Filter.createEqualityFilter(attribute, login.strip()))
                .toList());
    SubjectReader reader = directory.reader(tenants);
    var found = new ArrayList<Subject>();
    for (SearchResultEntry entry :
        directory
            .connections()
            .pages(
                directory.base().toString(),
                filter,
                8,
                e -> true,
                directory.mapping().attributes())) {
      reader.subject(entry).filter(s -> s.kind() == SubjectKind.PERSON).ifPresent(found::add);
      if (found.size() == 2) {
        break;
      }
    }
    return found;
  }

  private static boolean isPossible(String login) {
    return !login.isBlank() && login.length() <= LONGEST;
  }
}
