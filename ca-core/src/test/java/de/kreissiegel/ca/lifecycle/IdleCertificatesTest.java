package de.kreissiegel.ca.lifecycle;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.DISTRICT;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.disabled;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.person;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.profiles;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.seen;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.CertificateStatus.Good;
import de.kreissiegel.ca.inventory.CertificateStatus.OnHold;
import de.kreissiegel.ca.inventory.Inquiry;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.x509.RevocationReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of certificates that nobody asks about, by a rule of 90 days. */
class IdleCertificatesTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration NOTICE = Duration.ofDays(14);

  @TempDir Path folder;
  private LifecycleHouse house;
  private SubjectLifecycle lifecycle;
  private StoredCertificate used;

  @BeforeEach
  void open() throws Exception {
    house = new LifecycleHouse(ROOM);
    lifecycle = ruled("unused: suspend P30D", "unused-after: P90D");
    used = house.stored(vpn("max"));
  }

  @Test
  void warnsTwoWeeksBeforeAndSuspendsThen() {
    StoredCertificate idle = house.stored(vpn("erika"));

    after(DAY.multipliedBy(75));
    assertThat(house.events()).isEmpty();

    after(DAY.multipliedBy(2));
    assertThat(house.events())
        .singleElement()
        .satisfies(event -> assertThat(event).startsWith("certificate.unused: "));
    assertThat(house.status(idle)).isEqualTo(new Good());

    after(NOTICE.minusHours(1));
    assertThat(house.status(idle)).isEqualTo(new Good());

    after(Duration.ofHours(2));
    assertThat(house.status(idle)).isInstanceOf(OnHold.class);
    assertThat(house.status(used)).isEqualTo(new Good());
    assertThat(house.events().getLast())
        .startsWith("certificate.held: ")
        .containsPattern("nobody asks about a certificate any more; change \\d+$");
    assertThat(lifecycle.explain(idle.authority(), idle.serial()))
        .map(Explanation::change)
        .contains(Change.Kind.UNUSED);
  }

  @Test
  void revokesWhatStaysSuspendedForTheTerm() {
    StoredCertificate idle = suspended("erika");

    after(DAY.multipliedBy(29));
    assertThat(house.status(idle)).isInstanceOf(OnHold.class);

    after(DAY.multipliedBy(2));
    assertThat(house.status(idle))
        .isInstanceOfSatisfying(
            CertificateStatus.Revoked.class,
            revoked ->
                assertThat(revoked.reason()).isEqualTo(RevocationReason.CESSATION_OF_OPERATION));
  }

  @Test
  void countsFromTheLastUse() {
    StoredCertificate idle = house.stored(vpn("erika"));
    after(DAY.multipliedBy(80));
    asked(idle);

    after(DAY.multipliedBy(75));
    assertThat(house.status(idle)).isEqualTo(new Good());
    assertThat(warnings(house.events())).isEqualTo(1);

    after(DAY.multipliedBy(2));
    after(NOTICE);
    assertThat(house.status(idle)).isInstanceOf(OnHold.class);
    assertThat(warnings(house.events())).isEqualTo(2);
  }

  @Test
  void takesNothingFromWhoWasntWarned() throws Exception {
    SubjectLifecycle before = house.lifecycle(Brake.DEFAULT);
    StoredCertificate idle = house.stored(vpn("erika"));
    house.pass(DAY.multipliedBy(300));
    asked(used);
    before.lookForUnused();
    assertThat(house.events()).isEmpty();

    lifecycle.lookForUnused();
    lifecycle.lookForUnused();
    assertThat(house.status(idle)).isEqualTo(new Good());

    after(NOTICE);
    assertThat(house.status(idle)).isInstanceOf(OnHold.class);
  }

  @Test
  void concludesNothingWhereNobodyAsksAboutAnyOfTheProfile() {
    StoredCertificate idle = house.stored(vpn("erika"));
    StoredCertificate other = house.stored(vpn("lena").profile("smime"));

    house.pass(DAY.multipliedBy(200));
    asked(other);
    lifecycle.lookForUnused();
    house.pass(NOTICE);
    lifecycle.lookForUnused();

    assertThat(house.status(idle)).isEqualTo(new Good());
    assertThat(house.events()).isEmpty();
  }

  @Test
  void warnsAnewBeforeItSuspendsWhatWasReleased() throws Exception {
    StoredCertificate idle = suspended("erika");
    house
        .desk()
        .release(Actor.Component.DIRECTORY, idle.authority(), idle.serial(), "needed after all");

    after(Duration.ofHours(1));
    assertThat(house.status(idle)).isEqualTo(new Good());

    after(NOTICE.minusHours(2));
    assertThat(house.status(idle)).isEqualTo(new Good());

    after(Duration.ofHours(4));
    assertThat(house.status(idle)).isInstanceOf(OnHold.class);
  }

  @Test
  void leavesAloneWhatIsHeldRevokedOrOver() {
    StoredCertificate held = house.stored(vpn("erika").status(new OnHold(NOW)));
    StoredCertificate over = house.stored(vpn("lena").valid(NOW, NOW.plus(DAY.multipliedBy(80))));

    after(DAY.multipliedBy(81));
    after(NOTICE);

    assertThat(house.status(held)).isEqualTo(held.status());
    assertThat(house.status(over)).isEqualTo(new Good());
    assertThat(house.events()).isEmpty();
  }

  @Test
  void isHeldByTheBrakeUntilTheyAreUsedAfterAll() {
    List<StoredCertificate> idle = idle(4);
    after(DAY.multipliedBy(77));
    after(NOTICE);

    assertThat(idle).allSatisfy(one -> assertThat(house.status(one)).isEqualTo(new Good()));
    assertThat(held()).hasSize(4);
    assertThat(held().getFirst()).startsWith("UNUSED");

    asked(idle.getFirst());
    asked(idle.getLast());
    after(Duration.ofHours(1));
    assertThat(held()).hasSize(2);

    idle.forEach(this::asked);
    after(Duration.ofHours(1));
    assertThat(lifecycle.isBraked()).isFalse();
    assertThat(idle).allSatisfy(one -> assertThat(house.status(one)).isEqualTo(new Good()));
  }

  @Test
  void doesNotCountWithThoseWhoLeave() {
    List<StoredCertificate> idle = idle(3);
    StoredCertificate left = house.stored(vpn("leaver").profile("smime"));
    List<SampleCertificate> others =
        IntStream.range(0, 20).mapToObj(i -> vpn("other" + i).profile("smime")).toList();
    others.forEach(house::stored);
    lifecycle.take(DISTRICT, house.report(seen(person("leaver"))));
    after(DAY.multipliedBy(77));
    after(NOTICE);
    assertThat(idle).allSatisfy(one -> assertThat(house.status(one)).isInstanceOf(OnHold.class));

    lifecycle.take(DISTRICT, house.report(seen(disabled("leaver"))));

    assertThat(house.status(left)).isInstanceOf(CertificateStatus.Revoked.class);
  }

  @Test
  void plansForEachTenantApart() {
    StoredCertificate here = house.stored(vpn("erika"));
    StoredCertificate there = house.stored(vpn("erika").tenant(EBERN));
    house.stored(vpn("anna").tenant(EBERN));
    asked(there);
    after(DAY.multipliedBy(77));
    asked(there);
    after(NOTICE);

    assertThat(house.status(here)).isInstanceOf(OnHold.class);
    assertThat(house.status(there)).isEqualTo(new Good());
  }

  private SubjectLifecycle ruled(String... rules) throws Exception {
    return house.lifecycle(Brake.DEFAULT, profiles(folder, "vpn-client", rules));
  }

  private static SampleCertificate vpn(String subject) {
    return sample()
        .subject(subject)
        .tenant(HASSFURT)
        .profile("vpn-client")
        .valid(NOW, NOW.plus(Duration.ofDays(730)));
  }

  private List<StoredCertificate> idle(int count) {
    var all = new ArrayList<StoredCertificate>();
    for (int i = 0; i < count; i++) {
      all.add(house.stored(vpn("idle" + i)));
    }
    return all;
  }

  private StoredCertificate suspended(String subject) {
    StoredCertificate idle = house.stored(vpn(subject));
    after(DAY.multipliedBy(77));
    after(NOTICE);
    assertThat(house.status(idle)).isInstanceOf(OnHold.class);
    return idle;
  }

  /** Time passes, in which one of them is used, and then somebody looks. */
  private void after(Duration time) {
    house.pass(time);
    asked(used);
    lifecycle.lookForUnused();
  }

  private void asked(StoredCertificate certificate) {
    ROOM.certificates()
        .note(
            List.of(
                new Inquiry(
                    certificate.authority(),
                    certificate.serial(),
                    house.now(),
                    Inquiry.Told.GOOD)));
  }

  private static List<String> held() {
    return ROOM.database().texts("select kind || ' ' || name from plan_item where state = 'held'");
  }

  private static long warnings(List<String> events) {
    return events.stream().filter(event -> event.startsWith("certificate.unused")).count();
  }
}
