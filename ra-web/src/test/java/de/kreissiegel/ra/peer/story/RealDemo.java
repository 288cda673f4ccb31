package de.kreissiegel.ra.peer.story;

import static org.assertj.core.api.Assertions.fail;

import de.kreissiegel.ra.credentials.CredentialsFile;
import de.kreissiegel.ra.credentials.DemoCredentials;
import de.kreissiegel.ra.launcher.Kreissiegel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * {@code kreissiegel demo}, started as its first user starts it: on a folder with nothing in it.
 */
final class RealDemo implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final int[] PORTS = {8443, 8080, 8081, 8082, 10389};

  private final Path data;
  private final Process process;

  private RealDemo(Path data, Process process) {
    this.data = data;
    this.process = process;
  }

  /** Starts it and waits until it says that it is ready. */
  static RealDemo start(Path folder) throws Exception {
    Path data = folder.resolve("demo");
    Path log = folder.resolve("demo.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                OwnJars.gather(folder.resolve("lib")),
                Kreissiegel.class.getName(),
                "demo",
                "--data",
                data.toString(),
                "--port-offset",
                Integer.toString(freeOffset()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    RealDemo demo = new RealDemo(data, process);
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    while (!Files.readString(log).contains("\nready https://")) {
      if (!process.isAlive() || System.nanoTime() > end) {
        demo.close();
        fail("the demo did not come up: " + Files.readString(log) + demo.lastWords());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return demo;
  }

  DemoCredentials credentials() throws IOException {
    return new CredentialsFile(data).read();
  }

  /** The root certificate, as relying parties are given it. */
  Path root() {
    return data.resolve("trust").resolve("root.pem");
  }

  /** An officer's key file. */
  Path keyFile(DemoCredentials.Person officer) {
    return DemoCredentials.keyFile(data, officer);
  }

  /** With what somebody who holds an office logs in. */
  Path loginFile(DemoCredentials.Person person) {
    return DemoCredentials.loginFile(data, person);
  }

  /** The end of what its processes logged. */
  private String lastWords() throws IOException {
    try (var logs = Files.walk(data).filter(file -> file.toString().endsWith(".log"))) {
      StringBuilder words = new StringBuilder();
      for (Path log : logs.toList()) {
        List<String> lines = Files.readAllLines(log);
        words.append('\n').append(log).append('\n');
        lines.stream()
            .skip(Math.max(0, lines.size() - 20))
            .forEach(line -> words.append(line).append('\n'));
      }
      return words.toString();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail("the demo did not stop");
    }
  }

  /** What to add to each port so that all are free now. */
  private static int freeOffset() {
    Random random = new Random();
    return IntStream.generate(() -> random.nextInt(1000, 20_000))
        .limit(100)
        .filter(offset -> IntStream.of(PORTS).allMatch(port -> free(port + offset)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean free(int port) {
    try (var probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
