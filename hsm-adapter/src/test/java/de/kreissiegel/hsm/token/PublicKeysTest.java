package de.kreissiegel.hsm.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class PublicKeysTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  /** Each by hand from its RFC: 5758, 4055, 9881, 9909, 8410. */
  @ParameterizedTest
  @CsvSource({
    "ECDSA_P256, 300a06082a8648ce3d040302",
    "ECDSA_P384, 300a06082a8648ce3d040303",
    "ECDSA_P521, 300a06082a8648ce3d040304",
    "ECDSA_BRAINPOOL_P256R1, 300a06082a8648ce3d040302",
    "ECDSA_BRAINPOOL_P384R1, 300a06082a8648ce3d040303",
    "ECDSA_BRAINPOOL_P512R1, 300a06082a8648ce3d040304",
    "RSA_3072_PSS, 304106092a864886f70d01010a3034"
        + "a00f300d06096086480165030402010500"
        + "a11c301a06092a864886f70d010108300d06096086480165030402010500"
        + "a203020120",
    "RSA_4096_PSS, 304106092a864886f70d01010a3034"
        + "a00f300d06096086480165030402020500"
        + "a11c301a06092a864886f70d010108300d06096086480165030402020500"
        + "a203020130",
    "RSA_3072_PKCS1, 300d06092a864886f70d01010b0500",
    "RSA_4096_PKCS1, 300d06092a864886f70d01010c0500",
    "ML_DSA_65, 300b0609608648016503040312",
    "ML_DSA_87, 300b0609608648016503040313",
    "SLH_DSA_SHA2_192S, 300b0609608648016503040316",
    "SLH_DSA_SHA2_256S, 300b0609608648016503040318",
    "ML_DSA_65_ECDSA_P256, 300a06082b0601050507062d",
    "ED25519, 300506032b6570",
    "RSA_3072_DECRYPT, ''",
    "RSA_4096_DECRYPT, ''"
  })
  void namesTheSignatureAlgorithm(KeyAlgorithm algorithm, String der) {
    assertThat(PublicKeys.signatureAlgorithm(algorithm).toHex()).isEqualTo(der);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RSA_2048_PKCS1")
  void tellsTheKindOfAKey(KeyAlgorithm algorithm) throws Exception {
    KeyPair pair = KeyPairs.make(algorithm, new SecureRandom());
    Bytes key = Bytes.of(pair.getPublic().getEncoded());
    assertThat(PublicKeys.fits(algorithm, key)).isTrue();
    KeyAlgorithm told = PublicKeys.algorithm(key);
    assertThat(told.family()).isEqualTo(algorithm.family());
    assertThat(told.parameter()).isEqualTo(algorithm.parameter());
    if (algorithm.family() == KeyAlgorithm.Family.RSA) {
      assertThat(told).isIn(KeyAlgorithm.RSA_3072_PSS, KeyAlgorithm.RSA_4096_PSS);
    } else {
      assertThat(told).isEqualTo(algorithm);
    }
    for (KeyAlgorithm other : KeyAlgorithm.values()) {
      boolean sameMake =
          other.family() == algorithm.family() && other.parameter().equals(algorithm.parameter());
      assertThat(PublicKeys.fits(other, key)).as(other.word()).isEqualTo(sameMake);
    }
  }

  @Test
  void verifiesByTheAlgorithmThatIsAskedForAndNoOther() throws Exception {
    KeyPair pair = KeyPairs.make(KeyAlgorithm.RSA_3072_PSS, new SecureRandom());
    Bytes key = Bytes.of(pair.getPublic().getEncoded());
    byte[] pkcs1 = sign(pair, KeyAlgorithm.RSA_3072_PKCS1);
    byte[] pss = sign(pair, KeyAlgorithm.RSA_3072_PSS);
    assertThat(PublicKeys.verifies(KeyAlgorithm.RSA_3072_PKCS1, key, MESSAGE, pkcs1)).isTrue();
    assertThat(PublicKeys.verifies(KeyAlgorithm.RSA_3072_PSS, key, MESSAGE, pss)).isTrue();
    assertThat(PublicKeys.verifies(key, MESSAGE, pss)).isTrue();
    assertThat(PublicKeys.verifies(KeyAlgorithm.RSA_3072_PKCS1, key, MESSAGE, pss)).isFalse();
    assertThat(PublicKeys.verifies(KeyAlgorithm.RSA_3072_PSS, key, MESSAGE, pkcs1)).isFalse();
    assertThat(PublicKeys.verifies(key, MESSAGE, pkcs1)).isFalse();
    assertThat(PublicKeys.verifies(KeyAlgorithm.RSA_4096_PSS, key, MESSAGE, pss)).isFalse();
    assertThat(PublicKeys.verifies(KeyAlgorithm.RSA_3072_DECRYPT, key, MESSAGE, pss)).isFalse();
    assertThat(PublicKeys.verifies(KeyAlgorithm.ECDSA_P256, key, MESSAGE, pss)).isFalse();
    assertThat(PublicKeys.verifies(key, MESSAGE, new byte[0])).isFalse();
    assertThat(PublicKeys.verifies(key, MESSAGE, new byte[384])).isFalse();
  }

  private static byte[] sign(KeyPair pair, KeyAlgorithm algorithm) throws Exception {
    Signature signature = SignatureProviders.signature(algorithm, SignatureProviders.of(algorithm));
    signature.initSign(pair.getPrivate());
    signature.update(MESSAGE);
    return signature.sign();
  }

  @Test
  void refusesKeysThatTheVaultDoesNotMake() throws Exception {
    for (String notOurs : new String[] {"RSA:2048", "EC:224"}) {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(
              notOurs.substring(0, notOurs.indexOf(':')), SignatureProviders.bouncyCastle());
      generator.initialize(Integer.parseInt(notOurs.substring(notOurs.indexOf(':') + 1)));
      Bytes key = Bytes.of(generator.generateKeyPair().getPublic().getEncoded());
      assertThatIllegalArgumentException().isThrownBy(() -> PublicKeys.algorithm(key));
    }
    byte[][] malformed = {
      {},
      {0x30, 0},
      HexFormat.of().parseHex("300706052b81040022"),
      HexFormat.of().parseHex("301306072a8648ce3d020106082a8648ce3d030107")
    };
    for (byte[] octets : malformed) {
      assertThatIllegalArgumentException().isThrownBy(() -> PublicKeys.algorithm(Bytes.of(octets)));
      assertThat(PublicKeys.fits(KeyAlgorithm.ECDSA_P256, Bytes.of(octets))).isFalse();
    }
  }
}
