package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.Amended;
import de.kreissiegel.ca.registration.Approval;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.FieldValue;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may set which field of a certificate, from the application to what the vault signs. */
@ResourceLock(VaultedHouse.SHARED)
class FieldsTest {
  private static final VaultedHouse VAULTED = VaultedHouse.shared();
  private static final House HOUSE = VAULTED.house;
  private static final TestDatabase DATABASE = VAULTED.database;
  private static final ProfileName SERVER = new ProfileName("tls-server");
  private static final ProfileName GATEWAY = new ProfileName("vpn-gateway");

  @Test
  void signsWhatTheApplicantSaidAndOfficersSawAsUnconfirmed() throws Exception {
    CertificateRequest asked = submit(host("a"), SERVER, Map.of(Field.VALIDITY, List.of("P30D")));

    CertificateRequest seen = HOUSE.desk.view(VAULTED.otto, asked.id());
    assertThat(seen.content().values().all())
        .containsExactly(new FieldValue(Field.VALIDITY, "P30D", FieldSource.APPLICANT));
    assertThat(detailOf("request.submitted", asked.id()))
        .contains(" fields=validity:applicant:P30D ");
    StoredCertificate made = HOUSE.certificateOf(VAULTED.approve(VAULTED.otto, asked.id()));
    assertThat(Duration.between(made.notBefore(), made.notAfter()))
        .isEqualTo(Duration.ofDays(30).minusSeconds(1));
  }

  @Test
  void refusesWhatIsAnOfficersToSetFromTheFormAndFromTheCsr() {
    Subject server = host("b");
    assertThat(refusal(() -> submit(server, SERVER, dns("www.stadt-a.example"))))
        .isEqualTo(RefusalReason.BAD_CERT_TEMPLATE);
    assertThatThrownBy(() -> wish(server, new GeneralName(2, "www.stadt-a.example")))
        .hasMessageContaining("does not confirm the name dns:www.stadt-a.example");
    assertThat(openRequestsOf(server)).isZero();
  }

  @Test
  void refusesAWishForWhatNobodySets() {
    Subject server = host("c");
    assertThatThrownBy(() -> wish(server, new GeneralName(1, "web@stadt-a.example")))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("tls-server never holds the name mail:web@stadt-a.example");
    assertThatThrownBy(
            () -> submit(server, SERVER, Map.of(Field.MAIL, List.of("web@stadt-a.example"))))
        .hasMessageContaining("mail is set by nobody in tls-server");
    assertThatThrownBy(() -> submit(server, SERVER, Map.of(Field.COMMON_NAME, List.of("Web"))))
        .hasMessageContaining("common-name is not set by the applicant");
  }

  @Test
  void signsWhatAnOfficerSetBeforeTheySigned() throws Exception {
    CertificateRequest asked = submit(host("d"), SERVER, Map.of());

    HOUSE.desk.setFields(
        VAULTED.otto,
        asked.id(),
        Map.of(
            Field.DNS,
            List.of("WWW.stadt-a.example", "stadt-a.example"),
            Field.VALIDITY,
            List.of("P90D")));

    assertThat(detailOf("request.fields-set", asked.id()))
        .endsWith(
            " fields=dns:officer:www.stadt-a.example,dns:officer:stadt-a.example,"
                + "validity:officer:P90D");
    StoredCertificate made = HOUSE.certificateOf(VAULTED.approve(VAULTED.otto, asked.id()));
    assertThat(made.alternativeNames())
        .contains("dns:d.stadt-a.example dns:www.stadt-a.example dns:stadt-a.example uri:");
    assertThat(Duration.between(made.notBefore(), made.notAfter())).isLessThan(days(90));
  }

