package de.kreissiegel.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.unboundid.ldap.sdk.ResultCode;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ldap.mapping.MappingFile;
import de.kreissiegel.ldap.server.ScriptedServer;
import de.kreissiegel.ldap.server.SmallDistrict;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two directories: the district's, and that of one municipality. */
class DirectoriesTest {
  private static final TenantId FIRST = new TenantId("first.example");
  private static final TenantId OWN = new TenantId("own.example");
  private static final String OWN_BASE = "dc=own,dc=example";
  private ScriptedServer district;
  private ScriptedServer municipality;
  private Directories directories;

  @BeforeEach
  void start() throws Exception {
    district = new ScriptedServer(SmallDistrict.BASE);
    SmallDistrict.fill(district, 2);
    municipality = new ScriptedServer(OWN_BASE);
    municipality.add("dn: " + OWN_BASE, "objectClass: dcObject", "dc: own");
    municipality.add(
        "dn: o=own," + OWN_BASE,
        "objectClass: organization",
        "o: own",
        "associatedDomain: own.example");
    municipality.add("dn: ou=people,o=own," + OWN_BASE, "objectClass: organizationalUnit");
    SmallDistrict.person(municipality, "anna", "o=own," + OWN_BASE);
    directories =
        new Directories(
            List.of(
                directory("district", district, SmallDistrict.BASE),
                directory("own", municipality, OWN_BASE)));
  }

  @AfterEach
  void stop() {
    directories.close();
    district.close();
    municipality.close();
  }

  private static LdapDirectory directory(String name, ScriptedServer server, String base) {
    DirectoryConfig usual =
        DirectoryConfig.of(
            server.address(), ScriptedServer.ADMINISTRATOR, ScriptedServer.PASSWORD, base);
    return new LdapDirectory(
        new DirectoryConfig(
            new DirectoryName(name),
            usual.server(),
            base,
            usual.following(),
            MappingFile.bundled("sample-district")),
        Clock.systemUTC());
  }

  private static void breakDown(ScriptedServer server) {
    server.plays((_, id, _) -> Optional.of(ScriptedServer.done(id, ResultCode.BUSY)));
  }

  private Subject anna() throws DirectoryUnavailable {
    return directories.search(OWN, SubjectKind.PERSON, "anna", 10).getFirst();
  }

  @Test
  void answersForBoth() throws Exception {
    assertThat(directories.tenants())
        .extracting(Tenant::id)
        .containsExactlyInAnyOrder(FIRST, new TenantId("second.example"), OWN);
    assertThat(directories.search(FIRST, SubjectKind.PERSON, "", 10)).hasSize(2);
    Subject anna = anna();
    assertThat(directories.find(anna.id())).contains(anna);
    assertThat(directories.current(anna.id())).isPresent();
    Subject owner = directories.search(FIRST, SubjectKind.PERSON, "p0", 10).getFirst();
    assertThat(directories.inCareOf(owner.id())).hasSize(2);
    assertThat(directories.inCareOf(anna.id())).isEmpty();
  }

  @Test
  void sendsAPasswordOnlyToTheDirectoryThatKnowsTheName() throws Exception {
    try (var admin = municipality.administrator()) {
      admin.modify(
          "dn: " + anna().directoryName(),
          "changetype: modify",
          "add: userPassword",
          "userPassword: geheim");
    }
    assertThat(directories.logIn("anna", "geheim").orElseThrow().id()).isEqualTo(anna().id());
    assertThat(directories.logIn("anna", "wrong")).isEmpty();
    assertThat(directories.logIn("nobody", "geheim")).isEmpty();
    SmallDistrict.person(district, "anna", SmallDistrict.FIRST);
    assertThat(directories.logIn("anna", "geheim")).as("a name of two").isEmpty();
  }

  @Test
  void knowsByANameAloneOnlyWhomNobodyElseIsCalledLike() throws Exception {
    assertThat(directories.named("anna").orElseThrow().id()).isEqualTo(anna().id());
    assertThat(directories.named("nobody")).isEmpty();
    SmallDistrict.person(district, "anna", SmallDistrict.FIRST);
    assertThat(directories.named("anna")).as("a name of two, in two directories").isEmpty();
  }

  @Test
  void knowsNobodyByANameThatSeveralHaveInAnotherDirectory() throws Exception {
    SmallDistrict.person(district, "anna", SmallDistrict.FIRST);
    SmallDistrict.person(district, "anna", SmallDistrict.SECOND);
    assertThat(directories.named("anna")).isEmpty();
  }

  @Test
  void harmsNobodyOfTheOthersWhileOneIsDown() throws Exception {
    Subject anna = anna();
    directories.tenants();
    breakDown(district);
    assertThat(directories.find(anna.id())).contains(anna);
    assertThat(anna()).isEqualTo(anna);
    assertThat(directories.current(anna.id())).isPresent();
    assertThat(directories.tenants()).hasSize(3);
    assertThatExceptionOfType(DirectoryUnavailable.class)
        .isThrownBy(() -> directories.search(FIRST, SubjectKind.PERSON, "", 10));
  }

  @Test
  void saysThatThereIsNoneOnlyWhenAllAnswered() throws Exception {
    var nobody = new SubjectId("00000000-0000-0000-0000-000000000000");
    assertThat(directories.find(nobody)).isEmpty();
    breakDown(municipality);
    var refused = new ArrayList<String>();
    for (Question question :
        List.<Question>of(
            () -> directories.find(nobody),
            () -> directories.current(nobody),
            () -> directories.logIn("nobody", "x"),
            () -> directories.named("anna"),
            () -> directories.inCareOf(nobody),
            () -> directories.search(OWN, SubjectKind.PERSON, "", 10))) {
      assertThatExceptionOfType(DirectoryUnavailable.class)
          .isThrownBy(question::ask)
          .satisfies(e -> refused.add(e.getMessage()));
    }
    assertThat(refused).hasSize(6);
  }

  private interface Question {
    Object ask() throws Exception;
  }

  @Test
  void refusesTwoOfOneName() {
    var one = directory("district", district, SmallDistrict.BASE);
    var other = directory("district", municipality, OWN_BASE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Directories(List.of(one, other)))
        .withMessageContaining("name of its own");
    one.close();
    other.close();
  }
}
