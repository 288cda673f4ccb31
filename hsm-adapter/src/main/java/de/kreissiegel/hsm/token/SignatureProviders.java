package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Chooses who computes: the fastest provider that is installed and knows the algorithm, Bouncy
 * Castle where there is none. The JDK's own is slower than both for these curves.
 */
public final class SignatureProviders {
  private static final List<String> FASTEST_FIRST = List.of("AmazonCorrettoCryptoProvider");
  private static final Provider ALWAYS_WORKS = new BouncyCastleProvider();

  private SignatureProviders() {}

  /** The provider that signs with keys of this kind. */
  public static Provider of(KeyAlgorithm algorithm) {
    for (String name : FASTEST_FIRST) {
      Provider provider = Security.getProvider(name);
      if (provider != null && provider.getService("Signature", algorithm.signature()) != null) {
        return provider;
      }
    }
    return ALWAYS_WORKS;
  }

  /** The provider for all that isn't signing. */
  public static Provider bouncyCastle() {
    return ALWAYS_WORKS;
  }

  static Signature signature(KeyAlgorithm algorithm, Provider provider) {
    try {
      return Signature.getInstance(algorithm.signature(), provider);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
