package de.kreissiegel.ca.path;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.policyset.TestCertificate;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.KeyPair;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

class StatusTest {
  private static final TestCertificate ROOT = TestCertificate.root("Root").make();
  private static final TestCertificate AUTHORITY = ROOT.authority("Authority").make();
  private static final TestCertificate HOLDER = AUTHORITY.holder("Holder").make();
  private static final Bytes ROOT_LIST = TestList.empty(ROOT);
  private static final Bytes AUTHORITY_LIST = TestList.empty(AUTHORITY);

  @Test
  void withoutListsOnlyTheBsiSetsRefuse() {
    assertThat(ask().under(PolicySet.RFC5280).valid().statusChecked()).isFalse();
    assertThat(ask().under(PolicySet.COMPATIBILITY).valid().statusChecked()).isFalse();
    assertThat(ask().under(PolicySet.BSI_KOMMUNAL).faults()).containsExactly("status.unchecked");
    assertThat(ask().under(PolicySet.BSI_STRICT).faults()).containsExactly("status.unchecked");
    PathOptions lenient = PathOptions.under(PolicySet.BSI_KOMMUNAL).withoutStatus();
    assertThat(ask().with(lenient).valid().statusChecked()).isFalse();
  }

  @Test
  void eachCertificateOfThePathIsAskedFor() {
    assertThat(ask().lists(AUTHORITY_LIST).faults()).containsExactly("status.unknown 1");
    assertThat(ask().lists(ROOT_LIST).faults()).containsExactly("status.unknown 0");
    assertThat(ask().lists(ROOT_LIST, AUTHORITY_LIST).valid().statusChecked()).isTrue();
  }

  @Test
  void whoIsRevokedIsToldWithThePlace() {
    Bytes revoked = TestList.of(AUTHORITY).revoke(HOLDER, CRLReason.keyCompromise).make();
    assertThat(ask().lists(ROOT_LIST, revoked).faults()).containsExactly("status.revoked 0");
    Bytes above = TestList.of(ROOT).revoke(AUTHORITY, CRLReason.cACompromise).make();
    assertThat(ask().lists(above, AUTHORITY_LIST).faults()).containsExactly("status.revoked 1");
    Bytes onHold = TestList.of(AUTHORITY).revoke(HOLDER, CRLReason.certificateHold).make();
    assertThat(ask().lists(ROOT_LIST, onHold).faults()).containsExactly("status.revoked 0");
  }

  @Test
  void aRevokedPathIsInvalidEvenWhereStatusIsNotRequired() {
    Bytes revoked = TestList.of(AUTHORITY).revoke(HOLDER, CRLReason.superseded).make();
    PathOptions lenient = PathOptions.under(PolicySet.BSI_KOMMUNAL).withoutStatus();
    assertThat(ask().with(lenient).lists(ROOT_LIST, revoked).faults())
        .containsExactly("status.revoked 0");
  }

  @Test
  void deltaListsAddAndRelease() {
    Bytes held = TestList.of(AUTHORITY).revoke(HOLDER, CRLReason.certificateHold).make();
    Bytes released = TestList.delta(AUTHORITY, 7).revoke(HOLDER, CRLReason.removeFromCRL).make();
    Bytes added = TestList.delta(AUTHORITY, 7).revoke(HOLDER, CRLReason.keyCompromise).make();
    ask().lists(ROOT_LIST, held, released).valid();
    assertThat(ask().lists(ROOT_LIST, AUTHORITY_LIST, added).faults())
        .containsExactly("status.revoked 0");
    assertThat(ask().lists(ROOT_LIST, added).faults()).containsExactly("status.unknown 0");
  }

  @Test
  void aListThatIsOutOfDateSaysNothing() {
    Bytes stale = TestList.of(AUTHORITY).until("2026-12-01T11:59:59Z").make();
    assertThat(ask().lists(ROOT_LIST, stale).faults()).containsExactly("status.stale 0");
    Bytes endless = TestList.of(AUTHORITY).withoutEnd().make();
    assertThat(ask().under(PolicySet.COMPATIBILITY).lists(ROOT_LIST, endless).faults())
        .containsExactly("status.unknown 0");
  }

