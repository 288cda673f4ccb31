package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Who computes: for each algorithm the fastest provider that is here and passed its test. Chosen
 * once, when this is first asked; the JVM's list of installed providers plays no part.
 */
public final class SignatureProviders {
  private static final Provider ALWAYS_WORKS = new BouncyCastleProvider();

  private SignatureProviders() {}

  /** The provider that computes with keys of this kind. */
  public static Provider of(KeyAlgorithm algorithm) {
    return Chosen.TABLE.of(algorithm).provider();
  }

  /** Who computes what, and why, in the order of the algorithms. */
  public static List<ProviderReport> report() {
    return Chosen.TABLE.report();
  }

  /**
   * The provider that signs what comes in pieces. The JDK gathers the pieces of a message for
   * ML-DSA, which may be a list of revoked certificates of any length; Bouncy Castle hashes them.
   */
  static Provider ofStreams(KeyAlgorithm algorithm) {
    return algorithm.family() == KeyAlgorithm.Family.ML_DSA ? ALWAYS_WORKS : of(algorithm);
  }

  /** The provider for all that isn't computing with private keys. */
  public static Provider bouncyCastle() {
    return ALWAYS_WORKS;
  }

  static Signature signature(KeyAlgorithm algorithm, Provider provider)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(AlgorithmTable.signature(algorithm), provider);
    Optional<AlgorithmParameterSpec> parameters = AlgorithmTable.signatureParameters(algorithm);
    if (parameters.isPresent()) {
      signature.setParameter(parameters.get());
    }
    return signature;
  }

  /** Made when first asked. */
  private static final class Chosen {
    static final ProviderTable TABLE = ProviderTable.choose(Candidate::of);
  }
}
