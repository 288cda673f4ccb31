package de.kreissiegel.ca.reads;

import static de.kreissiegel.ca.revision.HalfYear.TOWN;
import static de.kreissiegel.ca.revision.HalfYear.VILLAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Duties;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revision.HalfYear;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The data protection officer sees who looked at whose data. */
class ReadsDeskTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private final Actor.Person protector = protector("paula", TOWN);
  private final Actor.Person zoe = person("zoe", "Zoe Zahn");
  private final Actor.Person adam = person("adam", "Adam Alt");
  private HalfYear house;
  private ReadsDesk desk;
  private ReadLog log;

  @BeforeEach
  void open() throws Exception {
    house = new HalfYear(DATABASE);
    log = new ReadLog(house.books.audit(), house.books.transactions());
    desk = new ReadsDesk(house.books.reads(), log);
    log.viewed(zoe, Optional.of(TOWN), "person:erika");
    log.viewed(zoe, Optional.of(TOWN), "person:max");
    log.viewed(adam, Optional.of(TOWN), "person:erika");
    log.viewed(adam, Optional.of(VILLAGE), "person:bea");
    log.listed(adam, Optional.empty(), "audit", "x", 3);
  }

  @Test
  void listsTheNewestFirstAndCountsByReader() throws Exception {
    assertThat(desk.search(protector, query("", ""), 0, 50))
        .extracting(one -> one.event().object())
        .containsExactly("list:audit", "person:erika", "person:max", "person:erika");
    assertThat(desk.counts(protector, query("", "zoe")))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.name()).isEqualTo("Zoe Zahn");
              assertThat(one.single()).isEqualTo(2);
              assertThat(one.lists()).isZero();
            });
  }

  @Test
  void findsByWhoWasLookedAtAndByWhoLooked() throws Exception {
    assertThat(desk.search(protector, query("erika", ""), 0, 50)).hasSize(2);
    assertThat(desk.search(protector, query("erika", "Adam"), 0, 50)).hasSize(1);
    assertThat(desk.search(protector, query("nobody", ""), 0, 50)).isEmpty();
    assertThat(desk.search(protector, query("", ""), 1, 2)).hasSize(2);
    assertThat(
            desk.search(
                protector,
                new ReadsQuery(
                    "",
                    "",
                    Optional.empty(),
                    house.clock.instant(),
                    house.clock.instant().plus(Duration.ofDays(1))),
                0,
                50))
        .isEmpty();
  }

  @Test
  void leavesATraceItself() throws Exception {
    desk.search(protector, query("erika", ""), 0, 50);

    assertThat(desk.counts(protector, query("", "paula")))
        .singleElement()
        .satisfies(one -> assertThat(one.lists()).isOne());
  }

  @Test
  void isForDataProtectionOfficersAndTheirTenantsAlone() throws Exception {
    assertThat(desk.search(protector, query("", ""), 0, 50))
        .noneMatch(one -> one.event().object().equals("person:bea"));
    refuses(
        RefusalReason.NOT_FOUND,
        protector,
        new ReadsQuery(
            "",
            "",
            Optional.of(VILLAGE),
            house.clock.instant().minus(Duration.ofDays(1)),
            house.clock.instant()));
    for (Actor.Person nobody :
        List.of(
            house.ronja,
            zoe,
            protector.provenBy(Proof.PASSWORD),
            protector.provenBy(Proof.EMERGENCY))) {
      refuses(RefusalReason.NOT_AUTHORIZED, nobody, query("", ""));
    }
  }

  @Test
  void leavesListsOfAllTenantsToTheReadersOwnProtector() throws Exception {
    DATABASE.execute(
        """
        insert into roster (directory, subject_id, kind, home, tenants, names, addresses, standing,
          key_holders)
        values ('other', 'adam', 'PERSON', ?, array[?], array[]::text[], array[]::text[], 'WORKING',
          array[]::text[])
        """,
        VILLAGE.value(),
        VILLAGE.value());

    assertThat(desk.search(protector, query("", ""), 0, 50))
        .noneMatch(one -> one.event().object().equals("list:audit"));
    assertThat(desk.search(protector("paul", VILLAGE), query("", ""), 0, 50))
        .anyMatch(one -> one.event().object().equals("list:audit"));
  }

  private ReadsQuery query(String about, String reader) {
    return new ReadsQuery(
        about,
        reader,
        Optional.empty(),
        house.clock.instant().minus(Duration.ofDays(1)),
        house.clock.instant().plus(Duration.ofDays(1)));
  }

  private void refuses(RefusalReason reason, Actor.Person person, ReadsQuery query) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> desk.search(person, query, 0, 50))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    assertThatExceptionOfType(Refused.class).isThrownBy(() -> desk.counts(person, query));
  }

  private static Actor.Person protector(String id, TenantId tenant) {
    return person(id, id)
        .entrustedWith(
            new Duties(Set.of(), Set.of(), Set.of(), Set.of(tenant), Set.of(), Set.of()));
  }

  private static Actor.Person person(String id, String name) {
    return new Actor.Person(
        new SubjectId(id), name, id, Set.of(), Set.of(), Set.of(), Set.of(), Proof.CERTIFICATE);
  }
}
