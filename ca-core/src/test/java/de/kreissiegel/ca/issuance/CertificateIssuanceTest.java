package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.subject.WindowsAccount;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.io.ByteArrayInputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CertificateIssuanceTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private House house;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE);
  }

  @Test
  void issuesWhatTheJdkReadsAndValidates() throws Exception {
    StoredCertificate stored = house.certificateOf(house.approved(house.anna, House.VPN));
    X509Certificate certificate = x509(stored.encoded());

    assertThat(stored.subjectName())
        .startsWith("serialNumber=")
        .endsWith(",cn=Anna Amsel,o=Stadt Ä,c=DE");
    assertThat(stored.alternativeNames())
        .isEqualTo("mail:anna.amsel@stadt-a.example uri:urn:uuid:" + house.anna.id());
    assertThat(certificate.getKeyUsage())
        .containsExactly(true, false, false, false, false, false, false, false, false);
    assertThat(certificate.getExtendedKeyUsage())
        .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.17");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getCriticalExtensionOIDs())
        .containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
    assertThat(Duration.between(stored.notBefore(), stored.notAfter()).plusSeconds(1))
        .isEqualTo(Duration.ofDays(365));
    validate(certificate, "devices");
  }

  @Test
  void issuesEveryProfileThatStaffAreOffered() throws Exception {
    Subject officer = house.otto;
    Subject another = House.person("Oda Amt", House.TOWN, "oda.amt@stadt-a.example");
    house.directory.put(another);
    for (CertificateProfile profile : house.profiles.all()) {
      if (!profile.offered()) {
        continue;
      }
      SubjectKind kind = profile.subjects().stream().sorted().findFirst().orElseThrow();
      Subject subject = kind == SubjectKind.PERSON ? annaInWindows() : inCareOfAnna(kind);
      house.directory.put(subject);
      var applicant =
          profile.makesOfficers() ? House.officer(house.anna, House.TOWN) : House.staff(house.anna);
      CertificateRequest request =
          house.desk.submit(
              applicant,
              new CertificateApplication(
                  subject.id(),
                  subject.home(),
                  profile.name(),
                  SampleRequests.ofNewKey(),
                  "",
                  profile.pseudonymous()
                      ? Map.of(Field.PSEUDONYM, List.of("Sachbearbeitung 17"))
                      : Map.of()));
      for (var one : List.of(officer, another).subList(0, profile.approvals())) {
        request = house.approveChecked(House.officer(one, House.TOWN), request.id(), profile);
      }
      StoredCertificate certificate = house.certificateOf(request);
      validate(x509(certificate.encoded()), profile.authority().value());
      assertThat(certificate.profileVersion()).isEqualTo(profile.version());
    }
  }

  /** Anna, with an account in an Active Directory. */
  private Subject annaInWindows() {
    Subject anna = house.anna;
    return new Subject(
        anna.id(),
        anna.kind(),
        anna.home(),
        anna.tenants(),
        anna.commonName(),
        anna.title(),
        anna.givenName(),
        anna.surname(),
        anna.mail(),
        anna.dnsName(),
        anna.login(),
        Optional.of(
            new WindowsAccount(
                "anna.amsel@stadt-a.example", "S-1-5-21-1004336348-1177238915-682003330-512")),
        true,
        anna.directoryName(),
        anna.responsible());
  }

  private Subject inCareOfAnna(SubjectKind kind) {
    return new Subject(
        new SubjectId(java.util.UUID.randomUUID().toString()),
        kind,
        House.TOWN,
        Set.of(House.TOWN),
        "Poststelle",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        kind == SubjectKind.FUNCTION ? Optional.of("bürgerbüro@stadt-a.example") : Optional.empty(),
        kind == SubjectKind.FUNCTION ? Optional.empty() : Optional.of("vpn.stadt-a.example"),
        Optional.empty(),
        true,
        "cn=" + kind,
        Set.of(house.anna.id()));
  }

  @Test
  void storesCertificateRequestAuditAndOutboxTogether() throws Exception {
    CertificateRequest request = house.approved(house.anna, House.VPN);

    assertThat(request).isInstanceOf(CertificateRequest.Issued.class);
    assertThat(DATABASE.number("select count(*) from outbox where task ilike 'publish'")).isOne();
    assertThat(
            DATABASE.number(
                "select count(*) from audit_event where action = 'certificate.issued'"
                    + " and object = ? and tenant = ?",
                "request:" + request.id(),
                House.TOWN.value()))
        .isOne();
  }

  @Test
  void makesOneCertificateWhenTwoOfficersApproveAtOnce() throws Exception {
    for (int round = 0; round < 10; round++) {
      var subject = House.person("Eva Eule", House.TOWN, "eva" + round + "@stadt-a.example");
      house.directory.put(subject);
      CertificateRequest request =
          house.desk.submit(House.staff(subject), House.application(subject, House.VPN));
      try (var pool = Executors.newFixedThreadPool(2)) {
        var tasks = new ArrayList<Callable<Object>>();
        for (var officer : List.of(house.otto, house.olga)) {
          tasks.add(() -> house.approve(House.officer(officer, House.TOWN), request.id()));
        }
        pool.invokeAll(tasks);
      }
      assertThat(house.requests.find(request.id()))
          .containsInstanceOf(CertificateRequest.Issued.class);
      assertThat(house.vault.signed(request.id().value())).isOne();
      assertThat(
              DATABASE.number(
                  "select count(*) from certificate where request_id = ?", request.id().value()))
          .isOne();
    }
  }

  @Test
  void waitsWhileTheVaultIsDownAndGoesOnByItself() throws Exception {
    house.vault.fail(JournalingFake.Fault.DOWN);
    CertificateRequest waiting = house.approved(house.anna, House.VPN);
    assertThat(waiting).isInstanceOf(CertificateRequest.Approved.class);
    assertThatThrownBy(() -> house.issuance.resumeApproved())
        .isInstanceOf(SigningUnavailable.class);

    house.vault.fail(JournalingFake.Fault.NONE);
    assertThat(house.issuance.resumeApproved()).isOne();
    assertThat(house.requests.find(waiting.id()))
        .containsInstanceOf(CertificateRequest.Issued.class);
  }

  @Test
  void takesInTheCertificateWhoseAnswerWasLost() throws Exception {
    house.vault.fail(JournalingFake.Fault.REPLY_LOST);
    CertificateRequest waiting = house.approved(house.anna, House.VPN);
    assertThat(waiting).isInstanceOf(CertificateRequest.Approved.class);
    assertThat(house.vault.signed(waiting.id().value())).isOne();

    house.vault.fail(JournalingFake.Fault.NONE);
    house.issuance.resumeApproved();

    assertThat(house.requests.find(waiting.id()))
        .containsInstanceOf(CertificateRequest.Issued.class);
    everyJournalEntryIsAStoredCertificate();
    assertThat(DATABASE.number("select count(*) from outbox")).isOne();
  }

  @Test
  void takesInWhatWasSignedButNotStoredBeforeTheCrash() throws Exception {
    house.restart(bookThatBreaksAtInsert());
    CertificateRequest request =
        house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));
    assertThatThrownBy(() -> house.approve(House.officer(house.otto, House.TOWN), request.id()))
        .hasMessage("the disk is full");
    assertThat(house.requests.find(request.id()))
        .containsInstanceOf(CertificateRequest.Approved.class);

    house.restart(house.certificates);
    assertThat(house.recovery.catchUp()).isOne();

    assertThat(house.requests.find(request.id()))
        .containsInstanceOf(CertificateRequest.Issued.class);
    assertThat(house.recovery.catchUp()).isZero();
    everyJournalEntryIsAStoredCertificate();
  }

  @Test
  void neverSignsAnewWhatTheVaultHasSignedAlready() throws Exception {
    house.vault.fail(JournalingFake.Fault.REPLY_LOST);
    CertificateRequest waiting = house.approved(house.anna, House.VPN);
    house.vault.fail(JournalingFake.Fault.NONE);
    house.restart(house.certificates);

    CertificateRequest reached = house.issuance.issue((CertificateRequest.Approved) waiting);

    assertThat(reached).isInstanceOf(CertificateRequest.Issued.class);
    assertThat(house.vault.signed(waiting.id().value())).isOne();
  }

  @Test
  void revokesAtOnceWhatWasSignedAfterTheSubjectLeft() throws Exception {
    house.vault.fail(JournalingFake.Fault.REPLY_LOST);
    CertificateRequest waiting = house.approved(house.anna, House.VPN);
    house.desk.subjectLeft(
        new de.kreissiegel.ca.access.Actor.Component("directory"), house.anna.id(), "disabled");

    house.vault.fail(JournalingFake.Fault.NONE);
    house.recovery.catchUp();

    assertThat(house.requests.find(waiting.id()))
        .containsInstanceOf(CertificateRequest.Refused.class);
    assertThat(house.certificates.ofSubjects(List.of(house.anna.id())))
        .singleElement()
        .satisfies(
            found -> assertThat(found.status()).isInstanceOf(CertificateStatus.Revoked.class));
    everyJournalEntryIsAStoredCertificate();
  }

  @Test
  void holdsACertificateWhoseRequestThisDatabaseLost() throws Exception {
    house.vault.fail(JournalingFake.Fault.REPLY_LOST);
    CertificateRequest waiting = house.approved(house.anna, House.VPN);
    house.vault.fail(JournalingFake.Fault.NONE);
    DATABASE.execute("delete from approval");
    DATABASE.execute("delete from request where id = ?", waiting.id().value());

    house.recovery.catchUp();

    assertThat(DATABASE.number("select count(*) from certificate where state = 'hold'")).isOne();
    everyJournalEntryIsAStoredCertificate();
  }

  @Test
  void refusesWhatTheVaultRefuses() throws Exception {
    house.vault.fail(JournalingFake.Fault.POLICY);
    CertificateRequest refused = house.approved(house.anna, House.VPN);

    assertThat(refused).isInstanceOf(CertificateRequest.Refused.class);
    assertThat(((CertificateRequest.Refused) refused).reason()).contains("REFUSED_BY_VAULT");
    assertThat(DATABASE.number("select count(*) from certificate")).isZero();
    assertThat(DATABASE.number("select count(*) from audit_event where action = 'request.refused'"))
        .isOne();
  }

  @Test
  void tellsTheAuditTrailOfEachRefusalOfTheVaultOnce() throws Exception {
    house.vault.fail(JournalingFake.Fault.POLICY);
    house.approved(house.anna, House.VPN);
    house.recovery.catchUp();
    house.recovery.catchUp();

    assertThat(
            DATABASE.number(
                "select count(*) from audit_event where action = 'vault.refused'"
                    + " and detail like '%rule=POLICY rule test%'"))
        .isOne();
  }

  @Test
  void issuesNothingMoreWhenTheJournalWasCut() throws Exception {
    house.approved(house.anna, House.VPN);
    house.recovery.catchUp();
    house.vault.cutTail();
    house.restart(house.certificates);

    assertThatThrownBy(() -> house.recovery.catchUp()).isInstanceOf(JournalMismatch.class);
    var eva = House.person("Eva Eule", House.TOWN, "eva@stadt-a.example");
    house.directory.put(eva);
    assertThat(house.approved(eva, House.VPN)).isInstanceOf(CertificateRequest.Approved.class);
    assertThat(house.recovery.fault()).isPresent();
  }

  @Test
  void tellsTheVaultHowFarItHasRead() throws Exception {
    house.approved(house.anna, House.VPN);
    house.recovery.catchUp();

    assertThat(house.vault.takenIn()).isEqualTo(house.vault.whole().size());
  }

  @Test
  void readsOnPastCertificatesThatWereErased() throws Exception {
    house.approved(house.anna, House.VPN);
    house.vault.erase();
    // As after a restore of a database that was never so far.
    DATABASE.execute("delete from journal_position");
    house.restart(house.certificates);

    assertThat(house.recovery.catchUp()).isZero();
    assertThat(house.vault.takenIn()).isEqualTo(house.vault.whole().size());
    assertThat(house.recovery.fault()).isEmpty();
  }

  /** PKIX, by the JDK (RFC 5280 §6). */
  private void validate(X509Certificate certificate, String authority) throws Exception {
    var issuer = house.authorities.get(new AuthorityName(authority));
    var path =
        CertificateFactory.getInstance("X.509")
            .generateCertPath(List.of(certificate, x509(issuer.certificate())));
    var parameters =
        new PKIXParameters(Set.of(new TrustAnchor(x509(issuer.chain().getLast()), null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }

  /** The database fails just when the signature is there. */
  private CertificateBook bookThatBreaksAtInsert() {
    return (CertificateBook)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {CertificateBook.class},
            (_, method, arguments) -> {
              if (method.getName().equals("insert")) {
                throw new IllegalStateException("the disk is full");
              }
              try {
                return method.invoke(house.certificates, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  private void everyJournalEntryIsAStoredCertificate() {
    long entries =
        house.vault.whole().stream()
            .filter(entry -> entry.structure() == SignedStructure.CERTIFICATE)
            .filter(entry -> !entry.key().value().equals("root"))
            .count();
    assertThat(DATABASE.number("select count(*) from certificate")).isEqualTo(entries);
  }

  private static X509Certificate x509(Bytes encoded) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded.toArray()));
  }
}
