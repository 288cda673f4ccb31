package de.kreissiegel.ca.lifecycle;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.DISTRICT;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.gone;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.person;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.CertificateStatus.Good;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.DirectoryReport;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when too many would leave at once: 60 people of Haßfurt, 2 of Ebern. */
class PlanDeskTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final Brake BRAKE = new Brake(6, 4, 0.05, Duration.ofHours(1));
  private static final Actor.Person OLAF = officer("olaf", HASSFURT);
  private static final Actor.Person OLGA = officer("olga", HASSFURT);
  private static final Actor.Person STRANGER = officer("stranger", EBERN);

  private final List<StoredCertificate> certificates = new ArrayList<>();
  private LifecycleHouse house;
  private SubjectLifecycle lifecycle;

  @BeforeEach
  void sixtyTwoPeople() {
    house = new LifecycleHouse(ROOM);
    lifecycle = house.lifecycle(BRAKE);
    var seen = new ArrayList<Observation>();
    for (int n = 0; n < 60; n++) {
      certificates.add(house.stored(sample().subject("p" + n)));
      seen.add(seen(person("p" + n)));
    }
    for (String id : List.of("e0", "e1")) {
      certificates.add(house.stored(sample().subject(id).tenant(EBERN)));
      seen.add(seen(person(id, id, true, EBERN)));
    }
    lifecycle.take(DISTRICT, house.report(seen));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7})
  void doesAtOnceWhatIsWithinTheLimitAndNothingOfWhatIsBeyond(int leaving) {
    lifecycle.take(DISTRICT, house.report(leavers(0, leaving)));

    assertThat(revoked()).isEqualTo(leaving <= 4 ? leaving : 0);
    assertThat(lifecycle.isBraked()).isEqualTo(leaving > 4);
    assertThat(lifecycle.plans().open(OLAF)).hasSize(leaving > 4 ? 1 : 0);
  }

  @Test
  void stopsASlowDripOfSingleLeavers() {
    for (int n = 0; n < 10; n++) {
      lifecycle.take(DISTRICT, house.report(leavers(n, n + 1)));
      house.pass(Duration.ofMinutes(6));
    }

    assertThat(revoked()).isEqualTo(4);
    assertThat(held().items()).hasSize(6);
  }

  @Test
  void letsThroughWhoLeaveOneByOneOverDays() {
    for (int n = 0; n < 10; n++) {
      lifecycle.take(DISTRICT, house.report(leavers(n, n + 1)));
      house.pass(Duration.ofHours(5));
    }

    assertThat(revoked()).isEqualTo(10);
  }

  @Test
  void stopsWhereAllOfATenantWouldGo() {
    lifecycle.take(DISTRICT, house.report(gone("e0"), gone("e1"), gone("p0")));

    assertThat(revoked()).isOne(); // that of p0
    assertThat(lifecycle.plans().open(STRANGER))
        .singleElement()
        .satisfies(plan -> assertThat(plan.stop().reason()).isEqualTo(Brake.Reason.ALL));
    assertThat(lifecycle.plans().open(OLAF)).isEmpty();
  }

  @Test
  void stopsAllTenantsWhereItIsTooMuchForTheDistrict() {
    var leaving = new ArrayList<>(leavers(0, 6));
    leaving.add(gone("e0"));
    lifecycle.take(DISTRICT, house.report(leaving));

    assertThat(revoked()).isZero();
    assertThat(lifecycle.plans().open(STRANGER))
        .singleElement()
        .satisfies(
            plan -> {
              assertThat(plan.stop()).isEqualTo(new Brake.Stop(Brake.Reason.DISTRICT, 7, 6));
              assertThat(plan.items()).hasSize(1);
            });
  }

  @Test
  void countsTogetherWhoLeavesTwoDirectoriesAtTheSameMoment() throws Exception {
    DirectoryName other = new DirectoryName("other");
    List<Observation> theirs = new ArrayList<>();
    for (int n = 0; n < 6; n++) {
      String id = "o" + n;
      certificates.add(
          house.stored(sample().subject(id).tenant(new TenantId("o" + n + ".example"))));
      theirs.add(gone(id));
      lifecycle.take(
          other, house.report(seen(person(id, id, true, new TenantId("o" + n + ".example")))));
    }
    var both = new CyclicBarrier(2);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var here =
          threads.submit(
              () -> {
                both.await();
                lifecycle.take(DISTRICT, house.report(leavers(0, 4)));
                return true;
              });
      both.await();
      lifecycle.take(other, house.report(theirs));
      here.get();
    }

    assertThat(revoked()).isIn(4L, 6L);
    assertThat(lifecycle.isBraked()).isTrue();
  }

  @Test
  void judgesAReadingAsAWholeHoweverManyPartsItCameIn() {
    for (int n = 0; n < 4; n++) {
      lifecycle.take(DISTRICT, DirectoryReport.part(leavers(2 * n, 2 * n + 2)));
    }
    lifecycle.take(DISTRICT, house.report());

    assertThat(revoked()).isZero();
    assertThat(held().items()).hasSize(8);
  }

  @Test
  void showsWhoWithNamesAndReasonsAndTellsTheTrailOnce() {
    lifecycle.take(DISTRICT, house.report(leavers(0, 5)));
    lifecycle.take(DISTRICT, house.report(leavers(5, 6)));

    assertThat(held().items())
        .hasSize(6)
        .allSatisfy(
            item -> {
              assertThat(item.cause()).isEqualTo("entry deleted");
              assertThat(item.name()).startsWith("p");
            });
    assertThat(house.events()).singleElement().asString().startsWith("directory.brake: 5 would");
  }

  @Test
  void isDoneWhenTwoOfficersHaveConsentedToTheSame() throws Exception {
    lifecycle.take(DISTRICT, house.report(leavers(0, 5)));
    HeldPlan plan = held();

    assertThat(lifecycle.plans().consent(OLAF, plan.id(), plan.revision())).isFalse();
    assertThat(revoked()).isZero();
    assertThat(lifecycle.plans().consent(OLGA, plan.id(), plan.revision())).isTrue();
    lifecycle.work();

    assertThat(revoked()).isEqualTo(5);
    assertThat(lifecycle.isBraked()).isFalse();
    assertThat(house.events()).filteredOn(event -> event.startsWith("plan.")).hasSize(2);
  }

  @Test
  void takesNoConsentTwiceNorFromOthersNorToAnotherState() throws Exception {
    lifecycle.take(DISTRICT, house.report(leavers(0, 5)));
    HeldPlan plan = held();
    PlanDesk desk = lifecycle.plans();
    desk.consent(OLAF, plan.id(), plan.revision());

    assertRefused(RefusalReason.SAME_OFFICER, OLAF, plan, plan.revision());
    assertRefused(RefusalReason.NOT_FOUND, STRANGER, plan, plan.revision());
    assertRefused(RefusalReason.NOT_FOUND, Bookroom.auditor(HASSFURT), plan, plan.revision());
    assertRefused(
        RefusalReason.NOT_FOUND, Bookroom.staff("staff", HASSFURT), plan, plan.revision());
    assertRefused(RefusalReason.WRONG_STATE, OLGA, plan, plan.revision() + 1);
    assertRefused(RefusalReason.OWN_APPLICATION, officer("p0", HASSFURT), plan, plan.revision());
    assertThatThrownBy(() -> desk.view(STRANGER, plan.id())).isInstanceOf(Refused.class);

    lifecycle.take(DISTRICT, house.report(leavers(5, 6)));
    assertRefused(RefusalReason.WRONG_STATE, OLGA, plan, plan.revision());
    assertThat(held().consents()).isEmpty();
    assertThat(revoked()).isZero();
  }

  @Test
  void isDecidedByWhoAppointsOfficersToo() throws Exception {
    lifecycle.take(DISTRICT, house.report(leavers(0, 5)));
    HeldPlan plan = held();
    var lead =
        new Actor.Person(
            new SubjectId("lead"),
            "Lea",
            "lea",
            Set.of(),
            Set.of(),
            Set.of(HASSFURT),
            Set.of(),
            Proof.CERTIFICATE);

    lifecycle.plans().consent(OLAF, plan.id(), plan.revision());

    assertThat(lifecycle.plans().consent(lead, plan.id(), plan.revision())).isTrue();
  }

  @Test
  void isOverByItselfWhenTheDirectoryHasRecovered() {
    lifecycle.take(DISTRICT, house.report(leavers(0, 8)));

    lifecycle.take(
        DISTRICT,
        house.report(IntStream.range(0, 8).mapToObj(n -> seen(person("p" + n))).toList()));

    assertThat(lifecycle.isBraked()).isFalse();
    assertThat(lifecycle.plans().open(OLAF)).isEmpty();
    lifecycle.work();
    assertThat(revoked()).isZero();
    lifecycle.take(DISTRICT, house.report(leavers(0, 1)));
    assertThat(revoked()).isOne();
  }

  @Test
  void holdsAMoveOfAWholeTenantToAnother() {
    lifecycle.take(
        DISTRICT,
        house.report(
            IntStream.range(0, 60)
                .mapToObj(n -> seen(person("p" + n, "p" + n, true, EBERN)))
                .toList()));
    house.pass(Duration.ofDays(20));
    lifecycle.work();

    assertThat(revoked()).isZero();
    assertThat(held().items()).hasSize(60);
  }

  private HeldPlan held() {
    return lifecycle.plans().open(OLAF).getFirst();
  }

  private void assertRefused(
      RefusalReason reason, Actor.Person officer, HeldPlan plan, int revision) {
    assertThatThrownBy(() -> lifecycle.plans().consent(officer, plan.id(), revision))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private static List<Observation> leavers(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> gone("p" + n)).toList();
  }

  private long revoked() {
    long good =
        certificates.stream()
            .map(house::status)
            .filter(status -> status.equals(new Good()))
            .count();
    assertThat(certificates)
        .map(house::status)
        .allMatch(status -> !(status instanceof CertificateStatus.OnHold));
    return certificates.size() - good;
  }

  private static Actor.Person officer(String id, TenantId tenant) {
    return new Actor.Person(
        new SubjectId(id),
        id,
        id,
        Set.of(tenant),
        Set.of(tenant),
        Set.of(),
        Set.of(),
        Proof.CERTIFICATE);
  }
}
