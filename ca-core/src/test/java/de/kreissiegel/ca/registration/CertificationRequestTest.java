package de.kreissiegel.ca.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.issuance.SampleRequests;
import de.kreissiegel.ca.profile.KeyAlgorithm;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.Random;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificationRequestTest {
  @Test
  void takesKeysOfTheKindsThatWeCertify() throws Exception {
    assertThat(keyOf(SampleRequests.of(SampleRequests.elliptic("secp256r1"), "")))
        .isEqualTo(KeyAlgorithm.EC_P256);
    assertThat(keyOf(SampleRequests.of(SampleRequests.elliptic("secp384r1"), "CN=a")))
        .isEqualTo(KeyAlgorithm.EC_P384);
    var rsa = SampleRequests.rsa(3072);
    assertThat(keyOf(SampleRequests.of(rsa, ""))).isEqualTo(KeyAlgorithm.RSA);
    assertThat(keyOf(SampleRequests.of(rsa, "SHA256withRSAandMGF1", "")))
        .isEqualTo(KeyAlgorithm.RSA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
  void takesTheCurvesOfNist(String curve) throws Refused {
    assertThat(
            CertificationRequest.verified(SampleRequests.of(SampleRequests.elliptic(curve), ""))
                .key()
                .algorithm()
                .isElliptic())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1"})
  void takesTheBrainpoolCurvesOfTr03116(String curve) throws Refused {
    Bytes request = SampleRequests.of(SampleRequests.brainpool(curve), "");

    assertThat(CertificationRequest.verified(request).key().algorithm().isBrainpool()).isTrue();
    byte[] broken = request.toArray();
    broken[broken.length - 1] ^= 1;
    assertThat(refusal(Bytes.of(broken))).isEqualTo(RefusalReason.BAD_POP);
  }

  @Test
  void refusesOtherKeys() {
    assertThat(refusal(SampleRequests.of(SampleRequests.brainpool("brainpoolP320r1"), "")))
        .isEqualTo(RefusalReason.BAD_ALG);
    assertThat(refusal(SampleRequests.of(SampleRequests.rsa(2048), "")))
        .isEqualTo(RefusalReason.BAD_ALG);
  }

  @Test
  void refusesARequestWithoutProofOfPossession() {
    byte[] request = SampleRequests.ofNewKey().toArray();
    byte[] foreign = SampleRequests.ofNewKey().toArray();
    // The key stands at the same place in both: the signature is then another key's.
    var forged = request.clone();
    System.arraycopy(foreign, 36, forged, 36, 60);
    assertThat(refusal(Bytes.of(forged))).isIn(RefusalReason.BAD_POP, RefusalReason.BAD_ALG);

    byte[] broken = request.clone();
    broken[broken.length - 1] ^= 1;
    assertThat(refusal(Bytes.of(broken))).isEqualTo(RefusalReason.BAD_POP);
  }

  @Test
  void refusesWeakDigests() {
    assertThat(
            refusal(SampleRequests.of(SampleRequests.elliptic("secp256r1"), "SHA1withECDSA", "")))
        .isIn(RefusalReason.BAD_POP, RefusalReason.BAD_ALG);
  }

  @Test
  void refusesWhatIsTooLongOrNotDer() {
    assertThat(refusal(Bytes.of(new byte[16 * 1024 + 1]))).isEqualTo(RefusalReason.BAD_DATA_FORMAT);
    assertThat(refusal(Bytes.of(new byte[0]))).isEqualTo(RefusalReason.BAD_DATA_FORMAT);
    byte[] deep = new byte[16 * 1024];
    for (int i = 0; i + 4 <= deep.length; i += 4) {
      int length = deep.length - i - 4;
      deep[i] = 0x30;
      deep[i + 1] = (byte) 0x82;
      deep[i + 2] = (byte) (length >> 8);
      deep[i + 3] = (byte) length;
    }
    assertThat(refusal(Bytes.of(deep))).isEqualTo(RefusalReason.BAD_DATA_FORMAT);
  }

  @Test
  void readsTheWishesForNames() throws Exception {
    Bytes request =
        SampleRequests.of(
            SampleRequests.elliptic("secp256r1"),
            "C=AU,O=Widgits,CN=Anna Amsel,E=a@b.example",
            new GeneralName(GeneralName.dNSName, "x.example"),
            new GeneralName(GeneralName.rfc822Name, "a@b.example"),
            new GeneralName(GeneralName.iPAddress, "10.0.0.1"));
    assertThat(CertificationRequest.verified(request).wishes())
        .containsExactlyInAnyOrder(
            "cn:Anna Amsel", "mail:a@b.example", "dns:x.example", "other:[7]");
  }

  @Test
  void answersAnyOctetsWithARefusalOrAProvedRequest() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    byte[] sound =
        SampleRequests.of(
                SampleRequests.elliptic("secp256r1"),
                "CN=Anna Amsel",
                new GeneralName(GeneralName.rfc822Name, "a@b.example"))
            .toArray();
    for (int round = 0; round < 2000; round++) {
      byte[] mutated = mutate(sound, random);
      try {
        CertificationRequest.verified(Bytes.of(mutated));
      } catch (Refused expected) {
        assertThat(expected.refusal().detail()).isNotEmpty();
      } catch (Throwable other) {
        throw new AssertionError("seed " + seed + " " + Bytes.of(mutated).toHex(), other);
      }
    }
  }

  private static byte[] mutate(byte[] sound, Random random) {
    byte[] mutated = sound.clone();
    for (int change = random.nextInt(4); change >= 0; change--) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutated[at] = (byte) random.nextInt(256);
        case 2 -> mutated = java.util.Arrays.copyOf(mutated, Math.max(1, at));
        default -> {
          int to = random.nextInt(mutated.length);
          int length = Math.min(mutated.length - Math.max(at, to), 16);
          System.arraycopy(mutated.clone(), at, mutated, to, length);
        }
      }
    }
    return mutated;
  }

  private static KeyAlgorithm keyOf(Bytes request) throws Refused {
    return CertificationRequest.verified(request).key().algorithm();
  }

  private static RefusalReason refusal(Bytes request) {
    return catchThrowableOfType(Refused.class, () -> CertificationRequest.verified(request))
        .reason();
  }
}
