package de.kreissiegel.ldap.mapping;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is read of the entries of one kind.
 *
 * @param below the container, relative to the tenant's entry where tenants are subtrees, else to
 *     the base, as {@code ou=people}
 * @param filter what an entry has to match
 * @param name attribute with the display name
 * @param title attribute with academic titles
 * @param givenName of people
 * @param surname of people
 * @param mail attribute with the mail address
 * @param dnsName attribute with the DNS name, of devices and services
 * @param login attribute with the log-in, of people
 * @param responsible attributes that name who answers for it
 * @param keyAccess attributes that name people or groups with access to a function's key; {@code
 *     member} and {@code uniqueMember} stand for a function that is a group itself
 */
public record KindMapping(
    Optional<String> below,
    Optional<EntryFilter> filter,
    String name,
    Optional<String> title,
    Optional<String> givenName,
    Optional<String> surname,
    Optional<String> mail,
    Optional<String> dnsName,
    Optional<String> login,
    List<String> responsible,
    List<String> keyAccess) {
  public KindMapping {
    responsible = List.copyOf(responsible);
    keyAccess = List.copyOf(keyAccess);
  }

  /** Those in which people look for it. */
  public List<String> searched() {
    return Stream.of(Optional.of(name), login, mail, dnsName)
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  Set<String> attributes() {
    var names = new TreeSet<String>();
    Stream.of(Optional.of(name), title, givenName, surname, mail, dnsName, login)
        .flatMap(Optional::stream)
        .forEach(names::add);
    filter.ifPresent(one -> names.addAll(one.attributes()));
    names.addAll(responsible);
    // The values of a group are read by themselves, for they may come in ranges.
    keyAccess.stream().filter(attribute -> !Members.isMember(attribute)).forEach(names::add);
    return names;
  }
}
