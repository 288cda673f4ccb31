package de.kreissiegel.ca.revision;

import static de.kreissiegel.ca.revision.HalfYear.TOWN;
import static de.kreissiegel.ca.revision.HalfYear.VILLAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.disclosure.PersonReport;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.retention.RetentionClass;
import de.kreissiegel.ca.revision.Finding.Severity;
import de.kreissiegel.ca.revision.Finding.StepKind;
import de.kreissiegel.ca.storage.JdbcRetentionBook;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A revisor reviews half a year. */
class RevisionDeskTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");

  private HalfYear house;
  private RevisionDesk desk;

  @BeforeEach
  void open() throws Exception {
    house = new HalfYear(DATABASE);
    desk = house.desk;
  }

  @Test
  void listsWhatIsToBeReviewedForTheHouseAndOnesOwnTenants() throws Exception {
    assertThat(desk.tasks(house.ronja))
        .extracting(Task::tenant, task -> task.period().first(), Task::state, Task::overdue)
        .containsExactly(
            tuple(Optional.empty(), FIRST, Task.State.TO_OPEN, false),
            tuple(Optional.of(TOWN), FIRST, Task.State.TO_OPEN, false));

    house.happen("certificate.issued", Optional.of(TOWN), "certificate:people/aa");
    house.clock.set("2026-08-13");
    assertThat(desk.tasks(house.ronja))
        .extracting(task -> task.period().first().toString(), Task::state, Task::overdue)
        .containsExactly(
            tuple("2026-07-01", Task.State.RUNNING, false),
            tuple("2026-01-01", Task.State.TO_OPEN, true),
            tuple("2026-01-01", Task.State.TO_OPEN, true));
  }

  @Test
  void drawsOnceByASeedThatAnybodyCanFollow() throws Exception {
    Revision drawn = desk.open(house.ronja, Optional.of(TOWN), FIRST);

    assertThat(drawn.drawn())
        .containsExactly(
            new Revision.Drawn(SampleKind.ISSUED, 12, 5),
            new Revision.Drawn(SampleKind.REFUSED, 3, 3));
    List<String> expected =
        DATABASE
            .texts(
                "select encode(hash, 'hex') from audit_event where tenant = ? and action ="
                    + " 'certificate.issued'",
                TOWN.value())
            .stream()
            .sorted(Comparator.comparing(hash -> rank(drawn.seed(), hash)))
            .limit(5)
            .sorted()
            .toList();
    assertThat(desk.find(house.ronja, drawn.id()).items().stream())
        .filteredOn(item -> item.kind() == SampleKind.ISSUED)
        .extracting(item -> item.hash().toHex())
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(DATABASE.texts("select detail from audit_event where action = 'revision.opened'"))
        .singleElement()
        .asString()
        .contains("seed=" + drawn.seed().toHex(), "ISSUED:5/12,REFUSED:3/3");

    refuses(RefusalReason.DUPLICATE, () -> desk.open(house.rolf, Optional.of(TOWN), FIRST));
    assertThatThrownBy(
            () ->
                DATABASE.execute(
                    """
                    insert into revision_item select revision, 99, kind, chain, sequence, hash
                    from revision_item where number = 1
                    """))
        .hasMessageContaining("never again");
    assertThatThrownBy(() -> DATABASE.execute("delete from revision_item"))
        .hasMessageContaining("only grows");
    assertThatThrownBy(() -> DATABASE.execute("update revision set seed = sha256('nicer')"))
        .hasMessageContaining("only grows");
  }

  private static String rank(Bytes seed, String hash) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(seed.toArray());
      digest.update(HexFormat.of().parseHex(hash));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void isForRevisorsOfTheTenantAlone() throws Exception {
    Revision town = desk.open(house.ronja, Optional.of(TOWN), FIRST);
    Actor.Person officer =
        new Actor.Person(
            house.ronja.id(),
            "Otto",
            "otto",
            Set.of(),
            Set.of(TOWN),
            Set.of(TOWN),
            Set.of(),
            Proof.CERTIFICATE);

    refuses(RefusalReason.NOT_FOUND, () -> desk.open(house.ronja, Optional.of(VILLAGE), FIRST));
    refuses(RefusalReason.NOT_FOUND, () -> desk.find(house.stranger, town.id()));
    refuses(RefusalReason.NOT_FOUND, () -> desk.item(house.stranger, town.id(), 1));
    refuses(RefusalReason.NOT_FOUND, () -> desk.inOrder(house.stranger, town.id(), 1));
    refuses(RefusalReason.NOT_FOUND, () -> desk.record(house.stranger, town.id(), finding(1, "x")));
    refuses(RefusalReason.NOT_FOUND, () -> desk.check(house.stranger, town.id()));
    refuses(RefusalReason.NOT_FOUND, () -> desk.signOff(house.stranger, town.id(), "gut"));
    refuses(RefusalReason.NOT_FOUND, () -> desk.find(house.ronja, UUID.randomUUID()));
    refuses(RefusalReason.NOT_FOUND, () -> desk.item(house.ronja, town.id(), 99));
    for (Actor.Person nobody :
        List.of(
            officer, house.ronja.provenBy(Proof.PASSWORD), house.ronja.provenBy(Proof.EMERGENCY))) {
      refuses(RefusalReason.NOT_AUTHORIZED, () -> desk.tasks(nobody));
      refuses(RefusalReason.NOT_AUTHORIZED, () -> desk.open(nobody, Optional.empty(), FIRST));
      refuses(RefusalReason.NOT_AUTHORIZED, () -> desk.find(nobody, town.id()));
      refuses(RefusalReason.NOT_AUTHORIZED, () -> desk.inOrder(nobody, town.id(), 1));
      refuses(RefusalReason.NOT_AUTHORIZED, () -> desk.signOff(nobody, town.id(), "gut"));
    }
    assertThat(desk.open(house.stranger, Optional.empty(), FIRST).tenant()).isEmpty();
    assertThat(DATABASE.number("select count(*) from revision_judgement")).isZero();
  }

  @Test
  void opensNoPeriodThatRunsAndNoneInWhichNothingHappened() throws Exception {
    house.happen("certificate.issued", Optional.of(TOWN), "certificate:people/aa");

    refuses(
        RefusalReason.WRONG_STATE,
        () -> desk.open(house.ronja, Optional.of(TOWN), LocalDate.parse("2026-07-01")));
    for (String day : List.of("2025-07-01", "2026-01-02", "2027-01-01")) {
      refuses(
          RefusalReason.NOT_FOUND,
          () -> desk.open(house.ronja, Optional.of(TOWN), LocalDate.parse(day)));
    }
  }

  @Test
  void isSignedOffWhenAllIsJudgedAndThenNothingChanges() throws Exception {
    Revision town = desk.open(house.ronja, Optional.of(TOWN), FIRST);
    UUID id = town.id();
    for (int number = 1; number <= 7; number++) {
      desk.inOrder(number % 2 == 0 ? house.ronja : house.rolf, id, number);
    }
    refuses(RefusalReason.WRONG_STATE, () -> desk.inOrder(house.rolf, id, 1));
    refuses(RefusalReason.REVIEW_UNFINISHED, () -> desk.signOff(house.ronja, id, "gut"));
    Finding grave = desk.record(house.ronja, id, finding(8, "Ohne Begründung abgelehnt."));
    desk.record(house.ronja, id, finding(0, "Zu viele Vertretungen."));
    refuses(RefusalReason.REVIEW_UNFINISHED, () -> desk.signOff(house.ronja, id, "gut"));
    Revision.Check check = desk.check(house.ronja, id);
    assertThat(check.isSound()).isTrue();
    assertThat(check.events()).isEqualTo(17);
    refuses(RefusalReason.TEXT_MISSING, () -> desk.signOff(house.ronja, id, " "));
    refuses(RefusalReason.TEXT_MISSING, () -> desk.signOff(house.ronja, id, "x".repeat(2001)));

    Revision signed = desk.signOff(house.ronja, id, "Bis auf zwei Punkte in Ordnung.");

    assertThat(signed.signOff())
        .hasValueSatisfying(
            signOff -> {
              assertThat(signOff.leftOut()).isZero();
              assertThat(signOff.statement().holds()).isTrue();
              assertThat(signOff.digest()).isEqualTo(digest(signed));
            });
    assertThat(
            DATABASE.texts("select detail from audit_event where action = 'revision.signed-off'"))
        .singleElement()
        .asString()
        .contains("items=8 leftOut=0 findings=2", signed.signOff().get().digest().toHex());
    refuses(RefusalReason.WRONG_STATE, () -> desk.inOrder(house.rolf, id, 8));
    refuses(RefusalReason.WRONG_STATE, () -> desk.record(house.rolf, id, finding(1, "doch")));
    refuses(RefusalReason.WRONG_STATE, () -> desk.check(house.rolf, id));
    refuses(RefusalReason.WRONG_STATE, () -> desk.signOff(house.rolf, id, "noch einmal"));
    for (String change :
        List.of(
            "insert into revision_judgement values ('" + id + "', 8, 'rolf', 'Rolf', now())",
            "insert into revision_check values ('" + id + "', 9, 'r', 'R', now(), 1, 1, 0, '{}')",
            "update revision_sign_off set words = 'anders'",
            "update revision_finding set severity = 'NOTE'",
            "delete from revision_finding",
            "delete from revision_sign_off")) {
      assertThatThrownBy(() -> DATABASE.execute(change))
          .as(change)
          .hasStackTraceContaining(change.startsWith("insert") ? "signed off" : "only grows");
    }

    desk.follow(house.rolf, id, grave.id(), StepKind.NOTED, "Nachgeholt.");
    desk.follow(house.rolf, id, grave.id(), StepKind.CLOSED, "Gesehen.");
    refuses(
        RefusalReason.WRONG_STATE,
        () -> desk.follow(house.rolf, id, grave.id(), StepKind.NOTED, "mehr"));
    assertThat(desk.openFindings(house.ronja)).hasSize(1);
    assertThat(desk.openFindings(house.stranger)).isEmpty();
    assertThat(digest(signed)).isEqualTo(signed.signOff().get().digest());
    assertThat(
            house
                .books
                .disclosure()
                .about(house.ronja.id())
                .sections()
                .get(PersonReport.Section.REVISIONS))
        .extracting(entry -> entry.get("what"))
        .contains("opened", "found", "checked", "signed off", "in order, item 2");
  }

  private Bytes digest(Revision signed) {
    try {
      RevisionDesk.Open all = desk.find(house.ronja, signed.id());
      return SignedContent.digest(
          signed, all.items(), all.findings(), signed.signOff().orElseThrow().statement());
    } catch (Refused impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void letsNobodyJudgeADeedOfTheirOwn() throws Exception {
    house.clock.set("2026-06-20");
    house.happen(house.ronja, "person.read", Optional.of(TOWN), "certificate:people/01");
    house.clock.set("2026-07-05");
    UUID id = desk.open(house.ronja, Optional.of(TOWN), FIRST).id();
    for (int number = 1; number <= 8; number++) {
      desk.inOrder(house.ronja, id, number);
    }
    desk.check(house.ronja, id);

    assertThat(desk.item(house.ronja, id, 9).item().isDeedOf(house.ronja)).isTrue();
    refuses(RefusalReason.OWN_DEED, () -> desk.inOrder(house.ronja, id, 9));
    refuses(RefusalReason.OWN_DEED, () -> desk.record(house.ronja, id, finding(9, "x")));
    refuses(RefusalReason.REVIEW_UNFINISHED, () -> desk.signOff(house.rolf, id, "gut"));

    assertThat(desk.signOff(house.ronja, id, "gut").signOff().orElseThrow().leftOut()).isOne();
  }

  @Test
  void hasAnotherJudgeWhatIsTheRevisorsOwn() throws Exception {
    house.clock.set("2026-06-20");
    house.happen(house.ronja, "person.read", Optional.of(TOWN), "certificate:people/01");
    house.clock.set("2026-07-05");
    UUID id = desk.open(house.ronja, Optional.of(TOWN), FIRST).id();
    for (int number = 1; number <= 9; number++) {
      desk.inOrder(house.rolf, id, number);
    }
    desk.check(house.rolf, id);

    assertThat(desk.signOff(house.ronja, id, "gut").signOff().orElseThrow().leftOut()).isZero();
  }

  @Test
  void showsWhatTheTrailKnowsAndNotesThatItDid() throws Exception {
    UUID id = desk.open(house.ronja, Optional.of(TOWN), FIRST).id();
    RevisionDesk.Item item = desk.item(house.ronja, id, 1);

    assertThat(item.trail()).contains(item.item().event());
    assertThat(
            DATABASE.texts(
                "select object from audit_event where action = 'person.read' and actor ="
                    + " 'person:ronja'"))
        .containsExactly(item.item().event().object());
  }

  @Test
  void seesThatTheTrailWasChanged() throws Exception {
    UUID id = desk.open(house.ronja, Optional.of(TOWN), FIRST).id();
    DATABASE.overrule(
        "update audit_event set object = 'request:9', hash = sha256(hash) where (chain, sequence)"
            + " in (select chain, sequence from revision_item where number = 2)");

    assertThat(desk.find(house.ronja, id).items())
        .filteredOn(SampleItem::isChanged)
        .extracting(SampleItem::number)
        .containsExactly(2);
    Revision.Check check = desk.check(house.ronja, id);
    assertThat(check.isSound()).isFalse();
    assertThat(check.faults()).isNotEmpty();
  }

  @Test
  void seesThatEventsWereTakenOutAndWhatNoHeadCoversYet() throws Exception {
    UUID id = desk.open(house.ronja, Optional.of(TOWN), FIRST).id();
    DATABASE.overrule("delete from audit_checkpoint");
    assertThat(desk.check(house.ronja, id).uncovered()).isPositive();

    house = new HalfYear(DATABASE);
    desk = house.desk;
    UUID other = desk.open(house.ronja, Optional.of(TOWN), FIRST).id();
    DATABASE.overrule("delete from audit_event where sequence between 16 and 17");
    assertThat(desk.check(house.ronja, other).faults())
        .anySatisfy(fault -> assertThat(fault).contains("missing"));
  }

  @Test
  void seesThatAllEventsOfThePeriodWereTakenOut() throws Exception {
    UUID id = desk.open(house.ronja, Optional.of(TOWN), FIRST).id();
    DATABASE.overrule("delete from audit_event");

    assertThat(desk.check(house.ronja, id).faults())
        .anySatisfy(fault -> assertThat(fault).contains("missing"));
    assertThat(desk.find(house.ronja, id).items())
        .isNotEmpty()
        .allSatisfy(item -> assertThat(item.isChanged()).isTrue());
    refuses(RefusalReason.REVIEW_UNFINISHED, () -> desk.signOff(house.ronja, id, "gut"));
  }

  @Test
  void takesNoMoreItemsIntoASampleWhateverIsDoneToItsReview() throws Exception {
    UUID id = desk.open(house.ronja, Optional.of(TOWN), FIRST).id();
    assertThatThrownBy(
            () ->
                DATABASE.execute(
                    "update revision set seed = seed where id = '%1$s';".formatted(id)
                        + " insert into revision_item select '%1$s', 99, 'ISSUED', chain, sequence,"
                            .formatted(id)
                        + " hash from audit_event limit 1"))
        .hasMessageContaining("never again");
  }

  @Test
  void losesNamesAndWordsWhenTheirTimeIsOverAndStaysProvable() throws Exception {
    UUID id = desk.open(house.ronja, Optional.of(TOWN), FIRST).id();
    desk.record(house.ronja, id, finding(1, "Erika hat falsch geprüft."));
    for (int number = 2; number <= 8; number++) {
      desk.inOrder(house.ronja, id, number);
    }
    desk.check(house.ronja, id);
    Revision signed = desk.signOff(house.ronja, id, "Bis auf Erika in Ordnung.");
    house.clock.set("2030-01-01");

    var retention = new JdbcRetentionBook(DATABASE.database());
    DATABASE
        .database()
        .<Integer, RuntimeException>inTransaction(
            transaction ->
                retention.erase(
                    transaction,
                    RetentionClass.NAMES,
                    house.clock.instant(),
                    house.clock.instant(),
                    5000));

    Revision later = desk.find(house.ronja, id).revision();
    assertThat(later.opened().name()).isEmpty();
    assertThat(later.signOff().orElseThrow().statement().words()).isEmpty();
    assertThat(desk.find(house.ronja, id).findings().getFirst().text().words()).isEmpty();
    assertThat(digest(later)).isEqualTo(signed.signOff().orElseThrow().digest());
    assertThat(
            DATABASE.number(
                """
                select count(*) from revision r, revision_finding f, revision_judgement j
                where opener_name is not null or finder_name is not null or judge_name is not null
                """))
        .isZero();
  }

  @Test
  void takesOnlyTextsThatFitAndOfficesThatAnswer() throws Exception {
    UUID id = desk.open(house.ronja, Optional.of(TOWN), FIRST).id();

    for (String text : List.of("", " \n", "\0", "x".repeat(2001))) {
      refuses(RefusalReason.TEXT_MISSING, () -> desk.record(house.ronja, id, finding(1, text)));
    }
    refuses(
        RefusalReason.BAD_DATA_FORMAT,
        () ->
            desk.record(
                house.ronja,
                id,
                new NewFinding(OptionalInt.of(1), Severity.NOTE, Office.REVISOR, "x")));
    refuses(RefusalReason.NOT_FOUND, () -> desk.record(house.ronja, id, finding(99, "x")));
    refuses(
        RefusalReason.NOT_FOUND,
        () -> desk.follow(house.ronja, id, UUID.randomUUID(), StepKind.NOTED, "x"));
    assertThat(DATABASE.number("select count(*) from revision_finding")).isZero();
  }

  private static NewFinding finding(int item, String words) {
    return new NewFinding(
        item == 0 ? OptionalInt.empty() : OptionalInt.of(item),
        Severity.MAJOR,
        Office.RA_OPERATOR,
        words);
  }

  private static void refuses(RefusalReason reason, ThrowingCallable call) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(call)
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
