package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The launcher as a process of its own, as a person starts it. */
final class DemoProcess {
  private final Process process;
  private final Path output;

  private DemoProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static DemoProcess start(Path output, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Kreissiegel.class.getName());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    return new DemoProcess(builder.redirectOutput(output.toFile()).start(), output);
  }

  /** Waits for the last line of the start. */
  void awaitReady() throws IOException {
    await(Duration.ofMinutes(4), () -> !process.isAlive() || said("\nready https://localhost:"));
    assertThat(said("\nready https://localhost:")).as(words()).isTrue();
  }

  int awaitExit() throws InterruptedException {
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("%s ended", process.pid()).isTrue();
    return process.exitValue();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** All processes below it. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** The process below it whose command line holds this word. */
  ProcessHandle descendant(String word) {
    return process
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains(word))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no process " + word));
  }

  boolean said(String words) {
    return words().contains(words);
  }

  String words() {
    try {
      return "\n" + Files.readString(output);
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  static void await(Duration atMost, BooleanSupplier condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      try {
        Thread.sleep(100);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
    assertThat(condition.getAsBoolean()).as("within %s", atMost).isTrue();
  }
}
