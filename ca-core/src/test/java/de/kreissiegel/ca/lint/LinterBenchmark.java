package de.kreissiegel.ca.lint;

import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it takes to hold a certificate against all lints; the database is not asked. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LinterBenchmark {
  private static final int STORED = 1000;

  private final Linter linter = Linter.alone();
  private final SharedFactors factors = new SharedFactors();
  private Trial elliptic;
  private Trial rsa;

  @Setup
  public void prepare() {
    elliptic = Trial.of("smime", SampleKeys.P256);
    rsa = Trial.of("vpn-client", SampleKeys.RSA);
    BigInteger modulus = SampleKeys.MODULUS;
    KnownKeys book =
        KeyCases.moduli(
            java.util.stream.IntStream.range(1, STORED + 1)
                .mapToObj(i -> modulus.add(BigInteger.valueOf(2L * i)))
                .toList());
    factors.matches(modulus, book);
  }

  /** A certificate with a key of P-256. */
  @Benchmark
  public List<LintFinding> elliptic() {
    return linter.findings(elliptic.tbs(), elliptic.context());
  }

  /** A certificate with a key of RSA-3072. */
  @Benchmark
  public List<LintFinding> rsa() {
    return linter.findings(rsa.tbs(), rsa.context());
  }

  /** Beside that: a modulus of 3072 bits against 1000 stored ones. */
  @Benchmark
  public Object thousandModuli() {
    return factors.matches(SampleKeys.MODULUS, KnownKeys.none());
  }
}
