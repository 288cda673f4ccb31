package de.kreissiegel.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.ResultCode;
import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.subject.SubjectKind;
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

class DirectoryCheckTest {
  private final List<String> lines = new ArrayList<>();
  private ScriptedServer server;
  private DirectoryConfig config;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer(SmallDistrict.BASE);
    SmallDistrict.fill(server, 12);
    config =
        DirectoryConfig.of(
            server.address(),
            ScriptedServer.ADMINISTRATOR,
            ScriptedServer.PASSWORD,
            SmallDistrict.BASE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private boolean check(DirectoryConfig one) {
    return new DirectoryCheck(one, Clock.systemUTC(), lines::add).passes();
  }

  @Test
  void showsTenExamplesOfEachKindAndWhatItTakesForNothing() throws Exception {
    server.add(
        SmallDistrict.group(
            "cn=registration-officers," + SmallDistrict.GROUPS,
            List.of(SmallDistrict.dn("p0-first", SmallDistrict.FIRST)),
            0));
    assertThat(check(config)).isTrue();
    assertThat(lines)
        .contains(
            "  is followed by modify-timestamp",
            "  tenants: 2",
            "    first.example, Gemeinde first",
            "  people: 24",
            "    and 14 more",
            "  functions: 1",
            "  devices: 1",
            "  services: 0",
            "    first.example: uid=p0-first,ou=people,dc=first,dc=district,dc=example",
            "    second.example has none:"
                + " cn=registration-officers,ou=groups,dc=second,dc=district,dc=example",
            "  it belongs to no tenant: 3");
    assertThat(lines).anyMatch(line -> line.startsWith("    Person p0-first, first.example, logs"));
    assertThat(String.join("\n", lines)).doesNotContain(ScriptedServer.PASSWORD);
  }

  @Test
  void findsWhoHoldsWhichOfficeAndWhoHoldsTwo() throws Exception {
    String first = SmallDistrict.dn("p0-first", SmallDistrict.FIRST);
    String second = SmallDistrict.dn("p1-first", SmallDistrict.FIRST);
    server.add(
        SmallDistrict.group(
            "cn=registration-officers," + SmallDistrict.GROUPS, List.of(first, second), 0));
    var check = new DirectoryCheck(config, Clock.systemUTC(), lines::add);
    assertThat(check.findings()).isEmpty();
    assertThat(check.passes()).isTrue();
    DirectoryFindings found = check.findings().orElseThrow();
    assertThat(found.kinds()).containsEntry(SubjectKind.PERSON, 24);
    assertThat(found.tenants()).hasSize(2);
    assertThat(found.offices().get(Office.RA_OPERATOR))
        .containsExactlyInAnyOrder("Person p0-first", "Person p1-first");
    assertThat(found.offices().get(Office.REVISOR)).isEmpty();
    assertThat(found.conflicts()).isEmpty();
    assertThat(check.failure()).isEmpty();

    server.add(
        "dn: ou=groups," + SmallDistrict.BASE, "objectClass: organizationalUnit", "ou: groups");
    server.add(
        SmallDistrict.group("cn=auditors,ou=groups," + SmallDistrict.BASE, List.of(first), 0));
    var again = new DirectoryCheck(config, Clock.systemUTC(), lines::add);
    assertThat(again.passes()).isTrue();
    assertThat(again.findings().orElseThrow().conflicts()).containsExactly("Person p0-first");
  }

  @Test
  void failsWhereNobodyIsFoundOrNobodyAnswers() {
    var wrong =
        new DirectoryConfig(
            config.name(),
            config.server(),
            config.baseDn(),
            config.following(),
            MappingFile.bundled("openldap"));
    assertThat(check(wrong)).isFalse();
    assertThat(lines).anyMatch(line -> line.contains("FAILED: nobody is found"));
    server.plays((_, id, _) -> Optional.of(ScriptedServer.done(id, ResultCode.BUSY)));
    assertThat(check(config)).isFalse();
    assertThat(lines).anyMatch(line -> line.contains("FAILED: busy"));
  }

  @Test
  void failsWhereATenantShowsNoName() throws Exception {
    try (var admin = server.administrator()) {
      admin.modify("dn: " + SmallDistrict.SECOND, "changetype: modify", "delete: associatedDomain");
    }
    assertThat(check(config)).isFalse();
    assertThat(lines)
        .contains("    FAILED: " + SmallDistrict.SECOND + " shows no id and name of a tenant");
  }
}
