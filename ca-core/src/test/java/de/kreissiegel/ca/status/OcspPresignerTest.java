package de.kreissiegel.ca.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OcspPresignerTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private final StatusWorld world = new StatusWorld(DATABASE);
  private final Bytes issuer = world.peopleCertificate();
  private final OcspService node = world.service();

  @BeforeEach
  void furnish() throws Exception {
    world.furnish();
    StatusWorld.signAll(node);
  }

  @Test
  void hasAnAnswerReadyForEachCertificateAndBothHashes() throws Exception {
    world.vault.down = true;

    for (AlgorithmIdentifier hash : java.util.List.of(CertificateID.HASH_SHA1, withNull())) {
      assertThat(ready(node, hash, StatusWorld.GOOD).getCertStatus()).isNull();
      assertThat(ready(node, hash, StatusWorld.REVOKED).getCertStatus())
          .isInstanceOfSatisfying(
              RevokedStatus.class,
              revoked -> assertThat(revoked.getRevocationReason()).isEqualTo(1));
      assertThat(ready(node, hash, StatusWorld.HELD).getCertStatus())
          .isInstanceOfSatisfying(
              RevokedStatus.class, held -> assertThat(held.getRevocationReason()).isEqualTo(6));
      assertThat(ready(node, hash, StatusWorld.UNSPECIFIED).getCertStatus())
          .isInstanceOfSatisfying(
              RevokedStatus.class, revoked -> assertThat(revoked.hasRevocationReason()).isFalse());
    }
    assertThat(node.ready()).isEqualTo(4);
  }

  @Test
  void signsForACertificateAsSoonAsItIsStored() throws Exception {
    var fresh = SampleCertificate.sample().storedIn(DATABASE.database(), world.book);
    assertThat(node.responder().ready(ask(fresh.serial()), world.clock.instant())).isNull();

    node.signChanges();

    assertThat(ready(node, CertificateID.HASH_SHA1, fresh.serial()).getCertStatus()).isNull();
    assertThat(world.told).as("nothing was revoked").isEmpty();
  }

  @Test
  void tellsOfARevocationAndOfAReleaseOnceTheyAreSigned() throws Exception {
    world.revoke(StatusWorld.GOOD);
    world.setStatus(StatusWorld.HELD, new CertificateStatus.Good());

    node.signChanges();

    assertThat(ready(node, CertificateID.HASH_SHA1, StatusWorld.GOOD).getCertStatus())
        .isInstanceOf(RevokedStatus.class);
    assertThat(ready(node, withNull(), StatusWorld.HELD).getCertStatus()).isNull();
    assertThat(world.told).hasSize(2);
  }

  @Test
  void signsAnewAfterHalfOfTheTimeAtTheLatest() throws Exception {
    Instant first =
        ready(node, CertificateID.HASH_SHA1, StatusWorld.GOOD).getThisUpdate().toInstant();
    int signatures = world.vault.signatures.get();
    StatusWorld.signAll(node);
    assertThat(world.vault.signatures).as("nothing is due").hasValue(signatures);

    world.clock.pass(Duration.ofHours(12));
    StatusWorld.signAll(node);

    SingleResp again = ready(node, CertificateID.HASH_SHA1, StatusWorld.GOOD);
    assertThat(again.getThisUpdate()).isEqualTo(first.plus(Duration.ofHours(12)));
    assertThat(again.getNextUpdate()).isEqualTo(first.plus(Duration.ofHours(36)));
    assertThat(DATABASE.number("select count(*) from ocsp_answers where slot = 1"))
        .as("earlier batches of a slot are dropped")
        .isEqualTo(1);
  }

  @Test
  void leavesExpiredCertificatesOutUnlessAnArchiveIsPromised() throws Exception {
    world.clock.pass(Duration.ofDays(400));
    StatusWorld.signAll(node);
    assertThat(node.responder().ready(ask(StatusWorld.GOOD), world.clock.instant())).isNull();

    OcspService archive = world.service(OcspSettings.usual().withArchive(Duration.ofDays(3650)));
    DATABASE.execute("update ocsp_slot set due = ?", java.sql.Timestamp.from(Instant.EPOCH));
    StatusWorld.signAll(archive);

    SingleResp told = ready(archive, CertificateID.HASH_SHA1, StatusWorld.REVOKED);
    assertThat(
            told.getExtension(
                new org.bouncycastle.asn1.ASN1ObjectIdentifier("1.3.6.1.5.5.7.48.1.6")))
        .isNotNull();
  }

  @Test
  void losesNothingWhenTheVaultIsAway() throws Exception {
    world.revoke(StatusWorld.GOOD);
    world.vault.down = true;
    assertThatThrownBy(node::signChanges).isInstanceOf(SigningUnavailable.class);
    assertThat(node.waiting().count()).isEqualTo(1);

    world.vault.down = false;
    node.signChanges();

    assertThat(node.waiting().count()).isZero();
    assertThat(ready(node, CertificateID.HASH_SHA1, StatusWorld.GOOD).getCertStatus())
        .isInstanceOf(RevokedStatus.class);
  }

  @Test
  void keepsTheLaterStatusThoughAnEarlierOneIsSignedAfterwards() throws Exception {
    // A node reads that the certificate is good and signs for long; meanwhile it is revoked.
    var slow = world.answers;
    Bytes early =
        DATABASE
            .database()
            .inTransaction(
                _ -> slow.after(0, 1000).stream().map(AnswerBook.Batch::encoded).toList())
            .getFirst();
    world.revoke(StatusWorld.GOOD);
    node.signChanges();
    DATABASE
        .database()
        .inTransaction(
            t -> {
              slow.append(
                  t,
                  TestHierarchy.PEOPLE,
                  java.util.OptionalInt.empty(),
                  early,
                  world.clock.instant().plus(Duration.ofDays(1)));
              return early;
            });

    node.look();

    assertThat(ready(node, CertificateID.HASH_SHA1, StatusWorld.GOOD).getCertStatus())
        .isInstanceOf(RevokedStatus.class);
  }

  @Test
  void sharesTheWorkWithOtherNodesAndHearsOfTheirs() throws Exception {
    OcspService other = world.service();
    other.look();
    assertThat(other.ready()).isEqualTo(4);

    for (int i = 0; i < 40; i++) {
      SampleCertificate.sample().storedIn(DATABASE.database(), world.book);
    }
    int before = world.vault.signatures.get();
    var one = Thread.ofVirtual().start(() -> unchecked(node::signChanges));
    other.signChanges();
    one.join();
    node.look();
    other.look();

    assertThat(node.ready()).isEqualTo(44);
    assertThat(other.ready()).isEqualTo(44);
    assertThat(world.vault.signatures.get() - before).isEqualTo(40 * 2);
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void unchecked(Step step) {
    try {
      step.run();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private byte[] ask(SerialNumber serial) throws Exception {
    return OcspQueries.ask(issuer, serial);
  }

  private static AlgorithmIdentifier withNull() {
    return new AlgorithmIdentifier(
        OcspQueries.SHA256.getAlgorithm(), org.bouncycastle.asn1.DERNull.INSTANCE);
  }

  private SingleResp ready(OcspService from, AlgorithmIdentifier hash, SerialNumber serial)
      throws Exception {
    CertificateID id = OcspQueries.id(hash, issuer, serial);
    var answer = from.responder().ready(OcspQueries.ask(id), world.clock.instant());
    assertThat(answer).as("an answer that is ready").isNotNull();
    assertThat(OcspQueries.outcome(answer)).isEqualTo(OCSPResp.SUCCESSFUL);
    BasicOCSPResp basic = OcspQueries.verified(answer, issuer);
    assertThat(basic.getResponses()).hasSize(1);
    assertThat(basic.getResponses()[0].getCertID()).isEqualTo(id);
    assertThat(new OCSPResp(answer.encoded().toArray()).getEncoded())
        .as("DER, as Bouncy Castle writes it")
        .isEqualTo(
            org.bouncycastle.asn1.ASN1Primitive.fromByteArray(answer.encoded().toArray())
                .getEncoded("DER"));
    return basic.getResponses()[0];
  }
}
