package de.kreissiegel.hsm.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;

/** What {@code openssl speed} says, where it is installed: everybody's yardstick. */
final class OpensslSpeed {
  /** How its figures for ECDSA begin in its readable form: then bits, signatures, verifications. */
  private static final String FIGURES = "+F4:";

  private OpensslSpeed() {}

  /** Microseconds of processor time for a P-256 signature over a digest; none without openssl. */
  static OptionalDouble microsecondsOfP256() throws IOException, InterruptedException {
    Process openssl;
    try {
      openssl =
          new ProcessBuilder("openssl", "speed", "-seconds", "1", "-mr", "ecdsap256")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException _) {
      return OptionalDouble.empty();
    }
    String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (openssl.waitFor() != 0) {
      throw new IOException("openssl speed failed");
    }
    return said.lines()
        .filter(line -> line.startsWith(FIGURES))
        .mapToDouble(line -> 1e6 / Double.parseDouble(line.split(":")[3]))
        .findFirst();
  }

  static String line() throws IOException, InterruptedException {
    OptionalDouble micros = microsecondsOfP256();
    return micros.isPresent()
        ? "openssl speed, ECDSA P-256: %.1f us of CPU a signature".formatted(micros.getAsDouble())
        : "openssl speed: not measured, openssl is not installed";
  }
}
