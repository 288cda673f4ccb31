package de.kreissiegel.ca.revision;

import static de.kreissiegel.ca.revision.HalfYear.TOWN;
import static de.kreissiegel.ca.revision.HalfYear.VILLAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.storage.TestDatabase;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reviews that don't come are told of. */
class RevisionWatchTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");

  private HalfYear house;
  private RevisionWatch watch;

  @BeforeEach
  void open() throws Exception {
    house = new HalfYear(DATABASE);
    house.books.letters().open(true);
    watch = new RevisionWatch(house.books.ofRevision(), RevisionSettings.USUAL, house.clock);
  }

  @Test
  void remindsOnceAndAlarmsOnce() {
    for (String day : new String[] {"2026-07-01", "2026-07-28"}) {
      house.clock.set(day);
      assertThat(watch.look()).isZero();
    }
    house.clock.set("2026-07-29");
    assertThat(watch.look()).isOne();
    assertThat(watch.look()).isZero();
    assertThat(watch.overdue()).isEmpty();
    house.clock.set("2026-08-12");
    assertThat(watch.look()).isOne();
    assertThat(watch.look()).isZero();

    assertThat(watch.overdue())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.period().first()).isEqualTo(FIRST);
              assertThat(one.tenants())
                  .containsExactly(Optional.empty(), Optional.of(VILLAGE), Optional.of(TOWN));
            });
    assertThat(
            DATABASE.texts(
                "select action || ' ' || object from audit_event where action like 'revision.%'"
                    + " order by sequence"))
        .containsExactly(
            "revision.due revision-period:2026-01-01/2026-06-30",
            "revision.overdue revision-period:2026-01-01/2026-06-30");
    assertThat(DATABASE.texts("select kind from letter_cue order by id"))
        .containsExactly("REVISION_DUE", "REVISION_OVERDUE");
  }

  @Test
  void isQuietWhenAllIsSignedOff() throws Exception {
    Actor.Person all = HalfYear.revisor("all", TOWN, VILLAGE);
    for (Task task : house.desk.tasks(all)) {
      Revision opened = house.desk.open(all, task.tenant(), FIRST);
      for (SampleItem item : house.desk.find(all, opened.id()).items()) {
        house.desk.inOrder(all, opened.id(), item.number());
      }
      house.desk.check(all, opened.id());
      if (task.tenant().isPresent()) {
        house.desk.signOff(all, opened.id(), "gut");
      }
    }
    house.clock.set("2026-08-12");
    assertThat(watch.overdue()).extracting(one -> one.tenants().size()).containsExactly(1);

    Revision ofHouse =
        house.desk.tasks(all).stream()
            .filter(task -> task.tenant().isEmpty() && task.period().first().equals(FIRST))
            .findFirst()
            .flatMap(Task::revision)
            .orElseThrow();
    house.desk.signOff(all, ofHouse.id(), "gut");
    assertThat(watch.overdue()).isEmpty();
    assertThat(watch.look()).isZero();
  }

  @Test
  void takesALongerReviewForAShorterPeriodThatItCovers() throws Exception {
    Revision half = house.desk.open(house.ronja, Optional.empty(), FIRST);
    for (SampleItem item : house.desk.find(house.ronja, half.id()).items()) {
      house.desk.inOrder(house.ronja, half.id(), item.number());
    }
    house.desk.check(house.ronja, half.id());
    house.desk.signOff(house.ronja, half.id(), "gut");
    house.clock.set("2026-08-12");

    var quarterly =
        new RevisionWatch(
            house.books.ofRevision(), settings("P3M", "P42D", "P14D", 5), house.clock);

    assertThat(quarterly.overdue())
        .allSatisfy(one -> assertThat(one.tenants()).doesNotContain(Optional.empty()))
        .isNotEmpty();
  }

  @Test
  void takesNoRarerReviewThanTheRuleWants() {
    for (String[] wrong :
        new String[][] {
          {"P12M", "P42D", "P14D", "5"},
          {"P5M", "P42D", "P14D", "5"},
          {"P30D", "P42D", "P14D", "5"},
          {"P6M", "P1D", "P1D", "5"},
          {"P6M", "P93D", "P14D", "5"},
          {"P6M", "P42D", "P43D", "5"},
          {"P6M", "P42D", "P14D", "0"},
          {"P6M", "P42D", "P14D", "51"}
        }) {
      assertThatIllegalArgumentException()
          .as(String.join(" ", wrong))
          .isThrownBy(() -> settings(wrong[0], wrong[1], wrong[2], Integer.parseInt(wrong[3])));
    }
  }

  private static RevisionSettings settings(
      String period, String grace, String reminder, int sample) {
    return new RevisionSettings(
        Period.parse(period),
        Period.parse(grace),
        Period.parse(reminder),
        sample,
        ZoneId.of("Europe/Berlin"));
  }
}
