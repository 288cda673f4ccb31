package de.kreissiegel.ca.disclosure;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.disclosure.PersonReport.Section;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.JdbcDisclosureBook;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.x509.RevocationReason;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DisclosureTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final SubjectId ERIKA = new SubjectId("erika");

  private final DisclosureBook book = new JdbcDisclosureBook(ROOM.database().database());

  @BeforeEach
  void empty() {
    ROOM.clear();
  }

  @Test
  void tellsAPersonWhatThereIsAboutThemAndWhoReadIt() throws Exception {
    StoredCertificate theirs = stored(sample());
    stored(sample().subject("otto"));
    Actor officer = Bookroom.officer(HASSFURT);
    new CertificateInventory(ROOM.certificates(), ROOM.ownership(), ROOM.reads(), Bookroom.CLOCK)
        .view(officer, PEOPLE, theirs.serial());
    ROOM.revocationDesk()
        .revoke(
            officer,
            PEOPLE,
            theirs.serial(),
            Revocation.of(RevocationReason.SUPERSEDED, "neuer Name"));

    PersonReport report = book.about(ERIKA);

    assertThat(report.sections().get(Section.CERTIFICATES))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one)
                    .containsEntry("serial", theirs.serial().toHex())
                    .containsEntry("subject_name", theirs.subjectName())
                    .containsEntry("state", "revoked"));
    assertThat(report.sections().get(Section.EVENTS))
        .singleElement()
        .satisfies(one -> assertThat(one).containsEntry("action", "certificate.revoked"));
    assertThat(report.sections().get(Section.READS))
        .singleElement()
        .satisfies(one -> assertThat(one).containsEntry("actor_name", "Olaf"));
    assertThat(report.sections().get(Section.DEEDS)).isEmpty();
    assertThat(book.about(new SubjectId("officer")).sections().get(Section.DEEDS)).hasSize(2);
  }

  @Test
  void tellsOfListsCardsAndSessionsThatNameThem() {
    ROOM.database()
        .execute(
            """
            insert into bulk_job values ('00000000-0000-0000-0000-000000000001', 'invitations',
              'vpn-client', 'otto', 'Otto', 'CERTIFICATE', now(), 'done', now());
            insert into bulk_row (job, number, who, state, subject_id, name) values
              ('00000000-0000-0000-0000-000000000001', 1, 'erika@x', 'done', 'erika', 'Erika'),
              ('00000000-0000-0000-0000-000000000001', 2, 'anna@x', 'done', 'anna', 'Anna');
            insert into equipment values ('00000000-0000-0000-0000-000000000002', 'card', '4711',
              'hassfurt', 'erika', 'Erika', '', 'otto', 'Otto', now(), 'out', 'olga', 'Olga', now(),
              '');
            insert into web_session (key, content, known, created_at, used_at, ends_at, holder, proof,
              proven_at) values (sha256('x'), 'x', true, now(), now(), now() + interval '1 hour',
              'erika', 'passkey', now());
            """);

    var erika = book.about(ERIKA).sections();
    assertThat(erika.get(Section.LISTS))
        .singleElement()
        .satisfies(one -> assertThat(one).containsEntry("row_name", "Erika"));
    assertThat(erika.get(Section.EQUIPMENT))
        .singleElement()
        .satisfies(one -> assertThat(one).containsEntry("serial", "4711"));
    assertThat(erika.get(Section.SESSIONS))
        .singleElement()
        .satisfies(one -> assertThat(one).containsEntry("proof", "passkey"));
    // Who brought the list, or gave and took the card, hears of that, and of nobody else's row.
    var otto = book.about(new SubjectId("otto")).sections();
    assertThat(otto.get(Section.LISTS))
        .singleElement()
        .satisfies(one -> assertThat(one).doesNotContainKey("row_name"));
    assertThat(otto.get(Section.EQUIPMENT)).hasSize(1);
    assertThat(book.about(new SubjectId("olga")).sections().get(Section.EQUIPMENT)).hasSize(1);
    assertThat(book.about(new SubjectId("nobody")).isEmpty()).isTrue();
    ROOM.database().execute("delete from bulk_job; delete from equipment; delete from web_session");
  }

  @Test
  void tellsOfTheirPhoneCodeAndWhoTriedItButNothingToGuessItBy() {
    Actor officer = Bookroom.officer(HASSFURT);
    ROOM.database()
        .execute(
            "insert into phone_code values ('erika', ?, ?, ?, 2)",
            new byte[16],
            new byte[32],
            Timestamp.from(SampleCertificate.NOW));
    ROOM.database()
        .database()
        .inTransaction(
            transaction -> {
              ROOM.trail()
                  .append(
                      transaction,
                      officer,
                      "phone-code.refused",
                      Optional.of(HASSFURT),
                      "person:erika",
                      "wrong code, 2 of 5");
              return true;
            });

    PersonReport report = book.about(ERIKA);

    assertThat(report.sections().get(Section.PHONE_CODE))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one)
                    .containsOnlyKeys("created_at", "failures")
                    .containsEntry("failures", "2"));
    assertThat(report.sections().get(Section.EVENTS))
        .singleElement()
        .satisfies(one -> assertThat(one).containsEntry("action", "phone-code.refused"));
  }

  @Test
  void tellsWhatTheyHadToHearWhenAnAuthorityCameToItsEnd() {
    Timestamp then = Timestamp.from(SampleCertificate.NOW);
    ROOM.database()
        .execute(
            "insert into mass_run values (gen_random_uuid(), 'people', 'emergency', 'copied', '',"
                + " ?)",
            then);
    for (String holder : List.of("erika", "otto")) {
      ROOM.database()
          .execute(
              "insert into notice (run, holder, tenant, created_at) select id, ?, 't', ?"
                  + " from mass_run",
              holder,
              then);
    }
    assertThat(book.about(ERIKA).sections().get(Section.NOTICES))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one)
                    .containsEntry("authority", "people")
                    .containsEntry("reason", "copied"));
  }

  @Test
  void tellsNothingOfSomebodyUnknown() {
    stored(sample());

    assertThat(book.about(new SubjectId("nobody")).isEmpty()).isTrue();
  }

  @Test
  void findsAPersonByTheWholeMailAddressAlone() {
    stored(sample());
    stored(sample().subject("otto").names("CN=Otto", "mail:otto@stadt-hassfurt.example"));

    assertThat(book.subjectsOf("Erika.Mustermann@stadt-hassfurt.example")).containsExactly(ERIKA);
    assertThat(book.subjectsOf("mustermann@stadt-hassfurt.example")).isEmpty();
    assertThat(book.subjectsOf("'")).isEmpty();
  }

  @Test
  void countsWithoutNamesAndWithoutSmallNumbers() {
    for (int i = 0; i < 5; i++) {
      stored(sample());
    }
    stored(sample().tenant(EBERN));

    assertThat(Statistics.lines(book, false))
        .containsExactly(
            "tenant;profile;state;month;certificates",
            "stadt-ebern.example;vpn-person;good;2026-11;<5",
            "stadt-hassfurt.example;vpn-person;good;2026-11;5");
    assertThat(Statistics.lines(book, true))
        .contains("stadt-ebern.example;vpn-person;good;2026-11;1");
  }

  private static StoredCertificate stored(SampleCertificate certificate) {
    return certificate.storedIn(ROOM.database().database(), ROOM.certificates());
  }
}
