package de.kreissiegel.hsm.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.signing.TestVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks for the passphrase wherever a real signer leaves traces. */
class HygieneTest {
  @TempDir Path temporary;
  private Path crashes;
  private Process signer;

  @BeforeEach
  void start() throws Exception {
    Path vault = temporary.resolve("vault");
    TestVault.copy(vault).close();
    Path passphrase = Files.writeString(temporary.resolve("passphrase"), TestVault.PASSPHRASE);
    crashes = Files.createDirectory(temporary.resolve("crashes"));
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
            SignerProcess.class.getName(),
            "--vault",
            vault.toString(),
            "--socket",
            temporary.resolve("run/signer.sock").toString(),
            "--passphrase-file",
            passphrase.toString());
    // Whoever starts it allows core dumps: the signer itself must forbid them.
    List<String> shell =
        Stream.of("/bin/sh", "-c", "ulimit -c unlimited; exec \"$@\"", "sh").toList();
    signer =
        new ProcessBuilder(Stream.concat(shell.stream(), java.stream()).toList())
            .directory(crashes.toFile())
            .redirectError(temporary.resolve("errors").toFile())
            .start();
    String line = signer.inputReader().readLine();
    assertThat(line).as(() -> errors()).isEqualTo("signer ready");
  }

  @AfterEach
  void stop() throws Exception {
    signer.destroyForcibly().waitFor();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ABRT", "SEGV"}) // what aborts it, and what the JVM writes a report about
  void leavesNoTraceOfThePassphraseWhenItCrashes(String signal) throws Exception {
    Path process = Path.of("/proc", Long.toString(signer.pid()));
    assertThat(Files.readString(process.resolve("cmdline"))).contains("SignerProcess");
    withoutSecret(Files.readAllBytes(process.resolve("cmdline")));
    if (Files.isReadable(process.resolve("environ"))) {
      withoutSecret(Files.readAllBytes(process.resolve("environ")));
    }
    assertThat(Files.readString(process.resolve("limits")))
        .containsPattern("Max core file size +0 +0 ");

    run("kill", "-" + signal, Long.toString(signer.pid()));
    assertThat(signer.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(signer.exitValue()).isNotZero();

    withoutSecret(errors().getBytes(StandardCharsets.UTF_8));
    withoutSecret(signer.getInputStream().readAllBytes());
    try (Stream<Path> left = Files.list(crashes)) {
      for (Path file : left.toList()) {
        assertThat(String.valueOf(file.getFileName())).isEqualTo("hs_err");
        withoutSecret(Files.readAllBytes(file));
      }
    }
    assertThat(Files.exists(crashes.resolve("hs_err"))).isEqualTo(signal.equals("SEGV"));
  }

  private static void withoutSecret(byte[] octets) {
    String secret = TestVault.PASSPHRASE;
    assertThat(new String(octets, StandardCharsets.ISO_8859_1))
        .doesNotContain(secret)
        .doesNotContain(
            new String(secret.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private String errors() {
    try {
      return Files.readString(temporary.resolve("errors"));
    } catch (IOException none) {
      return "";
    }
  }
}
