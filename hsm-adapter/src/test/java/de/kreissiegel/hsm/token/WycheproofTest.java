package de.kreissiegel.hsm.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every provider that may be chosen for an algorithm against the vectors of that algorithm. */
final class WycheproofTest {
  private static final Map<KeyAlgorithm, String> FILES =
      Map.of(
          KeyAlgorithm.ECDSA_P256, "ecdsa_secp256r1_sha256_test",
          KeyAlgorithm.ECDSA_P384, "ecdsa_secp384r1_sha384_test",
          KeyAlgorithm.ECDSA_P521, "ecdsa_secp521r1_sha512_test",
          KeyAlgorithm.ECDSA_BRAINPOOL_P256R1, "ecdsa_brainpoolP256r1_sha256_test",
          KeyAlgorithm.ECDSA_BRAINPOOL_P384R1, "ecdsa_brainpoolP384r1_sha384_test",
          KeyAlgorithm.RSA_3072_PSS, "rsa_pss_3072_sha256_mgf1_32_test",
          KeyAlgorithm.RSA_4096_PSS, "rsa_pss_4096_sha384_mgf1_48_test",
          KeyAlgorithm.ML_DSA_65, "mldsa_65_verify_test",
          KeyAlgorithm.ML_DSA_87, "mldsa_87_verify_test");

  static Stream<Arguments> candidates() {
    return FILES.keySet().stream()
        .sorted()
        .flatMap(
            algorithm ->
                Candidate.of(algorithm).stream()
                    .map(Candidate::provider)
                    .map(provider -> Arguments.of(algorithm, provider)));
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void verifiesWhatIsValidAndNothingElse(KeyAlgorithm algorithm, Provider provider)
      throws Exception {
    List<String> wrong = new ArrayList<>();
    for (WycheproofFile.Vector vector : WycheproofFile.read(FILES.get(algorithm)).vectors()) {
      boolean verified = verifies(algorithm, provider, vector);
      boolean asItShould =
          switch (vector.result()) {
            case "valid" -> verified != vector.hasContext();
            case "invalid" -> !verified;
            case "acceptable" -> true;
            default -> false;
          };
      if (!asItShould) {
        wrong.add((verified ? "verified " : "didn't verify ") + vector);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean verifies(
      KeyAlgorithm algorithm, Provider provider, WycheproofFile.Vector vector) {
    try {
      Signature signature = SignatureProviders.signature(algorithm, provider);
      signature.initVerify(
          KeyFactory.getInstance(AlgorithmTable.keyFactory(algorithm), provider)
              .generatePublic(new X509EncodedKeySpec(vector.ofGroup("publicKeyDer"))));
      signature.update(vector.octets("msg"));
      return signature.verify(vector.octets("sig"));
    } catch (GeneralSecurityException refused) {
      return false;
    }
  }

  @Test
  void givesNoProviderAnExpandedKey() throws Exception {
    WycheproofFile.Vector vector =
        WycheproofFile.read("mldsa_65_sign_noseed_test").vectors().getFirst();
    for (Candidate candidate : Candidate.of(KeyAlgorithm.ML_DSA_65)) {
      assertThatThrownBy(
              () ->
                  PrivateKeys.decode(
                      KeyAlgorithm.ML_DSA_65, expandedKey(vector), candidate.provider()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("seed");
    }
  }

  private static PrivateKeyInfo expandedKey(WycheproofFile.Vector vector) throws IOException {
    return new PrivateKeyInfo(
        AlgorithmTable.keyIdentifier(KeyAlgorithm.ML_DSA_65),
        new DEROctetString(vector.ofGroup("privateKey")));
  }

  static Stream<Provider> signersByMlDsa() {
    return Candidate.of(KeyAlgorithm.ML_DSA_65).stream().map(Candidate::provider);
  }

  /**
   * Those with a message and no context, as the vault signs. It keeps seeds, so it never gives a
   * provider the keys of {@code InvalidPrivateKey}, which neither provider refuses.
   */
  @ParameterizedTest
  @MethodSource("signersByMlDsa")
  void signsByMlDsaAsItShould(Provider provider) throws Exception {
    List<String> wrong = new ArrayList<>();
    int signed = 0;
    for (WycheproofFile.Vector vector :
        WycheproofFile.read("mldsa_65_sign_noseed_test").vectors()) {
      if (vector.optional("msg").isEmpty()
          || vector.hasContext()
          || vector.hasFlag("InvalidPrivateKey")) {
        continue;
      }
      Optional<byte[]> signature = sign(provider, vector);
      boolean asItShould =
          vector.result().equals("valid")
              ? Arrays.equals(signature.orElseThrow(), vector.octets("sig"))
              : signature.isEmpty();
      if (asItShould) {
        signed += signature.isPresent() ? 1 : 0;
      } else {
        wrong.add(vector.toString());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(signed).isEqualTo(61);
  }

  private static Optional<byte[]> sign(Provider provider, WycheproofFile.Vector vector) {
    try {
      Signature signature = SignatureProviders.signature(KeyAlgorithm.ML_DSA_65, provider);
      signature.initSign(
          KeyFactory.getInstance("ML-DSA", provider)
              .generatePrivate(new PKCS8EncodedKeySpec(expandedKey(vector).getEncoded())),
          new Given(vector.optional("rnd").orElse(new byte[32])));
      signature.update(vector.octets("msg"));
      return Optional.of(signature.sign());
    } catch (GeneralSecurityException | IOException refused) {
      return Optional.empty();
    }
  }

  /** Gives what the vector says; zeros make the deterministic variant (FIPS 204 §3.4). */
  private static final class Given extends SecureRandom {
    private final byte[] octets;

    Given(byte[] octets) {
      this.octets = octets;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(octets, 0, bytes, 0, bytes.length);
    }
  }

  @Test
  void triesTheNativeProviderAndTheJdkHere() {
    assertThat(candidates().map(arguments -> arguments.get()[1].getClass().getSimpleName()))
        .contains("AmazonCorrettoCryptoProvider", "Sun", "BouncyCastleProvider");
    assertThat(Arrays.asList(KeyAlgorithm.values())).containsAll(FILES.keySet());
  }
}
