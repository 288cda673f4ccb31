package de.kreissiegel.ldap.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ldap.mapping.TenantMapping.By;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingFileTest {
  private static final String SOUND =
      """
      schema: 1
      id: entryUUID
      tenants:
        by: attribute
        attribute: departmentNumber
        listed:
          - id: first.example
            name: Gemeinde Erst
            value: "4711"
          - id: second.example
            name: Gemeinde Zweit
      people:
        filter: (objectClass=person)
        name: cn
        login: uid
      """;

  private static List<ConfigurationFault> faults(String yaml) {
    try {
      MappingFile.read("mapping-x.yaml", yaml);
      return List.of();
    } catch (ConfigurationFaults faults) {
      return faults.faults();
    }
  }

  private static void refuses(String yaml, int line, String key, String message) {
    assertThat(faults(yaml))
        .as(yaml)
        .anyMatch(
            fault ->
                fault.line() == line
                    && fault.key().equals(key)
                    && fault.message().contains(message)
                    && !fault.remedy().isBlank());
  }

  @Test
  void readsThoseThatComeAlong() {
    for (String name : MappingFile.BUNDLED) {
      DirectoryMapping mapping = MappingFile.bundled(name);
      assertThat(mapping.kinds()).as(name).containsKeys(SubjectKind.values());
      assertThat(mapping.roles().registrationOfficers()).as(name).isPresent();
      assertThat(mapping.attributes()).as(name).contains("objectClass", mapping.id().attribute());
    }
    assertThatIllegalArgumentException().isThrownBy(() -> MappingFile.bundled("../etc/passwd"));
  }

  @Test
  void neverAsksForPasswordsNorForTheValuesOfGroups() {
    assertThat(MappingFile.bundled("active-directory").attributes())
        .doesNotContain("member", "userPassword", "unicodePwd");
  }

  @Test
  void saysTheSameEachTimeSoThatABookmarkStaysGood() {
    assertThat(MappingFile.bundled("openldap")).hasToString(MappingFile.bundled("openldap") + "");
    assertThat(MappingFile.bundled("openldap")).isEqualTo(MappingFile.bundled("openldap"));
  }

  @Test
  void readsListedTenants() throws Exception {
    TenantMapping tenants = MappingFile.read("x", SOUND).tenants();
    assertThat(tenants.by()).isEqualTo(By.ATTRIBUTE);
    assertThat(tenants.listed())
        .extracting(one -> one.tenant().id(), TenantMapping.Listed::place)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(new TenantId("first.example"), "4711"),
            org.assertj.core.groups.Tuple.tuple(new TenantId("second.example"), "Gemeinde Zweit"));
  }

  @Test
  void refusesUnknownKeysWithTheirLine() {
    refuses(SOUND + "printers:\n  below: ou=x\n", 16, "printers", "is no setting here");
    refuses(SOUND.replace("name: cn", "name: cn\n  nickname: x"), 15, "people.nickname", "is no");
    refuses(SOUND.replace("name: cn", "name: cn\n  dns-name: x"), 15, "people.dns-name", "is no");
  }

  @Test
  void refusesWrongValuesWithASentence() {
    refuses(SOUND.replace("schema: 1", "schema: 2"), 1, "schema", "not allowed");
    refuses(SOUND.replace("id: entryUUID", "id: entry UUID"), 2, "id", "not allowed");
    refuses(SOUND.replace("by: attribute", "by: colour"), 4, "tenants.by", "not allowed");
    refuses(SOUND.replace("(objectClass=person)", "(objectClass=person"), 13, "people.filter", "");
    refuses(
        SOUND.replace("(objectClass=person)", "(cn:caseExactMatch:=x)"),
        13,
        "people.filter",
        "not allowed");
    refuses(SOUND.replace("second.example", "first.example"), 10, "tenants.listed.id", "twice");
    refuses(SOUND.replace("second.example", "Zweite Gemeinde"), 10, "tenants.listed.id", "");
  }

  @Test
  void refusesWhatIsMissingOrDoesNotGoTogether() {
    refuses(SOUND.replace("  login: uid\n", ""), 13, "people.login", "is missing");
    refuses(SOUND.substring(0, SOUND.indexOf("people:")), 1, "people", "is missing");
    refuses(SOUND.replace("  attribute: departmentNumber\n", ""), 4, "tenants.attribute", "is");
    refuses(SOUND.replace("by: attribute", "by: group"), 7, "tenants.listed.group", "is missing");
    refuses(SOUND.replace("  filter: (objectClass=person)\n", ""), 13, "people", "every entry");
    refuses(
        SOUND.replace("  listed:", "  entries: (ou=*)\n  listed:"), 6, "tenants.entries", "either");
    refuses("", 0, "", "no settings");
    refuses("- a\n", 0, "", "no settings");
    refuses("a: [\n", 2, "", "not YAML");
  }

  @Test
  void refusesAliasesAndTooMuchText() {
    assertThat(faults("a: &x [1]\nb: *x\n")).isNotEmpty();
    assertThat(faults("# " + "x".repeat(1 << 20))).isNotEmpty();
    assertThatExceptionOfType(ConfigurationFaults.class)
        .isThrownBy(() -> MappingFile.read("x", "a: {b: {c: {d: {e: f}}}}"));
  }
}
