package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it takes to check the messages of two officers, each with its certificate. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ApprovalBenchmark {
  private Scene scene;
  private Evidence first;
  private Evidence second;

  @Setup
  public void prepare() throws Exception {
    scene = new Scene();
    first = scene.by(scene.erika);
    second = scene.by(scene.max);
  }

  @Benchmark
  public List<?> twoOfficers() throws SigningRefused {
    return scene.check(Scene.TWO, first, second);
  }
}
