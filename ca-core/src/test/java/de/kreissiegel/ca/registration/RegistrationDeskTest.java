package de.kreissiegel.ca.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.SampleRequests;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegistrationDeskTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final ProfileName SMIME = new ProfileName("smime");

  private House house;
  private RegistrationDesk desk;
  private Actor.Person anna;
  private Actor.Person otto;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE);
    desk = house.desk;
    anna = House.staff(house.anna);
    otto = House.officer(house.otto, House.TOWN);
  }

  @Test
  void offersWhatFitsThePersonAndWhatTheyAnswerFor() throws Exception {
    house.directory.put(gateway(House.TOWN, house.anna.id()));
    assertThat(desk.offers(anna))
        .extracting(
            offer ->
                offer.profiles().stream()
                        .map(profile -> profile.name().value())
                        .collect(Collectors.joining(" and "))
                    + " for "
                    + offer.subject().commonName())
        .containsExactlyInAnyOrder(
            "authentication for Anna Amsel",
            "mail-signature for Anna Amsel",
            "mail-signature and smime for Anna Amsel",
            "pseudonym-signature for Anna Amsel",
            "signature for Anna Amsel",
            "smime for Anna Amsel",
            "vpn-client for Anna Amsel",
            "mail-server for Gateway",
            "tls-server for Gateway",
            "vpn-gateway for Gateway");
  }

  @Test
  void offersAnOfficersCertificateToOfficersAlone() throws Exception {
    assertThat(desk.offers(anna)).noneMatch(offer -> offer.profile().makesOfficers());
    assertThat(desk.offers(otto))
        .filteredOn(offer -> offer.profile().makesOfficers())
        .singleElement()
        .satisfies(offer -> assertThat(offer.subject()).isEqualTo(house.otto));
  }

  @Test
  void bringsAnApplicationFromTheDoorToTheOfficerAndBack() throws Exception {
    CertificateRequest request = desk.submit(anna, House.application(house.anna, House.VPN));
    assertThat(desk.inbox(otto)).containsExactly((CertificateRequest.AwaitingApproval) request);
    assertThat(desk.directoryEntry(otto, request.id())).contains(house.anna);

    assertThat(house.approve(otto, request.id())).isInstanceOf(CertificateRequest.Issued.class);

    assertThat(desk.inbox(otto)).isEmpty();
    assertThat(desk.own(anna)).containsExactly(desk.view(otto, request.id()));
    assertThat(refusal(() -> house.approve(otto, request.id())))
        .isEqualTo(RefusalReason.WRONG_STATE);
  }

  @Test
  void showsTheirOwnOfManyAPortionAtATime() throws Exception {
    for (int i = 0; i < 3; i++) {
      desk.withdraw(anna, desk.submit(anna, House.application(house.anna, House.VPN)).id());
    }
    List<CertificateRequest> all = desk.own(anna);
    assertThat(all).hasSize(3);
    assertThat(desk.own(anna, 0, 2)).isEqualTo(all.subList(0, 2));
    assertThat(desk.own(anna, 2, 2)).isEqualTo(all.subList(2, 3));
    assertThat(desk.own(otto, 0, 2)).isEmpty();
  }

  @Test
  void showsAllOfAScopeNewestFirstAPortionAtATime() throws Exception {
    Subject villager = House.person("Vera Vogt", House.VILLAGE, "vera.vogt@dorf-b.example");
    house.directory.put(villager);
    List<RequestId> applied = new ArrayList<>();
    for (Subject subject :
        List.of(house.anna, villager, villager, house.anna, house.anna, villager)) {
      CertificateRequest request =
          desk.submit(House.staff(subject), House.application(subject, House.VPN));
      desk.withdraw(House.staff(subject), request.id());
      applied.addFirst(request.id());
      house.clock.pass(Duration.ofSeconds(1));
    }

    Actor.Person both = House.officer(house.olga, House.TOWN, House.VILLAGE);
    assertThat(ids(desk.all(both, 0, 500))).isEqualTo(applied);
    for (int offset = 0; offset < applied.size() + 2; offset += 4) {
      assertThat(ids(desk.all(both, offset, 4)))
          .isEqualTo(
              applied.subList(
                  Math.min(offset, applied.size()), Math.min(offset + 4, applied.size())));
    }
    assertThat(ids(desk.all(House.officer(house.olga, House.VILLAGE), 1, 4)))
        .containsExactly(applied.get(3), applied.get(4));
  }

  private static List<RequestId> ids(List<CertificateRequest> requests) {
    return requests.stream().map(CertificateRequest::id).toList();
  }

  @Test
  void showsAnotherTenantsOfficerNothing() throws Exception {
    CertificateRequest request = desk.submit(anna, House.application(house.anna, House.VPN));
    Actor.Person stranger = House.officer(house.olga, House.VILLAGE);

    assertThat(desk.inbox(stranger)).isEmpty();
    assertThat(desk.all(stranger, 0, 500)).isEmpty();
    assertThat(refusal(() -> desk.view(stranger, request.id()))).isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(refusal(() -> house.approve(stranger, request.id())))
        .isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(refusal(() -> desk.refuse(stranger, request.id(), "no")))
        .isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(refusal(() -> desk.withdraw(stranger, request.id())))
        .isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(refusal(() -> desk.directoryEntry(stranger, request.id())))
        .isEqualTo(RefusalReason.NOT_FOUND);
  }

  @Test
  void letsNobodyDecideOnTheirOwn() throws Exception {
    CertificateRequest own =
        desk.submit(House.staff(house.otto), House.application(house.otto, House.VPN));
    assertThat(refusal(() -> house.approve(otto, own.id())))
        .isEqualTo(RefusalReason.OWN_APPLICATION);
    assertThat(refusal(() -> desk.refuse(otto, own.id(), "no")))
        .isEqualTo(RefusalReason.OWN_APPLICATION);
    CertificateRequest annas = desk.submit(anna, House.application(house.anna, House.VPN));
    assertThat(refusal(() -> house.approve(anna, annas.id())))
        .isEqualTo(RefusalReason.NOT_AUTHORIZED);
  }

  @Test
  void wantsFourEyesOfTwoOfficersForAGateway() throws Exception {
    Subject gateway = gateway(House.TOWN, house.anna.id());
    house.directory.put(gateway);
    CertificateRequest request =
        desk.submit(anna, House.application(gateway, new ProfileName("vpn-gateway")));

    assertThat(house.approve(otto, request.id()))
        .isInstanceOf(CertificateRequest.AwaitingApproval.class);
    assertThat(refusal(() -> house.approve(otto, request.id())))
        .isEqualTo(RefusalReason.SAME_OFFICER);
    assertThat(house.approve(House.officer(house.olga, House.TOWN), request.id()))
        .isInstanceOf(CertificateRequest.Issued.class);
  }

  @Test
  void refusesApplicationsForOthers() {
    assertThat(refusal(() -> desk.submit(anna, House.application(house.otto, House.VPN))))
        .isEqualTo(RefusalReason.NOT_FOUND);
    var elsewhere =
        new CertificateApplication(
            house.anna.id(), House.VILLAGE, House.VPN, SampleRequests.ofNewKey(), "");
    assertThat(refusal(() -> desk.submit(anna, elsewhere))).isEqualTo(RefusalReason.NOT_FOUND);
    onlyTheAuditTrailKnows(2);
  }

  @Test
  void refusesNamesThatTheDirectoryDoesNotConfirm() throws Exception {
    var mail = new GeneralName(GeneralName.rfc822Name, "chef@stadt-a.example");
    assertThat(refusal(() -> desk.submit(anna, wishing("", mail))))
        .isEqualTo(RefusalReason.BAD_CERT_TEMPLATE);
    assertThat(refusal(() -> desk.submit(anna, wishing("CN=Otto Officer"))))
        .isEqualTo(RefusalReason.BAD_CERT_TEMPLATE);
    var own = new GeneralName(GeneralName.rfc822Name, "Anna.Amsel@stadt-a.example");
    assertThat(desk.submit(anna, wishing("CN=anna  AMSEL", own)).content().wishes())
        .containsExactly("cn:anna  AMSEL", "mail:Anna.Amsel@stadt-a.example");
  }

  @Test
  void refusesWhatTheDirectoryDoesNotAllow() {
    Subject poor = House.person("Paul Pfau", House.TOWN, null);
    house.directory.put(poor);
    assertThat(refusal(() -> desk.submit(House.staff(poor), House.application(poor, SMIME))))
        .isEqualTo(RefusalReason.SUBJECT_INCOMPLETE);
    house.directory.put(disabled(house.anna));
    assertThat(refusal(() -> desk.submit(anna, House.application(house.anna, House.VPN))))
        .isEqualTo(RefusalReason.SUBJECT_DISABLED);
    house.directory.down = true;
    assertThat(refusal(() -> desk.submit(anna, House.application(house.anna, House.VPN))))
        .isEqualTo(RefusalReason.DIRECTORY_UNAVAILABLE);
    onlyTheAuditTrailKnows(3);
  }

  @Test
  void refusesTheSameAgainAndTheSameKeyTwice() throws Exception {
    Bytes csr = SampleRequests.ofNewKey();
    desk.submit(anna, House.application(house.anna, House.VPN, csr));
    assertThat(refusal(() -> desk.submit(anna, House.application(house.anna, House.VPN))))
        .isEqualTo(RefusalReason.DUPLICATE);
    assertThat(refusal(() -> desk.submit(anna, House.application(house.anna, SMIME, csr))))
        .isEqualTo(RefusalReason.KEY_IN_USE);
  }

  @Test
  void asksTheDirectoryAgainBeforeAnApproval() throws Exception {
    CertificateRequest request = desk.submit(anna, House.application(house.anna, House.VPN));
    house.directory.put(disabled(house.anna));
    assertThat(refusal(() -> house.approve(otto, request.id())))
        .isEqualTo(RefusalReason.SUBJECT_DISABLED);
    house.directory.remove(house.anna);
    assertThat(refusal(() -> house.approve(otto, request.id())))
        .isEqualTo(RefusalReason.SUBJECT_DISABLED);
    house.directory.down = true;
    assertThat(refusal(() -> house.approve(otto, request.id())))
        .isEqualTo(RefusalReason.DIRECTORY_UNAVAILABLE);
    assertThat(desk.view(otto, request.id())).isEqualTo(request);
  }

  @Test
  void wantsAReasonForANo() throws Exception {
    CertificateRequest request = desk.submit(anna, House.application(house.anna, House.VPN));
    for (String reason : new String[] {"", " \n\u0000", "x".repeat(501)}) {
      assertThat(refusal(() -> desk.refuse(otto, request.id(), reason)))
          .isEqualTo(RefusalReason.REASON_MISSING);
    }
    var refused = (CertificateRequest.Refused) desk.refuse(otto, request.id(), "Falscher Antrag");
    assertThat(refused.reason()).isEqualTo("Falscher Antrag");
    assertThat(desk.view(anna, request.id())).isEqualTo(refused);
  }

  @Test
  void letsTheApplicantTakeItBackAndTimeEndIt() throws Exception {
    CertificateRequest first = desk.submit(anna, House.application(house.anna, House.VPN));
    assertThat(desk.withdraw(anna, first.id())).isInstanceOf(CertificateRequest.Withdrawn.class);

    CertificateRequest second = desk.submit(anna, House.application(house.anna, House.VPN));
    assertThat(desk.expireOld(house.clock.instant())).isZero();
    house.clock.pass(Duration.ofDays(31));
    assertThat(desk.expireOld(house.clock.instant())).isOne();
    assertThat(desk.view(anna, second.id())).isInstanceOf(CertificateRequest.Expired.class);
  }

  @Test
  void refusesOpenRequestsOfWhoLeft() throws Exception {
    CertificateRequest request = desk.submit(anna, House.application(house.anna, House.VPN));
    desk.subjectLeft(new Actor.Component("directory"), house.anna.id(), "entry disabled");
    assertThat(desk.view(anna, request.id())).isInstanceOf(CertificateRequest.Refused.class);
  }

  private void onlyTheAuditTrailKnows(int refusals) {
    assertThat(DATABASE.number("select count(*) from request")).isZero();
    assertThat(
            DATABASE.number(
                "select count(*) from audit_event where action = 'application.refused'"))
        .isEqualTo(refusals);
  }

  private CertificateApplication wishing(String subject, GeneralName... names) {
    return House.application(
        house.anna,
        House.VPN,
        SampleRequests.of(SampleRequests.elliptic("secp256r1"), subject, names));
  }

  private static Subject gateway(de.kreissiegel.ca.tenancy.TenantId tenant, SubjectId responsible) {
    return new Subject(
        new SubjectId(UUID.randomUUID().toString()),
        SubjectKind.SERVICE,
        tenant,
        Set.of(tenant),
        "Gateway",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("vpn.stadt-a.example"),
        Optional.empty(),
        true,
        "cn=Gateway",
        Set.of(responsible));
  }

  private static Subject disabled(Subject subject) {
    return new Subject(
        subject.id(),
        subject.kind(),
        subject.home(),
        subject.tenants(),
        subject.commonName(),
        subject.title(),
        subject.givenName(),
        subject.surname(),
        subject.mail(),
        subject.dnsName(),
        subject.login(),
        false,
        subject.directoryName(),
        subject.responsible());
  }

  private static RefusalReason refusal(ThrowingCallable call) {
    return catchThrowableOfType(Refused.class, call).reason();
  }
}
