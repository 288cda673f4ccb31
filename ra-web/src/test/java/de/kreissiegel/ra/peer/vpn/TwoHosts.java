package de.kreissiegel.ra.peer.vpn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A gateway and a client, each in a network namespace of its own with one line between them, and
 * what runs there. The client knows the gateway by names.
 */
public final class TwoHosts implements AutoCloseable {
  public static final String GATEWAY_ADDRESS = "10.77.0.1";

  private static final String GATEWAY = "ksgate";
  private static final String CLIENT = "ksclient";

  private final Path folder;
  private final List<Process> running = new ArrayList<>();

  /**
   * @param folder for logs
   * @param names of the gateway
   * @param behind an address that only the gateway has
   */
  public TwoHosts(Path folder, List<String> names, String behind) throws Exception {
    this.folder = folder;
    remove();
    for (String host : List.of(GATEWAY, CLIENT)) {
      ip("netns", "add", host);
      ip("-n", host, "link", "set", "lo", "up");
    }
    ip(
        "link", "add", "eth0", "netns", GATEWAY, "type", "veth", "peer", "name", "eth0", "netns",
        CLIENT);
    ip("-n", GATEWAY, "addr", "add", GATEWAY_ADDRESS + "/24", "dev", "eth0");
    ip("-n", CLIENT, "addr", "add", "10.77.0.2/24", "dev", "eth0");
    ip("-n", GATEWAY, "link", "set", "eth0", "up");
    ip("-n", CLIENT, "link", "set", "eth0", "up");
    ip("-n", GATEWAY, "addr", "add", behind + "/32", "dev", "lo");
    Path hosts = Files.createDirectories(Path.of("/etc/netns", CLIENT)).resolve("hosts");
    Files.writeString(hosts, GATEWAY_ADDRESS + " " + String.join(" ", names) + "\n");
  }

  /** Starts a program on the gateway that runs until the end; its log. */
  public Path onGateway(String name, Map<String, String> environment, String... command)
      throws IOException {
    return start(GATEWAY, name, environment, command);
  }

  /** Starts a program on the client that runs until the end; its log. */
  public Path onClient(String name, Map<String, String> environment, String... command)
      throws IOException {
    return start(CLIENT, name, environment, command);
  }

  private Path start(String host, String name, Map<String, String> environment, String... command)
      throws IOException {
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder = builder(host, environment, command).redirectOutput(log.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    running.add(process);
    return log;
  }

  /** Runs a program on the client to its end, without a terminal; all that it said. */
  public String runOnClient(Map<String, String> environment, String input, String... command)
      throws Exception {
    return run(CLIENT, environment, input, command);
  }

  public String runOnGateway(Map<String, String> environment, String... command) throws Exception {
    return run(GATEWAY, environment, "", command);
  }

  private static String run(
      String host, Map<String, String> environment, String input, String... command)
      throws Exception {
    Process process = builder(host, environment, command).start();
    try (var out = process.outputWriter(StandardCharsets.UTF_8)) {
      out.write(input);
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return said;
  }

  private static ProcessBuilder builder(
      String host, Map<String, String> environment, String... command) {
    var words = new ArrayList<>(List.of("ip", "netns", "exec", host, "setsid", "--wait"));
    words.addAll(List.of(command));
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder;
  }

  /** Waits until that holds, for 20 seconds at most; whether it does. */
  public static boolean until(BooleanSupplier holds) throws InterruptedException {
    for (int turn = 0; turn < 200; turn++) {
      if (holds.getAsBoolean()) {
        return true;
      }
      Thread.sleep(100);
    }
    return false;
  }

  /** Whether a log says that. */
  public static boolean says(Path log, String words) {
    try {
      return Files.readString(log, StandardCharsets.ISO_8859_1).contains(words);
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() throws Exception {
    for (Process process : running.reversed()) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
    for (Process process : running) {
      process.waitFor(10, TimeUnit.SECONDS);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    remove();
  }

  private static void remove() throws Exception {
    for (String host : List.of(GATEWAY, CLIENT)) {
      new ProcessBuilder("ip", "netns", "del", host).redirectErrorStream(true).start().waitFor();
    }
    Files.deleteIfExists(Path.of("/etc/netns", CLIENT, "hosts"));
  }

  private static void ip(String... words) throws Exception {
    var command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + said);
    }
  }
}
