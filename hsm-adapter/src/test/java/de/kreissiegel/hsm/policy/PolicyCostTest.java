package de.kreissiegel.hsm.policy;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.TestKeys;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PolicyCostTest {
  private static final int WARM_UP = 40_000;
  private static final int MEASURED = 20_000;

  /** Far above what it takes, so that only a blunder breaks it; the figure is printed. */
  private static final double MOST_MICROSECONDS = 100;

  @Test
  void holdsACertificateAgainstItsKindInLittleTime() throws Exception {
    VaultKey issuer = TestKeys.told("people", TestKeys.p256());
    KeyPolicy policy = SamplePolicy.policy();
    KeyFacts facts =
        new KeyFacts(issuer.publicKey(), issuer.signatureAlgorithm(), issuer.publicKey()::equals);
    PolicyGate gate = new PolicyGate(Clock.fixed(SamplePolicy.NOW, ZoneOffset.UTC));
    SignRequest request =
        new SignRequest(
            new UUID(1, 2),
            issuer.id(),
            SignedStructure.CERTIFICATE,
            SampleCertificates.mail(issuer).encoded());
    for (int i = 0; i < WARM_UP; i++) {
      gate.pass(request, policy, facts);
    }
    long before = cpu();
    for (int i = 0; i < MEASURED; i++) {
      gate.pass(request, policy, facts);
    }
    double each = (cpu() - before) / 1e3 / MEASURED;
    System.out.printf("policy check of a certificate: %.1f µs of CPU%n", each);
    assertThat(each).isLessThan(MOST_MICROSECONDS);
  }

  /** Nanoseconds that this thread has run. */
  private static long cpu() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/schedstat"));
    return Long.parseLong(stat.substring(0, stat.indexOf(' ')));
  }
}
