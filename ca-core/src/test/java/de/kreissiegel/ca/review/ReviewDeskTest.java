package de.kreissiegel.ca.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.SampleRequests;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.Rehearsal;
import de.kreissiegel.ca.storage.JdbcReviewBook;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReviewDeskTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private House house;
  private ReviewDesk desk;
  private Actor.Person otto;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE);
    desk =
        new ReviewDesk(
            house.desk,
            new JdbcReviewBook(DATABASE.database()),
            house.certificates,
            house.twins,
            ZoneId.of("Europe/Berlin"),
            house.clock);
    otto = House.officer(house.otto, House.TOWN);
  }

  @Test
  void showsWhatThePersonHasAndAskedForBefore() throws Exception {
    CertificateRequest before = house.approved(house.anna, House.VPN);
    CertificateRequest now = apply();

    Review review = desk.review(otto, now);

    assertThat(review.requests()).extracting(CertificateRequest::id).containsExactly(before.id());
    assertThat(review.certificates()).containsExactly(house.certificateOf(before));
    assertThat(review.rehearsal().orElseThrow().objection()).isEmpty();
    assertThat(desk.review(otto, house.desk.view(otto, before.id())).hints())
        .as("of what is decided nothing is hinted")
        .isEmpty();
  }

  @Test
  void saysWhatTheLinterRemarks() throws Exception {
    Subject phone = phoneOfAnna("Anna Amsel");
    house.directory.put(phone);
    CertificateRequest request =
        house.desk.submit(
            House.staff(house.anna), House.application(phone, new ProfileName("mobile-device")));

    Rehearsal remarked = desk.review(otto, request).rehearsal().orElseThrow();

    assertThat(remarked.objection()).isEmpty();
    assertThat(remarked.remarks())
        .extracting(remark -> remark.lint().id())
        .containsExactly("vpki.process-person");
  }

  @Test
  void showsNothingOfOtherTenantsAndNothingToTheirOfficers() throws Exception {
    Subject anna = inBothTowns();
    house.directory.put(anna);
    Actor.Person village = House.officer(house.olga, House.VILLAGE);
    CertificateRequest there =
        house.desk.submit(
            House.staff(anna),
            new CertificateApplication(
                anna.id(), House.VILLAGE, House.VPN, SampleRequests.ofNewKey(), ""));
    assertThat(house.approve(village, there.id())).isInstanceOf(CertificateRequest.Issued.class);
    CertificateRequest now =
        house.desk.submit(House.staff(anna), House.application(anna, House.VPN));

    Review review = desk.review(otto, now);
    assertThat(review.requests()).isEmpty();
    assertThat(review.certificates()).isEmpty();
    assertThat(catchThrowableOfType(Refused.class, () -> desk.review(village, now)).reason())
        .isEqualTo(RefusalReason.NOT_FOUND);
  }

  @Test
  void knowsWhatTheDirectoryAndTheHouseRemember() throws Exception {
    CertificateRequest now = apply();
    String anna = house.anna.id().value();
    var noon = house.clock.instant();
    DATABASE.execute(
        "insert into roster values (?, 'd', 'PERSON', 't', '{}', '{}', '{}', 'AWAY', '{}')", anna);
    DATABASE.execute(
        "insert into occasion values (?, 't', 'vpn-client', 'JOINED', ?)",
        anna,
        noon.atOffset(java.time.ZoneOffset.UTC));

    assertThat(desk.review(otto, now).hints())
        .extracting(RiskHint::risk)
        .contains(Risk.SUBJECT_AWAY, Risk.JUST_JOINED)
        .doesNotContain(Risk.NEW_MAIL_DOMAIN);

    Subject berta = House.person("Berta Bunt", House.TOWN, "berta@anders.example");
    house.directory.put(berta);
    house.approved(berta, House.VPN);
    assertThat(desk.review(otto, now).hints())
        .extracting(RiskHint::risk)
        .contains(Risk.NEW_MAIL_DOMAIN);
    house.directory.remove(house.anna);
    assertThat(desk.review(otto, now).hints())
        .extracting(RiskHint::risk)
        .contains(Risk.SUBJECT_GONE);
  }

  private Subject inBothTowns() {
    Subject anna = house.anna;
    return new Subject(
        anna.id(),
        anna.kind(),
        anna.home(),
        Set.of(House.TOWN, House.VILLAGE),
        anna.commonName(),
        anna.title(),
        anna.givenName(),
        anna.surname(),
        anna.mail(),
        anna.dnsName(),
        anna.login(),
        true,
        anna.directoryName(),
        anna.responsible());
  }

  private CertificateRequest apply() throws Refused {
    return house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));
  }

  private Subject phoneOfAnna(String name) {
    return new Subject(
        new SubjectId(UUID.randomUUID().toString()),
        SubjectKind.DEVICE,
        House.TOWN,
        Set.of(House.TOWN),
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("phone-1.stadt-a.example"),
        Optional.empty(),
        true,
        "cn=" + name,
        Set.of(house.anna.id()));
  }
}
