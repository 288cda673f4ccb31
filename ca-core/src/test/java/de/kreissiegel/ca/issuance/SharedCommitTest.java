package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Signer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Machines whose certificates share commits: many at once, on two nodes, and when one fails. */
class SharedCommitTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final Actor.Component DOOR = new Actor.Component("door");

  @TempDir Path folder;
  private House house;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE, null, House.withMachines(folder), new MovableClock());
  }

  private CertificateApplication application(int number) {
    Subject machine = House.machine("device" + number + "." + House.TOWN, House.TOWN);
    house.directory.put(machine);
    return House.application(machine, House.MACHINE);
  }

  private List<CertificateApplication> applications(int count) {
    List<CertificateApplication> made = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      made.add(application(number));
    }
    return made;
  }

  /** All at once; what came of each. */
  private static <T> List<Future<T>> atOnce(List<Callable<T>> calls) throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(calls.size())) {
      return threads.invokeAll(calls);
    }
  }

  private static Callable<CertificateRequest> submitting(
      RegistrationDesk desk, CertificateApplication application) {
    return () -> desk.submit(DOOR, application);
  }

  @Test
  void sixtyFourAtOnceAreAllIssuedEachOnce() throws Exception {
    List<Callable<CertificateRequest>> calls = new ArrayList<>();
    applications(64).forEach(one -> calls.add(submitting(house.desk, one)));

    for (Future<CertificateRequest> one : atOnce(calls)) {
      assertThat(house.certificateOf(one.get()).request()).contains(one.get().id());
      assertThat(house.requests.find(one.get().id())).contains(one.get());
    }
    assertThat(DATABASE.number("select count(*) from certificate where state = 'good'"))
        .isEqualTo(64);
    assertChained(128);
  }

  @Test
  void eachCertificateIsToldOfAfterItsApplication() throws Exception {
    List<Callable<CertificateRequest>> calls = new ArrayList<>();
    applications(16).forEach(one -> calls.add(submitting(house.desk, one)));
    atOnce(calls);

    assertThat(
            DATABASE.number(
                """
                select count(*) from audit_event submitted join audit_event issued
                  on submitted.object = issued.object and submitted.chain = issued.chain
                where submitted.action = 'request.submitted'
                  and issued.action = 'certificate.issued'
                  and submitted.sequence < issued.sequence and submitted.at <= issued.at
                """))
        .isEqualTo(16);
  }

  @Test
  void oneThatCannotBeStoredTakesNoOtherWithItAndIsTakenInFromTheJournal() throws Exception {
    List<CertificateApplication> applications = applications(12);
    Bytes unlucky = applications.get(5).certificationRequest();
    house.signer = answeringTogether(applications.size());
    house.restart(failing(added -> added.certificate().subjectName().contains("device5.")));
    List<Callable<CertificateRequest>> calls = new ArrayList<>();
    applications.forEach(one -> calls.add(submitting(house.desk, one)));

    List<Future<CertificateRequest>> done = atOnce(calls);
    assertThatThrownBy(() -> done.get(5).get()).hasRootCauseMessage("the disk is full");
    for (int number = 0; number < done.size(); number++) {
      if (number != 5) {
        assertThat(done.get(number).get()).isInstanceOf(CertificateRequest.Issued.class);
      }
    }
    assertThat(DATABASE.number("select count(*) from certificate")).isEqualTo(11);

    house.restart(house.certificates);
    assertThat(house.recovery.catchUp()).isOne();
    assertThat(
            DATABASE.number(
                "select count(*) from certificate c join request r on r.id = c.request_id"
                    + " where r.proof = ? and r.state = 'issued' and c.state = 'good'",
                unlucky.toArray()))
        .isOne();
  }

  @Test
  void whatWasSignedBeforeACrashIsTakenInWithAllThatItsApplicationSaid() throws Exception {
    house.signer = answeringTogether(8);
    house.restart(failing(_ -> true));
    List<Callable<CertificateRequest>> calls = new ArrayList<>();
    applications(8).forEach(one -> calls.add(submitting(house.desk, one)));
    atOnce(calls);
    assertThat(DATABASE.number("select count(*) from certificate")).isZero();

    house.restart(house.certificates);
    house.recovery.catchUp();
    assertThat(
            DATABASE.number(
                "select count(*) from certificate where state = 'good' and profile = ?"
                    + " and tenant = ? and subject_id is not null",
                House.MACHINE.value(),
                House.TOWN.value()))
        .isEqualTo(8);
    assertThat(DATABASE.number("select count(*) from request where state = 'issued'")).isEqualTo(8);
  }

  @Test
  void commitsOfWhichNobodyHeardAreFoundDone() throws Exception {
    var lost = new AtomicInteger(2);
    house.afterCommit =
        () -> {
          if (lost.getAndDecrement() > 0) {
            throw new IllegalStateException("the connection is gone");
          }
        };
    // Alone it fails both times, though all is stored; who comes again is not taken for another.
    assertThatThrownBy(() -> house.desk.submit(DOOR, application(0)))
        .hasMessage("the connection is gone");
    lost.set(2);
    List<Callable<CertificateRequest>> calls = new ArrayList<>();
    for (int number = 1; number <= 16; number++) {
      calls.add(submitting(house.desk, application(number)));
    }
    int told = 0;
    for (Future<CertificateRequest> each : atOnce(calls)) {
      told += each.state() == Future.State.SUCCESS ? 1 : 0;
    }
    assertThat(told).isGreaterThanOrEqualTo(14);

    house.clock.pass(Duration.ofMinutes(2)); // the leases of those whose process gave up
    house.issuance.resumeApproved();
    assertThat(DATABASE.number("select count(*) from request where state = 'issued'"))
        .isEqualTo(17);
    assertThat(DATABASE.number("select count(*) from certificate where state = 'good'"))
        .isEqualTo(17);
    assertChained(34);
  }

  @Test
  void aKeyGetsOneCertificateThoughTwoNodesAreAskedAtOnce() throws Exception {
    RegistrationDesk here = house.desk;
    house.restart(house.certificates); // another process over the same database and vault
    RegistrationDesk there = house.desk;
    for (int round = 0; round < 10; round++) {
      CertificateApplication one = application(2 * round);
      CertificateApplication other = application(2 * round + 1);
      CertificateApplication sameKey =
          new CertificateApplication(
              other.subject(), other.tenant(), other.profile(), one.certificationRequest(), "");
      int issued = 0;
      for (Future<CertificateRequest> each :
          atOnce(List.of(submitting(here, one), submitting(there, sameKey)))) {
        try {
          assertThat(each.get()).isInstanceOf(CertificateRequest.Issued.class);
          issued++;
        } catch (java.util.concurrent.ExecutionException refused) {
          assertThat(refused.getCause())
              .isInstanceOfSatisfying(
                  Refused.class,
                  why -> assertThat(why.reason()).isEqualTo(RefusalReason.KEY_IN_USE));
        }
      }
      assertThat(issued).isOne();
    }
    assertThat(DATABASE.number("select count(*) from certificate")).isEqualTo(10);
  }

  @Test
  void theSameKeyTwiceInOneCommitIsTakenOnce() throws Exception {
    CertificateApplication one = application(1);
    CertificateApplication other = application(2);
    List<Callable<CertificateRequest>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      CertificateApplication by = i % 2 == 0 ? one : other;
      calls.add(
          submitting(
              house.desk,
              new CertificateApplication(
                  by.subject(), by.tenant(), by.profile(), one.certificationRequest(), "")));
    }
    long issued = 0;
    for (Future<CertificateRequest> each : atOnce(calls)) {
      issued += each.state() == Future.State.SUCCESS ? 1 : 0;
    }
    assertThat(issued).isOne();
    assertThat(DATABASE.number("select count(*) from request")).isOne();
  }

  @Test
  void aMachineWhoseCertificateIsOnHoldGetsNoOther() throws Exception {
    CertificateApplication application = application(1);
    house.desk.submit(DOOR, application);
    DATABASE.execute("update certificate set state = 'hold', state_since = now()");

    CertificateRequest again =
        house.desk.submit(
            DOOR,
            new CertificateApplication(
                application.subject(),
                application.tenant(),
                application.profile(),
                SampleRequests.ofNewKey(),
                ""));
    assertThat(again)
        .isInstanceOfSatisfying(
            CertificateRequest.Refused.class,
            refused -> assertThat(refused.reason()).contains("house.holder-on-hold"));
  }

  @Test
  void aMachineGetsNothingFromAnAuthorityThatWasStopped() throws Exception {
    DATABASE.execute(
        """
        insert into mass_run (id, authority, kind, reason, begun_by, begun_at)
        values (gen_random_uuid(), 'devices', 'emergency', 'its key is known', 'operator', now())
        """);
    assertThat(house.desk.submit(DOOR, application(1)))
        .isInstanceOfSatisfying(
            CertificateRequest.Refused.class,
            refused -> assertThat(refused.reason()).contains("AUTHORITY_STOPPED"));
  }

  @Test
  void staffAreNotOfferedWhatMachinesGet() throws Exception {
    Subject machine = House.machine("device." + House.TOWN, House.TOWN);
    house.directory.put(
        new Subject(
            machine.id(),
            machine.kind(),
            machine.home(),
            machine.tenants(),
            machine.commonName(),
            machine.title(),
            machine.givenName(),
            machine.surname(),
            machine.mail(),
            machine.dnsName(),
            machine.login(),
            true,
            machine.directoryName(),
            java.util.Set.of(house.anna.id())));
    Actor.Person anna = House.staff(house.anna);

    assertThat(house.desk.offers(anna))
        .noneMatch(offer -> offer.profile().name().equals(House.MACHINE));
    assertThat(
            catchThrowableOfType(
                    Refused.class,
                    () -> house.desk.submit(anna, House.application(machine, House.MACHINE)))
                .reason())
        .isEqualTo(RefusalReason.UNKNOWN_PROFILE);
  }

  /** The vault, whose answers come when so many are signed: nobody is ahead of the others. */
  private Signer answeringTogether(int count) {
    var signed = new CountDownLatch(count);
    return (Signer)
        Proxy.newProxyInstance(
            SharedCommitTest.class.getClassLoader(),
            new Class<?>[] {Signer.class},
            (_, method, arguments) -> {
              Object answer = called(house.vault, method, arguments);
              if (method.getName().equals("sign")) {
                signed.countDown();
                signed.await();
              }
              return answer;
            });
  }

  private static Object called(Object on, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private CertificateBook failing(Predicate<CertificateBook.NewCertificate> when) {
    return (CertificateBook)
        Proxy.newProxyInstance(
            SharedCommitTest.class.getClassLoader(),
            new Class<?>[] {CertificateBook.class},
            (_, method, arguments) -> {
              if (method.getName().equals("insert")
                  && arguments[1] instanceof List<?> added
                  && added.stream()
                      .anyMatch(one -> when.test((CertificateBook.NewCertificate) one))) {
                throw new IllegalStateException("the disk is full");
              }
              return called(house.certificates, method, arguments);
            });
  }

  /** The chain has so many events, without a gap, and ends where its head says. */
  private static void assertChained(long events) {
    assertThat(
            DATABASE.number(
                "select count(*) from audit_event where chain = 'test' and sequence between 1 and ?",
                events))
        .isEqualTo(events);
    assertThat(DATABASE.number("select sequence from audit_chain where chain = 'test'"))
        .isEqualTo(events);
    assertThat(
            DATABASE.number(
                "select count(*) from audit_chain c join audit_event e"
                    + " on e.chain = c.chain and e.sequence = c.sequence and e.hash = c.hash"))
        .isOne();
  }
}
