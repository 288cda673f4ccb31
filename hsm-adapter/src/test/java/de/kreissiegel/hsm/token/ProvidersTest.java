package de.kreissiegel.hsm.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.SignatureSpi;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ProvidersTest {
  private static final Provider BOUNCY_CASTLE = SignatureProviders.bouncyCastle();

  @Test
  void reportsWhoComputesWhatAndWhy() {
    assertThat(SignatureProviders.report())
        .extracting(ProviderReport::algorithm)
        .containsExactly(KeyAlgorithm.values());
    assertThat(SignatureProviders.report())
        .allSatisfy(
            line -> {
              assertThat(line.provider())
                  .isEqualTo(SignatureProviders.of(line.algorithm()).getName());
              assertThat(line.version()).isNotBlank();
              assertThat(line.why()).isNotBlank();
            });
  }

  /** On the platforms that we build for; elsewhere Bouncy Castle computes. */
  @Test
  void choosesTheFastestHere() {
    assertThat(SignatureProviders.of(KeyAlgorithm.ECDSA_P256))
        .isSameAs(AmazonCorrettoCryptoProvider.INSTANCE);
    assertThat(SignatureProviders.of(KeyAlgorithm.RSA_4096_PSS))
        .isSameAs(AmazonCorrettoCryptoProvider.INSTANCE);
    assertThat(SignatureProviders.of(KeyAlgorithm.RSA_3072_DECRYPT))
        .isSameAs(AmazonCorrettoCryptoProvider.INSTANCE);
    assertThat(SignatureProviders.of(KeyAlgorithm.ML_DSA_65).getName()).isEqualTo("SUN");
    assertThat(SignatureProviders.of(KeyAlgorithm.ECDSA_BRAINPOOL_P256R1)).isSameAs(BOUNCY_CASTLE);
    assertThat(SignatureProviders.ofStreams(KeyAlgorithm.ML_DSA_65)).isSameAs(BOUNCY_CASTLE);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"ECDSA_P256", "RSA_3072_PSS", "RSA_4096_PKCS1", "RSA_3072_DECRYPT", "ML_DSA_65"})
  void findsNothingWrongWithSoundOnes(KeyAlgorithm algorithm) {
    SelfTest test = new SelfTest(new SecureRandom());
    assertThat(Candidate.of(algorithm)).hasSize(2);
    for (Candidate candidate : Candidate.of(algorithm)) {
      assertThat(test.complaint(algorithm, candidate.provider())).isEmpty();
    }
  }

  @Test
  void dropsAProviderThatSignsWrongly() {
    ProviderTable table =
        ProviderTable.choose(
            algorithm ->
                Stream.of(
                        new Candidate(new Wrong(), "so fast"),
                        new Candidate(BOUNCY_CASTLE, "the rest"))
                    .skip(algorithm == KeyAlgorithm.ECDSA_P256 ? 0 : 1)
                    .toList());
    assertThat(table.of(KeyAlgorithm.ECDSA_P256).provider()).isSameAs(BOUNCY_CASTLE);
    assertThat(table.report()).extracting(ProviderReport::why).containsOnly("the rest");
    assertThat(new SelfTest(new SecureRandom()).complaint(KeyAlgorithm.ECDSA_P256, new Wrong()))
        .contains("it computes wrongly");
  }

  /** Takes keys as Bouncy Castle does, and signs with zeros. */
  private static final class Wrong extends Provider {
    Wrong() {
      super("Wrong", "1", "signs with zeros");
      put("Signature.SHA256withECDSA", Zeros.class.getName());
      put(
          "KeyFactory.EC",
          org.bouncycastle.jcajce.provider.asymmetric.ec.KeyFactorySpi.EC.class.getName());
    }
  }

  /** A valid structure around numbers that are not. */
  public static final class Zeros extends SignatureSpi {
    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      throw new InvalidKeyException();
    }

    @Override
    protected void engineInitSign(PrivateKey key) {}

    @Override
    protected void engineUpdate(byte octet) {}

    @Override
    protected void engineUpdate(byte[] octets, int from, int length) {}

    @Override
    protected byte[] engineSign() {
      return new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1};
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      return false;
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {}

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      return name;
    }
  }
}
