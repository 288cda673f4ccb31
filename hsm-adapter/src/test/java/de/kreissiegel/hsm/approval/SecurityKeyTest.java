package de.kreissiegel.hsm.approval;

import static de.kreissiegel.hsm.approval.Scene.NOW;
import static de.kreissiegel.hsm.approval.Scene.ONE;
import static de.kreissiegel.hsm.approval.Scene.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.policy.OfficerRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.TestKeys;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityKeyTest {
  private static final SecurityKeyPages PAGES =
      SecurityKeyPages.of(URI.create(Scene.SITE.origin()));

  private Scene scene;
  private TestSecurityKey key;
  private Bytes statement;

  @BeforeEach
  void open() throws Exception {
    scene = new Scene();
    key = new TestSecurityKey();
    statement = ApprovalStatement.of(scene.asked, Scene.APPLICANT, NOW).encoded();
  }

  private Evidence.SecurityKeyAssertion assertion() throws Exception {
    return key.assertion(scene.max, statement);
  }

  private void refused(String rule) throws Exception {
    Evidence assertion = assertion();
    ApprovalsTest.refused(() -> scene.check(ONE, assertion), rule);
  }

  @Test
  void acceptsARegisteredSecurityKey() throws Exception {
    assertThat(scene.check(ONE, assertion()))
        .extracting(Approver::person, Approver::means)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(scene.max.person, Approver.Means.SECURITY_KEY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"}", ",\"crossOrigin\":false}", ",\"crossOrigin\":false,\"other\":\"x\"}"})
  void acceptsWhatBrowsersWrite(String afterOrigin) throws Exception {
    key.afterOrigin = afterOrigin;

    assertThat(scene.check(ONE, assertion())).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"crossOrigin\":true}",
        ",\"crossOrigin\":false",
        ",\"other\":\"x\"}",
        "} ",
        ":8443\"}"
      })
  void refusesOtherClientData(String afterOrigin) throws Exception {
    key.afterOrigin = afterOrigin;

    refused("approval-origin");
  }

  @Test
  void refusesOnePersonByCertificateAndSecurityKey() throws Exception {
    Evidence assertion = assertion();

    ApprovalsTest.refused(
        () -> scene.check(TWO, scene.by(scene.max), assertion), "approval-four-eyes");
  }

  @Test
  void refusesWithoutUserVerificationOrPresence() throws Exception {
    key.flags = 0x01;
    refused("approval-user-verification");
    key.flags = 0x04;
    refused("approval-user-verification");
  }

  @Test
  void refusesAnotherSite() throws Exception {
    key.site = "pki.other.example";
    refused("approval-relying-party");
  }

  @Test
  void refusesAnotherOrigin() throws Exception {
    key.origin = "https://pki.landkreis.example:9443";
    refused("approval-origin");
    key.origin = "https://pki.landkreis.example";
    refused("approval-origin");
  }

  @Test
  void refusesARegistrationAsAnAssertion() throws Exception {
    key.type = "webauthn.create";
    refused("approval-challenge");
  }

  @Test
  void refusesTheChallengeOfAnotherStatement() throws Exception {
    key.challenged = Optional.of(Bytes.of(new byte[] {1, 2, 3}));
    refused("approval-challenge");
  }

  @Test
  void refusesMembersInAnotherOrder() throws Exception {
    key.clientData = Optional.of("{\"x\":1," + key.usualClientData(statement).substring(1));
    refused("approval-challenge");
  }

  @Test
  void refusesASignatureByAnotherKey() throws Exception {
    key.signer = TestKeys.p256();
    refused("approval-signature");
  }

  @Test
  void refusesARegistrationOfAnotherCredentialOrSite() throws Exception {
    Evidence.SecurityKeyAssertion honest = assertion();
    Evidence other =
        new Evidence.SecurityKeyAssertion(
            honest.statement(),
            honest.registration(),
            Bytes.fromHex("ff"),
            honest.authenticatorData(),
            honest.clientData(),
            honest.signature());
    ApprovalsTest.refused(() -> scene.check(ONE, other), "approval-security-key");

    key.registeredSite = "pki.other.example";
    refused("approval-security-key");
  }

  /** The attacker has their own security key, and no officer's certificate. */
  @Test
  void refusesARegistrationByNoOfficer() throws Exception {
    OfficerSigner self = new OfficerSigner(scene.max.person, "Max", Scene.TENANT, "*");
    Scene.signedBy(
        self.pair,
        self,
        self.tbs(Scene.ISSUER, Scene.ECDSA_SHA256, NOW.minusSeconds(9000), NOW.plusSeconds(9)));
    Evidence assertion = key.assertion(self, statement);

    ApprovalsTest.refused(() -> scene.check(ONE, assertion), "approval-officer-issuer");
  }

  /** Erika takes the registration that Max signed for his security key, and uses her own key. */
  @Test
  void refusesARegistrationByAnotherOfficer() throws Exception {
    Evidence.SecurityKeyAssertion maxs = assertion();
    TestSecurityKey erikas = new TestSecurityKey();
    Evidence.SecurityKeyAssertion hers = erikas.assertion(scene.erika, statement);
    Evidence mixed =
        new Evidence.SecurityKeyAssertion(
            statement,
            maxs.registration(),
            hers.credentialId(),
            hers.authenticatorData(),
            hers.clientData(),
            hers.signature());

    ApprovalsTest.refused(() -> scene.check(ONE, mixed), "approval-signature");
  }

  @Test
  void refusesAnApprovalInPlaceOfARegistration() throws Exception {
    Evidence.SecurityKeyAssertion honest = assertion();
    Evidence mixed =
        new Evidence.SecurityKeyAssertion(
            statement,
            scene.max.message(ApprovalStatement.TYPE, statement),
            honest.credentialId(),
            honest.authenticatorData(),
            honest.clientData(),
            honest.signature());

    ApprovalsTest.refused(() -> scene.check(ONE, mixed), "approval-content-type");
  }

  @Test
  void refusesTheSecurityKeyOfARevokedOfficer() throws Exception {
    scene.listSigned(NOW.minusSeconds(60), Map.of(scene.max.serial, 4));
    refused("approval-officer-revoked");
  }

  @Test
  void refusesARegistrationFromBeforeTheCertificateOrOfTheFuture() throws Exception {
    key.registered = NOW.minus(Duration.ofDays(60));
    refused("approval-security-key");
    key.registered = NOW.plusSeconds(60);
    refused("approval-security-key");
  }

  @Test
  void refusesSecurityKeysWhereThePolicyHasNone() throws Exception {
    OfficerRules none = new OfficerRules(Scene.OFFICERS_KIND, Set.of(), Duration.ofDays(2));
    Evidence assertion = assertion();

    ApprovalsTest.refused(
        () -> scene.approvals.check(scene.asked, ONE, none, List.of(assertion)),
        "approval-security-key");
  }

  @Test
  void findsACopyOfASecurityKey() throws Exception {
    scene.check(ONE, assertion());
    scene.check(ONE, assertion());
    Bytes other = ApprovalStatement.of(scene.asked, Scene.APPLICANT, NOW.minusSeconds(1)).encoded();
    Evidence copys = key.assertion(scene.max, other);
    ApprovalsTest.refused(() -> scene.check(ONE, copys), "approval-security-key-counter");

    key.counter = 0; // a key that doesn't count
    scene.check(ONE, assertion());
    assertThat(scene.check(ONE, key.assertion(scene.max, other))).hasSize(1);
  }

  @Test
  void refusesAuthenticatorDataOfOtherForms() throws Exception {
    key.moreData = new byte[1];
    refused("approval-malformed");
    key.moreData = new byte[2000];
    key.flags = 0x85;
    refused("approval-malformed");
    key.moreData = new byte[20];
    key.flags = 0x45;
    refused("approval-malformed");
    Evidence.SecurityKeyAssertion honest = assertion();
    Evidence cut =
        new Evidence.SecurityKeyAssertion(
            statement,
            honest.registration(),
            honest.credentialId(),
            Bytes.of(Arrays.copyOf(honest.authenticatorData().toArray(), 36)),
            honest.clientData(),
            honest.signature());
    ApprovalsTest.refused(() -> scene.check(ONE, cut), "approval-malformed");
  }

  @Test
  void acceptsExtensionsOfTheAuthenticator() throws Exception {
    key.flags = 0x85;
    key.moreData = new byte[] {(byte) 0xa0};

    assertThat(scene.check(ONE, assertion())).hasSize(1);
  }

  @Test
  void comesInOnePieceAsABrowserSendsIt() throws Exception {
    Evidence.SecurityKeyAssertion assertion = assertion();
    Bytes sent = SecurityKeyApproval.encoded(assertion);

    assertThat(SecurityKeyApproval.evidence(sent)).isEqualTo(assertion);
    SignedApproval read = SignedApproval.read(sent, Optional.of(PAGES), NOW);
    assertThat(read.statement().encoded()).isEqualTo(statement);
    assertThat(read.securityKey()).contains(assertion.credentialId());
    assertThat(SignedApproval.statementOf(sent)).isEqualTo(read.statement());
    ApprovalsTest.refused(
        () -> SignedApproval.read(sent, Optional.empty(), NOW), "approval-security-key");
  }

  @Test
  void whateverIsNoAssertionIsTakenForAMessageThatTheVaultRefuses() throws Exception {
    byte[] sent = SecurityKeyApproval.encoded(assertion()).toArray();
    List<byte[]> others =
        List.of(
            new byte[0],
            Arrays.copyOf(sent, sent.length - 1),
            Arrays.copyOf(sent, sent.length + 1),
            new byte[] {0x30, 0});
    for (byte[] other : others) {
      assertThat(SecurityKeyApproval.evidence(Bytes.of(other)))
          .isEqualTo(new Evidence.OfficerSignature(Bytes.of(other)));
      ApprovalsTest.refused(
          () -> scene.check(ONE, SecurityKeyApproval.evidence(Bytes.of(other))),
          "approval-malformed");
    }
  }

  @Test
  void aRegistrationSaysWhoseKeyItIs() throws Exception {
    SignedRegistration read = SignedRegistration.read(key.registration(scene.max));

    assertThat(read.registration().credentialId()).isEqualTo(key.credential);
    assertThat(read.certificate())
        .isEqualTo(
            SignedApproval.read(SecurityKeyApproval.encoded(assertion()), Optional.of(PAGES), NOW)
                .certificate());
  }
}
