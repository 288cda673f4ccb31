package de.kreissiegel.hsm.bench;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.ProviderReport;
import de.kreissiegel.hsm.token.SignatureProviders;
import de.kreissiegel.hsm.token.SoftwareToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;

/**
 * How often the software token signs, a second of its thread's CPU: each algorithm by the provider
 * that was chosen for it, after a second of warming up, for another second; 600 octets that differ
 * each time. Run it with the tests' class path; it takes a minute.
 */
public final class TokenAlgorithms {
  private static final long NANOS = 1_000_000_000L;
  private static final char[] PASSPHRASE = "passphrase-of-a-benchmark".toCharArray();

  private TokenAlgorithms() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("token-algorithms");
    try (SoftwareToken token =
        SoftwareToken.open(directory, new SecureRandom(), Clock.systemUTC())) {
      System.out.printf("%-24s %-28s %14s%n", "algorithm", "provider", "signatures/s");
      for (ProviderReport line : SignatureProviders.report()) {
        if (line.algorithm().signs()) {
          measure(token, line.algorithm(), line.provider());
        }
      }
    }
  }

  private static void measure(SoftwareToken token, KeyAlgorithm algorithm, String provider)
      throws Exception {
    KeyId key = new KeyId("benchmark");
    token.make(key, algorithm, PASSPHRASE, false);
    round(token, key);
    System.out.printf(
        Locale.ROOT, "%-24s %-28s %14.1f%n", algorithm.word(), provider, round(token, key));
    token.destroy(key);
  }

  private static double round(SoftwareToken token, KeyId key) throws Exception {
    byte[] message = new byte[600];
    long begin = CpuTime.ofThisThread();
    long used = 0;
    int signatures = 0;
    while (used < NANOS) {
      message[signatures % message.length]++;
      token.sign(key, message);
      signatures++;
      if (signatures % 8 == 0 || signatures < 8) {
        used = CpuTime.ofThisThread() - begin;
      }
    }
    return signatures * (double) NANOS / (CpuTime.ofThisThread() - begin);
  }
}
