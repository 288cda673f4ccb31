package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.disclosure.PersonReport;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.lifecycle.Brake;
import de.kreissiegel.ca.lifecycle.OpenRequests;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.pseudonym.PseudonymDesk;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.retention.RetentionClass;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.roster.Bookmark;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.DirectoryReport;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.JdbcAuditTrail;
import de.kreissiegel.ca.storage.JdbcDisclosureBook;
import de.kreissiegel.ca.storage.JdbcOutbox;
import de.kreissiegel.ca.storage.JdbcPseudonymBook;
import de.kreissiegel.ca.storage.JdbcRetentionBook;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that stand for people: from the application to what is left when all else is erased. */
@ResourceLock(VaultedHouse.SHARED)
class PseudonymsTest {
  private static final VaultedHouse VAULTED = VaultedHouse.shared();
  private static final House HOUSE = VAULTED.house;
  private static final TestDatabase DATABASE = VAULTED.database;
  private static final ProfileName PSEUDONYM = new ProfileName("pseudonym-signature");
  private static JdbcPseudonymBook book;
  private static CertificateInventory inventory;
  private static PseudonymDesk desk;
  private static RevocationDesk.Books books;
  private static RevocationDesk revocation;
  private static int people;
  private Subject subject;
  private Actor.Person bearer;
  private String name;

  @BeforeAll
  static void open() {
    book = new JdbcPseudonymBook(DATABASE.database(), new SecureRandom());
    var reads =
        new ReadLog(
            new JdbcAuditTrail("test", HOUSE.clock, new SecureRandom()), DATABASE.database());
    inventory =
        new CertificateInventory(
            HOUSE.certificates,
            new Ownership(HOUSE.directory, book::holdersOf),
            reads,
            HOUSE.clock);
    desk = new PseudonymDesk(book, HOUSE.directory, reads);
    books =
        new RevocationDesk.Books(
            DATABASE.database(),
            HOUSE.certificates,
            new JdbcAuditTrail("test", HOUSE.clock, new SecureRandom()),
            new JdbcOutbox(HOUSE.clock));
    revocation =
        new RevocationDesk(books, new Ownership(HOUSE.directory, book::holdersOf), HOUSE.clock);
  }

  @BeforeEach
  void somebodyNew() {
    people++;
    subject = House.person("Berta Bernstein", House.TOWN, "berta" + people + "@stadt-a.example");
    HOUSE.directory.put(subject);
    bearer = House.staff(subject);
    name = "Sachbearbeitung " + people;
  }

