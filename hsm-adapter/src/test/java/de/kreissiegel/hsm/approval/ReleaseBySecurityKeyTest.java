package de.kreissiegel.hsm.approval;

import static de.kreissiegel.hsm.approval.Scene.NOW;
import static de.kreissiegel.hsm.approval.Scene.ONE;
import static de.kreissiegel.hsm.approval.Scene.RULES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.policy.OfficerRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.Evidence.SecurityKeyAssertion;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.ReleaseRequest.Purpose;
import de.kreissiegel.hsm.signing.ReleaseRequest.Scheme;
import de.kreissiegel.hsm.signing.TestKeys;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A security key opens an escrowed key by the same rules by which it approves a certificate. */
class ReleaseBySecurityKeyTest {
  private static final KeyId ESCROW = new KeyId("escrow");
  private static final UUID ID = new UUID(3, 4);
  private static final Bytes ENCRYPTED = Bytes.of(new byte[384]);
  private static final Optional<SecurityKeyPages> PAGES =
      Optional.of(SecurityKeyPages.of(URI.create(Scene.SITE.origin())));

  private Scene scene;
  private TestSecurityKey key;

  @BeforeEach
  void open() throws Exception {
    scene = new Scene();
    key = new TestSecurityKey();
  }

  private static ReleaseStatement statement(UUID id, String tenant, String collector) {
    return new ReleaseStatement(
        id,
        ESCROW,
        Digests.sha256(ENCRYPTED.toArray()),
        "Ingrid Muster",
        "Az. 12/26",
        tenant,
        collector,
        NOW);
  }

  private static Bytes statement() {
    return statement(ID, Scene.TENANT, Scene.APPLICANT).encoded();
  }

  private Releases.Granted check(int needed, OfficerRules rules, Evidence... evidence)
      throws Exception {
    return scene
        .releases()
        .check(
            new ReleaseRequest(
                ID, ESCROW, Purpose.UNWRAP, Scheme.RSA_OAEP_SHA256, ENCRYPTED, List.of(evidence)),
            needed,
            Optional.of(rules));
  }

  private void refused(String rule, Evidence... evidence) {
    ApprovalsTest.refused(() -> check(1, RULES, evidence), rule);
  }

  private void refused(String rule) throws Exception {
    refused(rule, key.assertion(scene.max, statement()));
  }

  private static SecurityKeyAssertion with(
      SecurityKeyAssertion honest, Bytes statement, Bytes registration) {
    return new SecurityKeyAssertion(
        statement,
        registration,
        honest.credentialId(),
        honest.authenticatorData(),
        honest.clientData(),
        honest.signature());
  }

