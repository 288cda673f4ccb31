package de.kreissiegel.ca.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.bulk.BulkJob.State;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.lifecycle.Occasion;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Applications and invitations by list. */
class BulkTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final ProfileName PHONE = new ProfileName("mobile-device");

  private final SecureRandom random = new SecureRandom();
  private final Map<SubjectId, Actor.Person> people = new ConcurrentHashMap<>();
  private final Subject bea =
      House.person("Bea Village", House.VILLAGE, "bea.village@gemeinde-b.example");
  private final Subject phone = House.machine("phone-1.stadt-a.example", House.TOWN);
  private final Subject other = House.machine("phone-2.stadt-a.example", House.TOWN);

  @TempDir Path folder;
  private House house;
  private Books books;
  private BulkDesk desk;
  private BulkWorker worker;
  private Actor.Person officer;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE, null, House.withoutOfficers(folder), new MovableClock());
    List.of(bea, phone, other).forEach(house.directory::put);
    officer = House.officer(house.otto, House.TOWN);
    people.put(officer.id(), officer.provenBy(Proof.PASSWORD)); // as the directory knows people
    books = Books.of(DATABASE.source(), "test", house.clock, random);
    desk = new BulkDesk(books.ofBulk(), house.clock, random);
    worker = worker();
  }

  private BulkWorker worker() {
    return new BulkWorker(
        books.ofBulk(),
        new BulkWorker.Surroundings(
            house.desk,
            house.certificates,
            house.requests,
            books.ofLifecycle().effects(),
            house.directory,
            new Roles()),
        house.clock);
  }

  @Test
  void checksEachRowAndDoesNothingBeforeItsMakerSaysSo() throws Exception {
    BulkJob job =
        desk.take(
            officer,
            House.VPN,
            List.of(
                person("Anna.Amsel"),
                person("olga.officer@stadt-a.example"),
                person("nobody"),
                person("bea.village"),
                person("anna.amsel"),
                new BulkEntry("anna.amsel", House.VILLAGE.value(), Optional.empty(), ""),
                new BulkEntry("?", "", Optional.empty(), "the row has 7 fields")),
            false);
    worker.work();

    assertThat(desk.view(officer, job.id()).state()).isEqualTo(State.READY);
    assertThat(desk.rows(officer, job.id()))
        .extracting(BulkRow::state, one -> one.reason().orElse(null))
        .containsExactly(
            tuple(BulkRow.State.READY, null),
            tuple(BulkRow.State.READY, null),
            tuple(BulkRow.State.FAULTY, RefusalReason.NOT_FOUND),
            tuple(BulkRow.State.FAULTY, RefusalReason.NOT_FOUND),
            tuple(BulkRow.State.FAULTY, RefusalReason.DUPLICATE),
            tuple(BulkRow.State.FAULTY, RefusalReason.NOT_FOUND),
            tuple(BulkRow.State.FAULTY, RefusalReason.BAD_DATA_FORMAT));
    assertThat(occasions(house.anna)).isEmpty();
  }

  @Test
  void takesTheSameListTwiceOnlyWhenThatIsMeant() throws Exception {
    List<BulkEntry> entries = List.of(person("anna.amsel"), person("olga.officer"));
    BulkJob first = ran(House.VPN, entries);
    List<BulkEntry> same = List.of(person("Anna.Amsel"), person("olga.officer"));
    refuses(RefusalReason.SAME_LIST, () -> desk.take(officer, House.VPN, same, false));
    assertThat(desk.own(officer)).hasSize(1);

    // Another order, or another kind of certificate, is another list.
    BulkJob turned = desk.take(officer, House.VPN, List.of(entries.get(1), entries.get(0)), false);
    worker.work();
    assertThat(desk.doneElsewhere(officer, turned.id())).isEqualTo(2);
    desk.take(officer, new ProfileName("authentication"), entries, false);
    worker.work();

    BulkJob again = desk.take(officer, House.VPN, same, true);
    worker.work();
    assertThat(desk.doneElsewhere(officer, again.id())).isEqualTo(2);
    assertThat(desk.doneElsewhere(officer, first.id())).isZero();
    Actor.Person village = House.officer(house.olga, House.VILLAGE);
    refuses(RefusalReason.NOT_FOUND, () -> desk.doneElsewhere(village, again.id()));
  }

  @Test
  void takesAListOnceMoreThatWasCancelled() throws Exception {
    BulkJob job = desk.take(officer, House.VPN, List.of(person("anna.amsel")), false);
    desk.move(officer, job.id(), State.CANCELLED);
    desk.take(officer, House.VPN, List.of(person("anna.amsel")), false);
    assertThat(desk.own(officer)).hasSize(2);
  }

  @Test
  void asksEachPersonToApplyAndNoneWhoHasOne() throws Exception {
    house.approved(house.olga, House.VPN);
    BulkJob job = ran(House.VPN, List.of(person("anna.amsel"), person("olga.officer")));

    assertThat(desk.view(officer, job.id()).state()).isEqualTo(State.DONE);
    assertThat(desk.rows(officer, job.id()))
        .extracting(BulkRow::state)
        .containsExactly(BulkRow.State.DONE, BulkRow.State.FAULTY);
    assertThat(occasions(house.anna))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.because()).isEqualTo(Change.Kind.INVITED);
              assertThat(one.expected()).isTrue();
            });
    assertThat(occasions(house.olga)).isEmpty();
    assertThat(events("application.expected"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.actor()).isEqualTo(officer.auditName());
              assertThat(event.detail()).contains(job.auditName());
            });
  }

  @Test
  void appliesForDevicesAsTheirProfileDemandsAndItsMakerApprovesNone() throws Exception {
    BulkJob job = ran(PHONE, List.of(device(phone), device(other)));

    assertThat(desk.rows(officer, job.id()))
        .allSatisfy(
            row -> {
              assertThat(row.state()).isEqualTo(BulkRow.State.DONE);
              CertificateRequest request =
                  house.requests.find(row.request().orElseThrow()).orElseThrow();
              assertThat(request).isInstanceOf(CertificateRequest.AwaitingApproval.class);
              assertThat(request.content().isByOffice()).isTrue();
              refuses(RefusalReason.OWN_APPLICATION, () -> house.approve(officer, request.id()));
              assertThat(house.approve(House.officer(house.olga, House.TOWN), request.id()))
                  .isInstanceOf(CertificateRequest.Issued.class);
            });
  }

  @Test
  void makesNobodyAKey() throws Exception {
    Bytes csr = House.application(house.anna, House.VPN).certificationRequest();
    var entry = new BulkEntry("anna.amsel", "", Optional.of(csr), "");

    BulkJob job = ran(House.VPN, List.of(entry));

    assertThat(desk.rows(officer, job.id()))
        .extracting(one -> one.reason().orElseThrow())
        .containsExactly(RefusalReason.NOT_FOUND);
    refuses(
        RefusalReason.NOT_FOUND,
        () -> house.desk.submitByOffice(officer, House.application(house.anna, House.VPN)));
  }

  @Test
  void saysWhatIsWrongWithARequestBeforeItRuns() throws Exception {
    BulkJob job =
        desk.take(
            officer,
            PHONE,
            List.of(
                new BulkEntry(
                    phone.dnsName().orElseThrow(), "", Optional.of(Bytes.of(new byte[9])), "")),
            false);
    worker.work();

    assertThat(desk.rows(officer, job.id()).getFirst().state()).isEqualTo(BulkRow.State.FAULTY);
    refuses(RefusalReason.WRONG_STATE, () -> desk.move(officer, job.id(), State.PAUSED));
  }

  @Test
  void pausesGoesOnAndIsEnded() throws Exception {
    BulkJob job = desk.take(officer, PHONE, List.of(device(phone), device(other)), false);
    worker.work();
    desk.move(officer, job.id(), State.RUNNING);
    desk.move(officer, job.id(), State.PAUSED);
    worker.work();
    assertThat(desk.view(officer, job.id()).counts().ready()).isEqualTo(2);

    desk.move(officer, job.id(), State.RUNNING);
    desk.move(officer, job.id(), State.CANCELLED);
    worker.work();

    assertThat(desk.view(officer, job.id()).counts().done()).isZero();
    assertThat(house.requests.ofApplicant(officer.auditName(), 0, 100)).isEmpty();
    refuses(RefusalReason.WRONG_STATE, () -> desk.move(officer, job.id(), State.RUNNING));
  }

  @Test
  void goesOnAfterACrashWithoutApplyingTwice() throws Exception {
    BulkEntry entry = device(phone);
    BulkJob job = desk.take(officer, PHONE, List.of(entry, device(other)), false);
    worker.work();
    desk.move(officer, job.id(), State.RUNNING);
    // The process ends when it has applied for the first, before it could say so.
    List<BulkRow> lent =
        books
            .ofBulk()
            .jobs()
            .due(
                job.id(),
                1,
                house.clock.instant(),
                house.clock.instant().plus(Duration.ofMinutes(5)));
    CertificateRequest first =
        house.desk.submitByOffice(
            officer,
            new CertificateApplication(
                phone.id(), House.TOWN, PHONE, entry.csr().orElseThrow(), ""));
    assertThat(lent).hasSize(1);

    worker().work();
    assertThat(desk.view(officer, job.id()).state()).isEqualTo(State.RUNNING);
    house.clock.pass(Duration.ofMinutes(6));
    worker().work();

    assertThat(desk.view(officer, job.id()).state()).isEqualTo(State.DONE);
    assertThat(desk.rows(officer, job.id()).getFirst().request()).contains(first.id());
    assertThat(house.requests.ofApplicant(officer.auditName(), 0, 100)).hasSize(2);
  }

  @Test
  void doesNothingForWhoLostTheirOffice() throws Exception {
    BulkJob job = desk.take(officer, PHONE, List.of(device(phone), device(other)), false);
    worker.work();
    desk.move(officer, job.id(), State.RUNNING);
    people.put(officer.id(), House.staff(house.otto));
    worker.work();

    assertThat(DATABASE.texts("select distinct reason from bulk_row")).containsExactly("NOT_FOUND");
    assertThat(house.requests.ofApplicant(officer.auditName(), 0, 100)).isEmpty();
    people.clear();
  }

  @Test
  void waitsForTheDirectory() throws Exception {
    BulkJob job = desk.take(officer, PHONE, List.of(device(phone)), false);
    house.directory.down = true;
    worker.work();
    assertThat(desk.view(officer, job.id()).counts().unchecked()).isOne();

    house.directory.down = false;
    worker.work();
    assertThat(desk.view(officer, job.id()).state()).isEqualTo(State.READY);
  }

  @Test
  void isForOfficersAndEachListForItsMakerAlone() throws Exception {
    BulkJob job = desk.take(officer, PHONE, List.of(device(phone)), false);
    Actor.Person olga = House.officer(house.olga, House.TOWN);

    refuses(RefusalReason.NOT_FOUND, () -> desk.view(olga, job.id()));
    refuses(RefusalReason.NOT_FOUND, () -> desk.rows(olga, job.id()));
    refuses(RefusalReason.NOT_FOUND, () -> desk.move(olga, job.id(), State.CANCELLED));
    for (Actor.Person nobody :
        List.of(
            House.staff(house.anna),
            House.staff(house.anna).helping(Set.of(House.TOWN)),
            officer.provenBy(Proof.PASSWORD))) {
      refuses(
          RefusalReason.NOT_AUTHORIZED,
          () -> desk.take(nobody, PHONE, List.of(person("anna.amsel")), false));
    }
  }

  @Test
  void takesNoneThatIsEmptyTooLongOrMixed() {
    for (List<BulkEntry> entries :
        List.of(
            List.<BulkEntry>of(),
            Collections.nCopies(BulkDesk.MOST_ROWS + 1, person("anna.amsel")),
            List.of(person("anna.amsel"), device(phone)))) {
      refuses(RefusalReason.BAD_DATA_FORMAT, () -> desk.take(officer, PHONE, entries, false));
    }
  }

  @Test
  void forgetsListsAfterAMonth() throws Exception {
    ran(PHONE, List.of(device(phone)));
    house.clock.pass(Duration.ofDays(31));
    worker.forget();

    assertThat(DATABASE.number("select count(*) from bulk_row")).isZero();
  }

  private BulkJob ran(ProfileName profile, List<BulkEntry> entries) throws Refused {
    BulkJob job = desk.take(officer, profile, entries, false);
    worker.work();
    desk.move(officer, job.id(), State.RUNNING);
    worker.work();
    return job;
  }

  private static BulkEntry person(String who) {
    return new BulkEntry(who, "", Optional.empty(), "");
  }

  private static BulkEntry device(Subject machine) {
    return new BulkEntry(
        machine.dnsName().orElseThrow(),
        "",
        Optional.of(House.application(machine, PHONE).certificationRequest()),
        "");
  }

  private List<Occasion> occasions(Subject subject) {
    return books.ofLifecycle().effects().occasions(List.of(subject.id()));
  }

  private List<AuditEvent> events(String action) {
    return books
        .auditEvents()
        .search(
            Set.of(House.TOWN), new AuditQuery(action, Optional.empty(), Optional.empty(), 0, 50));
  }

  private static void refuses(RefusalReason reason, ThrowingCallable call) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(call)
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  /** What the directory says of people now. */
  private final class Roles implements StaffLogin {
    @Override
    public Optional<Actor.Person> logIn(String login, String password) {
      return Optional.empty();
    }

    @Override
    public Optional<Actor.Person> named(String loginOrMail) {
      return Optional.empty();
    }

    @Override
    public Optional<Actor.Person> current(SubjectId person) {
      return Optional.ofNullable(people.get(person));
    }
  }
}
