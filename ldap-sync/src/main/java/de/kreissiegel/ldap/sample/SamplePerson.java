package de.kreissiegel.ldap.sample;

import java.util.Optional;

/**
 * An invented person.
 *
 * @param login the {@code uid}, unique in the district
 * @param title academic title
 * @param givenName first name
 * @param surname family name
 * @param mail mail address
 * @param employeeNumber unique in the district
 * @param home where their entry stands
 * @param second the other administration they work for
 * @param enabled whether the account is active
 */
public record SamplePerson(
    String login,
    Optional<String> title,
    String givenName,
    String surname,
    Optional<String> mail,
    int employeeNumber,
    House home,
    Optional<House> second,
    boolean enabled) {

  /** The name with titles, as {@code Dr. Renate Vogel}. */
  public String commonName() {
    return title.map(t -> t + " ").orElse("") + givenName + " " + surname;
  }

  /** The distinguished name of the entry. */
  public String dn() {
    return "uid=" + login + ",ou=people," + home.dn();
  }
}