  @Test
  void twoOfficersOpenAKeyOneByCertificateAndOneBySecurityKey() throws Exception {
    Evidence erikas = scene.erika.sign(statement(ID, Scene.TENANT, Scene.APPLICANT));
    Releases.Granted granted = check(2, RULES, erikas, key.assertion(scene.max, statement()));

    assertThat(granted.approvers())
        .extracting(Approver::person, Approver::means)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(scene.erika.person, Approver.Means.CERTIFICATE),
            org.assertj.core.groups.Tuple.tuple(scene.max.person, Approver.Means.SECURITY_KEY));
  }

  @Test
  void refusesTheConfirmationOfAnotherStatement() throws Exception {
    Bytes other = statement(UUID.randomUUID(), Scene.TENANT, Scene.APPLICANT).encoded();
    refused("approval-request", key.assertion(scene.max, other));
    SecurityKeyAssertion honest = key.assertion(scene.max, other);
    refused("approval-challenge", with(honest, statement(), honest.registration()));
  }

  /** One challenge never serves two purposes, since each statement says of which kind it is. */
  @Test
  void takesNoApprovalOfACertificateForARelease() throws Exception {
    Bytes approval = ApprovalStatement.of(scene.asked, Scene.APPLICANT, NOW).encoded();
    refused("approval-malformed", key.assertion(scene.max, approval));
    Evidence release = new TestSecurityKey().assertion(scene.max, statement());
    ApprovalsTest.refused(() -> scene.check(ONE, release), "approval-malformed");
    SecurityKeyAssertion honest = key.assertion(scene.max, statement());
    refused(
        "approval-content-type",
        with(honest, statement(), scene.max.message(ReleaseStatement.TYPE, statement())));
  }

  @Test
  void countsPeopleAndNotWhatTheySignBy() throws Exception {
    Evidence maxs = scene.max.sign(statement(ID, Scene.TENANT, Scene.APPLICANT));
    SecurityKeyAssertion assertion = key.assertion(scene.max, statement());
    ApprovalsTest.refused(() -> check(2, RULES, maxs, assertion), "approval-four-eyes");
    SecurityKeyAssertion second = new TestSecurityKey().assertion(scene.max, statement());
    ApprovalsTest.refused(() -> check(2, RULES, assertion, second), "approval-four-eyes");
    ApprovalsTest.refused(() -> check(2, RULES, assertion), "approval-missing");
  }

  @Test
  void refusesWhoGetsTheFileAndWhoIsNoOfficerThere() throws Exception {
    refused(
        "approval-own-application",
        key.assertion(scene.max, statement(ID, Scene.TENANT, scene.max.person).encoded()));
    key.counter++;
    refused(
        "approval-officer-tenant",
        key.assertion(scene.erika, statement(ID, "Gemeinde Fremd", Scene.APPLICANT).encoded()));
  }

  @Test
  void refusesWithoutPinAndOnOtherPages() throws Exception {
    key.flags = 0x01;
    refused("approval-user-verification");
    key.flags = 0x05;
    key.site = "pki.other.example";
    refused("approval-relying-party");
    key.site = Scene.SITE.relyingParty();
    key.origin = "https://pki.landkreis.example";
    refused("approval-origin");
    key.origin = Scene.SITE.origin();
    key.afterOrigin = ",\"crossOrigin\":true}";
    refused("approval-origin");
    key.afterOrigin = "}";
    key.type = "webauthn.create";
    refused("approval-challenge");
  }

  /** The attacker has a security key of their own, and what others have registered. */
  @Test
  void refusesAKeyThatNoOfficerRegistered() throws Exception {
    OfficerSigner self = new OfficerSigner(scene.max.person, "Max", Scene.TENANT, "*");
    Scene.signedBy(
        self.pair,
        self,
        self.tbs(Scene.ISSUER, Scene.ECDSA_SHA256, NOW.minusSeconds(9000), NOW.plusSeconds(9)));
    refused("approval-officer-issuer", key.assertion(self, statement()));
    SecurityKeyAssertion own = key.assertion(self, statement());
    refused(
        "approval-signature",
        with(own, statement(), new TestSecurityKey().registration(scene.max)));
    key.signer = TestKeys.p256();
    refused("approval-signature");
  }

  @Test
  void refusesTheKeyOfARevokedOfficer() throws Exception {
    scene.listSigned(NOW.minusSeconds(60), Map.of(scene.max.serial, 4));
    refused("approval-officer-revoked");
  }

  @Test
  void findsACopyThatSignedSomethingElseUnderTheSameNumber() throws Exception {
    Bytes certificate = ApprovalStatement.of(scene.asked, Scene.APPLICANT, NOW).encoded();
    assertThat(scene.check(ONE, key.assertion(scene.max, certificate))).hasSize(1);
    refused("approval-security-key-counter");
  }

  @Test
  void refusesSecurityKeysWhereThePolicyHasNone() throws Exception {
    OfficerRules none = new OfficerRules(Scene.OFFICERS_KIND, Set.of(), Duration.ofDays(2));
    Evidence assertion = key.assertion(scene.max, statement());
    ApprovalsTest.refused(() -> check(1, none, assertion), "approval-security-key");
  }

  @Test
  void isReadByTheAuthorityAsTheVaultReadsIt() throws Exception {
    SecurityKeyAssertion assertion = key.assertion(scene.max, statement());
    Bytes sent = SecurityKeyApproval.encoded(assertion);

    SignedRelease read = SignedRelease.read(sent, PAGES, NOW);

    assertThat(read.statement().encoded()).isEqualTo(statement());
    assertThat(read.securityKey()).contains(key.credential);
    assertThat(SignedRelease.certificateOf(sent)).isEqualTo(read.certificate());
    Evidence.OfficerSignature byCertificate =
        (Evidence.OfficerSignature) scene.max.sign(statement(ID, Scene.TENANT, Scene.APPLICANT));
    assertThat(SignedRelease.certificateOf(byCertificate.signedData()))
        .isEqualTo(read.certificate());
    ApprovalsTest.refused(
        () -> SignedRelease.read(sent, Optional.empty(), NOW), "approval-security-key");
    Bytes approval =
        SecurityKeyApproval.encoded(
            key.assertion(
                scene.max, ApprovalStatement.of(scene.asked, Scene.APPLICANT, NOW).encoded()));
    assertThatThrownBy(() -> SignedRelease.read(approval, PAGES, NOW))
        .isInstanceOf(MalformedEvidence.class);
  }
}