  @Test
  void aForgedListSaysNothing() {
    Bytes forged = TestList.of(AUTHORITY).signedBy(TestCertificate.keys("P-256")).make();
    assertThat(ask().lists(ROOT_LIST, forged).faults()).containsExactly("status.unknown 0");
  }

  @Test
  void aListThatIsSignedWeaklyIsRefusedByStricterSets() {
    Bytes weak = TestList.of(AUTHORITY).signed("SHA1withECDSA").make();
    ask().lists(ROOT_LIST, weak).under(PolicySet.RFC5280).valid();
    assertThat(ask().under(PolicySet.COMPATIBILITY).lists(ROOT_LIST, weak).faults())
        .containsExactly("status.list-signature 0");
  }

  @Test
  void anotherKeyOfTheAuthorityMaySignItsLists() {
    KeyPair listKey = TestCertificate.keys("P-256");
    TestCertificate signer = ROOT.authority("Authority").of(listKey).usage(KeyUsage.cRLSign).make();
    Bytes list = TestList.of(AUTHORITY).signedBy(listKey).make();
    ask().with(signer).lists(ROOT_LIST, list).valid();
    TestCertificate powerless =
        ROOT.authority("Authority").of(listKey).usage(KeyUsage.digitalSignature).make();
    assertThat(ask().with(powerless).lists(ROOT_LIST, list).faults())
        .containsExactly("status.unknown 0");
  }

  @Test
  void aSignerOfListsDoesNotVouchForItselfAgainstOthers() {
    KeyPair listKey = TestCertificate.keys("P-256");
    TestCertificate signer =
        AUTHORITY.authority("Authority").of(listKey).usage(KeyUsage.cRLSign).make();
    Bytes own = TestList.of(AUTHORITY).signedBy(listKey).from("2026-12-01T00:00:00Z").make();
    ask().with(signer).lists(ROOT_LIST, own).valid();
    Bytes revoked = TestList.of(AUTHORITY).revoke(signer, CRLReason.keyCompromise).make();
    Bytes holderRevoked =
        TestList.of(AUTHORITY)
            .revoke(signer, CRLReason.keyCompromise)
            .revoke(HOLDER, CRLReason.keyCompromise)
            .make();
    ask().with(signer).lists(ROOT_LIST, own, revoked).valid();
    assertThat(ask().with(signer).lists(ROOT_LIST, own, holderRevoked).faults())
        .containsExactly("status.revoked 0");
  }

  @Test
  void ofTwoCurrentListsTheNewerCounts() {
    Bytes held = TestList.of(AUTHORITY).revoke(HOLDER, CRLReason.certificateHold).make();
    Bytes released = TestList.of(AUTHORITY).from("2026-12-01T00:00:00Z").make();
    ask().lists(ROOT_LIST, held, released).valid();
    Bytes heldAgain =
        TestList.of(AUTHORITY)
            .from("2026-12-01T01:00:00Z")
            .revoke(HOLDER, CRLReason.certificateHold)
            .make();
    assertThat(ask().lists(ROOT_LIST, released, held, heldAgain).faults())
        .containsExactly("status.revoked 0");
  }

  @Test
  void aResponderWithNocheckIsNotAskedForButItsAuthorityIs() {
    TestCertificate responder =
        AUTHORITY
            .holder("Responder")
            .purposes(KeyPurposeId.id_kp_OCSPSigning)
            .with(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE)
            .make();
    PathOptions ocsp = PathOptions.under(PolicySet.BSI_KOMMUNAL).to(PathPurpose.OCSP);
    Asked.about(responder).believing(ROOT).with(AUTHORITY).with(ocsp).lists(ROOT_LIST).valid();
    assertThat(
            Asked.about(responder)
                .believing(ROOT)
                .with(AUTHORITY)
                .with(ocsp)
                .lists(AUTHORITY_LIST)
                .faults())
        .containsExactly("status.unknown 1");
  }

  private static Asked ask() {
    return Asked.about(HOLDER).believing(ROOT).with(AUTHORITY);
  }
}
