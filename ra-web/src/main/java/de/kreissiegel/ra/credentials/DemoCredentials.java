package de.kreissiegel.ra.credentials;

import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;

/**
 * What somebody needs to know to use a demo. It holds secrets: its texts for logs hide them.
 *
 * @param addresses where the demo's doors are
 * @param people one for each {@link DemoRole}
 * @param directoryAdmin who may change the demo's directory
 * @param officerKeyPassword opens the key files of officers and of the auditor
 * @param rootPassphrase unlocks the root authority's key, which is locked after its first use
 */
public record DemoCredentials(
    Addresses addresses,
    Map<DemoRole, Person> people,
    DirectoryAdmin directoryAdmin,
    String officerKeyPassword,
    String rootPassphrase) {
  /**
   * @throws IllegalArgumentException if a role has nobody
   */
  public DemoCredentials {
    var missing = EnumSet.allOf(DemoRole.class);
    missing.removeAll(people.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("nobody is named for " + missing);
    }
    people = Map.copyOf(new EnumMap<>(people));
  }

  /**
   * Where an officer's key and certificate are: a PKCS#12 file.
   *
   * @param dataDirectory the demo's
   */
  public static Path keyFile(Path dataDirectory, Person officer) {
    return dataDirectory.resolve("officers").resolve(officer.login() + ".p12");
  }

  /**
   * Where the key and certificate are with which somebody who holds an office logs in: a PKCS#12
   * file for a browser.
   *
   * @param dataDirectory the demo's
   */
  public static Path loginFile(Path dataDirectory, Person person) {
    return dataDirectory.resolve("officers").resolve(person.login() + "-login.p12");
  }

  /** The person who plays this role. */
  public Person person(DemoRole role) {
    var person = people.get(role);
    if (person == null) {
      throw new IllegalStateException("the constructor lets no role stay empty: " + role);
    }
    return person;
  }

  @Override
  public String toString() {
    return "DemoCredentials[" + addresses + ", " + people + "]";
  }

  /**
   * Where the doors are.
   *
   * @param web pages and REST, as {@code https://localhost:8443}
   * @param certificateDoor log-in by certificate, and REST by one, as {@code
   *     https://localhost:8444}
   * @param validation OCSP, CRL and AIA, as {@code http://localhost:8080}
   * @param directory the directory, as {@code ldap://127.0.0.1:10389}
   */
  public record Addresses(URI web, URI certificateDoor, URI validation, URI directory) {}

  /**
   * Somebody who can log in.
   *
   * @param role what they do in the story, in German
   * @param name their display name
   * @param login what they log in with
   * @param password with which password
   * @param tenant the id of the administration that they work for
   */
  public record Person(String role, String name, String login, String password, String tenant) {
    @Override
    public String toString() {
      return login;
    }
  }

  /**
   * Who may change the demo's directory.
   *
   * @param dn the name to bind with (RFC 4514)
   * @param password its password
   */
  public record DirectoryAdmin(String dn, String password) {
    @Override
    public String toString() {
      return dn;
    }
  }
}