  @Test
  void certifiesThePseudonymAndNothingElseOfThePerson() throws Exception {
    StoredCertificate made = certified(name);

    var holder = new X509CertificateHolder(made.encoded().toArray());
    assertThat(holder.getSubject().getRDNs(BCStyle.CN)[0].getFirst().getValue())
        .hasToString("PN: " + name);
    assertThat(holder.getSubject().getRDNs(BCStyle.SERIALNUMBER)[0].getFirst().getValue())
        .isNotEqualTo(SubjectNames.distinction(subject.id()));
    assertThat(made.alternativeNames()).isEmpty();
    String octets = new String(made.encoded().toArray(), StandardCharsets.ISO_8859_1);
    assertThat(octets).doesNotContain("Bernstein").doesNotContain(subject.id().value());
    assertThat(made.subject()).contains(new Pseudonym(name).holder());
    assertThat(
            DATABASE.number(
                "select count(*) from certificate where subject_id = ?", subject.id().value()))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Anna Amsel", "Dr. Specht", "Team Bernstein", "x", "-- --", "GRP: Bauamt"})
  void refusesWhatReadsLikeANameOrIsNone(String wrong) {
    assertThat(refusal(() -> apply(bearer, subject, wrong)))
        .isIn(RefusalReason.LINT, RefusalReason.BAD_CERT_TEMPLATE);
    assertThat(HOUSE.desk.own(bearer)).isEmpty();
  }

  @Test
  void refusesNoPseudonymAndTheRealNameInTheRequest() {
    assertThat(refusal(() -> HOUSE.desk.submit(bearer, House.application(subject, PSEUDONYM))))
        .isEqualTo(RefusalReason.SUBJECT_INCOMPLETE);
    Bytes csr =
        SampleRequests.of(SampleRequests.elliptic("secp256r1"), "CN=" + subject.commonName());
    assertThat(refusal(() -> HOUSE.desk.submit(bearer, House.application(subject, PSEUDONYM, csr))))
        .isEqualTo(RefusalReason.BAD_CERT_TEMPLATE);
  }

  @Test
  void takesThePseudonymFromTheRequestToo() throws Exception {
    Bytes csr = SampleRequests.of(SampleRequests.elliptic("secp256r1"), "CN=PN: " + name);
    assertThat(
            HOUSE
                .desk
                .submit(bearer, House.application(subject, PSEUDONYM, csr))
                .content()
                .values()
                .pseudonym())
        .contains(new Pseudonym(name));
  }

  @Test
  void namesOnePersonForEverHoweverItIsSpelt() throws Exception {
    certified(name);
    Subject other = House.person("Clara Cyan", House.TOWN, "clara@stadt-a.example");
    HOUSE.directory.put(other);

    for (String spelt : List.of(name, name.toUpperCase(), name.replace(' ', '-'))) {
      assertThatThrownBy(() -> apply(House.staff(other), other, spelt))
          .hasMessageContaining("taken")
          .isInstanceOf(Refused.class);
    }
    HOUSE.directory.remove(subject);
    assertThatThrownBy(() -> apply(House.staff(other), other, name)).hasMessageContaining("taken");
    HOUSE.directory.put(subject);
    assertThat(certified(name).subject()).contains(new Pseudonym(name).holder());
  }

  @Test
  void givesItToWhoIsApprovedFirstAndRefusesTheOther() throws Exception {
    Subject other = House.person("Dora Dunkel", House.TOWN, "dora@stadt-a.example");
    HOUSE.directory.put(other);
    CertificateRequest first = apply(bearer, subject, name);
    CertificateRequest second = apply(House.staff(other), other, name);
    VAULTED.approve(VAULTED.otto, first.id());

    assertThat(refusal(() -> VAULTED.approve(VAULTED.otto, second.id())))
        .isEqualTo(RefusalReason.BAD_CERT_TEMPLATE);
    assertThat(HOUSE.desk.view(VAULTED.otto, second.id())).isEqualTo(second);
  }

  @Test
  void tellsOfficersOfTheTenantWhoItIsAndNotesThatAndWhy() throws Exception {
    SubjectId holder = certified(name).subject().orElseThrow();

    var unveiled = desk.unveil(VAULTED.otto, holder, "Nachfrage des Gerichts");

    assertThat(unveiled.person()).isEqualTo(subject.id());
    assertThat(unveiled.name()).contains("Berta Bernstein");
    assertThat(
            DATABASE.texts(
                "select detail from audit_event where action = 'person.read' and object = ?",
                holder.value()))
        .containsExactly("reason=Nachfrage des Gerichts");
    assertThat(refusal(() -> desk.unveil(VAULTED.otto, holder, " ")))
        .isEqualTo(RefusalReason.REASON_MISSING);
  }

  @Test
  void tellsNobodyElse() throws Exception {
    CertificateRequest issued = issued(name);
    StoredCertificate made = HOUSE.certificateOf(issued);
    SubjectId holder = made.subject().orElseThrow();
    Actor.Person auditor = auditor();
    for (Actor.Person other :
        List.of(auditor, House.staff(HOUSE.anna), House.officer(HOUSE.olga, House.VILLAGE))) {
      assertThat(desk.mayAsk(other, holder)).isFalse();
      assertThat(refusal(() -> desk.unveil(other, holder, "Neugier")))
          .isEqualTo(RefusalReason.NOT_FOUND);
      assertThat(refusal(() -> HOUSE.desk.view(other, issued.id())))
          .isEqualTo(RefusalReason.NOT_FOUND);
    }
    assertThat(HOUSE.desk.all(auditor, 0, 500)).noneMatch(one -> one.id().equals(issued.id()));
    assertThat(HOUSE.desk.all(VAULTED.otto, 0, 500)).anyMatch(one -> one.id().equals(issued.id()));
    assertThat(inventory.view(auditor, made.authority(), made.serial()).request()).isEmpty();
    assertThat(inventory.view(VAULTED.otto, made.authority(), made.serial()).request())
        .contains(issued.id());
    assertThat(
            DATABASE.texts(
                "select detail from audit_event where object = ?", "request:" + issued.id()))
        .isNotEmpty()
        .noneMatch(detail -> detail.contains(name) || detail.contains(made.serial().toHex()));
    assertThat(DATABASE.texts("select detail from audit_event where object = ?", made.auditName()))
        .isNotEmpty()
        .noneMatch(detail -> detail.contains(issued.id().toString()));
  }

  @Test
  void isThePersonsOwnAndEndsWhenTheyLeave() throws Exception {
    StoredCertificate made = certified(name);
    assertThat(inventory.own(bearer)).extracting(StoredCertificate::serial).contains(made.serial());
    assertThat(inventory.view(bearer, made.authority(), made.serial())).isEqualTo(made);
    assertThat(HOUSE.certificates.ofSubjects(List.of(subject.id())))
        .extracting(StoredCertificate::serial)
        .containsExactly(made.serial());
  }

  @Test
  void namesNobodyInTheTrailWhereTheBearerRevokesTheirOwn() throws Exception {
    StoredCertificate made = certified(name);
    revocation.revoke(
        bearer,
        made.authority(),
        made.serial(),
        Revocation.of(RevocationReason.SUPERSEDED, "neuer Schlüssel"));

    assertThat(
            DATABASE.texts(
                "select actor || ' ' || actor_name from audit_event where object = ? and action ="
                    + " 'certificate.revoked'",
                made.auditName()))
        .singleElement()
        .asString()
        .doesNotContain(subject.id().value())
        .doesNotContain("Bernstein");
    assertThat(
            DATABASE.number("select count(*) from outbox where serial = ?", made.serial().toHex()))
        .isZero();
  }

  @Test
  void isRevokedWhenThePersonLeaves() throws Exception {
    StoredCertificate made = certified(name);
    var lifecycle =
        new SubjectLifecycle(
            revocation,
            OpenRequests.of(HOUSE.desk),
            HOUSE.directory,
            Books.of(DATABASE.source(), "test", HOUSE.clock, new SecureRandom()).ofLifecycle(),
            new SubjectLifecycle.Settings(
                ProfileCatalog.bundled(), _ -> Optional.of(SubjectKind.PERSON), Brake.DEFAULT),
            HOUSE.clock);
    var directory = new DirectoryName("pseudonyms");
    var bookmark = new Bookmark(Bytes.of(new byte[] {1}));
    lifecycle.take(
        directory,
        DirectoryReport.last(List.of(new Observation.Present(subject, false, Set.of())), bookmark));

    lifecycle.take(
        directory,
        DirectoryReport.last(
            List.of(new Observation.Gone(subject.id(), "entry deleted")), bookmark));

    assertThat(HOUSE.certificates.find(made.authority(), made.serial()).orElseThrow().status())
        .isInstanceOf(CertificateStatus.Revoked.class);
    assertThat(DATABASE.texts("select detail from audit_event where object = ?", made.auditName()))
        .isNotEmpty()
        .noneMatch(detail -> detail.contains("in the directory"));
  }

  @Test
  void standsInTheReportOfThePerson() throws Exception {
    certified(name);
    var report = new JdbcDisclosureBook(DATABASE.database()).about(subject.id());
    assertThat(report.sections().get(PersonReport.Section.PSEUDONYMS))
        .singleElement()
        .satisfies(entry -> assertThat(entry).containsEntry("name", name));
    assertThat(report.sections().get(PersonReport.Section.CERTIFICATES)).hasSize(1);
  }

  @Test
  void staysTakenWhenNameAndPersonAreErased() throws Exception {
    CertificateRequest asked = apply(bearer, subject, name);
    HOUSE.desk.setFields(
        VAULTED.otto, asked.id(), Map.of(Field.VALIDITY, List.of("P1D"))); // ends before others
    VAULTED.approve(VAULTED.otto, asked.id());
    SubjectId holder = new Pseudonym(name).holder();
    assertThat(book.bearer(holder)).isPresent();
    Instant later = HOUSE.clock.instant().plus(Duration.ofDays(2));
    var retention = new JdbcRetentionBook(DATABASE.database());
    for (RetentionClass which : List.of(RetentionClass.REQUESTS, RetentionClass.CERTIFICATES)) {
      DATABASE
          .database()
          .inTransaction(transaction -> retention.erase(transaction, which, later, later, 1000));
    }

    assertThat(DATABASE.number("select count(*) from pseudonym where erased_at is not null"))
        .isPositive();
    assertThat(book.bearer(holder)).isEmpty();
    assertThat(book.isFree(new Pseudonym(name), subject.id(), House.TOWN)).isFalse();
    assertThatThrownBy(
            () -> DATABASE.execute("update pseudonym set commitment = sha256('x'::bytea)"))
        .hasMessageContaining("only grows");
    assertThatThrownBy(() -> DATABASE.execute("delete from pseudonym"))
        .hasMessageContaining("only grows");
  }

  private StoredCertificate certified(String pseudonym) throws Exception {
    return HOUSE.certificateOf(issued(pseudonym));
  }

  private CertificateRequest issued(String pseudonym) throws Exception {
    CertificateRequest decided =
        VAULTED.approve(VAULTED.otto, apply(bearer, subject, pseudonym).id());
    assertThat(decided).isInstanceOf(CertificateRequest.Issued.class);
    return decided;
  }

  private static CertificateRequest apply(Actor.Person person, Subject who, String pseudonym)
      throws Refused {
    return HOUSE.desk.submit(
        person,
        new CertificateApplication(
            who.id(),
            who.home(),
            PSEUDONYM,
            SampleRequests.ofNewKey(),
            "",
            Map.of(Field.PSEUDONYM, List.of(pseudonym))));
  }

  private static Actor.Person auditor() {
    return new Actor.Person(
        HOUSE.anna.id(),
        "Anna Amsel",
        "aa",
        Set.of(House.TOWN),
        Set.of(),
        Set.of(),
        Set.of(House.TOWN),
        Proof.CERTIFICATE);
  }

  private static RefusalReason refusal(ThrowingCallable call) {
    return catchThrowableOfType(Refused.class, call).reason();
  }
}
