package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.TestKeys;
import de.kreissiegel.hsm.signing.VaultKey;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it takes to read a certificate and to hold it against its kind. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PolicyBenchmark {
  private final PolicyGate gate = new PolicyGate(Clock.fixed(SamplePolicy.NOW, ZoneOffset.UTC));
  private KeyPolicy policy;
  private KeyFacts facts;
  private SignRequest request;

  @Setup
  public void prepare() throws Exception {
    VaultKey issuer = TestKeys.told("people", TestKeys.p256());
    policy = SamplePolicy.policy();
    facts =
        new KeyFacts(issuer.publicKey(), issuer.signatureAlgorithm(), issuer.publicKey()::equals);
    request =
        new SignRequest(
            new UUID(1, 2),
            issuer.id(),
            SignedStructure.CERTIFICATE,
            SampleCertificates.mail(issuer).encoded());
  }

  @Benchmark
  public Object certificate() throws SigningRefused {
    return gate.pass(request, policy, facts);
  }
}
