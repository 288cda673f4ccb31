package de.kreissiegel.ldap.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ldap.server.Account;
import de.kreissiegel.ldap.server.Connections;
import de.kreissiegel.ldap.server.ScriptedServer;
import de.kreissiegel.ldap.server.ServerConfig;
import de.kreissiegel.ldap.server.SmallDistrict;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubjectReaderTest {
  private static final TenantId ONE = new TenantId("one.example");
  private static final TenantId TWO = new TenantId("two.example");
  private static final String REST =
      """
      schema: 1
      id: entryUUID
      people:
        filter: (objectClass=inetOrgPerson)
        name: cn
        login: uid
      functions:
        filter: (objectClass=groupOfNames)
        name: cn
        key-access: [member]
      tenants:
      """;
  private ScriptedServer server;
  private Connections connections;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer(SmallDistrict.BASE);
    SmallDistrict.fill(server, 3);
    connections =
        new Connections(
            new ServerConfig(
                List.of(server.address()),
                false,
                Optional.empty(),
                new Account.Password(ScriptedServer.ADMINISTRATOR, ScriptedServer.PASSWORD)));
  }

  @AfterEach
  void stop() {
    connections.close();
    server.close();
  }

  private MappedDirectory mapped(DirectoryMapping mapping) throws Exception {
    return new MappedDirectory(connections, new DN(SmallDistrict.BASE), mapping, Clock.systemUTC());
  }

  private SubjectReader reader(String tenants) throws Exception {
    return mapped(MappingFile.read("mapping-x.yaml", REST + tenants)).reader();
  }

  private Entry first(int number) throws Exception {
    return server.entry(SmallDistrict.dn("p" + number + "-first", SmallDistrict.FIRST));
  }

  @Test
  void takesTenantsFromAnAttributeByIdByNameOrByAValueOfItsOwn() throws Exception {
    SubjectReader reader =
        reader(
            """
              by: attribute
              attribute: departmentNumber
              listed:
                - {id: one.example, name: Gemeinde Eins, value: "4711"}
                - {id: two.example, name: Gemeinde Zwei}
            """);
    Entry person = first(0).duplicate();
    assertThat(reader.read(person)).isEqualTo(new Sight.None("it belongs to no tenant"));
    for (String value : List.of("4711", "one.example", "gemeinde eins")) {
      person.setAttribute("departmentNumber", value);
      assertThat(reader.subject(person).orElseThrow().home()).as(value).isEqualTo(ONE);
    }
    person.setAttribute("departmentNumber", "Gemeinde Zwei", "4711");
    Subject both = reader.subject(person).orElseThrow();
    assertThat(both.home()).isEqualTo(TWO);
    assertThat(both.tenants()).containsExactlyInAnyOrder(ONE, TWO);
  }

  @Test
  void takesTenantsFromGroupsAlsoThroughGroupsWithinThemInACircle() throws Exception {
    String inner = "cn=inner," + SmallDistrict.GROUPS;
    String outer = "cn=outer," + SmallDistrict.GROUPS;
    server.add(SmallDistrict.group(inner, List.of(first(1).getDN(), outer), 0));
    server.add(SmallDistrict.group(outer, List.of(first(0).getDN(), inner), 0));
    server.add(SmallDistrict.group("cn=two," + SmallDistrict.GROUPS, List.of(first(2).getDN()), 0));
    SubjectReader reader =
        reader(
            """
              by: group
              listed:
                - {id: one.example, name: Gemeinde Eins, group: "cn=outer,ou=groups,dc=first"}
                - {id: two.example, name: Gemeinde Zwei, group: "cn=two,ou=groups,dc=first"}
            """);
    assertThat(reader.subject(first(0)).orElseThrow().home()).isEqualTo(ONE);
    assertThat(reader.subject(first(1)).orElseThrow().home()).isEqualTo(ONE);
    assertThat(reader.subject(first(2)).orElseThrow().home()).isEqualTo(TWO);
    assertThat(reader.tenants().all())
        .containsExactly(new Tenant(ONE, "Gemeinde Eins"), new Tenant(TWO, "Gemeinde Zwei"));
  }

  @Test
  void knowsKeyHoldersThoughMostNamesInAGroupLeadNowhere() throws Exception {
    String group = "cn=office," + SmallDistrict.GROUPS;
    server.add(SmallDistrict.group(group, List.of(first(0).getDN(), first(1).getDN()), 3_000));
    SubjectReader reader =
        reader("  by: subtree\n  entries: (o=*)\n  id: associatedDomain\n  name: o\n");
    Entry office = server.entry(group);
    Set<SubjectId> holders = reader.keyHolders(office, SubjectKind.FUNCTION);
    assertThat(holders)
        .containsExactlyInAnyOrder(SmallDistrict.id(first(0)), SmallDistrict.id(first(1)));
    assertThat(reader.keyHolders(office, SubjectKind.PERSON)).isEmpty();
  }

  @Test
  void readsTheMembersOfAGroupThatComeInRanges() throws Exception {
    String group = "cn=office," + SmallDistrict.GROUPS;
    server.add(SmallDistrict.group(group, List.of(first(0).getDN()), 0));
    SubjectReader reader =
        reader("  by: subtree\n  entries: (o=*)\n  id: associatedDomain\n  name: o\n");
    Entry office = server.entry(group);
    Entry[] people = {first(0), first(1), first(2)};
    server.plays(
        (connection, id, request) -> {
          List<String> wanted = request.getAttributes();
          if (!request.getBaseDN().equals(new DN(group).toNormalizedString())) {
            return Optional.empty();
          }
          String range =
              switch (wanted.getFirst()) {
                case "member" -> "member;range=0-1";
                case "member;range=2-*" -> "member;range=2-*";
                default -> "";
              };
          var part = new Entry(group);
          if (range.equals("member;range=0-1")) {
            part.addAttribute(range, people[0].getDN(), people[1].getDN());
          } else if (!range.isEmpty()) {
            part.addAttribute(range, people[2].getDN());
          }
          connection.sendSearchResultEntry(id, part);
          return Optional.of(ScriptedServer.done(id, ResultCode.SUCCESS));
        });
    assertThat(reader.keyHolders(office, SubjectKind.FUNCTION))
        .containsExactlyInAnyOrder(
            SmallDistrict.id(people[0]), SmallDistrict.id(people[1]), SmallDistrict.id(people[2]));
  }

  @Test
  void isInDoubtWhereAnEntryAboveIsHiddenOrShowsNoClass() throws Exception {
    SubjectReader reader = mapped(DirectoryMapping.standard()).reader();
    Entry orphan = first(0).duplicate();
    orphan.setDN("uid=x,ou=nowhere," + SmallDistrict.BASE);
    assertThat(reader.read(orphan)).isInstanceOf(Sight.None.class);
    assertThatExceptionOfType(LDAPException.class)
        .isThrownBy(() -> reader.requireNoDoubt(orphan))
        .withMessageContaining("is hidden");
    Entry bare = first(0).duplicate();
    bare.removeAttribute("objectClass");
    assertThatExceptionOfType(LDAPException.class).isThrownBy(() -> reader.requireNoDoubt(bare));
    reader.requireNoDoubt(first(0));
  }

  @Test
  void isInDoubtBelowATenantThatShowsNoName() throws Exception {
    try (var admin = server.administrator()) {
      admin.modify("dn: " + SmallDistrict.FIRST, "changetype: modify", "delete: associatedDomain");
    }
    SubjectReader reader = mapped(DirectoryMapping.standard()).reader();
    assertThat(reader.tenants().unreadable()).containsExactly(new DN(SmallDistrict.FIRST));
    assertThatExceptionOfType(LDAPException.class)
        .isThrownBy(() -> reader.requireNoDoubt(first(0)))
        .withMessageContaining("no id and name of a tenant");
  }

  @Test
  void refusesAValueThatIsLongerThanAnyName() throws Exception {
    SubjectReader reader = mapped(DirectoryMapping.standard()).reader();
    Entry person = first(0).duplicate();
    person.setAttribute("cn", "x".repeat(40_000));
    assertThatExceptionOfType(LDAPException.class)
        .isThrownBy(() -> reader.read(person))
        .withMessageContaining("40000 octets");
  }

  @Test
  void refusesAnIdThatTwoEntriesHaveAndOneThatWasNotAskedFor() throws Exception {
    MappedDirectory directory = mapped(DirectoryMapping.standard());
    Entry person = first(0);
    SubjectId id = SmallDistrict.id(person);
    assertThat(directory.entry(id)).isPresent();
    server.plays(
        (connection, message, _) -> {
          connection.sendSearchResultEntry(message, person);
          return Optional.empty();
        });
    assertThatExceptionOfType(LDAPException.class)
        .isThrownBy(() -> directory.entry(id))
        .withMessageContaining("2 entries have the id");
    assertThatExceptionOfType(LDAPException.class)
        .isThrownBy(() -> directory.entry(SmallDistrict.id(first(1))));
  }
}
