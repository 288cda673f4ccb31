package de.kreissiegel.ra.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The parts of an installation as processes of their own, each with a file of what it said. */
public final class LaunchedParts implements AutoCloseable {
  private static final List<String> SIGNER =
      List.of(
          "hsm-adapter",
          "bcprov-",
          "bcpkix-",
          "bcutil-",
          "AmazonCorrettoCryptoProvider-",
          "snakeyaml-engine-",
          "jspecify-");

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();

  /**
   * None runs yet.
   *
   * @param folder where their words come to lie
   */
  public LaunchedParts(Path folder) {
    this.folder = folder;
  }

  /** {@code ./kreissiegel} with these arguments; what it says is called so. */
  public Process kreissiegel(String name, String... arguments) throws IOException {
    var all = new ArrayList<>(List.of("de.kreissiegel.ra.launcher.Kreissiegel"));
    all.addAll(List.of(arguments));
    return java(name, classPath(""), all);
  }

  /**
   * The signer of an installation, with the few libraries that it has; returns when it is ready.
   */
  public void signer(Path data) throws Exception {
    java(
        "signer",
        SIGNER.stream().map(LaunchedParts::classPath).collect(Collectors.joining(":")),
        List.of(
            "de.kreissiegel.hsm.process.SignerProcess",
            "--vault",
            data.resolve("vault").toString(),
            "--socket",
            data.resolve("run/signer.sock").toString(),
            "--passphrase-file",
            data.resolve("secrets/vault-passphrase").toString(),
            "--exit-with-stdin"));
    await("signer", "signer ready");
  }

  /** The web process of an installation; returns when it is ready. */
  public void web(Path data) throws Exception {
    kreissiegel(
        "web",
        "start",
        "--exit-with-stdin",
        "--config",
        data.resolve("kreissiegel.yaml").toString(),
        "--",
        "--management.server.port=" + freePort());
    await("web", "web ready");
  }

  private Process java(String name, String classPath, List<String> arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    processes.add(process);
    return process;
  }

  /** Waits until the newest of them has said this. */
  public void await(String name, String line) throws Exception {
    Instant end = Instant.now().plus(Duration.ofMinutes(3));
    while (!said(name).contains(line)) {
      assertThat(processes.getLast().isAlive()).as(said(name)).isTrue();
      assertThat(Instant.now()).as(said(name)).isBefore(end);
      Thread.sleep(100);
    }
  }

  /** All that it said until now. */
  public String said(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (Process process : processes.reversed()) {
      process.getOutputStream().close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  /** The parts of our own class path whose file, or module, has a name that begins like this. */
  private static String classPath(String prefix) {
    return String.join(
        ":",
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            .filter(
                part -> {
                  Path path = Path.of(part);
                  Path module = path.resolve("../..").normalize().getFileName();
                  String name =
                      part.endsWith("classes") && module != null
                          ? module.toString()
                          : path.getFileName().toString();
                  return name.startsWith(prefix)
                      && (prefix.isEmpty() || !part.contains("test-classes"));
                })
            .toList());
  }

  /** A port that was free just now. */
  public static int freePort() throws IOException {
    try (var free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
