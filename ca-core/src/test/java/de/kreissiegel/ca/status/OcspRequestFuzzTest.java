package de.kreissiegel.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.status.OcspIssuers.Issuer;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.ocsp.CertificateID;

/**
 * Whatever octets come: they are read as a request or refused as none, and the short way of reading
 * finds what the long way finds. CONTRIBUTING.md says how to search for more octets than those that
 * are kept in the resources.
 */
class OcspRequestFuzzTest {
  private static final TestHierarchy HIERARCHY =
      new TestHierarchy(new TestVault(), SampleCertificate.NOW);
  private static final AuthorityCatalog CATALOG =
      new AuthorityCatalog(List.of(HIERARCHY.people.authority()), Map.of());
  private static final OcspIssuers ISSUERS = new OcspIssuers(CATALOG);
  private static final OcspForms FORMS = new OcspForms(CATALOG);

  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] octets) {
    check(octets);
  }

  /** The same with a CertID of ours, which no search would hit upon. */
  @FuzzTest(maxDuration = "10m")
  void readsOrRefusesWhatNamesOurs(byte[] octets) throws Exception {
    byte[] request =
        OcspQueries.ask(
            OcspQueries.id(
                CertificateID.HASH_SHA1,
                HIERARCHY.people.authority().certificate(),
                StatusWorld.GOOD));
    for (int i = 0; i + 1 < octets.length; i += 2) {
      request[(octets[i] & 0xff) % request.length] = octets[i + 1];
    }
    check(request);
    check(Arrays.copyOf(request, Math.max(1, request.length - octets.length)));
  }

  @FuzzTest(maxDuration = "10m")
  void readsBatchesOrCallsThemDamaged(byte[] octets) {
    byte[] batch = batch();
    for (int i = 0; i + 2 < octets.length; i += 3) {
      batch[((octets[i] & 0xff) << 8 | octets[i + 1] & 0xff) % batch.length] = octets[i + 2];
    }
    Optional<AnswerBatch> read;
    try {
      read = AnswerBatch.read(Bytes.of(batch), FORMS);
    } catch (BatchDamaged expected) {
      assertThat(octets).isNotEmpty();
      return;
    }
    read.ifPresent(
        sound ->
            sound.each(
                at -> {
                  for (CertIdHash hash : CertIdHash.values()) {
                    assertThat(sound.response(at, hash).length()).isPositive();
                  }
                }));
  }

  private static void check(byte[] request) {
    Issuer issuer = ISSUERS.glance(request);
    try {
      OcspQuestion question = OcspRequestReader.read(request);
      if (issuer != null) {
        assertThat(question.asked()).hasSize(1);
        assertThat(question.nonce()).isEmpty();
        assertThat(ISSUERS.find(question.asked().getFirst().issuer())).contains(issuer);
        int at = issuer.serialAt();
        assertThat(new BigInteger(request, at, request.length - at))
            .isEqualTo(question.asked().getFirst().serial());
      }
    } catch (MalformedOcspRequest refused) {
      // What the short way takes has a serial number that is odd at most, so it finds no answer.
      assertThat(issuer == null || oddSerial(request, issuer.serialAt())).isTrue();
    }
  }

  /** No octets, or more than the number needs. */
  private static boolean oddSerial(byte[] request, int at) {
    byte[] content = Arrays.copyOfRange(request, at, request.length);
    return content.length == 0 || !Arrays.equals(new BigInteger(content).toByteArray(), content);
  }

  private static byte[] batch() {
    Bytes algorithm =
        Bytes.of(Der.of(new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256)));
    OcspForm form =
        FORMS.of(TestHierarchy.PEOPLE, HIERARCHY.people.responder(), algorithm).orElseThrow();
    OcspTerm term =
        new OcspTerm(
            SampleCertificate.NOW, SampleCertificate.NOW.plusSeconds(60), Optional.empty());
    var writer = new AnswerBatchWriter(form, term, 0, SampleCertificate.NOW, 2);
    for (String serial : List.of("7a01", "7a02")) {
      writer.add(
          new AnswerBook.Due(
              de.kreissiegel.ca.x509.SerialNumber.fromHex(serial),
              new de.kreissiegel.ca.inventory.CertificateStatus.Good(),
              0,
              new de.kreissiegel.ca.profile.ProfileName("vpn-person")),
          java.time.Duration.ofMinutes(5),
          List.of(Bytes.of(new byte[71]), Bytes.of(new byte[70])));
    }
    return writer.encoded().toArray();
  }
}
