package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.Offer;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Signed and encrypted mail as one order with two keys: asked for, decided and taken as one. */
@ResourceLock(VaultedHouse.SHARED)
class OrdersTest {
  private static final VaultedHouse VAULTED = VaultedHouse.shared();
  private static final House HOUSE = VAULTED.house;
  private static final TestDatabase DATABASE = VAULTED.database;
  private static final ProfileName SIGNED = new ProfileName("mail-signature");
  private static final ProfileName ENCRYPTED = new ProfileName("smime");
  private static int people;
  private Subject subject;
  private Actor.Person applicant;

  @BeforeEach
  void somebodyNew() {
    String login = "p" + people++;
    subject = House.person("Petra Post" + login, House.TOWN, login + "@stadt-a.example");
    HOUSE.directory.put(subject);
    applicant = House.staff(subject);
  }

  @Test
  void isOfferedBesideEachOfItsParts() throws Exception {
    assertThat(HOUSE.desk.offers(applicant))
        .filteredOn(offer -> offer.profile().purpose().name().contains("MAIL") || offer.isOrder())
        .extracting(Offer::isOrder, offer -> offer.profiles().size())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(false, 1),
            org.assertj.core.groups.Tuple.tuple(true, 2));
  }

  @Test
  void becomesTwoCertificatesWithAKeyEachByOneDecision() throws Exception {
    List<CertificateRequest> order = order();
    assertThat(HOUSE.desk.viewOrder(VAULTED.otto, order.get(1).id()))
        .extracting(part -> part.content().profile())
        .containsExactly(SIGNED, ENCRYPTED);

    List<CertificateRequest> decided = approve(order);

    assertThat(decided).hasOnlyElementsOfType(CertificateRequest.Issued.class);
    assertThat(decided)
        .extracting(part -> HOUSE.certificateOf(part).request())
        .doesNotHaveDuplicates();
    assertThat(decided).extracting(part -> part.content().publicKey()).doesNotHaveDuplicates();
    assertThat(decided)
        .extracting(part -> part.content().order())
        .containsOnly(order.getFirst().content().order());
    assertThat(
            DATABASE.number(
                "select count(*) from audit_event where action = 'request.submitted'"
                    + " and detail like '%order="
                    + order.getFirst().content().order().orElseThrow()
                    + "%'"))
        .isEqualTo(2);
  }

  @Test
  void leavesTheOtherCertificateWhereOneIsRevokedAndOneKeyToBeRenewedAlone() throws Exception {
    List<CertificateRequest> decided = approve(order());
    var signing = HOUSE.certificateOf(decided.get(indexOf(decided, SIGNED)));
    DATABASE
        .database()
        .inTransaction(
            transaction -> {
              HOUSE.certificates.lock(transaction, signing.authority(), signing.serial());
              HOUSE.certificates.setStatus(
                  transaction,
                  signing.authority(),
                  signing.serial(),
                  new CertificateStatus.Revoked(
                      HOUSE.clock.instant(), RevocationReason.SUPERSEDED));
              return true;
            });

    assertThat(HOUSE.certificateOf(decided.get(indexOf(decided, ENCRYPTED))).status())
        .isInstanceOf(CertificateStatus.Good.class);
    CertificateRequest again = HOUSE.desk.submit(applicant, House.application(subject, SIGNED));
    assertThat(VAULTED.approve(VAULTED.otto, again.id()))
        .isInstanceOf(CertificateRequest.Issued.class);
  }

  @Test
  void refusesOneKeyForBothAndKeepsNeither() {
    Bytes csr = SampleRequests.ofNewKey();
    assertThat(refusal(() -> HOUSE.desk.order(applicant, parts(csr, csr))))
        .isEqualTo(RefusalReason.KEY_IN_USE);
    assertThat(HOUSE.desk.own(applicant)).isEmpty();
    assertThat(
            DATABASE.number(
                "select count(*) from audit_event where action = 'application.refused'"
                    + " and detail like '%reason=KEY_IN_USE subject="
                    + subject.id()
                    + "%'"))
        .isOne();
  }

  @Test
  void keepsNeitherWhereOnePartIsRefused() throws Exception {
    HOUSE.desk.submit(applicant, House.application(subject, ENCRYPTED));
    assertThat(refusal(this::order)).isEqualTo(RefusalReason.DUPLICATE);
    Bytes wishing =
        SampleRequests.of(
            SampleRequests.elliptic("secp256r1"),
            "",
            new GeneralName(GeneralName.rfc822Name, "chef@stadt-a.example"));
    assertThat(
            refusal(() -> HOUSE.desk.order(applicant, parts(SampleRequests.ofNewKey(), wishing))))
        .isEqualTo(RefusalReason.BAD_CERT_TEMPLATE);
    assertThat(HOUSE.desk.own(applicant)).hasSize(1);
  }

  @Test
  void isOnlyWhatAProfileOffersAsOne() {
    CertificateApplication signed = application(SIGNED, SampleRequests.ofNewKey());
    CertificateApplication encrypted = application(ENCRYPTED, SampleRequests.ofNewKey());
    CertificateApplication vpn = application(House.VPN, SampleRequests.ofNewKey());
    CertificateApplication ottos = House.application(HOUSE.otto, ENCRYPTED);
    for (List<CertificateApplication> wrong :
        List.of(
            List.of(signed),
            List.of(encrypted, signed),
            List.of(signed, vpn),
            List.of(signed, encrypted, vpn),
            List.of(signed, ottos))) {
      assertThat(refusal(() -> HOUSE.desk.order(applicant, wrong)))
          .isEqualTo(RefusalReason.UNKNOWN_PROFILE);
    }
  }

  @Test
  void movesNoPartWhereOneSignatureIsMissingOrOfSomethingElse() throws Exception {
    List<CertificateRequest> order = order();
    RequestId id = order.getFirst().id();
    List<Bytes> good = signatures(order);

    assertThat(refusal(() -> HOUSE.desk.approveOrder(VAULTED.otto, id, good.subList(0, 1))))
        .isEqualTo(RefusalReason.APPROVAL_UNSIGNED);
    assertThat(
            refusal(
                () -> HOUSE.desk.approveOrder(VAULTED.otto, id, List.of(good.get(0), good.get(0)))))
        .isEqualTo(RefusalReason.APPROVAL_INVALID);
    Bytes broken = Bytes.of(new byte[] {0x30, 0});
    assertThat(
            refusal(() -> HOUSE.desk.approveOrder(VAULTED.otto, id, List.of(good.get(0), broken))))
        .isEqualTo(RefusalReason.APPROVAL_INVALID);
    assertThat(HOUSE.desk.own(applicant))
        .hasOnlyElementsOfType(CertificateRequest.AwaitingApproval.class);
    assertThat(DATABASE.number("select count(*) from approval where request_id = ?", id.value()))
        .isZero();
  }

  @Test
  void isDecidedByOfficersOfTheTenantAlone() throws Exception {
    RequestId id = order().getFirst().id();
    Actor.Person stranger = House.officer(HOUSE.olga, House.VILLAGE);
    assertThat(refusal(() -> HOUSE.desk.approveOrder(stranger, id, List.of())))
        .isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(refusal(() -> HOUSE.desk.viewOrder(stranger, id)))
        .isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(refusal(() -> HOUSE.desk.approveOrder(applicant, id, List.of())))
        .isEqualTo(RefusalReason.NOT_AUTHORIZED);
    assertThat(refusal(() -> HOUSE.desk.withdraw(VAULTED.otto, id)))
        .isEqualTo(RefusalReason.NOT_AUTHORIZED);
  }

  @Test
  void isRefusedTakenBackAndExpiresAsAWhole() throws Exception {
    HOUSE.desk.refuse(VAULTED.otto, order().getLast().id(), "Nicht nötig");
    assertThat(HOUSE.desk.own(applicant))
        .hasSize(2)
        .hasOnlyElementsOfType(CertificateRequest.Refused.class);

    HOUSE.desk.withdraw(applicant, order().getFirst().id());
    assertThat(HOUSE.desk.own(applicant))
        .filteredOn(CertificateRequest.Withdrawn.class::isInstance)
        .hasSize(2);

    order();
    assertThat(HOUSE.desk.expireOld(HOUSE.clock.instant().plus(Duration.ofDays(31))))
        .isGreaterThanOrEqualTo(2);
    assertThat(HOUSE.desk.own(applicant))
        .filteredOn(CertificateRequest.Expired.class::isInstance)
        .hasSize(2);
  }

  @Test
  void isSignedAnewAsAWholeWhereOnePartChanged() throws Exception {
    List<CertificateRequest> order = order();
    List<Bytes> old = signatures(order);
    RequestId signed = order.get(indexOf(order, SIGNED)).id();
    HOUSE.desk.setFields(VAULTED.olga, signed, Map.of(Field.VALIDITY, List.of("P90D")));
    assertThat(refusal(() -> HOUSE.desk.approveOrder(VAULTED.otto, signed, old)))
        .isEqualTo(RefusalReason.APPROVAL_INVALID);
    assertThat(approve(order)).hasOnlyElementsOfType(CertificateRequest.Issued.class);
  }

  private List<CertificateRequest> order() throws Refused {
    return HOUSE.desk.order(applicant, parts(SampleRequests.ofNewKey(), SampleRequests.ofNewKey()));
  }

  private List<CertificateApplication> parts(Bytes signed, Bytes encrypted) {
    return List.of(application(SIGNED, signed), application(ENCRYPTED, encrypted));
  }

  private CertificateApplication application(ProfileName profile, Bytes csr) {
    return House.application(subject, profile, csr);
  }

  private static List<Bytes> signatures(List<CertificateRequest> order) throws Refused {
    var signatures = new ArrayList<Bytes>();
    for (CertificateRequest part : order.reversed()) {
      signatures.add(VAULTED.sign(VAULTED.otto, HOUSE.desk.statement(VAULTED.otto, part.id())));
    }
    return signatures;
  }

  private static List<CertificateRequest> approve(List<CertificateRequest> order) throws Refused {
    return HOUSE.desk.approveOrder(VAULTED.otto, order.getFirst().id(), signatures(order));
  }

  private static int indexOf(List<CertificateRequest> parts, ProfileName profile) {
    return Stream.of(0, 1)
        .filter(at -> parts.get(at).content().profile().equals(profile))
        .findFirst()
        .orElseThrow();
  }

  private static RefusalReason refusal(ThrowingCallable call) {
    return catchThrowableOfType(Refused.class, call).reason();
  }
}
