package de.kreissiegel.ca.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.SubjectId;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Entries of directories that may be the same human. */
class TwinDeskTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  @TempDir Path folder;
  private House house;
  private Actor.Person otto;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE, null, House.withoutOfficers(folder), new MovableClock());
    otto = House.officer(house.otto, House.TOWN);
    entry("a1", "landkreis", "stadt-a.example", "Erika Muster", "erika@stadt-a.example");
    entry("a2", "stadtwerke", "kreis.example", "Erika M.", "Erika@stadt-a.example");
    entry("b1", "landkreis", "stadt-a.example", "Max Muster", "");
    entry("b2", "landkreis", "stadt-a.example", "max muster", "");
    entry("c1", "landkreis", "stadt-a.example", "Max Muster", "max@stadt-a.example");
    entry("d1", "landkreis", "gemeinde-b.example", "Eva Fremd", "eva@gemeinde-b.example");
    entry("d2", "stadtwerke", "gemeinde-b.example", "Eva Fremd", "eva@gemeinde-b.example");
    entry("e1", "landkreis", "gemeinde-b.example", "Max Muster", "");
  }

  @Test
  void showsWhoSharesAnAddressOrNameAndHouseWithSomebodyOfTheOfficersTenants() {
    assertThat(house.twins.candidates(otto))
        .extracting(one -> one.one().subject() + " " + one.other().subject() + " " + one.sameMail())
        .containsExactlyInAnyOrder("a1 a2 true", "b1 b2 false", "b1 c1 false", "b2 c1 false");
    assertThat(house.twins.candidates(House.staff(house.otto))).isEmpty();
  }

  @Test
  void linksTwoOrSaysTheyAreNotTheSameAndKeepsWhoSaidIt() throws Exception {
    house.twins.say(otto, new SubjectId("a2"), new SubjectId("a1"), true);
    house.twins.say(otto, new SubjectId("b1"), new SubjectId("b2"), false);

    assertThat(house.twins.same(new SubjectId("a1")))
        .map(SubjectId::value)
        .containsExactlyInAnyOrder("a1", "a2");
    assertThat(house.twins.same(new SubjectId("b1"))).map(SubjectId::value).containsExactly("b1");
    assertThat(house.twins.candidates(otto))
        .filteredOn(one -> one.same().isPresent())
        .extracting(Twins::officerName)
        .containsOnly(Optional.of("Otto Officer"))
        .hasSize(2);
    assertThat(DATABASE.texts("select action from audit_event order by sequence"))
        .containsExactly("person.linked", "person.not-the-same");
  }

  @Test
  void followsLinksFromOneToTheNext() throws Exception {
    house.twins.say(otto, new SubjectId("b1"), new SubjectId("b2"), true);
    house.twins.say(otto, new SubjectId("b2"), new SubjectId("c1"), true);

    assertThat(house.twins.same(new SubjectId("b1")))
        .map(SubjectId::value)
        .containsExactlyInAnyOrder("b1", "b2", "c1");
  }

  @Test
  void canBeSaidAnew() throws Exception {
    house.twins.say(otto, new SubjectId("a1"), new SubjectId("a2"), true);
    house.twins.say(otto, new SubjectId("a1"), new SubjectId("a2"), false);

    assertThat(house.twins.same(new SubjectId("a1"))).hasSize(1);
  }

  @Test
  void letsNobodySpeakOfThemselvesOfStrangersOrOfTwoWhoAreNotAlike() throws Exception {
    assertThat(refusal(otto, "d1", "d2")).isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(refusal(otto, "a1", "b1")).isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(refusal(otto, "a1", "a1")).isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(refusal(House.staff(house.olga), "a1", "a2")).isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(refusal(otto, house.otto.id().value(), "a2"))
        .isEqualTo(RefusalReason.OWN_APPLICATION);
  }

  private RefusalReason refusal(Actor.Person officer, String one, String other) {
    return catchThrowableOfType(
            Refused.class,
            () -> house.twins.say(officer, new SubjectId(one), new SubjectId(other), true))
        .reason();
  }

  private static void entry(String id, String directory, String home, String name, String mail) {
    DATABASE.execute(
        """
        insert into roster
          (subject_id, directory, kind, home, tenants, names, addresses, standing, key_holders)
        values (?, ?, 'PERSON', ?, array[?], array[?, '', '', ''], array[?, ''], 'WORKING', '{}')
        """,
        id,
        directory,
        home,
        home,
        name,
        mail);
  }
}
