package de.kreissiegel.ca.emergency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.emergency.MassPath.Progress;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The bad day, drilled. */
@Order(Integer.MAX_VALUE)
class MassPathTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final AuthorityName DEVICES = new AuthorityName("devices");
  private static final Actor WHO = new Actor.Component("mass");
  private static final Progress UNHEARD = (_, _) -> {};

  @TempDir private Path folder;
  private House house;
  private MassPath path;

  @BeforeEach
  void aHouse() throws Exception {
    house =
        new House(DATABASE, null, House.withoutOfficers(folder.resolve("p")), new MovableClock());
    house.clock.pass(Duration.between(house.clock.instant(), Instant.now()));
    path = path(house.database.database());
  }

  /** How many; {@link MassPathLongTest} drills it with more. */
  int certificates() {
    return 1000;
  }

  /** In which of that many transactions somebody dies; {@link MassPathLongTest} tries them all. */
  List<Integer> deaths(int transactions) {
    return List.of(1, transactions / 2 - 1, transactions - 1, transactions);
  }

  @Test
  void bringsAllCertificatesToTheirEnd() throws Exception {
    int certificates = certificates();
    DistrictOfRows.insert(DATABASE, certificates);
    long concerned = DistrictOfRows.concerned(certificates);
    List<MassStep> heard = new ArrayList<>();

    assertThat(path.plan(DEVICES).stream().mapToLong(PlanLine::count).sum()).isEqualTo(concerned);
    emergency();
    MassRun run = path.goOn(WHO, DEVICES, false, (step, _) -> heard.add(step));

    assertThat(run.finished()).isPresent();
    assertThat(heard).isSorted().contains(MassStep.values());
    assertDoneOnce(concerned);
    for (MassCount count : path.counts(run)) {
      assertThat(count.all())
          .isEqualTo(count.revoked())
          .isEqualTo(count.asked())
          .isEqualTo(count.told());
      assertThat(count.replaced()).isZero();
    }
    assertThat(run.finished().orElseThrow().serials()).isEqualTo(digest(run));
  }

  @Test
  void gatewaysComeFirstAndPeopleLast() throws Exception {
    DistrictOfRows.insert(DATABASE, 1000);
    emergency();
    MassRun run = path.goOn(WHO, DEVICES, false, UNHEARD);

    List<String> order = List.of("vpn-gateway", "tls-server", "laptop", "vpn-client");
    assertThat(path.counts(run)).extracting(count -> count.profile().value()).isEqualTo(order);
    List<String> told = new ArrayList<>();
    path.eachNotice(run, notice -> told.add(notice.certificates().getFirst().profile().value()));
    assertThat(told.stream().distinct().toList()).isEqualTo(order);
    assertThat(told)
        .hasSize(930)
        .isSortedAccordingTo((a, b) -> order.indexOf(a) - order.indexOf(b));
    assertThat(
            DATABASE.texts(
                """
                select c.profile from revocation_fact f join certificate c using (authority, serial)
                order by f.number
                """))
        .isEqualTo(told);
  }

  @Test
  void whoeverDiesInAnyTransactionNothingIsDoneTwiceAndNothingForgotten() throws Exception {
    int certificates = 500;
    int transactions = 1 + 3 * (3 + 1) + 1; // three batches a step, and one that finds nothing
    for (int at : deaths(transactions)) {
      boolean afterCommit = at % 2 == 0;
      DATABASE.clear();
      DistrictOfRows.insert(DATABASE, certificates);
      long concerned = path.plan(DEVICES).stream().mapToLong(PlanLine::count).sum();
      emergency();
      MassPath dying = path(new Crashing(house.database.database(), at, afterCommit));
      assertThat(
              catchThrowableOfType(
                  Crashing.Crash.class, () -> dying.goOn(WHO, DEVICES, false, UNHEARD)))
          .as("transaction " + at)
          .isNotNull();

      boolean finished = path.run(DEVICES).finished().isPresent();
      assertThat(finished).isEqualTo(afterCommit && at == transactions);
      if (!finished) {
        path.goOn(WHO, DEVICES, false, UNHEARD);
      }
      assertDoneOnce(concerned);
    }
  }

  @Test
  void aStoppedAuthorityIssuesNothingUntilItsNextKeyIsThere() throws Exception {
    assertThat(house.certificateOf(house.approved(house.anna, House.VPN)).authority())
        .isEqualTo(DEVICES);
    emergency();
    CertificateRequest refused = house.approved(house.anna, House.VPN);
    assertThat(refused)
        .isInstanceOfSatisfying(
            CertificateRequest.Refused.class,
            state -> assertThat(state.reason()).contains("AUTHORITY_STOPPED"));

    house.clock.pass(Duration.ofMinutes(10));
    rollOver();
    assertThat(house.certificateOf(house.approved(house.anna, House.VPN)).authority())
        .isEqualTo(new AuthorityName("devices-2"));
    MassRun run = path.goOn(WHO, DEVICES, false, UNHEARD);
    assertThat(path.counts(run))
        .singleElement()
        .satisfies(
            count -> assertThat(List.of(count.all(), count.replaced())).containsExactly(1L, 1L));
    assertThat(path.run(DEVICES).finished()).isPresent();
    assertThat(house.approved(house.olga, House.VPN))
        .as("stopped is for ever, and for the old key alone")
        .isInstanceOf(CertificateRequest.Issued.class);
  }

  @Test
  void anOfficerSignsNothingForAStoppedAuthority() throws Exception {
    house = new House(DATABASE);
    CertificateRequest waiting =
        house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));
    emergency();
    refuses(
        RefusalReason.AUTHORITY_STOPPED,
        () -> house.approve(House.officer(house.otto, House.TOWN), waiting.id()));
    assertThat(house.requests.find(waiting.id()))
        .containsInstanceOf(CertificateRequest.AwaitingApproval.class);
  }

  @Test
  void whatWasSignedBeforeTheStopAndStoredAfterItIsTakenIn() throws Exception {
    emergency();
    DistrictOfRows.insert(DATABASE, 1000);
    path.goOn(WHO, DEVICES, false, UNHEARD);
    assertDoneOnce(930);
  }

  @Test
  void aPlannedRunRevokesOnlyWhatWasReplacedUntilItIsToldToRevokeTheRest() throws Exception {
    DistrictOfRows.insert(DATABASE, 1000);
    rollOver();
    path = path(house.database.database());
    begin("devices", MassKind.PLANNED, "a larger key");

    assertThat(path.goOn(WHO, DEVICES, false, UNHEARD).finished()).isEmpty();
    assertThat(revocations()).isZero();
    assertThat(DATABASE.number("select count(*) from notice")).isEqualTo(930);

    int replaced = DistrictOfRows.successors(DATABASE, "profile = 'vpn-gateway'");
    assertThat(replaced).isPositive();
    assertThat(path.goOn(WHO, DEVICES, false, UNHEARD).finished()).isEmpty();
    assertThat(revocations()).isEqualTo(replaced);

    assertThat(path.goOn(WHO, DEVICES, true, UNHEARD).finished()).isPresent();
    assertDoneOnce(930);
    assertThat(
            DATABASE.number(
                "select count(*) from certificate where authority = 'devices-2'"
                    + " and state <> 'good'"))
        .isZero();
  }

  @Test
  void refusesWhatIsNoIssuingAuthorityOrHasNoReason() throws Exception {
    DistrictOfRows.insert(DATABASE, 1000);
    refuses(RefusalReason.NOT_FOUND, () -> begin("nobody", MassKind.EMERGENCY, "stolen"));
    refuses(RefusalReason.NOT_AUTHORIZED, () -> begin("root", MassKind.EMERGENCY, "stolen"));
    refuses(RefusalReason.REASON_MISSING, () -> begin("devices", MassKind.EMERGENCY, " "));
    refuses(
        RefusalReason.REASON_MISSING, () -> begin("devices", MassKind.EMERGENCY, "x".repeat(301)));
    refuses(RefusalReason.NOT_FOUND, () -> path.goOn(WHO, DEVICES, false, UNHEARD));
    refuses(RefusalReason.NOT_FOUND, () -> path.run(DEVICES));
    assertThat(DATABASE.number("select count(*) from mass_run")).isZero();
    assertThat(revocations()).isZero();
  }

  @Test
  void refusesAPlannedRunAsLongAsNoLaterKeyIssues() {
    refuses(RefusalReason.WRONG_STATE, () -> begin("devices", MassKind.PLANNED, "a larger key"));
  }

  @Test
  void refusesASecondRunAtOnceAndToGoOnWithAFinishedOne() throws Exception {
    DistrictOfRows.insert(DATABASE, 1000);
    emergency();
    refuses(RefusalReason.WRONG_STATE, this::emergency);
    path.goOn(WHO, DEVICES, false, UNHEARD);
    refuses(RefusalReason.WRONG_STATE, () -> path.goOn(WHO, DEVICES, false, UNHEARD));
    assertDoneOnce(930);
  }

  /** The next key issues at once. */
  private void rollOver() throws Exception {
    Instant now = house.clock.instant().truncatedTo(ChronoUnit.SECONDS);
    house.rollOver(DEVICES, now, folder.resolve("a"));
    house.clock.pass(Duration.ofMinutes(1));
  }

  @Test
  void beginsOnlyWithTheConsentOfTwoPeopleWhoMay() throws Exception {
    DistrictOfRows.insert(DATABASE, 100);
    MassOrder order = path.order(DEVICES, MassKind.EMERGENCY, "the key was copied");
    var consents = new Consents(folder.resolve("few"));
    refuses(RefusalReason.NOT_AUTHORIZED, () -> path.begin(WHO, order, "Olga", consents.all()));
    consents.first().to(order);
    consents.first().to(order);
    consents.stranger().to(order);
    refuses(RefusalReason.NOT_AUTHORIZED, () -> path.begin(WHO, order, "Olga", consents.all()));
    consents.second().to(path.order(DEVICES, MassKind.EMERGENCY, "another reason"));
    consents.second().to(path.order(new AuthorityName("people"), order.kind(), order.reason()));
    refuses(RefusalReason.NOT_AUTHORIZED, () -> path.begin(WHO, order, "Olga", consents.all()));
    assertThat(DATABASE.number("select count(*) from mass_run")).isZero();

    consents.second().to(order);
    path.begin(WHO, order, "Olga", consents.all());
    assertThat(DATABASE.texts("select detail from audit_event where action = 'mass.begun'"))
        .singleElement()
        .asString()
        .contains("by Olga, consented by " + consents.names());
  }

  @Test
  void takesAConsentOfYesterdayAndNoOlderOne() throws Exception {
    DistrictOfRows.insert(DATABASE, 100);
    MassOrder old = path.order(DEVICES, MassKind.EMERGENCY, "the key was copied");
    var consents = new Consents(folder.resolve("old"));
    consents.first().to(old);
    consents.second().to(old);
    house.clock.pass(Duration.ofDays(2));
    MassOrder late = path.order(DEVICES, old.kind(), old.reason());
    refuses(RefusalReason.WRONG_STATE, () -> path.begin(WHO, old, "Olga", consents.all()));
    refuses(RefusalReason.NOT_AUTHORIZED, () -> path.begin(WHO, late, "Olga", consents.all()));
    house.clock.pass(Duration.ofDays(-1));
    path.begin(WHO, path.order(DEVICES, old.kind(), old.reason()), "Olga", consents.all());
    assertThat(DATABASE.number("select count(*) from mass_run")).isOne();
  }

  private void emergency() throws Refused {
    begin("devices", MassKind.EMERGENCY, "the key was copied");
  }

  private void begin(String authority, MassKind kind, String reason) throws Refused {
    try {
      MassOrder order = path.order(new AuthorityName(authority), kind, reason);
      var consents = new Consents(folder.resolve("consents"));
      consents.first().to(order);
      consents.second().to(order);
      path.begin(WHO, order, "Olga", consents.all());
    } catch (IOException | GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private MassPath path(Transactions transactions) {
    MassPath.Books books =
        Books.of(DATABASE.source(), "mass", house.clock, new SecureRandom()).ofMassPath();
    return new MassPath(
        house.authorities,
        house.profiles,
        new MassPath.Books(transactions, books.runs(), books.audit(), books.revocation()),
        house.clock,
        new SecureRandom());
  }

  private static long revocations() {
    return DATABASE.number("select count(*) from revocation_fact");
  }

  /** Of each certificate one fact, one event; of each holder one notice; the responder stays. */
  private static void assertDoneOnce(long concerned) {
    assertThat(revocations()).isEqualTo(concerned);
    assertThat(DATABASE.number("select count(distinct serial) from revocation_fact"))
        .isEqualTo(concerned);
    assertThat(
            DATABASE.number(
                "select count(distinct object) from audit_event where action = ?",
                "certificate.revoked"))
        .isEqualTo(concerned);
    assertThat(
            DATABASE.number(
                "select count(*) from audit_event where action = 'certificate.revoked'"))
        .isEqualTo(concerned);
    assertThat(DATABASE.number("select count(*) from notice")).isEqualTo(concerned);
    assertThat(DATABASE.number("select count(distinct holder) from notice")).isEqualTo(concerned);
    assertThat(DATABASE.texts("select distinct revocation_reason::text from revocation_fact"))
        .containsExactly("4");
    assertThat(
            DATABASE.texts(
                """
                select profile from certificate
                where authority = 'devices' and state <> 'revoked' and not_after > now()
                """))
        .containsOnly("ocsp-responder-devices");
    assertThat(DATABASE.number("select count(*) from audit_event where action = 'mass.finished'"))
        .isEqualTo(1);
  }

  private Bytes digest(MassRun run) throws Exception {
    var list = new StringBuilder();
    path.eachCertificate(run, line -> list.append(line).append('\n'));
    return Bytes.of(
        MessageDigest.getInstance("SHA-256")
            .digest(list.toString().getBytes(StandardCharsets.US_ASCII)));
  }

  private static void refuses(RefusalReason reason, ThrowingCallable call) {
    assertThat(catchThrowableOfType(Refused.class, call))
        .isNotNull()
        .extracting(Refused::reason)
        .isEqualTo(reason);
  }
}
