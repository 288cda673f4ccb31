package de.kreissiegel.ra.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A part that runs as a process of its own. We hold its standard input; when that ends, for
 * whatever reason, it stops. What it prints goes to a log file.
 */
final class ChildProcess {
  private static final Path OWN_SESSION = Path.of("/usr/bin/setsid");

  private final String name;
  private final Process process;
  private final OutputStream lifeline;
  private final Path log;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.lifeline = process.getOutputStream();
    this.log = log;
  }

  /**
   * Starts a Java class.
   *
   * @param name what it is, for messages and its log's name
   * @param readyLine the line on its standard output that says that it is ready
   * @param classPath of the process
   * @param virtualMachine options of the JVM
   * @param mainAndArguments the class and its arguments
   */
  static ChildProcess start(
      String name,
      String readyLine,
      Path logs,
      List<Path> classPath,
      List<String> virtualMachine,
      List<String> mainAndArguments)
      throws LaunchFailure {
    var command = new ArrayList<String>();
    if (Files.isExecutable(OWN_SESSION)) {
      // Ctrl-C in the terminal is for us alone: we end the parts in order, by their lifeline.
      command.add(OWN_SESSION.toString());
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(virtualMachine);
    command.add("-cp");
    command.add(String.join(":", classPath.stream().map(Path::toString).toList()));
    command.addAll(mainAndArguments);
    Path log = logs.resolve(name + ".log");
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      // A part needs nothing of our environment, and what it doesn't have it can't leak.
      builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"));
      var child = new ChildProcess(name, builder.start(), log);
      Thread.ofVirtual().name(name + "-output").start(() -> child.follow(readyLine));
      return child;
    } catch (IOException cannot) {
      throw new LaunchFailure("the " + name + " can't be started: " + cannot.getMessage(), cannot);
    }
  }

  /**
   * Waits until it is ready.
   *
   * @throws LaunchFailure with its last words if it ended instead, or took too long
   */
  void awaitReady(Duration atMost) throws LaunchFailure {
    try {
      ready.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new LaunchFailure(
          "the " + name + " was not ready after " + atMost.toSeconds() + " s; see " + log + ".");
    } catch (ExecutionException ended) {
      throw new LaunchFailure("the " + name + " did not start: " + lastWords());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LaunchFailure("interrupted while the " + name + " was starting.");
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Completes when it has ended. */
  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /** Asks it to stop, and ends it by force if it hasn't after a while. */
  void stop(Duration patience) {
    try {
      lifeline.close();
    } catch (IOException _) {
      // It has closed its end: it is gone or going.
    }
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void follow(String readyLine) {
    try (var lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var file = Files.newBufferedWriter(log, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        file.write(line);
        file.newLine();
        file.flush();
        if (line.equals(readyLine)) {
          ready.complete(null);
        }
      }
    } catch (IOException _) {
      // The process is gone; what it had to say stands in the log.
    }
    ready.completeExceptionally(new IOException(name + " ended"));
  }

  private String lastWords() {
    try {
      List<String> lines =
          Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
      return lines.isEmpty() ? "it said nothing (" + log + ")." : lines.getLast();
    } catch (IOException _) {
      return "its log " + log + " can't be read.";
    }
  }
}
