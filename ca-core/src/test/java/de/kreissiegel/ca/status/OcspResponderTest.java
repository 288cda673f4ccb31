package de.kreissiegel.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.status.OcspResponder.Answer;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OcspResponderTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private final StatusWorld world = new StatusWorld(DATABASE);
  private final OcspResponder responder = world.responder();
  private final Bytes issuer = world.peopleCertificate();

  @BeforeEach
  void furnish() {
    world.furnish();
  }

  @Test
  void callsAnIssuedCertificateGoodUntilNextUpdate() throws Exception {
    SingleResp single = ask(StatusWorld.GOOD);

    assertThat(single.getCertStatus()).isNull(); // bcpkix's word for good
    assertThat(single.getThisUpdate()).isEqualTo(Date.from(SampleCertificate.NOW));
    assertThat(single.getNextUpdate())
        .isEqualTo(Date.from(SampleCertificate.NOW.plus(OcspSettings.VALIDITY)));
  }

  @Test
  void understandsIssuersNamedBySha256() throws Exception {
    CertificateID id = OcspQueries.id(OcspQueries.SHA256, issuer, StatusWorld.GOOD);

    SingleResp single = verified(responder.respond(OcspQueries.ask(id))).getResponses()[0];

    assertThat(single.getCertStatus()).isNull();
    assertThat(single.getCertID()).isEqualTo(id);
  }

  @Test
  void tellsWhenAndWhyACertificateWasRevoked() throws Exception {
    RevokedStatus revoked = (RevokedStatus) ask(StatusWorld.REVOKED).getCertStatus();

    assertThat(revoked.getRevocationReason()).isEqualTo(1);
    assertThat(revoked.getRevocationTime())
        .isEqualTo(Date.from(SampleCertificate.NOW.minus(Duration.ofDays(1))));
  }

  @Test
  void leavesOutAReasonThatIsUnspecified() throws Exception {
    RevokedStatus revoked = (RevokedStatus) ask(StatusWorld.UNSPECIFIED).getCertStatus();

    assertThat(revoked.hasRevocationReason()).isFalse();
  }

  @Test
  void callsAHeldCertificateRevokedForTheReasonOfHold() throws Exception {
    RevokedStatus held = (RevokedStatus) ask(StatusWorld.HELD).getCertStatus();

    assertThat(held.getRevocationReason()).isEqualTo(6);
  }

  @Test
  void callsASerialThatWasNeverIssuedUnknown() throws Exception {
    assertThat(ask(SerialNumber.fromHex("dead")).getCertStatus()).isInstanceOf(UnknownStatus.class);
  }

  @Test
  void callsASerialThatNobodyCouldIssueUnknown() throws Exception {
    byte[] request = OcspQueries.ask(issuer, StatusWorld.GOOD);
    int at = request.length - 2; // the serial 7a01 ends the request
    assertThat(request[at]).isEqualTo((byte) 0x7a);
    request[at] = (byte) 0x8a; // negative now

    assertThat(verified(responder.respond(request)).getResponses()[0].getCertStatus())
        .isInstanceOf(UnknownStatus.class);
  }

  @Test
  void isNotAuthorizedForAnIssuerOfOthers() throws Exception {
    byte[] foreign =
        OcspQueries.ask(
            new TestHierarchy(new TestVault(), SampleCertificate.NOW)
                .people
                .authority()
                .certificate(),
            StatusWorld.GOOD);

    assertThat(OcspQueries.outcome(responder.respond(foreign))).isEqualTo(OCSPResp.UNAUTHORIZED);
    assertThat(world.vault.signatures).hasValue(0);
  }

  @Test
  void answersSeveralAtOnceAndOnlyForOneAuthority() throws Exception {
    Bytes other = world.hierarchy.devices.authority().certificate();
    byte[] request =
        OcspQueries.ask(
            OcspQueries.id(CertificateID.HASH_SHA1, issuer, StatusWorld.GOOD),
            OcspQueries.id(CertificateID.HASH_SHA1, issuer, StatusWorld.REVOKED),
            OcspQueries.id(CertificateID.HASH_SHA1, other, StatusWorld.GOOD));

    assertThat(verified(responder.respond(request)).getResponses())
        .satisfiesExactly(
            good -> assertThat(good.getCertStatus()).isNull(),
            revoked -> assertThat(revoked.getCertStatus()).isInstanceOf(RevokedStatus.class),
            foreign -> assertThat(foreign.getCertStatus()).isInstanceOf(UnknownStatus.class));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32, 128})
  void echoesANonceAndNeverRepeatsSuchAnAnswer(int octets) throws Exception {
    Extension nonce = OcspQueries.nonce(octets);
    byte[] request = OcspQueries.askWith(nonce, goodId());

    Answer answer = responder.respond(request);

    assertThat(
            verified(answer).getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce).getExtnValue())
        .isEqualTo(nonce.getExtnValue());
    assertThat(answer.freshness()).isEmpty();
    responder.respond(request);
    assertThat(world.vault.signatures).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 129, 4000})
  void refusesANonceOfAWrongLength(int octets) throws Exception {
    assertMalformed(OcspQueries.askWith(OcspQueries.nonce(octets), goodId()));
  }

  @Test
  void refusesACriticalExtensionThatItDoesNotKnow() throws Exception {
    var id = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");

    assertMalformed(OcspQueries.askWith(new Extension(id, true, new byte[] {5, 0}), goodId()));
    assertThat(
            OcspQueries.outcome(
                responder.respond(
                    OcspQueries.askWith(new Extension(id, false, new byte[] {5, 0}), goodId()))))
        .isEqualTo(OCSPResp.SUCCESSFUL);
  }

  @Test
  void refusesMoreThanAHundredCertificatesAtOnce() throws Exception {
    var ids = new CertificateID[101];
    Arrays.fill(ids, goodId());

    assertMalformed(OcspQueries.ask(ids));
  }

  @Test
  void refusesOctetsThatAreNoRequest() {
    assertMalformed(new byte[0]);
    assertMalformed(new byte[] {0x30, 0x00});
    assertMalformed(new byte[65_537]);
    byte[] nested = new byte[60_000];
    Arrays.fill(nested, (byte) 0x30);
    assertMalformed(nested);
    byte[] indefinite = new byte[60_000];
    for (int i = 0; i < indefinite.length; i += 2) {
      indefinite[i] = 0x30;
      indefinite[i + 1] = (byte) 0x80;
    }
    assertMalformed(indefinite);
  }

  @Test
  void saysTryLaterWhenTheDatabaseIsDown() throws Exception {
    byte[] request = OcspQueries.ask(issuer, StatusWorld.GOOD);
    DATABASE.execute("alter table certificate rename to elsewhere");
    try {
      assertThat(OcspQueries.outcome(responder.respond(request))).isEqualTo(OCSPResp.TRY_LATER);
    } finally {
      DATABASE.execute("alter table elsewhere rename to certificate");
    }
  }

  @Test
  void saysNothingWhenTheResponderCertificateIsOfAnotherKey() throws Exception {
    OcspResponder mistaken =
        world
            .service(
                OcspSettings.usual(),
                world.vault,
                _ -> Optional.of(world.hierarchy.devices.responder()))
            .responder();

    assertThat(OcspQueries.outcome(mistaken.respond(OcspQueries.ask(issuer, StatusWorld.GOOD))))
        .isEqualTo(OCSPResp.INTERNAL_ERROR);
    assertThat(world.vault.signatures).hasValue(0);
  }

  private CertificateID goodId() throws Exception {
    return OcspQueries.id(CertificateID.HASH_SHA1, issuer, StatusWorld.GOOD);
  }

  private SingleResp ask(SerialNumber serial) throws Exception {
    return verified(responder.respond(OcspQueries.ask(issuer, serial))).getResponses()[0];
  }

  private BasicOCSPResp verified(Answer answer) throws Exception {
    return OcspQueries.verified(answer, issuer);
  }

  private void assertMalformed(byte[] request) {
    Answer answer = responder.respond(request);
    assertThat(answer.encoded()).isEqualTo(OcspError.MALFORMED_REQUEST.answer().encoded());
    assertThat(answer.freshness()).isEmpty();
  }
}
