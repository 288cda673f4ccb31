package de.kreissiegel.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Proves passwords by binding with them (RFC 4513 §5.1.3), and reads roles from groups. */
final class Login {
  private static final int LONGEST = 256;
  private final Connections connections;
  private final DirectoryConfig config;

  Login(Connections connections, DirectoryConfig config) {
    this.connections = connections;
    this.config = config;
  }

  Optional<Actor.Person> logIn(String login, String password) throws LDAPException {
    // An empty password would be an unauthenticated bind, which succeeds (RFC 4513 §5.1.2).
    if (login.isBlank() || login.length() > LONGEST) {
      return Optional.empty();
    }
    if (password.isEmpty() || password.length() > LONGEST) {
      return Optional.empty();
    }
    Tenants tenants = Tenants.read(connections, config);
    Optional<Subject> person = only(login.strip(), tenants);
    // An unknown name costs a bind, too, so that the time tells little.
    String dn = person.map(Subject::directoryName).orElse("cn=nobody," + config.baseDn());
    boolean proved = connections.tryBind(dn, password).equals(ResultCode.SUCCESS);
    if (!proved || person.isEmpty() || !person.get().enabled()) {
      return Optional.empty();
    }
    return Optional.of(actor(person.get(), tenants));
  }

  /** The person behind an entry's id with the roles of now, unless it may not work. */
  Optional<Actor.Person> current(SubjectId id) throws LDAPException {
    Tenants tenants = Tenants.read(connections, config);
    var reader = new SubjectReader(connections, config.mapping(), tenants);
    Filter byId = Filter.createEqualityFilter("entryUUID", id.value());
    for (SearchResultEntry entry :
        connections.search(
            config.baseDn(), SearchScope.SUB, byId, SubjectReader.attributes(config.mapping()))) {
      Optional<Subject> subject = reader.subject(entry);
      if (subject.isPresent()
          && subject.get().kind() == SubjectKind.PERSON
          && subject.get().enabled()) {
        return Optional.of(actor(subject.get(), tenants));
      }
    }
    return Optional.empty();
  }

  /** The one person who has this login or mail address; none if there are two. */
  private Optional<Subject> only(String login, Tenants tenants) throws LDAPException {
    Filter filter =
        Filter.createORFilter(
            Filter.createEqualityFilter("uid", login), Filter.createEqualityFilter("mail", login));
    var reader = new SubjectReader(connections, config.mapping(), tenants);
    Subject found = null;
    for (SearchResultEntry entry :
        connections.pages(
            config.baseDn(), filter, 8, e -> true, SubjectReader.attributes(config.mapping()))) {
      Optional<Subject> subject = reader.subject(entry).filter(s -> s.kind() == SubjectKind.PERSON);
      if (subject.isPresent() && found != null) {
        return Optional.empty();
      }
      found = subject.orElse(found);
    }
    return Optional.ofNullable(found);
  }

  private Actor.Person actor(Subject person, Tenants tenants) throws LDAPException {
    var officerFor = new HashSet<TenantId>();
    Set<TenantId> everyTenant = tenants.all().stream().map(Tenant::id).collect(Collectors.toSet());
    Set<TenantId> appointsFor = Set.of();
    Set<TenantId> auditorFor = Set.of();
    DirectoryMapping mapping = config.mapping();
    var base = new DN(config.baseDn());
    for (DN group : groupsOf(person.directoryName())) {
      Optional<Tenants.Place> place = tenants.above(group);
      if (place.isEmpty() && group.equals(group(mapping.auditorsGroup(), base))) {
        auditorFor = everyTenant;
      } else if (place.isEmpty() && group.equals(group(mapping.leadOfficersGroup(), base))) {
        appointsFor = everyTenant;
      } else if (place.isPresent()
          && group.equals(group(mapping.officersGroup(), place.get().dn()))) {
        officerFor.add(place.get().tenant().id());
      }
    }
    return new Actor.Person(
        person.id(),
        person.commonName(),
        person.login().orElse(person.id().value()),
        person.tenants(),
        officerFor,
        appointsFor,
        auditorFor);
  }

  private List<DN> groupsOf(String member) throws LDAPException {
    Filter filter = Filter.createEqualityFilter("member", member);
    var groups = new HashSet<DN>();
    for (SearchResultEntry entry :
        connections.pages(config.baseDn(), filter, Integer.MAX_VALUE, e -> true, "cn")) {
      groups.add(entry.getParsedDN());
    }
    return List.copyOf(groups);
  }

  /** Only this very entry gives a role: a group of that name elsewhere gives none. */
  private DN group(String name, DN parent) throws LDAPException {
    return new DN(new RDN(name), new DN(new RDN(config.mapping().groups()), parent));
  }
}
