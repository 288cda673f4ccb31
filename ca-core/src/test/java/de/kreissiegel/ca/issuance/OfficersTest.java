package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.grant.Grant;
import de.kreissiegel.ca.grant.GrantBook;
import de.kreissiegel.ca.grant.GrantId;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.Appointment;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.storage.JdbcGrantBook;
import de.kreissiegel.ca.storage.JdbcLetterBook;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.approval.ApprovalStatement;
import de.kreissiegel.hsm.approval.OfficerKey;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.vault.Vault;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Desk, issuance and a real vault under the policies that the profiles make: nothing is signed for
 * people or machines but what officers have signed for.
 */
class OfficersTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final ProfileName OFFICER = new ProfileName("registration-officer");
  private static final TenantId DISTRICT = House.DISTRICT;

  @TempDir Path folder;

  private final Map<Subject, KeyPair> pairs = new HashMap<>();
  private final Map<Subject, OfficerKey> keys = new HashMap<>();
  private final Subject lena = House.person("Lena Leitung", DISTRICT, "lena@kreis.example");
  private final Subject ludwig = House.person("Ludwig Leitung", DISTRICT, "ludwig@kreis.example");
  private final Subject vera = House.person("Vera Nachbarin", DISTRICT, "vera@kreis.example");
  private final MovableClock clock = new MovableClock();
  private Vault vault;
  private House house;

  @BeforeEach
  void appointsTheFirstTwo() throws Exception {
    for (Subject first : List.of(lena, ludwig)) {
      pairs.put(first, SampleRequests.elliptic("secp256r1"));
    }
    vault = VaultedHouse.vault(folder, clock, ProfileCatalog.bundled(), firstKeys());
    house = new House(DATABASE, vault, ProfileCatalog.bundled(), clock);
    house.firstOfficers.addAll(firstKeys());
    house.restart(house.certificates);
    house.directory.put(vera);
    for (Subject first : List.of(lena, ludwig)) {
      house.directory.put(first);
      CertificateRequest request = apply(lead(first), first);
      assertThat(request).isInstanceOf(CertificateRequest.Issued.class);
      takeAway(first, request);
    }
    house.signsLists();
  }

  @AfterEach
  void closes() {
    vault.close();
  }

  @Test
  void aMunicipalitysOfficersAreMadeByTwoWhoAppoint() throws Exception {
    CertificateRequest request = apply(officer(house.otto), house.otto);
    assertThat(request.content().appointment()).contains(new Appointment.Of(List.of(House.TOWN)));
    assertThat(house.desk.inbox(lead(lena)))
        .containsExactly((CertificateRequest.AwaitingApproval) request);

    assertThat(approve(lead(lena), lena, request.id()))
        .isInstanceOf(CertificateRequest.AwaitingApproval.class);
    assertThat(refusal(() -> approve(lead(lena), lena, request.id())))
        .isEqualTo(RefusalReason.SAME_OFFICER);
    CertificateRequest issued = approve(lead(ludwig), ludwig, request.id());

    assertThat(issued).isInstanceOf(CertificateRequest.Issued.class);
    takeAway(house.otto, issued);
    assertThat(house.desk.officerCertificates(officer(house.otto)))
        .containsExactly(house.certificateOf(issued).encoded());
    var letters = new JdbcLetterBook(DATABASE.database());
    assertThat(letters.officers(House.TOWN, Set.of(OFFICER.value()), clock.instant()))
        .as("who is written to of the town's applications")
        .containsExactly(house.otto.id());
    assertThat(letters.officers(House.VILLAGE, Set.of(OFFICER.value()), clock.instant())).isEmpty();
    assertThat(letters.leads(Set.of(OFFICER.value()), clock.instant()))
        .as("who is written to of officers' applications")
        .containsExactlyInAnyOrder(lena.id(), ludwig.id());
    CertificateRequest annas =
        house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));
    assertThat(approve(officer(house.otto), house.otto, annas.id()))
        .isInstanceOf(CertificateRequest.Issued.class);
    assertThat(house.desk.all(lead(lena), 0, 10))
        .as("whoever appoints sees appointments of the town, and nothing else")
        .extracting(CertificateRequest::id)
        .contains(request.id())
        .doesNotContain(annas.id());
  }

  @Test
  void whoAppointsOfficersDecidesOnNothingElseOfThatTenant() throws Exception {
    CertificateRequest annas =
        house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));

    assertThat(house.desk.inbox(lead(lena))).isEmpty();
    assertThat(house.desk.all(lead(lena), 0, 10))
        .extracting(CertificateRequest::id)
        .doesNotContain(annas.id());
    assertThat(refusal(() -> house.desk.view(lead(lena), annas.id())))
        .isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(refusal(() -> house.desk.statement(lead(lena), annas.id())))
        .isEqualTo(RefusalReason.NOT_FOUND);
  }

  @Test
  void nobodyAppliesForAnOfficersCertificateWithoutTheRole() {
    assertThat(refusal(() -> apply(House.staff(house.anna), house.anna)))
        .isEqualTo(RefusalReason.UNKNOWN_PROFILE);
    Actor.Person outsider = officer(house.otto);
    assertThat(refusal(() -> house.desk.submit(outsider, House.application(house.anna, OFFICER))))
        .isEqualTo(RefusalReason.NOT_FOUND);
  }

  @Test
  void aYesWithoutSignatureOrOverSomethingElseChangesNothing() throws Exception {
    CertificateRequest mine = apply(officer(house.otto), house.otto);
    CertificateRequest other = apply(officer(house.olga), house.olga);
    ApprovalStatement statement = house.desk.statement(lead(lena), mine.id());

    assertThat(refusal(() -> house.desk.approve(lead(lena), mine.id(), Optional.empty())))
        .isEqualTo(RefusalReason.APPROVAL_UNSIGNED);
    for (Bytes signature :
        List.of(
            Bytes.of(new byte[] {0x30, 0}),
            keys.get(ludwig).sign(statement), // somebody else's key
            keys.get(lena).sign(house.desk.statement(lead(lena), other.id())))) {
      assertThat(refusal(() -> house.desk.approve(lead(lena), mine.id(), Optional.of(signature))))
          .isEqualTo(RefusalReason.APPROVAL_INVALID);
    }
    house.clock.pass(Duration.ofHours(13));
    Bytes old = keys.get(lena).sign(statement);
    assertThat(refusal(() -> house.desk.approve(lead(lena), mine.id(), Optional.of(old))))
        .isEqualTo(RefusalReason.APPROVAL_INVALID);
    assertThat(house.desk.view(lead(lena), mine.id())).isEqualTo(mine);
  }

  @Test
  void aRevokedOfficersYesIsHeardNeitherAtTheDeskNorInTheVault() throws Exception {
    CertificateRequest mine = apply(officer(house.otto), house.otto);
    approve(lead(lena), lena, mine.id());
    Bytes ludwigs = keys.get(ludwig).sign(house.desk.statement(lead(ludwig), mine.id()));
    revoke(ludwig);

    assertThat(refusal(() -> house.desk.approve(lead(ludwig), mine.id(), Optional.of(ludwigs))))
        .isEqualTo(RefusalReason.APPROVAL_INVALID);

    // Whoever owns the web host doesn't ask the desk.
    house.restart(forgetful(house.certificates));
    CertificateRequest end = house.desk.approve(lead(ludwig), mine.id(), Optional.of(ludwigs));
    assertThat(end)
        .isInstanceOfSatisfying(
            CertificateRequest.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("REFUSED_BY_VAULT", "approval-officer-revoked"));
  }

  @Test
  void whoStandsInApprovesByACertificateThatNamesTheTenantAndEndsWithTheGrant() throws Exception {
    CertificateRequest own = apply(House.officer(vera, DISTRICT), vera);
    approve(lead(lena), lena, own.id());
    takeAway(vera, approve(lead(ludwig), ludwig, own.id()));
    CertificateRequest annas =
        house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));
    Grant grant = grant(vera, Duration.ofDays(20));
    Actor.Person standIn = House.officer(vera, DISTRICT).standingInFor(Set.of(House.TOWN));

    assertThat(house.desk.officerCertificates(standIn, annas.id())).isEmpty();
    assertThat(refusal(() -> approve(standIn, vera, annas.id())))
        .as("her own certificate is for the district's, and the vault would say so")
        .isEqualTo(RefusalReason.APPROVAL_INVALID);

    CertificateRequest forGrant = applyUnder(grant, standIn, vera);
    assertThat(forGrant.content().appointment())
        .contains(new Appointment.StandIn(grant.id(), House.TOWN, grant.terms().ends()));
    assertThat(house.desk.view(lead(lena), forGrant.id())).isEqualTo(forGrant);
    approve(lead(lena), lena, forGrant.id());
    CertificateRequest issued = approve(lead(ludwig), ludwig, forGrant.id());
    assertThat(issued).isInstanceOf(CertificateRequest.Issued.class);
    assertThat(house.certificateOf(issued).notAfter()).isBeforeOrEqualTo(grant.terms().ends());
    takeAway(vera, issued);

    assertThat(house.desk.officerCertificates(standIn, annas.id()))
        .containsExactly(house.certificateOf(issued).encoded());
    assertThat(approve(standIn, vera, annas.id())).isInstanceOf(CertificateRequest.Issued.class);
    assertThat(
            DATABASE.texts(
                "select detail from audit_event where action = 'request.approved' and object = ?",
                "request:" + annas.id()))
        .singleElement()
        .asString()
        .contains("grant=" + grant.id());
    var book = new JdbcGrantBook(DATABASE.database());
    assertThat(book.leftBehind(clock.instant())).isEmpty();
    end(grant);
    assertThat(book.leftBehind(clock.instant()))
        .extracting(GrantBook.Left::serial)
        .containsExactly(house.certificateOf(issued).serial());
  }

  @Test
  void aGrantThatEndedGivesNothingToASessionThatIsOlder() throws Exception {
    Grant grant = grant(vera, Duration.ofDays(20));
    Actor.Person standIn = House.officer(vera, DISTRICT).standingInFor(Set.of(House.TOWN));
    CertificateRequest annas =
        house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));
    CertificateRequest forGrant = applyUnder(grant, standIn, vera);
    approve(lead(lena), lena, forGrant.id());
    end(grant);

    assertThat(refusal(() -> house.desk.refuse(standIn, annas.id(), "nein")))
        .isEqualTo(RefusalReason.NOT_AUTHORIZED);
    assertThat(refusal(() -> applyUnder(grant, standIn, vera)))
        .isEqualTo(RefusalReason.UNKNOWN_PROFILE);
    assertThat(refusal(() -> approve(lead(ludwig), ludwig, forGrant.id())))
        .as("nor does its certificate come into being")
        .isEqualTo(RefusalReason.WRONG_STATE);
  }

  private CertificateRequest applyUnder(Grant grant, Actor.Person person, Subject subject)
      throws Refused {
    pairs.put(subject, SampleRequests.elliptic("secp256r1"));
    return house.desk.submit(
        person,
        House.application(subject, OFFICER, SampleRequests.of(pairs.get(subject), ""))
            .under(grant.id()));
  }

  /** As two who appoint officers have agreed. */
  private Grant grant(Subject person, Duration time) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var proposed = new Grant.Said(lena.id(), lena.commonName(), now);
    var grant =
        new Grant.InForce(
            new Grant.Terms(
                new GrantId(UUID.randomUUID()),
                Grant.Right.STAND_IN,
                person.id(),
                person.commonName(),
                House.TOWN,
                true,
                "Urlaub",
                now,
                now.plus(time),
                proposed),
            Optional.of(new Grant.Said(ludwig.id(), ludwig.commonName(), now)));
    var book = new JdbcGrantBook(DATABASE.database());
    DATABASE
        .database()
        .inTransaction(
            transaction -> {
              book.insert(transaction, grant);
              book.change(transaction, grant);
              return true;
            });
    return grant;
  }

  private void end(Grant grant) {
    var ended =
        grant.ended(new Grant.Said(lena.id(), lena.commonName(), clock.instant()), "wieder da");
    DATABASE
        .database()
        .inTransaction(
            transaction -> {
              new JdbcGrantBook(DATABASE.database()).change(transaction, ended);
              return true;
            });
  }

  @Test
  void theVaultIssuesNothingThatNoOfficerSigned() throws Exception {
    CertificateRequest annas =
        house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));
    var stolen = new CertificateRequest.Approved(annas.content(), List.of());
    DATABASE.execute("update request set state = 'approved' where id = ?", annas.id().value());

    assertThat(house.issuance.issue(stolen))
        .isInstanceOfSatisfying(
            CertificateRequest.Refused.class,
            refused -> assertThat(refused.reason()).contains("approval-missing"));
  }

  private CertificateRequest apply(Actor.Person person, Subject subject) throws Refused {
    KeyPair pair = pairs.computeIfAbsent(subject, _ -> SampleRequests.elliptic("secp256r1"));
    return house.desk.submit(
        person, House.application(subject, OFFICER, SampleRequests.of(pair, "")));
  }

  private void takeAway(Subject subject, CertificateRequest issued) {
    keys.put(
        subject,
        new OfficerKey(pairs.get(subject).getPrivate(), house.certificateOf(issued).encoded()));
  }

  private CertificateRequest approve(Actor.Person officer, Subject who, RequestId request)
      throws Refused {
    Bytes signature = keys.get(who).sign(house.desk.statement(officer, request));
    return house.desk.approve(officer, request, Optional.of(signature));
  }

  private static Actor.Person officer(Subject subject) {
    return House.officer(subject, House.TOWN);
  }

  /** Appoints officers everywhere; decides on the district's own applications. */
  private static Actor.Person lead(Subject subject) {
    return new Actor.Person(
        subject.id(),
        subject.commonName(),
        "lead",
        subject.tenants(),
        Set.of(DISTRICT),
        Set.of(DISTRICT, House.TOWN, House.VILLAGE),
        Set.of(),
        Proof.CERTIFICATE);
  }

  private void revoke(Subject officer) throws Exception {
    var stored =
        house.certificates.ofSubjects(List.of(officer.id())).stream().findFirst().orElseThrow();
    DATABASE
        .database()
        .inTransaction(
            transaction -> {
              house.certificates.lock(transaction, stored.authority(), stored.serial());
              house.certificates.setStatus(
                  transaction,
                  stored.authority(),
                  stored.serial(),
                  new CertificateStatus.Revoked(
                      house.clock.instant(), RevocationReason.KEY_COMPROMISE));
              return true;
            });
    house.signsLists();
  }

  /** The book of whoever owns the web host: everything in it is good. */
  private static CertificateBook forgetful(CertificateBook book) {
    return (CertificateBook)
        Proxy.newProxyInstance(
            CertificateBook.class.getClassLoader(),
            new Class<?>[] {CertificateBook.class},
            (_, method, arguments) -> {
              Object answer = method.invoke(book, arguments);
              if (!method.getName().equals("ofSubjects")) {
                return answer;
              }
              return ((List<?>) answer)
                  .stream()
                      .map(StoredCertificate.class::cast)
                      .map(one -> one.withStatus(new CertificateStatus.Good()))
                      .toList();
            });
  }

  private static RefusalReason refusal(ThrowingCallable call) {
    return catchThrowableOfType(Refused.class, call).reason();
  }

  private Set<Bytes> firstKeys() {
    return pairs.values().stream().map(VaultedHouse::hash).collect(Collectors.toSet());
  }
}
