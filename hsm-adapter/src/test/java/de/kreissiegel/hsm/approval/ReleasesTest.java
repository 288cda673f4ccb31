package de.kreissiegel.hsm.approval;

import static de.kreissiegel.hsm.approval.Scene.NOW;
import static de.kreissiegel.hsm.approval.Scene.RULES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.ReleaseRequest.Purpose;
import de.kreissiegel.hsm.signing.ReleaseRequest.Scheme;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleasesTest {
  private static final KeyId ESCROW = new KeyId("escrow");
  private static final UUID ID = new UUID(3, 4);
  private static final Bytes ENCRYPTED = Bytes.of(new byte[384]);
  private Scene scene;

  @BeforeEach
  void open() throws Exception {
    scene = new Scene();
  }

  private static ReleaseStatement statement() {
    return statement(ID, ESCROW, ENCRYPTED, "AZ 12/26: successor in office", Scene.TENANT);
  }

  private static ReleaseStatement statement(
      UUID id, KeyId key, Bytes encrypted, String reason, String tenant) {
    return new ReleaseStatement(
        id,
        key,
        Digests.sha256(encrypted.toArray()),
        "Ingrid Muster",
        reason,
        tenant,
        Scene.APPLICANT,
        NOW);
  }

  private static ReleaseRequest request(Evidence... evidence) {
    return new ReleaseRequest(
        ID, ESCROW, Purpose.UNWRAP, Scheme.RSA_OAEP_SHA256, ENCRYPTED, List.of(evidence));
  }

  private Releases.Granted check(int needed, Evidence... evidence) throws Exception {
    return scene.releases().check(request(evidence), needed, Optional.of(RULES));
  }

  private void refused(int needed, String rule, Evidence... evidence) {
    ApprovalsTest.refused(() -> check(needed, evidence), rule);
  }

  @Test
  void grantsAReleaseToEnoughOfficersAndWritesTheReceipt() throws Exception {
    Releases.Granted granted = check(2, scene.erika.sign(statement()), scene.max.sign(statement()));

    Bytes digest = Digests.sha256(statement().encoded().toArray());
    assertThat(granted.approvers())
        .extracting(Approver::person)
        .containsExactly(scene.erika.person, scene.max.person);
    assertThat(granted.receipt())
        .isEqualTo(
            new ReleaseReceipt(
                ID,
                ESCROW,
                Purpose.UNWRAP,
                Scheme.RSA_OAEP_SHA256,
                Digests.sha256(ENCRYPTED.toArray()),
                List.of(digest, digest),
                NOW));
    assertThat(ReleaseReceipt.decode(granted.receipt().encoded())).isEqualTo(granted.receipt());
  }

  @Test
  void refusesTooFewOfficers() {
    refused(2, "approval-missing", scene.max.sign(statement()));
    refused(3, "approval-missing", scene.max.sign(statement()), scene.erika.sign(statement()));
    refused(0, "approval-missing");
  }

  @Test
  void refusesOneOfficerTwice() {
    refused(2, "approval-four-eyes", scene.max.sign(statement()), scene.max.sign(statement()));
  }

  @Test
  void refusesAnApprovalForAnotherRelease() {
    refused(
        1,
        "approval-request",
        scene.max.sign(statement(UUID.randomUUID(), ESCROW, ENCRYPTED, "x", Scene.TENANT)));
    refused(
        1,
        "approval-key",
        scene.max.sign(statement(ID, new KeyId("escrow-2"), ENCRYPTED, "x", Scene.TENANT)));
    refused(
        1,
        "approval-encrypted",
        scene.max.sign(statement(ID, ESCROW, Bytes.of(new byte[383]), "x", Scene.TENANT)));
  }

  @Test
  void refusesOfficersWhoWereToldOfDifferentReasons() {
    refused(
        2,
        "approval-reason",
        scene.erika.sign(statement()),
        scene.max.sign(statement(ID, ESCROW, ENCRYPTED, "another reason", Scene.TENANT)));
  }

  @Test
  void refusesAForeignTenantsOfficer() {
    refused(
        1,
        "approval-officer-tenant",
        scene.erika.sign(statement(ID, ESCROW, ENCRYPTED, "x", "Gemeinde Fremd")));
  }

  @Test
  void refusesAnApprovalOfACertificate() {
    refused(1, "approval-content-type", scene.by(scene.max));
  }

  @Test
  void acceptsASecurityKey() throws Exception {
    assertThat(
            check(1, new TestSecurityKey().assertion(scene.max, statement().encoded())).approvers())
        .extracting(Approver::means)
        .containsExactly(Approver.Means.SECURITY_KEY);
  }

  @Test
  void decryptsWithoutOfficersWhereThePolicyAsksForNone() throws Exception {
    ReleaseRequest request =
        new ReleaseRequest(ID, ESCROW, Purpose.DECRYPT, Scheme.RSA_PKCS1, ENCRYPTED, List.of());

    assertThat(scene.releases().check(request, 0, Optional.empty()).receipt().statements())
        .isEmpty();
  }

  @Test
  void refusesEvidenceThatNobodyAskedFor() {
    ReleaseRequest request =
        new ReleaseRequest(
            ID,
            ESCROW,
            Purpose.DECRYPT,
            Scheme.RSA_PKCS1,
            ENCRYPTED,
            List.of(scene.max.sign(statement())));

    ApprovalsTest.refused(
        () -> scene.releases().check(request, 0, Optional.empty()), "approval-unasked");
  }

  @Test
  void readsNoOtherReceipt() {
    assertThatThrownBy(() -> ReleaseReceipt.decode(statement().encoded()))
        .isInstanceOf(MalformedEvidence.class);
  }
}