  @Test
  void voidsTheFirstApprovalWhenTheSecondOfficerSetsSomething() throws Exception {
    CertificateRequest asked = submit(host("e"), GATEWAY, Map.of());
    VAULTED.approve(VAULTED.otto, asked.id());

    Amended changed = HOUSE.desk.setFields(VAULTED.olga, asked.id(), dns("vpn2.stadt-a.example"));

    assertThat(changed.voided()).extracting(Approval::officer).containsExactly(VAULTED.otto.id());
    assertThat(HOUSE.desk.view(VAULTED.otto, asked.id())).isEqualTo(changed.request());
    assertThat(detailOf("request.fields-set", asked.id()))
        .contains(" void=person:" + VAULTED.otto.id());
    assertThat(VAULTED.approve(VAULTED.olga, asked.id()))
        .isInstanceOf(CertificateRequest.AwaitingApproval.class);
    assertThat(VAULTED.approve(VAULTED.otto, asked.id()))
        .isInstanceOf(CertificateRequest.Issued.class);
  }

  @Test
  void keepsTheApprovalWhenNothingElseIsSet() throws Exception {
    CertificateRequest asked = submit(host("f"), GATEWAY, Map.of());
    HOUSE.desk.setFields(VAULTED.otto, asked.id(), dns("vpn2.stadt-a.example"));
    CertificateRequest once = VAULTED.approve(VAULTED.otto, asked.id());

    assertThat(HOUSE.desk.setFields(VAULTED.olga, asked.id(), dns("vpn2.stadt-a.example")))
        .isEqualTo(new Amended((CertificateRequest.AwaitingApproval) once, List.of()));
  }

  @Test
  void takesNoSignatureOverWhatWasSetBefore() throws Exception {
    CertificateRequest asked = submit(host("g"), SERVER, Map.of());
    Bytes old = VAULTED.sign(VAULTED.otto, HOUSE.desk.statement(VAULTED.otto, asked.id()));
    HOUSE.desk.setFields(VAULTED.olga, asked.id(), dns("www.stadt-a.example"));

    assertThat(refusal(() -> HOUSE.desk.approve(VAULTED.otto, asked.id(), Optional.of(old))))
        .isEqualTo(RefusalReason.APPROVAL_INVALID);
  }

