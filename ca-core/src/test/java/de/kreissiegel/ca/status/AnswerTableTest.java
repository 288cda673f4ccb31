package de.kreissiegel.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.status.AnswerTable.Place;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;

class AnswerTableTest {
  private static final long SEED = 20261129;

  private final TestHierarchy hierarchy = new TestHierarchy(new TestVault(), SampleCertificate.NOW);
  private final OcspForms forms =
      new OcspForms(new AuthorityCatalog(List.of(hierarchy.people.authority()), Map.of()));
  private final AnswerStore store =
      new AnswerStore(new AuthorityCatalog(List.of(hierarchy.people.authority()), Map.of()));
  private final Random random = new Random(SEED);

  /** What a table says, against what a map says that was told the same. */
  @Test
  void holdsTheLatestForEachSerialNumberWhateverTheOrder() throws Exception {
    Map<BigInteger, int[]> expected = new HashMap<>();
    for (int round = 0; round < 60; round++) {
      List<AnswerBook.Due> dues = new ArrayList<>();
      Instant at = SampleCertificate.NOW.plusSeconds(random.nextInt(50));
      for (int i = 0; i < 100; i++) {
        BigInteger serial = BigInteger.valueOf(1 + random.nextInt(2500));
        int change = random.nextInt(3);
        dues.add(due(serial, change));
        int[] now = {change, (int) at.getEpochSecond()};
        expected.merge(serial, now, (old, add) -> later(add, old) ? add : old);
      }
      store.add(batch(at, dues));
    }
    AnswerTable table = store.of(TestHierarchy.PEOPLE);
    assertThat(table.size()).as("seed %d", SEED).isEqualTo(expected.size());
    expected.forEach(
        (serial, latest) -> {
          byte[] octets = serial.toByteArray();
          Place place = table.find(octets, 0, octets.length);
          assertThat(place).as("seed %d, serial %s", SEED, serial).isNotNull();
          assertThat(place.batch().change(place.at())).isEqualTo(latest[0]);
          assertThat(place.batch().thisUpdate().getEpochSecond()).isEqualTo(latest[1]);
        });
    assertThat(table.find(new byte[] {0x7f, 0, 0, 0}, 0, 4)).isNull();
  }

  @Test
  void forgetsBatchesOfWhichNothingIsTheLatest() throws Exception {
    store.add(
        batch(SampleCertificate.NOW, List.of(due(BigInteger.ONE, 0), due(BigInteger.TWO, 0))));
    store.add(batch(SampleCertificate.NOW.plusSeconds(1), List.of(due(BigInteger.ONE, 0))));
    assertThat(store.batches()).hasSize(2);

    store.add(batch(SampleCertificate.NOW.plusSeconds(2), List.of(due(BigInteger.TWO, 0))));
    assertThat(store.batches()).hasSize(2);

    store.add(batch(SampleCertificate.NOW, List.of(due(BigInteger.ONE, 0))));
    assertThat(store.batches()).as("an older one is not taken in").hasSize(2);

    store.forgetEnded(SampleCertificate.NOW.plusSeconds(61));
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.batches()).hasSize(1);
  }

  private static boolean later(int[] one, int[] other) {
    return one[0] > other[0] || one[0] == other[0] && one[1] >= other[1];
  }

  private static AnswerBook.Due due(BigInteger serial, int change) {
    return new AnswerBook.Due(
        new SerialNumber(serial),
        new CertificateStatus.Good(),
        change,
        new ProfileName("vpn-person"));
  }

  private AnswerBatch batch(Instant at, List<AnswerBook.Due> dues) throws BatchDamaged {
    Bytes algorithm =
        Bytes.of(Der.of(new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256)));
    OcspForm form =
        forms.of(TestHierarchy.PEOPLE, hierarchy.people.responder(), algorithm).orElseThrow();
    var writer =
        new AnswerBatchWriter(
            form,
            new OcspTerm(at, at.plusSeconds(60), Optional.empty()),
            0,
            Instant.EPOCH,
            dues.size());
    dues.forEach(
        due ->
            writer.add(
                due, Duration.ofMinutes(5), List.of(Bytes.of(new byte[8]), Bytes.of(new byte[8]))));
    return AnswerBatch.read(writer.encoded(), forms).orElseThrow();
  }
}
