package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.token.TokenUnavailable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The PIN that lies in a token's file. Once the token refused it, it is not tried again for any of
 * its keys: a few more wrong ones would lock the token.
 */
final class FiledPin {
  private final Pkcs11Config config;
  private volatile boolean refused;

  FiledPin(Pkcs11Config config) {
    this.config = config;
  }

  /** The caller wipes it; empty if the token has no such file. */
  Optional<char[]> read() throws IOException {
    return config.pinFile().isEmpty()
        ? Optional.empty()
        : Optional.of(PinFile.read(config.pinFile().get()));
  }

  /**
   * Logs in with it.
   *
   * @return whether there is such a file
   * @throws PinRefused if the token doesn't take it, or didn't before
   */
  boolean login(Connection connection) throws IOException, TokenUnavailable, CkFailure, PinRefused {
    if (refused) {
      throw new PinRefused(sentence());
    }
    Optional<char[]> pin = read();
    if (pin.isEmpty()) {
      return false;
    }
    try {
      connection.login(pin.get());
      return true;
    } catch (PinRefused not) {
      refused = true;
      throw not;
    } finally {
      Arrays.fill(pin.get(), '\0');
    }
  }

  boolean refused() {
    return refused;
  }

  /** What is the matter when it was refused. */
  String sentence() {
    return "the token %s refused the PIN of its file; put the right one there and start anew"
        .formatted(config.name());
  }
}
