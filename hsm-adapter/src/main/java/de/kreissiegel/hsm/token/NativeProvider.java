package de.kreissiegel.hsm.token;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.NoSuchProviderException;
import java.security.Provider;

/**
 * Amazon's provider; a class of its own, since it can't even be linked where the jar is missing.
 */
final class NativeProvider {
  private NativeProvider() {}

  /**
   * Unpacks and loads the library inside its jar.
   *
   * @throws NoSuchProviderException if it can't be loaded on this platform
   */
  static Provider load() throws NoSuchProviderException {
    AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
    Throwable failed = provider.getLoadingError();
    if (failed != null) {
      throw new NoSuchProviderException(failed.toString());
    }
    return provider;
  }
}
