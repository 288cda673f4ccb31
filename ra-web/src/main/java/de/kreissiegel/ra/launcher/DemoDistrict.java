package de.kreissiegel.ra.launcher;

import de.kreissiegel.ldap.demo.DemoDirectory;
import de.kreissiegel.ldap.sample.Cast;
import de.kreissiegel.ldap.sample.SampleDistrict;
import de.kreissiegel.ldap.sample.SamplePasswords;
import de.kreissiegel.ldap.sample.SamplePerson;
import de.kreissiegel.ra.credentials.DemoCredentials;
import de.kreissiegel.ra.credentials.DemoCredentials.DirectoryAdmin;
import de.kreissiegel.ra.credentials.DemoCredentials.Person;
import de.kreissiegel.ra.credentials.DemoRole;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Map;

/** The sample district of one demo: its directory, its cast, and the passwords made for them. */
final class DemoDistrict {
  private final DataDirectory folder;
  private final Ports ports;
  private final SamplePasswords passwords;

  private DemoDistrict(DataDirectory folder, Ports ports, SamplePasswords passwords) {
    this.folder = folder;
    this.ports = ports;
    this.passwords = passwords;
  }

  /** Makes the directory's files and the password of the account that reads it. */
  static DemoDistrict make(DataDirectory folder, Ports ports, SecureRandom random)
      throws IOException {
    // Opened once and closed: after that it is on disk for the directory's own process.
    try (var directory = DemoDirectory.open(folder.directory(), ports.directory(), random)) {
      var district = new DemoDistrict(folder, ports, directory.passwords());
      DataDirectory.writeSecret(folder.secret("directory-password"), district.passwords.service());
      return district;
    }
  }

  DemoConfiguration.DirectoryAccount account() {
    return new DemoConfiguration.DirectoryAccount(
        SampleDistrict.BASE_DN, SampleDistrict.SERVICE_DN);
  }

  DemoCredentials credentials(String officerKeyPassword, String rootPassphrase) {
    Cast cast = SampleDistrict.cast();
    return new DemoCredentials(
        ports.addresses(),
        Map.of(
            DemoRole.STAFF, person("Beschäftigte Person", cast.applicant()),
            DemoRole.OFFICER, person("Registrierungsstelle", cast.officer()),
            DemoRole.SECOND_OFFICER,
                person("Registrierungsstelle, zweite Person", cast.secondOfficer()),
            DemoRole.FOREIGN_OFFICER,
                person("Registrierungsstelle einer anderen Verwaltung", cast.foreignOfficer()),
            DemoRole.LEAD_OFFICER,
                person("Leitende Registrierungsstelle des Landkreises", cast.leadOfficer()),
            DemoRole.SECOND_LEAD_OFFICER,
                person("Leitende Registrierungsstelle, zweite Person", cast.secondLeadOfficer()),
            DemoRole.AUDITOR, person("Revision des Landkreises", cast.auditor()),
            DemoRole.HELP_DESK, person("Benutzerservice des Landkreises", SampleDistrict.helper())),
        new DirectoryAdmin(SampleDistrict.ADMINISTRATOR_DN, passwords.administrator()),
        officerKeyPassword,
        rootPassphrase);
  }

  private Person person(String role, SamplePerson person) {
    return new Person(
        role, person.commonName(), person.login(), passwords.people(), person.home().domain());
  }
}
