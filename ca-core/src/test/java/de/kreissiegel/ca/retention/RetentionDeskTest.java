package de.kreissiegel.ca.retention;

import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.JdbcAuditTrail;
import de.kreissiegel.ca.storage.JdbcRetentionBook;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.x509.RevocationReason;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetentionDeskTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final Actor SYSTEM = new Actor.Component("retention");
  private static final Duration YEAR = Duration.ofDays(366);

  private final RetentionDesk desk =
      new RetentionDesk(
          RetentionRules.DEFAULT
              .with(RetentionClass.CERTIFICATES, Period.ofYears(2))
              .with(RetentionClass.REQUESTS, Period.ofYears(1))
              .with(RetentionClass.NAMES, Period.ofYears(3)),
          new JdbcRetentionBook(ROOM.database().database()),
          ROOM.database().database(),
          ROOM.trail(),
          Bookroom.CLOCK);

  @BeforeEach
  void empty() {
    ROOM.clear();
  }

  @Test
  void plansWithoutChangingAnything() {
    StoredCertificate old = stored(endedBefore(YEAR.multipliedBy(3)));
    stored(endedBefore(YEAR));

    RetentionDesk.Plan plan = of(desk.plan(), RetentionClass.CERTIFICATES);

    assertThat(plan.endedBefore()).isEqualTo(Instant.parse("2024-11-22T08:00:00Z"));
    assertThat(plan.due()).isEqualTo(new RetentionBook.Due(1, Optional.of(old.notAfter())));
    assertThat(ROOM.certificates().find(PEOPLE, old.serial())).contains(old);
    assertThat(ROOM.events()).isEmpty();
  }

  @Test
  void erasesWhomACertificateNamedAndKeepsWhatBecameOfIt() {
    var status = new CertificateStatus.Revoked(NOW.minus(YEAR), RevocationReason.KEY_COMPROMISE);
    StoredCertificate old = stored(endedBefore(YEAR.multipliedBy(3)).status(status));
    StoredCertificate kept = stored(endedBefore(YEAR));

    desk.apply(SYSTEM);

    StoredCertificate erased = ROOM.certificates().find(PEOPLE, old.serial()).orElseThrow();
    assertThat(erased.isErased()).isTrue();
    assertThat(erased.subject()).isEmpty();
    assertThat(erased.alternativeNames()).isEmpty();
    assertThat(erased.status()).isEqualTo(status);
    assertThat(erased.notAfter()).isEqualTo(old.notAfter());
    assertThat(ROOM.certificates().keyInUse(SampleCertificate.keyHash(old))).isTrue();
    assertThat(ROOM.certificates().find(PEOPLE, kept.serial())).contains(kept);
    assertThat(
            ROOM.database()
                .number(
                    "select count(*) from certificate c where serial = ? and c::text ~*"
                        + " 'erika|mustermann'",
                    old.serial().toHex()))
        .isZero();
  }

  @Test
  void takesHoldersOutOfARunOfTheMassPathAndKeepsItsList() {
    StoredCertificate old = stored(endedBefore(YEAR.multipliedBy(3)));
    StoredCertificate kept = stored(endedBefore(YEAR).subject("otto"));
    Timestamp then = Timestamp.from(NOW.minus(YEAR.multipliedBy(4)));
    ROOM.database()
        .execute(
            "insert into mass_run values (gen_random_uuid(), ?, 'emergency', '', '', ?)",
            PEOPLE.value(),
            then);
    for (StoredCertificate one : List.of(old, kept)) {
      String holder = one.subject().orElseThrow().value();
      ROOM.database()
          .execute(
              "insert into mass_item select id, ?, ?, 0, 'smime', 't', ? from mass_run",
              one.equals(old) ? 1 : 2,
              one.serial().toHex(),
              holder);
      ROOM.database()
          .execute(
              "insert into notice (run, holder, tenant, created_at) select id, ?, 't', ?"
                  + " from mass_run",
              holder,
              then);
    }

    desk.apply(SYSTEM);

    assertThat(ROOM.database().texts("select coalesce(holder, '-') from mass_item order by place"))
        .containsExactly("-", "otto");
    assertThat(ROOM.database().texts("select holder from notice")).containsExactly("otto");
  }

  @Test
  void showsAnErasedCertificateToNobody() {
    StoredCertificate old = stored(endedBefore(YEAR.multipliedBy(3)));
    desk.apply(SYSTEM);
    var inventory =
        new CertificateInventory(
            ROOM.certificates(), ROOM.ownership(), ROOM.reads(), Bookroom.CLOCK);
    Actor officer = Bookroom.officer(HASSFURT);

    assertThat(inventory.search(officer, CertificateQuery.of("", 10))).isEmpty();
    assertThat(inventory.search(officer, CertificateQuery.of(old.serial().toHex(), 10))).isEmpty();
    assertThat(ROOM.certificates().ofSubjects(List.of(new SubjectId("erika")))).isEmpty();
    assertThatThrownBy(() -> inventory.view(officer, PEOPLE, old.serial()))
        .isInstanceOf(Refused.class);
  }

  @Test
  void neverErasesACertificateThatIsValid() {
    StoredCertificate valid = stored(sample());

    assertThatThrownBy(
            () ->
                ROOM.database()
                    .execute(
                        "update certificate set erased_at = ?, encoded = fingerprint,"
                            + " subject_id = null, subject_name = '', alternative_names = ''",
                        NOW))
        .hasMessageContaining("violates check constraint");
    assertThat(ROOM.certificates().find(PEOPLE, valid.serial())).contains(valid);
  }

  @Test
  void erasesTheWordsOfOldEventsAndTellsOfItInTheTrail() {
    append(NOW.minus(YEAR.multipliedBy(4)), "old");
    append(NOW.minus(YEAR), "young");

    RetentionDesk.Plan done = of(desk.apply(SYSTEM), RetentionClass.NAMES);

    assertThat(done.due().count()).isOne();
    assertThat(ROOM.events())
        .extracting(AuditEvent::action, AuditEvent::detail)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "retention.applied", "erased=1 period=P3Y endedBefore=2023-11-22T08:00:00Z"),
            org.assertj.core.groups.Tuple.tuple("test.done", "young"),
            org.assertj.core.groups.Tuple.tuple("test.done", ""));
  }

  @Test
  void erasesPhoneCodesOfPeopleWhoseLastCertificateEndedLongAgo() {
    stored(endedBefore(YEAR.multipliedBy(3)).subject("gone"));
    stored(endedBefore(YEAR.multipliedBy(3)).subject("stays"));
    stored(sample().subject("stays"));
    phoneCode("gone", NOW.minus(YEAR.multipliedBy(4)));
    phoneCode("stays", NOW.minus(YEAR.multipliedBy(4)));
    phoneCode("new", NOW);

    desk.apply(SYSTEM);

    assertThat(ROOM.database().texts("select subject_id from phone_code order by 1"))
        .containsExactly("new", "stays");
  }

  private static void phoneCode(String person, Instant at) {
    ROOM.database()
        .execute(
            "insert into phone_code values (?, ?, ?, ?, 0)",
            person,
            new byte[16],
            new byte[32],
            Timestamp.from(at));
  }

  @Test
  void findsNothingDueTheSecondTime() {
    stored(endedBefore(YEAR.multipliedBy(3)));
    desk.apply(SYSTEM);

    assertThat(desk.plan()).allMatch(plan -> plan.due().count() == 0);
    assertThat(desk.apply(SYSTEM)).allMatch(plan -> plan.due().count() == 0);
    assertThat(ROOM.events()).hasSize(1);
  }

  @Test
  void refusesRulesThatKeepNothingOrLongerThanDatesReach() {
    for (Period none : List.of(Period.ZERO, Period.ofYears(-1), Period.ofYears(999_999_999))) {
      assertThatThrownBy(() -> RetentionRules.DEFAULT.with(RetentionClass.NAMES, none))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new RetentionRules(Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static RetentionDesk.Plan of(List<RetentionDesk.Plan> plans, RetentionClass which) {
    return plans.stream().filter(plan -> plan.which() == which).findFirst().orElseThrow();
  }

  private static SampleCertificate endedBefore(Duration ago) {
    return sample().valid(NOW.minus(ago).minus(YEAR), NOW.minus(ago));
  }

  private static StoredCertificate stored(SampleCertificate certificate) {
    return certificate.storedIn(ROOM.database().database(), ROOM.certificates());
  }

  private static void append(Instant at, String detail) {
    ROOM.database()
        .database()
        .inTransaction(
            tx -> {
              new JdbcAuditTrail("node-1", Clock.fixed(at, ZoneOffset.UTC), new SecureRandom())
                  .append(
                      tx,
                      Bookroom.officer(HASSFURT),
                      "test.done",
                      Optional.of(HASSFURT),
                      "t",
                      detail);
              return true;
            });
  }
}