  @Test
  void letsNobodySetFieldsButOfficersOfTheTenant() throws Exception {
    CertificateRequest asked = submit(host("h"), SERVER, Map.of());
    var said = dns("www.stadt-a.example");
    assertThat(refusal(() -> set(House.staff(HOUSE.anna), asked, said)))
        .isEqualTo(RefusalReason.NOT_AUTHORIZED);
    assertThat(refusal(() -> set(House.officer(HOUSE.olga, House.VILLAGE), asked, said)))
        .isEqualTo(RefusalReason.NOT_FOUND);
    CertificateRequest own =
        HOUSE.desk.submit(House.staff(HOUSE.otto), House.application(HOUSE.otto, House.VPN));
    assertThat(refusal(() -> set(VAULTED.otto, own, Map.of(Field.VALIDITY, List.of("P9D")))))
        .isEqualTo(RefusalReason.OWN_APPLICATION);
    VAULTED.approve(VAULTED.otto, asked.id());
    assertThat(refusal(() -> set(VAULTED.otto, asked, said))).isEqualTo(RefusalReason.WRONG_STATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "www.gemeinde-b.example",
        "stadt-a.example.evil.example",
        "evilstadt-a.example",
        "*.stadt-a.example",
        "www_1.stadt-a.example",
        "-www.stadt-a.example",
        "www..stadt-a.example",
        "10.0.0.1",
        "bürger.stadt-a.example",
        "www.stadt-a.example\nx"
      })
  void refusesDnsNamesThatAreNoneOrAnotherTenants(String name) throws Exception {
    Subject server = host("i" + UUID.randomUUID());
    CertificateRequest asked = submit(server, SERVER, Map.of());
    assertThat(refusal(() -> set(VAULTED.otto, asked, dns(name))))
        .isEqualTo(RefusalReason.BAD_CERT_TEMPLATE);
    assertThat(HOUSE.desk.view(VAULTED.otto, asked.id())).isEqualTo(asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P366D", "P0D", "P-3D", "P1M", "P1Y", "30", "PT5H", "P99999999999D"})
  void refusesValiditiesThatAreNoneOrLongerThanTheProfiles(String days) {
    assertThat(refusal(() -> submit(host("j"), SERVER, Map.of(Field.VALIDITY, List.of(days)))))
        .isEqualTo(RefusalReason.BAD_CERT_TEMPLATE);
  }

  @Test
  void holdsMailAddressesAgainstFormAndDomainAndPutsThemIn() throws Exception {
    Subject mailbox =
        entry(SubjectKind.FUNCTION, "Bauamt", Optional.of("bauamt@stadt-a.example"), "x");
    CertificateRequest asked = submit(mailbox, new ProfileName("function-mailbox"), Map.of());
    for (String wrong :
        List.of("bau@gemeinde-b.example", "bau", "@stadt-a.example", "b au@stadt-a.example")) {
      assertThat(refusal(() -> set(VAULTED.otto, asked, mail(wrong))))
          .as(wrong)
          .isEqualTo(RefusalReason.BAD_CERT_TEMPLATE);
    }
    set(VAULTED.otto, asked, mail("hochbau@Stadt-A.example"));
    assertThat(HOUSE.certificateOf(VAULTED.approve(VAULTED.otto, asked.id())).alternativeNames())
        .startsWith("mail:bauamt@stadt-a.example mail:hochbau@stadt-a.example");
  }

  @Test
  void leavesTheLastWordOnDomainsToTheVault() throws Exception {
    Subject elsewhere =
        entry(SubjectKind.SERVICE, "Host", Optional.empty(), "host.elsewhere.example");
    CertificateRequest asked = submit(elsewhere, SERVER, Map.of());
    // The directory has it there, so the desk takes it; the vault knows the town's domains itself.
    set(VAULTED.otto, asked, dns("www.elsewhere.example"));
    assertThat(VAULTED.approve(VAULTED.otto, asked.id()))
        .isInstanceOfSatisfying(
            CertificateRequest.Refused.class,
            refused -> assertThat(refused.reason()).contains("tls-server/name-domain"));
  }

  private static void set(
      de.kreissiegel.ca.access.Actor.Person officer,
      CertificateRequest asked,
      Map<Field, List<String>> said)
      throws Refused {
    HOUSE.desk.setFields(officer, asked.id(), said);
  }

  private static CertificateRequest submit(
      Subject subject, ProfileName profile, Map<Field, List<String>> said) throws Refused {
    return HOUSE.desk.submit(
        House.staff(HOUSE.anna),
        new CertificateApplication(
            subject.id(), subject.home(), profile, SampleRequests.ofNewKey(), "", said));
  }

  private static void wish(Subject subject, GeneralName name) throws Refused {
    HOUSE.desk.submit(
        House.staff(HOUSE.anna),
        House.application(
            subject, SERVER, SampleRequests.of(SampleRequests.elliptic("secp256r1"), "", name)));
  }

  private static Subject host(String name) {
    return entry(SubjectKind.SERVICE, "Server", Optional.empty(), name + ".stadt-a.example");
  }

  /** In Anna's care. */
  private static Subject entry(
      SubjectKind kind, String name, Optional<String> mail, String dnsName) {
    Subject subject =
        new Subject(
            new SubjectId(UUID.randomUUID().toString()),
            kind,
            House.TOWN,
            Set.of(House.TOWN),
            name,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            mail,
            Optional.of(dnsName),
            Optional.empty(),
            true,
            "cn=" + name,
            Set.of(HOUSE.anna.id()));
    HOUSE.directory.put(subject);
    return subject;
  }

  private static Map<Field, List<String>> dns(String... names) {
    return Map.of(Field.DNS, List.of(names));
  }

  private static Map<Field, List<String>> mail(String address) {
    return Map.of(Field.MAIL, List.of(address));
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }

  private static long openRequestsOf(Subject subject) {
    return DATABASE.number(
        "select count(*) from request where subject_id = '" + subject.id() + "'");
  }

  private static String detailOf(String action, RequestId request) {
    return DATABASE
        .texts(
            "select detail from audit_event where action = '%s' and object = 'request:%s'"
                .formatted(action, request))
        .getLast();
  }

  private static RefusalReason refusal(ThrowingCallable call) {
    return catchThrowableOfType(Refused.class, call).reason();
  }
}
