package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A provider that may compute.
 *
 * @param why what speaks for it, a sentence for a person
 */
record Candidate(Provider provider, String why) {
  private static final System.Logger LOG = System.getLogger(Candidate.class.getName());
  private static final Optional<Candidate> NATIVE = loadNative();

  /** Who is here for that algorithm: the fastest first, Bouncy Castle last. */
  static List<Candidate> of(KeyAlgorithm algorithm) {
    return switch (algorithm) {
      case ECDSA_P256,
          ECDSA_P384,
          ECDSA_P521,
          RSA_3072_PSS,
          RSA_4096_PSS,
          RSA_3072_PKCS1,
          RSA_4096_PKCS1,
          RSA_2048_PKCS1,
          RSA_3072_DECRYPT,
          RSA_4096_DECRYPT ->
          orBouncyCastle(NATIVE);
      case ML_DSA_65, ML_DSA_87 -> orBouncyCastle(theJdk(algorithm));
      case ECDSA_BRAINPOOL_P256R1,
          ECDSA_BRAINPOOL_P384R1,
          ECDSA_BRAINPOOL_P512R1,
          SLH_DSA_SHA2_192S,
          SLH_DSA_SHA2_256S,
          ML_DSA_65_ECDSA_P256,
          ED25519 ->
          List.of(
              new Candidate(SignatureProviders.bouncyCastle(), "the one that works everywhere"));
    };
  }

  private static List<Candidate> orBouncyCastle(Optional<Candidate> faster) {
    return Stream.concat(
            faster.stream(),
            Stream.of(
                new Candidate(
                    SignatureProviders.bouncyCastle(), "the faster one doesn't work here")))
        .toList();
  }

  private static Optional<Candidate> theJdk(KeyAlgorithm algorithm) {
    return Optional.ofNullable(Security.getProvider("SUN"))
        .filter(jdk -> jdk.getService("Signature", algorithm.signature()) != null)
        .map(jdk -> new Candidate(jdk, "the JDK's own is faster than Bouncy Castle"));
  }

  /** Its jar may be missing, or hold no library for this platform. */
  private static Optional<Candidate> loadNative() {
    try {
      return Optional.of(new Candidate(NativeProvider.load(), "native code is faster than Java"));
    } catch (NoSuchProviderException | LinkageError | RuntimeException failed) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The native crypto provider does not load; Bouncy Castle computes instead, more slowly:"
              + " {0}",
          failed.toString());
      return Optional.empty();
    }
  }
}
