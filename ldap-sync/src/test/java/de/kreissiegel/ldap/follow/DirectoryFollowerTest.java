package de.kreissiegel.ldap.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SubtreeDeleteRequestControl;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.roster.Observation.Gone;
import de.kreissiegel.ca.roster.Observation.Present;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ldap.DirectoryConfig;
import de.kreissiegel.ldap.LdapDirectory;
import de.kreissiegel.ldap.mapping.DirectoryMapping;
import de.kreissiegel.ldap.mapping.MappingFile;
import de.kreissiegel.ldap.server.ScriptedServer;
import de.kreissiegel.ldap.server.SmallDistrict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that only knows times of changes. */
class DirectoryFollowerTest {
  private static final TenantId FIRST = new TenantId("first.example");
  private final Hands clock = new Hands();
  private final MemoryIntake intake = new MemoryIntake();
  private ScriptedServer server;
  private LdapDirectory directory;
  private DirectoryFollower follower;
  private List<Subject> staff;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer(SmallDistrict.BASE);
    SmallDistrict.fill(server, 6);
    directory =
        new LdapDirectory(
            DirectoryConfig.of(
                server.address(),
                ScriptedServer.ADMINISTRATOR,
                ScriptedServer.PASSWORD,
                SmallDistrict.BASE),
            clock);
    follower = directory.follower(intake, clock);
    follower.look(Duration.ZERO);
    intake.changes();
    staff =
        intake.roster().values().stream()
            .map(Present::subject)
            .filter(s -> s.home().equals(FIRST) && s.kind() == SubjectKind.PERSON)
            .sorted(Comparator.comparing(Subject::commonName))
            .toList();
  }

  @AfterEach
  void stop() {
    follower.close();
    directory.close();
    server.close();
  }

  @Test
  void takesEverybodyInAtTheFirstLook() throws Exception {
    assertThat(intake.roster()).hasSize(14);
    assertThat(intake.bookmark()).isPresent();
    assertThat(follower.source()).contains(SourceKind.MODIFY_TIMESTAMP);
    assertThat(follower.lastLook()).contains(clock.instant());
    for (Present present : intake.roster().values()) {
      assertThat(directory.find(present.id())).contains(present.subject());
    }
    assertThat(intake.roster().values())
        .filteredOn(p -> p.subject().kind() == SubjectKind.DEVICE)
        .allMatch(p -> p.subject().responsible().equals(Set.of(staff.getFirst().id())));
  }

  @Test
  void handsOverALongReadingInParts() throws Exception {
    addPeople(1_100);
    clock.pass(Duration.ofSeconds(5));
    int before = intake.reports();
    follower.look(Duration.ZERO);
    assertThat(intake.roster()).hasSize(1_114);
    assertThat(intake.reports()).isEqualTo(before + 3);
    assertThat(intake.largest()).isEqualTo(500);
  }

  @Test
  void saysNothingNewWhenNothingChanged() throws Exception {
    follower.look(Duration.ZERO);
    int reports = intake.reports();
    follower.look(Duration.ZERO);
    assertThat(intake.reports()).isEqualTo(reports);
    clock.pass(Duration.ofSeconds(5));
    follower.look(Duration.ZERO);
    assertThat(intake.changes()).isEmpty();
  }

  @Test
  void seesADisabledAccountAtTheNextLook() throws Exception {
    set(staff.getFirst(), "employeeType", "disabled");
    follower.look(Duration.ZERO);
    assertThat(subjects()).singleElement().matches(s -> !s.enabled());
  }

  @Test
  void tellsAwayFromDisabled() throws Exception {
    set(staff.getFirst(), "employeeType", "on-leave");
    follower.look(Duration.ZERO);
    assertThat(intake.changes())
        .singleElement()
        .matches(o -> o instanceof Present p && p.away() && p.subject().enabled());
    set(staff.getFirst(), "employeeType", "active");
    follower.look(Duration.ZERO);
    assertThat(intake.changes()).singleElement().matches(o -> o instanceof Present p && !p.away());
  }

  @Test
  void seesADeletedEntryAtTheNextCompare() throws Exception {
    Subject leaver = staff.get(1);
    as(admin -> admin.delete(leaver.directoryName()));
    follower.look(Duration.ZERO);
    assertThat(intake.changes()).isEmpty();
    clock.pass(Duration.ofSeconds(5));
    follower.look(Duration.ZERO);
    assertThat(intake.changes()).containsExactly(new Gone(leaver.id(), "entry deleted"));
  }

  @Test
  void keepsWhoIsRenamedAndWhoChangesTheirSurname() throws Exception {
    Subject person = staff.getFirst();
    as(admin -> admin.modifyDN(person.directoryName(), "uid=new.name", true));
    follower.look(Duration.ZERO);
    assertThat(subjects())
        .singleElement()
        .matches(s -> s.id().equals(person.id()) && s.login().orElse("").equals("new.name"));
    Subject renamed = intake.roster().get(person.id()).subject();
    set(renamed, "sn", "Neumann");
    follower.look(Duration.ZERO);
    assertThat(subjects())
        .singleElement()
        .matches(s -> s.id().equals(person.id()) && s.surname().orElse("").equals("Neumann"));
  }

  @Test
  void movesAPersonToAnotherAdministration() throws Exception {
    Subject mover = staff.getFirst();
    String place = "ou=people," + SmallDistrict.SECOND;
    String rdn = mover.directoryName().substring(0, mover.directoryName().indexOf(','));
    as(admin -> admin.modifyDN(mover.directoryName(), rdn, false, place));
    follower.look(Duration.ZERO);
    assertThat(subjects())
        .singleElement()
        .matches(s -> s.id().equals(mover.id()) && s.home().equals(new TenantId("second.example")));
  }

  @Test
  void saysWhyAnEntryIsNoSubjectAnyMore() throws Exception {
    Subject person = staff.getFirst();
    String rdn = person.directoryName().substring(0, person.directoryName().indexOf(','));
    as(admin -> admin.modifyDN(person.directoryName(), rdn, false, SmallDistrict.BASE));
    follower.look(Duration.ZERO);
    assertThat(intake.changes())
        .containsExactly(
            new Gone(person.id(), "entry is no subject any more: it belongs to no tenant"));
  }

  @Test
  void readsAllAgainWhenAContainerIsRenamedForItsContentSaysNothing() throws Exception {
    String container = "ou=people," + SmallDistrict.FIRST;
    as(admin -> admin.modifyDN(container, "ou=former-people", true));
    follower.look(Duration.ZERO);
    assertThat(intake.changes())
        .filteredOn(o -> o instanceof Gone)
        .extracting(Observation::id)
        .containsAll(staff.stream().map(Subject::id).toList());
  }

  @Test
  void tellsTwoOfOneNameApartAndAMailAddressThatWasGivenToAnother() throws Exception {
    Subject first = staff.getFirst();
    Subject second = staff.get(1);
    set(second, "cn", first.commonName());
    set(first, "mail", null);
    set(second, "mail", first.mail().orElseThrow());
    follower.look(Duration.ZERO);
    intake.changes();
    Subject left = intake.roster().get(first.id()).subject();
    Subject right = intake.roster().get(second.id()).subject();
    assertThat(left.commonName()).isEqualTo(right.commonName());
    assertThat(left.mail()).isEmpty();
    assertThat(right.mail()).isEqualTo(first.mail());
  }

  @Test
  void concludesNothingFromAnErrorAndGoesOnAfterIt() throws Exception {
    Instant good = clock.instant();
    server.plays((_, id, _) -> Optional.of(ScriptedServer.done(id, ResultCode.BUSY)));
    clock.pass(Duration.ofSeconds(5));
    assertThatExceptionOfType(DirectoryUnavailable.class)
        .isThrownBy(() -> follower.look(Duration.ZERO));
    assertThat(follower.trouble()).isPresent();
    assertThat(follower.lastLook()).contains(good);
    server.plays((_, _, _) -> Optional.empty());
    set(staff.getFirst(), "employeeType", "disabled");
    follower.look(Duration.ZERO);
    assertThat(subjects()).hasSize(1);
    assertThat(follower.trouble()).isEmpty();
  }

  @Test
  void goesOnFromTheBookmarkAfterItsOwnRestart() throws Exception {
    set(staff.getFirst(), "employeeType", "disabled");
    try (var next = directory.follower(intake, clock)) {
      next.look(Duration.ZERO);
      assertThat(subjects()).hasSize(1);
    }
  }

  @Test
  void concludesNothingFromADirectoryWithoutItsBase() throws Exception {
    as(
        admin -> {
          var everything = new DeleteRequest(SmallDistrict.BASE);
          everything.addControl(new SubtreeDeleteRequestControl());
          return admin.delete(everything);
        });
    clock.pass(Duration.ofSeconds(5));
    assertThatExceptionOfType(DirectoryUnavailable.class)
        .isThrownBy(() -> follower.look(Duration.ZERO));
    assertThat(intake.changes()).isEmpty();
  }

  @Test
  void concludesNothingFromADirectoryInWhichNobodyIsLeft() throws Exception {
    for (String tenant : List.of(SmallDistrict.FIRST, SmallDistrict.SECOND)) {
      as(
          admin -> {
            var all = new DeleteRequest(tenant);
            all.addControl(new SubtreeDeleteRequestControl());
            return admin.delete(all);
          });
    }
    clock.pass(Duration.ofSeconds(5));
    assertThatExceptionOfType(DirectoryUnavailable.class)
        .isThrownBy(() -> follower.look(Duration.ZERO))
        .withMessageContaining("nobody is found");
    assertThat(intake.changes()).isEmpty();
  }

  @Test
  void refusesToFollowByTimesThatItMayNotSee() throws Exception {
    server.plays(
        (connection, id, request) -> {
          if (!request.getAttributes().contains("modifyTimestamp")) {
            return Optional.empty();
          }
          connection.sendSearchResultEntry(id, new Entry(SmallDistrict.BASE));
          return Optional.of(ScriptedServer.done(id, ResultCode.SUCCESS));
        });
    clock.pass(Duration.ofSeconds(5));
    assertThatExceptionOfType(DirectoryUnavailable.class)
        .isThrownBy(() -> follower.look(Duration.ZERO))
        .withMessageContaining("modifyTimestamp");
  }

  @Test
  void concludesNothingFromASchemaThatChanged() throws Exception {
    for (String tenant : List.of(SmallDistrict.FIRST, SmallDistrict.SECOND)) {
      as(
          admin ->
              admin.modify(tenant, new Modification(ModificationType.DELETE, "associatedDomain")));
    }
    assertThatExceptionOfType(DirectoryUnavailable.class)
        .isThrownBy(() -> follower.look(Duration.ZERO));
    assertThat(intake.changes()).isEmpty();
    assertThat(intake.roster()).hasSize(14);
  }

  @Test
  void concludesNothingFromAnIdThatIsMissingMalformedOrGivenTwice() throws Exception {
    Subject liar = staff.getFirst();
    String another = staff.get(1).id().value();
    for (String id : new String[] {null, "x", another}) {
      server.plays(
          (connection, message, request) -> {
            if (request.getBaseDN().equals(SmallDistrict.BASE)
                && request.getScope().equals(SearchScope.SUB)) {
              Entry entry = server.entry(liar.directoryName()).duplicate();
              entry.removeAttribute("entryUUID");
              if (id != null) {
                entry.addAttribute("entryUUID", id);
              }
              connection.sendSearchResultEntry(message, entry);
            }
            return Optional.empty();
          });
      clock.pass(Duration.ofSeconds(5));
      assertThatExceptionOfType(DirectoryUnavailable.class)
          .as(String.valueOf(id))
          .isThrownBy(() -> follower.look(Duration.ZERO));
      assertThat(intake.changes()).isEmpty();
    }
  }

  @Test
  void reportsALostSubtreeAsAWholeForTheBrakeToSee() throws Exception {
    as(
        admin -> {
          var all = new DeleteRequest(SmallDistrict.FIRST);
          all.addControl(new SubtreeDeleteRequestControl());
          return admin.delete(all);
        });
    clock.pass(Duration.ofSeconds(5));
    follower.look(Duration.ZERO);
    assertThat(intake.changes())
        .allMatch(o -> o instanceof Gone)
        .extracting(Observation::id)
        .containsAll(staff.stream().map(Subject::id).toList());
  }

  @Test
  void asksForNobodySinglyWhereMoreThanFiveHundredAreMissing() throws Exception {
    addPeople(501);
    clock.pass(Duration.ofSeconds(5));
    follower.look(Duration.ZERO);
    int known = intake.roster().size();
    var asked = new AtomicInteger();
    server.plays(
        (_, _, request) -> {
          if (request.getFilter().toString().contains("(entryUUID=")) {
            asked.incrementAndGet();
          }
          return Optional.empty();
        });

    removePeople(501);
    clock.pass(Duration.ofDays(1));
    follower.look(Duration.ZERO);

    assertThat(asked).hasValue(0);
    assertThat(intake.roster()).hasSize(known - 501);

    addPeople(1);
    clock.pass(Duration.ofSeconds(5));
    follower.look(Duration.ZERO);
    removePeople(1);
    clock.pass(Duration.ofDays(1));
    follower.look(Duration.ZERO);

    assertThat(asked.get()).isPositive();
    assertThat(intake.roster()).hasSize(known - 501);
  }

  @Test
  void handsOverAgainWhatTheAuthorityCouldNotTakeIn() throws Exception {
    var refusals = new AtomicInteger(1);
    intake.fails(() -> refusals.getAndDecrement() > 0);
    set(staff.getFirst(), "employeeType", "disabled");
    follower.start();
    assertThat(intake.awaitChanges()).hasSize(1);
  }

  @Test
  void answersForThoseWhomABrokenReadingNamed() throws Exception {
    addPeople(700);
    String fleeting = SmallDistrict.dn("more-0", SmallDistrict.FIRST);
    SubjectId id = SmallDistrict.id(server.entry(fleeting));
    int before = intake.reports();
    intake.fails(() -> intake.reports() == before + 1);
    clock.pass(Duration.ofSeconds(5));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> follower.look(Duration.ZERO));
    intake.fails(() -> false);
    as(admin -> admin.delete(fleeting));
    follower.look(Duration.ZERO);
    clock.pass(Duration.ofSeconds(5));
    follower.look(Duration.ZERO);
    assertThat(intake.roster()).doesNotContainKey(id).hasSize(713);
  }

  @Test
  void readsAllAgainWhenAGroupThatMakesTenantsChanges() throws Exception {
    String group = "cn=one," + SmallDistrict.GROUPS;
    server.add(SmallDistrict.group(group, List.of(staff.getFirst().directoryName()), 0));
    var other = new MemoryIntake();
    DirectoryConfig usual =
        DirectoryConfig.of(
            server.address(),
            ScriptedServer.ADMINISTRATOR,
            ScriptedServer.PASSWORD,
            SmallDistrict.BASE);
    DirectoryMapping byGroup =
        MappingFile.read(
            "mapping-x.yaml",
            """
            schema: 1
            id: entryUUID
            people: {filter: (objectClass=inetOrgPerson), name: cn, login: uid}
            tenants:
              by: group
              listed:
                - {id: one.example, name: Eins, group: "cn=one,ou=groups,dc=first"}
            """);
    var config =
        new DirectoryConfig(
            usual.name(),
            usual.server(),
            usual.baseDn(),
            new FollowSettings(
                Optional.empty(),
                Duration.ofSeconds(2),
                new FollowSettings.Daily(LocalTime.NOON),
                FollowSettings.SILENCE),
            byGroup);
    try (var grouped = new LdapDirectory(config, clock);
        var following = grouped.follower(other, clock)) {
      following.look(Duration.ZERO);
      assertThat(other.roster()).containsOnlyKeys(staff.getFirst().id());
      Modification swap =
          new Modification(ModificationType.REPLACE, "member", staff.get(1).directoryName());
      as(admin -> admin.modify(group, swap));
      following.look(Duration.ZERO);
      assertThat(other.roster()).containsOnlyKeys(staff.get(1).id());
      assertThat(other.changes())
          .contains(
              new Gone(
                  staff.getFirst().id(), "entry is no subject any more: it belongs to no tenant"));
    }
  }

  private void addPeople(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      SmallDistrict.person(server, "more-" + i, SmallDistrict.FIRST);
    }
  }

  private void removePeople(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      String dn = SmallDistrict.dn("more-" + i, SmallDistrict.FIRST);
      as(admin -> admin.delete(dn));
    }
  }

  private List<Subject> subjects() {
    return intake.changes().stream().map(o -> ((Present) o).subject()).toList();
  }

  private void set(Subject subject, String attribute, String value) throws Exception {
    Modification change =
        value == null
            ? new Modification(ModificationType.DELETE, attribute)
            : new Modification(ModificationType.REPLACE, attribute, value);
    as(admin -> admin.modify(subject.directoryName(), change));
  }

  private interface Deed {
    Object on(LDAPConnection administrator) throws Exception;
  }

  private void as(Deed deed) throws Exception {
    try (LDAPConnection admin = server.administrator()) {
      deed.on(admin);
    }
  }
}
