package de.kreissiegel.hsm.process;

import de.kreissiegel.hsm.signing.TestVault;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real signer in a process of its own. */
public final class SignerChild implements AutoCloseable {
  private final Process process;
  private final Path output;

  private SignerChild(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts one; returns when it says that it is ready, or throws with what it said instead. */
  public static SignerChild start(Path vault, Path socket, String... more) throws Exception {
    return awaited(launch(vault, socket, more));
  }

  private static SignerChild awaited(SignerChild child) throws Exception {
    BufferedReader out = child.process.inputReader();
    String line = out.readLine();
    if (!"signer ready".equals(line)) {
      child.process.waitFor(10, TimeUnit.SECONDS);
      throw new IllegalStateException(line + " " + child.errors());
    }
    return child;
  }

  /**
   * Like {@link #start}, with the virtual machine's usual compilers: for figures.
   *
   * @param options more of the virtual machine, of a profiler say
   */
  public static SignerChild startOptimised(Path vault, Path socket, List<String> options)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("-Xmx512m"));
    all.addAll(options);
    return startWith(all, vault, socket);
  }

  /** Like {@link #start}, with these options for the virtual machine. */
  public static SignerChild startWith(List<String> options, Path vault, Path socket)
      throws Exception {
    return awaited(launch(options, vault, socket));
  }

  static SignerChild launch(Path vault, Path socket, String... more) throws IOException {
    return launch(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"), vault, socket, more);
  }

  private static SignerChild launch(List<String> options, Path vault, Path socket, String... more)
      throws IOException {
    Path passphrase = vault.resolveSibling("passphrase");
    Files.writeString(passphrase, TestVault.PASSPHRASE + "\n");
    Path output = Files.createTempFile(vault.getParent(), "signer", ".err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SignerProcess.class.getName());
    command.addAll(List.of("--vault", vault.toString(), "--socket", socket.toString()));
    command.addAll(List.of("--passphrase-file", passphrase.toString()));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectError(output.toFile()).start();
    return new SignerChild(process, output);
  }

  public long pid() {
    return process.pid();
  }

  Process process() {
    return process;
  }

  /** What it wrote to standard error. */
  public String errors() throws IOException {
    return Files.readString(output);
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM. */
  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
