package de.kreissiegel.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.unboundid.ldap.sdk.LDAPConnection;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectGroup;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ldap.demo.DemoDirectory;
import de.kreissiegel.ldap.sample.Cast;
import de.kreissiegel.ldap.sample.SampleDistrict;
import de.kreissiegel.ldap.sample.SamplePerson;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LdapDirectoryTest {
  private static final Cast CAST = SampleDistrict.cast();
  private static final TenantId HASSFURT = new TenantId("stadt-hassfurt.example");
  @TempDir static Path folder;
  private static DemoDirectory server;
  private static LdapDirectory directory;
  private static String password;

  @BeforeAll
  static void start() throws Exception {
    server = DemoDirectory.open(folder, 0, new SecureRandom());
    directory = directory(server);
    password = server.passwords().people();
  }

  @AfterAll
  static void stop() throws Exception {
    directory.close();
    server.close();
  }

  static LdapDirectory directory(DemoDirectory server) {
    return new LdapDirectory(
        DirectoryConfig.of(
            server.address(),
            SampleDistrict.SERVICE_DN,
            server.passwords().service(),
            SampleDistrict.BASE_DN),
        Clock.systemUTC());
  }

  static LDAPConnection administrator(DemoDirectory server) throws Exception {
    return new LDAPConnection(
        "127.0.0.1",
        server.address().getPort(),
        SampleDistrict.ADMINISTRATOR_DN,
        server.passwords().administrator());
  }

  private static Actor.Person loggedIn(SamplePerson person) throws Exception {
    return directory.logIn(person.login(), password).orElseThrow();
  }

  private static Subject subject(SamplePerson person) throws Exception {
    return directory
        .search(new TenantId(person.home().domain()), SubjectKind.PERSON, person.login(), 10)
        .stream()
        .filter(s -> s.login().orElse("").equals(person.login()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void listsTheTenantsOfTheDistrict() throws Exception {
    assertThat(directory.tenants()).hasSize(27).anyMatch(t -> t.name().equals("Stadt Haßfurt"));
  }

  @Test
  void namesTheRevisors() throws Exception {
    assertThat(directory.revisors())
        .extracting(Subject::login)
        .containsExactly(Optional.of(CAST.auditor().login()));
  }

  @Test
  void logsInByLoginOrMailAndKnowsTheRoles() throws Exception {
    Actor.Person staff = loggedIn(CAST.applicant());
    assertThat(staff.tenants()).containsExactly(HASSFURT);
    assertThat(staff.isOfficer() || staff.isAuditor()).isFalse();
    assertThat(directory.logIn(CAST.applicant().mail().orElseThrow(), password)).contains(staff);
    assertThat(directory.current(staff.id())).contains(staff);
    assertThat(loggedIn(CAST.officer()).officerFor()).containsExactly(HASSFURT);
    assertThat(loggedIn(CAST.foreignOfficer()).officerFor())
        .containsExactly(new TenantId("stadt-ebern.example"));
    assertThat(loggedIn(CAST.auditor()).auditorFor()).hasSize(27);
    assertThat(loggedIn(CAST.auditor()).appointsFor()).isEmpty();
    assertThat(loggedIn(CAST.leadOfficer()).appointsFor()).hasSize(27);
    assertThat(loggedIn(CAST.leadOfficer()).officerFor())
        .containsExactly(new TenantId("landratsamt-hassberge.example"));
    assertThat(loggedIn(SampleDistrict.helper()).duties().helps()).hasSize(27);
    assertThat(loggedIn(SampleDistrict.helper()).isOfficer()).isFalse();
    assertThat(loggedIn(CAST.leadOfficer()).duties().helps()).isEmpty();
    assertThat(loggedIn(CAST.ofTwoHouses()).tenants()).hasSize(2);
  }

  @Test
  void findsGroupsOfATenantAndWhoIsInThem() throws Exception {
    assertThat(directory.groups(new TenantId("stadt-ebern.example"), "OFFICERS", 10))
        .extracting(SubjectGroup::name)
        .containsExactly("registration-officers");
    SubjectGroup officers = directory.groups(HASSFURT, "registration", 10).getFirst();

    assertThat(directory.members(HASSFURT, officers.id(), 10))
        .extracting(one -> one.login().orElseThrow())
        .containsExactlyInAnyOrder(CAST.officer().login(), CAST.secondOfficer().login());
    assertThat(directory.members(HASSFURT, officers.id(), 1)).hasSize(1);
    assertThat(directory.members(new TenantId("stadt-ebern.example"), officers.id(), 10)).isEmpty();
    assertThat(directory.groups(HASSFURT, "auditors", 10)).isEmpty();
    assertThat(directory.groups(HASSFURT, "*)(cn=*", 10)).isEmpty();
    assertThat(directory.groups(new TenantId("nowhere.example"), "", 10)).isEmpty();
  }

  @Test
  void refusesWrongPasswordsUnknownNamesAndDisabledAccountsAlike() throws Exception {
    String login = CAST.applicant().login();
    assertThat(directory.logIn(login, password + "x")).isEmpty();
    assertThat(directory.logIn("nobody", password)).isEmpty();
    assertThat(directory.logIn(CAST.disabled().login(), password)).isEmpty();
    assertThat(directory.logIn("poststelle.stadt-hassfurt", password)).isEmpty();
  }

  @Test
  void knowsAPersonByNameAloneIfTheyMayWork() throws Exception {
    Actor.Person staff = loggedIn(CAST.applicant());
    assertThat(directory.named(CAST.applicant().login())).contains(staff);
    assertThat(directory.named(CAST.applicant().mail().orElseThrow())).contains(staff);
    for (String other :
        List.of(CAST.disabled().login(), "nobody", "poststelle.stadt-hassfurt", "*", "", " ")) {
      assertThat(directory.named(other)).as(other).isEmpty();
    }
  }

  @Test
  void refusesAnEmptyPasswordWhichTheServerWouldTakeForAnonymous() throws Exception {
    assertThat(directory.logIn(CAST.applicant().login(), "")).isEmpty();
  }

  @Test
  void takesFilterCharactersInALoginLiterally() throws Exception {
    String login = CAST.applicant().login();
    for (String trick :
        List.of("*", login + "*", login + ")(uid=*", "*)(|(uid=*", "\\2a", login + "\0", "")) {
      assertThat(directory.logIn(trick, password)).as(trick).isEmpty();
    }
  }

  @Test
  void findsPeopleOfATenantByPartsOfTheirNames() throws Exception {
    assertThat(directory.search(HASSFURT, SubjectKind.PERSON, "WEIßMÜ", 10))
        .extracting(Subject::commonName)
        .contains(CAST.applicant().commonName());
    assertThat(directory.search(HASSFURT, SubjectKind.PERSON, CAST.auditor().login(), 10))
        .isEmpty();
    assertThat(directory.search(HASSFURT, SubjectKind.PERSON, "*)(uid=*", 10)).isEmpty();
    assertThat(directory.search(HASSFURT, SubjectKind.PERSON, "", 500))
        .hasSizeGreaterThanOrEqualTo(168);
    assertThat(directory.search(HASSFURT, SubjectKind.PERSON, "", 7)).hasSize(7);
  }

  @Test
  void findsPeopleWithTheirSecondAdministrationToo() throws Exception {
    var second = new TenantId(CAST.ofTwoHouses().second().orElseThrow().domain());
    assertThat(directory.search(second, SubjectKind.PERSON, "Lüdenscheidt", 10)).hasSize(1);
  }

  @Test
  void knowsWhoAnswersForServicesDevicesAndMailboxes() throws Exception {
    Actor.Person officer = loggedIn(CAST.officer());
    List<Subject> care = directory.inCareOf(officer.id());
    assertThat(care).extracting(Subject::kind).contains(SubjectKind.SERVICE, SubjectKind.FUNCTION);
    assertThat(care).allMatch(s -> s.responsible().contains(officer.id()));
    assertThat(care)
        .filteredOn(s -> s.kind() == SubjectKind.SERVICE)
        .anyMatch(s -> s.dnsName().orElse("").equals("vpn.stadt-hassfurt.example"));
  }

  @Test
  void tellsAMissingEntryFromAServerThatIsDown() throws Exception {
    var nobody = new SubjectId("00000000-0000-0000-0000-000000000000");
    assertThat(directory.find(nobody)).isEmpty();
    var config =
        DirectoryConfig.of(URI.create("ldap://127.0.0.1:1"), "cn=x", "x", SampleDistrict.BASE_DN);
    try (var down = new LdapDirectory(config, Clock.systemUTC())) {
      assertThatExceptionOfType(DirectoryUnavailable.class).isThrownBy(() -> down.find(nobody));
      assertThatExceptionOfType(DirectoryUnavailable.class).isThrownBy(() -> down.logIn("a", "b"));
    }
  }

  @Test
  void takesAWrongPasswordOfItsOwnForAHindrance() {
    var config =
        DirectoryConfig.of(
            server.address(), SampleDistrict.SERVICE_DN, "wrong", SampleDistrict.BASE_DN);
    try (var locked = new LdapDirectory(config, Clock.systemUTC())) {
      assertThatExceptionOfType(DirectoryUnavailable.class).isThrownBy(locked::tenants);
    }
  }

  @Test
  void sendsNoPasswordInTheClearToAnotherMachine() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> DirectoryConfig.of(URI.create("ldap://ldap.example"), "cn=x", "x", "dc=x"))
        .withMessageContaining("ldaps");
  }
}
