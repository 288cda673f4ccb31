package de.kreissiegel.hsm.approval;

import static de.kreissiegel.hsm.approval.Scene.NOW;
import static de.kreissiegel.hsm.approval.Scene.ONE;
import static de.kreissiegel.hsm.approval.Scene.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.policy.OfficerRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.KeyId;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OfficerRegisterTest {
  private static final KeyId OTHER = new KeyId("devices");
  private Scene scene;
  private BigInteger max;

  @BeforeEach
  void open() throws Exception {
    scene = new Scene();
    max = scene.max.serial;
  }

  private void check() throws Exception {
    Evidence approval = scene.by(scene.max);
    scene.check(ONE, approval);
  }

  @Test
  void watchesTheOfficersOfAnIssuerWhileTheirCertificatesLast() {
    assertThat(scene.register.watched(PEOPLE, NOW))
        .containsExactlyInAnyOrder(max, scene.erika.serial);
    assertThat(scene.register.watched(OTHER, NOW)).isEmpty();
    assertThat(scene.register.watched(PEOPLE, NOW.plus(Duration.ofDays(301)))).isEmpty();
  }

  @Test
  void watchesNobodyWhoIsNoOfficer() throws Exception {
    OfficerSigner clerk = new OfficerSigner("x", "Clerk", Scene.TENANT, "*");
    clerk.directoryAttributes = Optional.empty();
    scene.signed(clerk);
    scene.register.certificateSigned(PEOPLE, "signature", Bytes.fromHex("3000"), NOW);

    assertThat(scene.register.watched(PEOPLE, NOW)).doesNotContain(clerk.serial).hasSize(2);
  }

  @Test
  void keepsARevokedOfficerRevokedThoughALaterListLacksThem() {
    scene.listSigned(NOW.minusSeconds(60), Map.of(max, 0));
    scene.listSigned(NOW.minusSeconds(30), Map.of());
    scene.listSigned(NOW.minusSeconds(20), Map.of(max, 6));
    scene.listSigned(NOW.minusSeconds(10), Map.of(max, 8));

    ApprovalsTest.refused(this::check, "approval-officer-revoked");
  }

  @Test
  void refusesAListFromWhichARevokedOfficerVanished() throws Exception {
    scene.listSigned(NOW.minusSeconds(60), Map.of(max, 1));

    scene.register.checkList(Scene.list(NOW, true, Map.of(max, 1)), NOW);
    scene.register.checkList(Scene.list(NOW, false, Map.of()), NOW);
    for (SignedList vanished :
        new SignedList[] {
          Scene.list(NOW, true, Map.of()),
          Scene.list(NOW, true, Map.of(max, 6)),
          Scene.list(NOW, false, Map.of(max, 8)),
          Scene.list(NOW, false, Map.of(max, 6))
        }) {
      ApprovalsTest.refused(() -> scene.register.checkList(vanished, NOW), "revocation-vanished");
    }
  }

  @Test
  void letsAHoldEndAndAnEndedCertificateVanish() throws Exception {
    scene.listSigned(NOW.minusSeconds(60), Map.of(max, 6));
    scene.register.checkList(Scene.list(NOW, true, Map.of()), NOW);
    scene.register.checkList(Scene.list(NOW, false, Map.of(max, 8)), NOW);

    scene.listSigned(NOW.minusSeconds(30), Map.of(max, 1));
    scene.register.checkList(Scene.list(NOW, true, Map.of()), NOW.plus(Duration.ofDays(301)));
    scene.register.checkList(new SignedList(OTHER, NOW, NOW.plusSeconds(9), true, Map.of()), NOW);
  }

  @Test
  void learnsOfHoldAndReleaseFromDeltas() throws Exception {
    scene.register.listSigned(Scene.list(NOW, false, Map.of(max, 6)), NOW);
    ApprovalsTest.refused(this::check, "approval-officer-held");
    scene.register.listSigned(Scene.list(NOW, false, Map.of()), NOW);
    ApprovalsTest.refused(this::check, "approval-officer-held");
    scene.register.listSigned(Scene.list(NOW, false, Map.of(max, 8)), NOW);
    check();
  }

  @Test
  void takesNoDeltaOrForeignListForNews() throws Exception {
    Scene later = new Scene();
    OfficerRegister register = new OfficerRegister();
    Bytes tbs =
        later.max.tbs(
            Scene.ISSUER, Scene.ECDSA_SHA256, NOW.minusSeconds(99), NOW.plusSeconds(9999));
    Scene.signedBy(later.issuer, later.max, tbs);
    register.certificateSigned(PEOPLE, Scene.OFFICERS_KIND, tbs, NOW);
    register.listSigned(Scene.list(NOW, false, Map.of()), NOW);
    register.listSigned(new SignedList(OTHER, NOW, NOW.plusSeconds(9), true, Map.of()), NOW);
    Approvals approvals =
        new Approvals(
            later.issuers, register, java.time.Clock.fixed(NOW, java.time.ZoneOffset.UTC));
    java.util.List<Evidence> approval = java.util.List.of(later.by(later.max));

    ApprovalsTest.refused(
        () -> approvals.check(later.asked, ONE, Scene.RULES, approval), "approval-status-stale");
    register.listSigned(Scene.list(NOW, true, Map.of()), NOW);
    assertThat(approvals.check(later.asked, ONE, Scene.RULES, approval)).hasSize(1);
  }

  @Test
  void countsTheAgeOfAListFromItsThisUpdate() {
    OfficerRules short_ =
        new OfficerRules(Scene.OFFICERS_KIND, java.util.Set.of(), Duration.ofMinutes(59));

    ApprovalsTest.refused(
        () ->
            scene.approvals.check(scene.asked, ONE, short_, java.util.List.of(scene.by(scene.max))),
        "approval-status-stale");
  }

  @Test
  void refusesAListThatIsOver() {
    scene.register.listSigned(
        new SignedList(PEOPLE, NOW.minusSeconds(60), NOW.minusSeconds(1), true, Map.of()), NOW);

    ApprovalsTest.refused(this::check, "approval-status-stale");
  }

  /** Another vault with the same key, at the other site, signed the officer's certificate. */
  @Test
  void believesAnotherVaultsOfficerOnceAListHasLookedForThem() throws Exception {
    OfficerSigner guest =
        new OfficerSigner("dddddddd-0000-4000-8000-00000000000d", "Guest", Scene.TENANT, "*");
    Bytes tbs =
        guest.tbs(Scene.ISSUER, Scene.ECDSA_SHA256, NOW.minusSeconds(99), NOW.plusSeconds(9999));
    Scene.signedBy(scene.issuer, guest, tbs);

    ApprovalsTest.refused(() -> scene.check(ONE, scene.by(guest)), "approval-officer-unknown");
    assertThat(scene.register.watched(PEOPLE, NOW)).contains(guest.serial);
    scene.register.listSigned(Scene.list(NOW, true, Map.of()), NOW.plusSeconds(1));
    assertThat(scene.check(ONE, scene.by(guest))).hasSize(1);
  }

  @Test
  void fillsAgainFromTheJournal() throws Exception {
    SignedList list = Scene.list(NOW, true, Map.of(max, 1, scene.erika.serial, 6));

    assertThat(SignedList.decode(PEOPLE, list.encoded())).isEqualTo(list);
    assertThatThrownBy(() -> SignedList.decode(PEOPLE, Bytes.fromHex("3000")))
        .isInstanceOf(MalformedEvidence.class);
  }
}
