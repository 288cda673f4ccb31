package de.kreissiegel.ra.validation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What {@code openssl speed} says: everybody's yardstick. */
final class OpensslSpeed {
  /** How its figures for ECDSA begin in its readable form: then bits, signatures, verifications. */
  private static final String FIGURES = "+F4:";

  private OpensslSpeed() {}

  /** Microseconds of processor time for a P-256 signature over a digest. */
  static double microsecondsOfP256() throws IOException, InterruptedException {
    Process openssl =
        new ProcessBuilder("openssl", "speed", "-seconds", "2", "-mr", "ecdsap256")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (openssl.waitFor() != 0) {
      throw new IOException("openssl speed failed");
    }
    return said.lines()
        .filter(line -> line.startsWith(FIGURES))
        .mapToDouble(line -> 1e6 / Double.parseDouble(line.split(":")[3]))
        .findFirst()
        .orElseThrow(() -> new IOException("openssl speed said nothing of P-256"));
  }
}
