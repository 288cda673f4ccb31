package de.kreissiegel.hsm.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.signing.TestVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real signer whose traces are searched for secrets: while it runs, and when it crashes. */
final class WatchedSigner implements AutoCloseable {
  private final Path folder;
  private final Path crashes;
  private final Process process;

  private WatchedSigner(Path folder, Path crashes, Process process) {
    this.folder = folder;
    this.crashes = crashes;
    this.process = process;
  }

  /**
   * Starts one; returns when it is ready.
   *
   * @param folder where its files lie
   * @param environment variables that it gets beside ours
   */
  static WatchedSigner start(Path folder, Path vault, Map<String, String> environment)
      throws Exception {
    Path passphrase = Files.writeString(folder.resolve("passphrase"), TestVault.PASSPHRASE);
    Path crashes = Files.createDirectory(folder.resolve("crashes"));
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-XX:-HeapDumpOnOutOfMemoryError",
            "-XX:+DisableAttachMechanism",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + crashes.resolve("hs_err"),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ReportingSignerProcess.class.getName(),
            "--vault",
            vault.toString(),
            "--socket",
            socket(folder).toString(),
            "--passphrase-file",
            passphrase.toString());
    // Whoever starts it allows core dumps: the signer itself must forbid them.
    List<String> shell = List.of("/bin/sh", "-c", "ulimit -c unlimited; exec \"$@\"", "sh");
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(shell.stream(), java.stream()).toList())
            .directory(crashes.toFile())
            .redirectError(folder.resolve("errors").toFile());
    builder.environment().putAll(environment);
    WatchedSigner signer = new WatchedSigner(folder, crashes, builder.start());
    String line = signer.process.inputReader().readLine();
    assertThat(line).as(() -> signer.errors()).isEqualTo("signer ready");
    return signer;
  }

  private static Path socket(Path folder) {
    return folder.resolve("run/signer.sock");
  }

  Path socket() {
    return socket(folder);
  }

  /** Looks at the running process, sends it the signal, and looks at what it left. */
  void leavesNoTraceOf(List<String> secrets, String signal) throws Exception {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    assertThat(Files.readString(proc.resolve("cmdline"))).contains("SignerProcess");
    without(secrets, Files.readAllBytes(proc.resolve("cmdline")));
    if (Files.isReadable(proc.resolve("environ"))) {
      without(secrets, Files.readAllBytes(proc.resolve("environ")));
    }
    assertThat(Files.readString(proc.resolve("limits")))
        .containsPattern("Max core file size +0 +0 ");

    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor())
        .isZero();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();

    without(secrets, errors().getBytes(StandardCharsets.UTF_8));
    without(secrets, process.getInputStream().readAllBytes());
    try (Stream<Path> left = Files.list(crashes)) {
      assertThat(left.map(file -> String.valueOf(file.getFileName()))).containsExactly("hs_err");
    }
    byte[] report = Files.readAllBytes(crashes.resolve("hs_err"));
    assertThat(new String(report, StandardCharsets.ISO_8859_1)).contains("SIG" + signal);
    without(secrets, report);
  }

  private static void without(List<String> secrets, byte[] octets) {
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    String lower = text.toLowerCase(Locale.ROOT);
    for (String secret : secrets) {
      byte[] wide = secret.getBytes(StandardCharsets.UTF_16LE);
      assertThat(text.contains(secret)).as("the secret as text").isFalse();
      assertThat(text.contains(new String(wide, StandardCharsets.ISO_8859_1)))
          .as("the secret as Java's chars")
          .isFalse();
      // As a report shows registers and stacks: words of eight octets, the first one last.
      for (byte[] octetsOfIt : List.of(secret.getBytes(StandardCharsets.UTF_8), wide)) {
        assertThat(lower.contains(word(octetsOfIt))).as("the secret as a word").isFalse();
      }
    }
  }

  private static String word(byte[] octets) {
    StringBuilder word = new StringBuilder();
    for (int i = 7; i >= 0; i--) {
      word.append("%02x".formatted(octets[i]));
    }
    return word.toString();
  }

  private String errors() {
    try {
      return Files.readString(folder.resolve("errors"));
    } catch (IOException none) {
      return "";
    }
  }

  @Override
  public void close() throws Exception {
    process.destroyForcibly().waitFor();
  }
}
