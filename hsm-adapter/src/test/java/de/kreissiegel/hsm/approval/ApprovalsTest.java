package de.kreissiegel.hsm.approval;

import static de.kreissiegel.hsm.approval.Scene.APPLICANT;
import static de.kreissiegel.hsm.approval.Scene.NOW;
import static de.kreissiegel.hsm.approval.Scene.OFFICERS_KIND;
import static de.kreissiegel.hsm.approval.Scene.ONE;
import static de.kreissiegel.hsm.approval.Scene.RULES;
import static de.kreissiegel.hsm.approval.Scene.TENANT;
import static de.kreissiegel.hsm.approval.Scene.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.policy.ApprovalRule;
import de.kreissiegel.hsm.policy.AskedCertificate;
import de.kreissiegel.hsm.policy.OfficerRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApprovalsTest {
  private static final String PERSON = "cccccccc-0000-4000-8000-00000000000c";
  private Scene scene;

  @BeforeEach
  void open() throws Exception {
    scene = new Scene();
  }

  static void refused(ThrowingCallable call, String rule) {
    assertThatThrownBy(call)
        .isInstanceOf(SigningRefused.class)
        .hasMessageStartingWith(rule + ": ")
        .extracting(thrown -> ((SigningRefused) thrown).reason())
        .isEqualTo(SigningRefused.Reason.POLICY);
  }

  private void refusedOne(Evidence evidence, String rule) {
    refused(() -> scene.check(ONE, evidence), rule);
  }

  @Test
  void acceptsTwoDifferentOfficers() throws Exception {
    assertThat(scene.check(TWO, scene.by(scene.erika), scene.by(scene.max)))
        .extracting(Approver::person)
        .containsExactly(scene.erika.person, scene.max.person);
  }

  @Test
  void tellsWhoApprovedAndByWhat() throws Exception {
    assertThat(scene.check(ONE, scene.by(scene.erika)))
        .containsExactly(
            new Approver(
                scene.erika.person,
                Digests.sha256(scene.erika.certificate()),
                Approver.Means.CERTIFICATE,
                NOW));
  }

  @Test
  void asksForNothingWhereTheRuleAsksForNothing() throws Exception {
    assertThat(scene.check(ApprovalRule.NONE)).isEmpty();
  }

  @Test
  void refusesTooFewApprovals() {
    refused(() -> scene.check(ONE), "approval-missing");
    refused(() -> scene.check(TWO, scene.by(scene.max)), "approval-missing");
  }

  @Test
  void refusesABadApprovalEvenWhereNoneIsNeeded() throws Exception {
    Evidence other = scene.erika.approve(scene.asked(PERSON, "x", "y@z"), APPLICANT, NOW);

    refused(() -> scene.check(ApprovalRule.NONE, other), "approval-request");
  }

  /** What the attacker changes in the certificate after the officers have approved. */
  enum Change {
    REQUEST("approval-request"),
    KEY("approval-key"),
    KIND("approval-profile"),
    SUBJECT("approval-subject"),
    NAMES("approval-names"),
    NO_NAMES("approval-names"),
    PUBLIC_KEY("approval-public-key"),
    LATER_END("approval-validity"),
    LONGER("approval-validity"),
    TENANT("approval-tenant"),
    NO_TENANT("approval-tenant");

    final String rule;

    Change(String rule) {
      this.rule = rule;
    }

    AskedCertificate apply(AskedCertificate asked) throws Exception {
      Bytes otherNames =
          Bytes.of(
              Structures.octets(
                  new GeneralNames(new GeneralName(GeneralName.rfc822Name, "boss@test.example"))));
      return new AskedCertificate(
          this == REQUEST ? UUID.randomUUID() : asked.request(),
          this == KEY ? new KeyId("devices") : asked.key(),
          this == KIND ? "vpn-gateway" : asked.kind(),
          asked.issuer(),
          asked.serial(),
          this == SUBJECT
              ? Structures.name(new X500Name("CN=Boss,O=" + Scene.TENANT + ",C=DE"))
              : asked.subject(),
          this == NAMES
              ? Optional.of(otherNames)
              : this == NO_NAMES ? Optional.empty() : asked.alternativeNames(),
          this == PUBLIC_KEY
              ? Bytes.of(TestKeys.p256().getPublic().getEncoded())
              : asked.publicKey(),
          this == LONGER ? asked.notBefore().minusSeconds(1) : asked.notBefore(),
          this == LATER_END ? asked.notAfter().plusSeconds(1) : asked.notAfter(),
          this == TENANT
              ? Optional.of("Gemeinde Fremd")
              : this == NO_TENANT ? Optional.empty() : asked.tenant(),
          Optional.empty());
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnApprovalOverAnotherCertificate(Change change) throws Exception {
    Evidence approval = scene.by(scene.max);
    AskedCertificate other = change.apply(scene.asked);

    refused(() -> scene.approvals.check(other, ONE, RULES, List.of(approval)), change.rule);
  }

  @Test
  void acceptsAShorterValidityThanApproved() throws Exception {
    Evidence approval = scene.by(scene.max);
    AskedCertificate asked = scene.asked;
    AskedCertificate shorter =
        new AskedCertificate(
            asked.request(),
            asked.key(),
            asked.kind(),
            asked.issuer(),
            asked.serial(),
            asked.subject(),
            asked.alternativeNames(),
            asked.publicKey(),
            asked.notBefore().plusSeconds(60),
            asked.notAfter(),
            asked.tenant(),
            Optional.empty());

    assertThat(scene.approvals.check(shorter, ONE, RULES, List.of(approval))).hasSize(1);
  }

  @Test
  void refusesOneOfficerTwice() throws Exception {
    OfficerSigner again = scene.signed(scene.max.again());

    refused(() -> scene.check(TWO, scene.by(scene.max), scene.by(scene.max)), "approval-four-eyes");
    refused(() -> scene.check(TWO, scene.by(scene.max), scene.by(again)), "approval-four-eyes");
  }

  @Test
  void refusesTwoPeopleWithOneName() throws Exception {
    OfficerSigner twin = new OfficerSigner(PERSON, "Max", TENANT, "*");
    scene.signed(twin);

    refused(() -> scene.check(TWO, scene.by(scene.max), scene.by(twin)), "approval-four-eyes");
  }

  @Test
  void refusesAnOfficerWhoApplied() {
    for (String id : List.of(scene.max.person, "urn:uuid:" + scene.max.person.toUpperCase())) {
      refusedOne(scene.max.approve(scene.asked, id, NOW), "approval-own-application");
    }
  }

  @Test
  void refusesOfficersWhoWereToldOfDifferentApplicants() {
    refused(
        () ->
            scene.check(
                TWO,
                scene.erika.approve(scene.asked, APPLICANT, NOW),
                scene.max.approve(scene.asked, "somebody-else", NOW)),
        "approval-applicant");
  }

  @Test
  void refusesAnOfficerWhoIsTheSubject() throws Exception {
    AskedCertificate byEntry = scene.asked(scene.max.person.toUpperCase(), "M", "m@test.example");
    refused(
        () ->
            scene.approvals.check(
                byEntry, ONE, RULES, List.of(scene.max.approve(byEntry, APPLICANT, NOW))),
        "approval-own-certificate");

    AskedCertificate byName = scene.asked(PERSON, "Max", "m@test.example");
    refused(
        () ->
            scene.approvals.check(
                byName, ONE, RULES, List.of(scene.max.approve(byName, APPLICANT, NOW))),
        "approval-own-certificate");

    OfficerSigner mailed = new OfficerSigner(PERSON, "Mailed", TENANT, "*");
    mailed.mail = Optional.of("Mailed@test.example");
    scene.signed(mailed);
    AskedCertificate byMail =
        scene.asked("dddddddd-0000-4000-8000-00000000000d", "x", "mailed@test.example");
    refused(
        () ->
            scene.approvals.check(
                byMail, ONE, RULES, List.of(mailed.approve(byMail, APPLICANT, NOW))),
        "approval-own-certificate");
  }

  @Test
  void refusesAForeignTenantsOfficer() throws Exception {
    OfficerSigner foreign =
        scene.signed(new OfficerSigner(PERSON, "Foreign", "Gemeinde Fremd", "Gemeinde Fremd"));

    refusedOne(scene.by(foreign), "approval-officer-tenant");
  }

  @Test
  void letsOnlyOfficersForAllDecideWithoutATenant() throws Exception {
    AskedCertificate none = Change.NO_TENANT.apply(scene.asked);

    assertThat(
            scene.approvals.check(
                none, ONE, RULES, List.of(scene.max.approve(none, APPLICANT, NOW))))
        .hasSize(1);
    refused(
        () ->
            scene.approvals.check(
                none, ONE, RULES, List.of(scene.erika.approve(none, APPLICANT, NOW))),
        "approval-officer-tenant");
  }

  @Test
  void refusesASelfMadeOfficer() throws Exception {
    OfficerSigner self = new OfficerSigner(PERSON, "Self", TENANT, "*");
    Bytes tbs = self.tbs(self.subject, Scene.ECDSA_SHA256, NOW, NOW.plusSeconds(1000));
    Scene.signedBy(self.pair, self, tbs);

    refusedOne(scene.by(self), "approval-officer-issuer");
  }

  @Test
  void refusesAnOfficerOfAForeignIssuerWithTheSameName() throws Exception {
    OfficerSigner foreign = new OfficerSigner(PERSON, "Self", TENANT, "*");
    Bytes tbs =
        foreign.tbs(Scene.ISSUER, Scene.ECDSA_SHA256, NOW.minusSeconds(9), NOW.plusSeconds(1000));
    Scene.signedBy(TestKeys.p256(), foreign, tbs);

    refusedOne(scene.by(foreign), "approval-officer-issuer");
  }

  @Test
  void refusesACertificateOfTheRightIssuerWithoutAScope() throws Exception {
    OfficerSigner clerk = new OfficerSigner(PERSON, "Clerk", TENANT, "*");
    clerk.directoryAttributes = Optional.empty();
    scene.signed(clerk);

    refusedOne(scene.by(clerk), "approval-officer-scope");
  }

  @Test
  void refusesAScopeInACertificateOfAnotherKind() throws Exception {
    OfficerSigner clerk = new OfficerSigner(PERSON, "Clerk", TENANT, "*");
    scene.signed(clerk, "signature", NOW.minusSeconds(60), NOW.plusSeconds(1000));

    refusedOne(scene.by(clerk), "approval-officer-kind");
  }

  @Test
  void refusesACertificateThatIsNotForDigitalSignatures() throws Exception {
    OfficerSigner officer = new OfficerSigner(PERSON, "Clerk", TENANT, "*");
    officer.keyUsage = KeyUsage.nonRepudiation;
    scene.signed(officer);

    refusedOne(scene.by(officer), "approval-officer-key-usage");
  }

  @Test
  void refusesACertificateThatIsOverOrNotYetValid() throws Exception {
    OfficerSigner over = new OfficerSigner(PERSON, "Over", TENANT, "*");
    scene.signed(over, OFFICERS_KIND, NOW.minusSeconds(1000), NOW.minusSeconds(1));
    refusedOne(
        over.approve(scene.asked, APPLICANT, NOW.minusSeconds(500)), "approval-officer-validity");

    OfficerSigner early = new OfficerSigner(PERSON, "Early", TENANT, "*");
    scene.signed(early, OFFICERS_KIND, NOW.plusSeconds(1), NOW.plusSeconds(1000));
    refusedOne(scene.by(early), "approval-officer-validity");
  }

  @Test
  void refusesADecisionFromBeforeTheCertificate() throws Exception {
    OfficerSigner fresh = new OfficerSigner(PERSON, "Fresh", TENANT, "*");
    scene.signed(fresh, OFFICERS_KIND, NOW.minusSeconds(10), NOW.plusSeconds(9999));

    refusedOne(
        fresh.approve(scene.asked, APPLICANT, NOW.minus(Duration.ofDays(1))),
        "approval-officer-validity");
  }

  @Test
  void refusesARevokedOfficer() {
    scene.listSigned(NOW.minusSeconds(60), Map.of(scene.max.serial, 1));

    refusedOne(scene.by(scene.max), "approval-officer-revoked");
  }

  @Test
  void refusesAnOfficerOnHoldUntilReleased() throws Exception {
    scene.listSigned(NOW.minusSeconds(60), Map.of(scene.max.serial, 6));
    refusedOne(scene.by(scene.max), "approval-officer-held");

    scene.listSigned(NOW.minusSeconds(30), Map.of());
    assertThat(scene.check(ONE, scene.by(scene.max))).hasSize(1);
  }

  @Test
  void refusesAllWhenNoListWasSignedForTooLong() {
    Instant later = NOW.plus(Duration.ofDays(2));
    Approvals approvals = scene.approvalsAt(later);
    Evidence approval = scene.by(scene.max);

    refused(
        () -> approvals.check(scene.asked, ONE, RULES, List.of(approval)), "approval-status-stale");
  }

  @Test
  void refusesADecisionOfTheFutureAndAnOldOne() throws Exception {
    refusedOne(scene.max.approve(scene.asked, APPLICANT, NOW.plusSeconds(121)), "approval-future");
    Duration oldest = RULES.oldestApproval();
    assertThat(scene.check(ONE, scene.max.approve(scene.asked, APPLICANT, NOW.minus(oldest))))
        .hasSize(1);
    refusedOne(
        scene.max.approve(scene.asked, APPLICANT, NOW.minus(oldest).minusSeconds(1)),
        "approval-too-old");
  }

  @Test
  void asksTwoOfficersForAnOfficerWhateverTheRuleSays() throws Exception {
    OfficerSigner fresh = new OfficerSigner(PERSON, "Fresh", TENANT, TENANT);
    AskedCertificate asked = scene.askedFor(fresh);
    Evidence erikas = scene.erika.approve(asked, APPLICANT, NOW);
    Evidence maxs = scene.max.approve(asked, APPLICANT, NOW);

    refused(
        () -> scene.approvals.check(asked, ApprovalRule.NONE, RULES, List.of()),
        "approval-missing");
    refused(() -> scene.approvals.check(asked, ONE, RULES, List.of(maxs)), "approval-missing");
    assertThat(scene.approvals.check(asked, ApprovalRule.NONE, RULES, List.of(erikas, maxs)))
        .hasSize(2);
  }

  @Test
  void refusesAnotherScopeThanApproved() throws Exception {
    OfficerSigner fresh = new OfficerSigner(PERSON, "Fresh", TENANT, TENANT);
    AskedCertificate approved = scene.askedFor(fresh);
    fresh.directoryAttributes = Optional.of(OfficerSigner.scope(PERSON, TENANT, "Gemeinde Fremd"));
    AskedCertificate wider = scene.askedFor(fresh);
    AskedCertificate asked =
        new AskedCertificate(
            approved.request(),
            wider.key(),
            wider.kind(),
            wider.issuer(),
            wider.serial(),
            wider.subject(),
            wider.alternativeNames(),
            wider.publicKey(),
            wider.notBefore(),
            wider.notAfter(),
            wider.tenant(),
            wider.directoryAttributes());
    List<Evidence> evidence =
        List.of(
            scene.max.approve(approved, APPLICANT, NOW),
            scene.erika.approve(approved, APPLICANT, NOW));

    refused(() -> scene.approvals.check(asked, TWO, RULES, evidence), "approval-scope");
  }

  @Test
  void refusesOfficersWhoGiveMoreThanTheyHave() throws Exception {
    AskedCertificate asked = scene.askedFor(new OfficerSigner(PERSON, "Fresh", TENANT, "*"));

    refused(
        () ->
            scene.approvals.check(
                asked,
                TWO,
                RULES,
                List.of(
                    scene.max.approve(asked, APPLICANT, NOW),
                    scene.erika.approve(asked, APPLICANT, NOW))),
        "approval-officer-tenant");
  }

  @Test
  void refusesAScopeForAnotherPersonThanTheCertificates() throws Exception {
    OfficerSigner fresh = new OfficerSigner(PERSON, "Fresh", TENANT, TENANT);
    fresh.directoryAttributes = Optional.of(OfficerSigner.scope("somebody-else", TENANT));
    AskedCertificate asked = scene.askedFor(fresh);

    refused(() -> scene.approvals.check(asked, TWO, RULES, List.of()), "approval-officer-scope");
  }

  @Test
  void refusesAScopeInAnotherKindAndAnOfficerWithout() throws Exception {
    OfficerSigner fresh = new OfficerSigner(PERSON, "Fresh", TENANT, TENANT);
    AskedCertificate asked = scene.askedFor(fresh);
    OfficerRules others = new OfficerRules("another", Set.of(), Duration.ofDays(2));
    refused(
        () -> scene.approvals.check(asked, ApprovalRule.NONE, others, List.of()),
        "approval-officer-scope");

    fresh.directoryAttributes = Optional.empty();
    AskedCertificate without = scene.askedFor(fresh);
    refused(
        () -> scene.approvals.check(without, ApprovalRule.NONE, RULES, List.of()),
        "approval-officer-scope");
  }

  @Test
  void makesFirstOfficersWithoutApprovalOnce() throws Exception {
    OfficerSigner first = new OfficerSigner(PERSON, "First", TENANT, "*");
    OfficerRules rules =
        new OfficerRules(
            OFFICERS_KIND, Set.of(Digests.sha256(first.publicKey().toArray())), Duration.ofDays(2));
    AskedCertificate asked = scene.askedFor(first);
    assertThat(scene.approvals.check(asked, TWO, rules, List.of())).isEmpty();

    scene.signed(first);

    AskedCertificate again = scene.askedFor(first);
    refused(() -> scene.approvals.check(again, TWO, rules, List.of()), "approval-missing");
  }

  @Test
  void refusesMoreEvidenceThanItWantsToRead() {
    Evidence one = scene.by(scene.max);
    Evidence[] many = java.util.Collections.nCopies(17, one).toArray(new Evidence[0]);

    refused(() -> scene.check(ONE, many), "approval-size");
  }
}
