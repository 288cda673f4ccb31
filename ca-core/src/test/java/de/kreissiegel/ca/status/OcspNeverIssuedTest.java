package de.kreissiegel.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.status.OcspResponder.Answer;
import de.kreissiegel.ca.status.OcspSettings.NeverIssued;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a serial number gets that was never issued: each authority's own choice. */
class OcspNeverIssuedTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final SerialNumber NEVER = SerialNumber.fromHex("dead");
  private static final ASN1ObjectIdentifier EXTENDED_REVOKE =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.48.1.9");

  private final StatusWorld world = new StatusWorld(DATABASE);
  private final Bytes issuer = world.peopleCertificate();

  @BeforeEach
  void furnish() {
    world.furnish();
  }

  @Test
  void isUnknownUnlessSaidOtherwise() throws Exception {
    Answer answer = node(NeverIssued.UNKNOWN).respond(OcspQueries.ask(issuer, NEVER));

    BasicOCSPResp basic = OcspQueries.verified(answer, issuer);
    assertThat(basic.getResponses()[0].getCertStatus()).isInstanceOf(UnknownStatus.class);
    assertThat(answer.freshness()).as("it may be issued in a moment").isEmpty();
  }

  @Test
  void isUnauthorizedWithoutASignature() throws Exception {
    OcspResponder node = node(NeverIssued.UNAUTHORIZED);

    assertThat(OcspQueries.outcome(node.respond(OcspQueries.ask(issuer, NEVER))))
        .isEqualTo(OCSPResp.UNAUTHORIZED);
    assertThat(world.vault.signatures).hasValue(0);
  }

  @Test
  void isUnknownAmongOthersWhereAloneItWouldBeUnauthorized() throws Exception {
    Answer answer =
        node(NeverIssued.UNAUTHORIZED).respond(OcspQueries.ask(id(NEVER), id(StatusWorld.GOOD)));

    BasicOCSPResp basic = OcspQueries.verified(answer, issuer);
    assertThat(basic.getResponses()[0].getCertStatus()).isInstanceOf(UnknownStatus.class);
    assertThat(basic.getResponses()[1].getCertStatus()).isNull();
  }

  @Test
  void isRevokedOnHoldSinceTheEpochWithItsMarkAndWithoutArchive() throws Exception {
    OcspSettings settings = settings(NeverIssued.REVOKED).withArchive(Duration.ofDays(1000));

    Answer answer = world.service(settings).responder().respond(OcspQueries.ask(issuer, NEVER));

    BasicOCSPResp basic = OcspQueries.verified(answer, issuer);
    RevokedStatus revoked = (RevokedStatus) basic.getResponses()[0].getCertStatus();
    assertThat(revoked.getRevocationReason()).isEqualTo(6);
    assertThat(revoked.getRevocationTime()).isEqualTo(Date.from(Instant.EPOCH));
    assertThat(basic.getExtension(EXTENDED_REVOKE).getParsedValue()).isEqualTo(DERNull.INSTANCE);
    assertThat(basic.getResponses()[0].hasExtensions()).isFalse();
  }

  @Test
  void leavesTheMarkOutWhereAllWereIssued() throws Exception {
    Answer answer = node(NeverIssued.REVOKED).respond(OcspQueries.ask(issuer, StatusWorld.GOOD));

    assertThat(OcspQueries.verified(answer, issuer).getExtension(EXTENDED_REVOKE)).isNull();
  }

  private CertificateID id(SerialNumber serial) throws Exception {
    return OcspQueries.id(CertificateID.HASH_SHA1, issuer, serial);
  }

  private OcspResponder node(NeverIssued choice) {
    return world.service(settings(choice)).responder();
  }

  private static OcspSettings settings(NeverIssued choice) {
    return OcspSettings.usual().withNeverIssued(Map.of(TestHierarchy.PEOPLE, choice));
  }
}
