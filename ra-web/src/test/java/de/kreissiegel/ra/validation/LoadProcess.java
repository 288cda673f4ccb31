package de.kreissiegel.ra.validation;

import de.kreissiegel.hsm.process.SignerProcess;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server in a process of its own, and what the kernel says of it. */
final class LoadProcess implements AutoCloseable {
  private static final double TICKS_A_SECOND = 100;

  private final Process process;
  private final int port;

  private LoadProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts a class that prints its port in a line of its own. */
  static LoadProcess java(Class<?> main, List<String> options, String... arguments)
      throws Exception {
    return java("\\d+", main, options, arguments);
  }

  /** Starts the signer, which is asked at a socket. */
  static LoadProcess signer(Path vault, Path socket, Path passphrase) throws Exception {
    return java(
        "signer ready",
        SignerProcess.class,
        List.of("-Xmx128m", "-XX:+UseSerialGC"),
        "--vault",
        vault.toString(),
        "--socket",
        socket.toString(),
        "--passphrase-file",
        passphrase.toString());
  }

  private static LoadProcess java(
      String ready, Class<?> main, List<String> options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.matches(ready)) {
        // What else it says is read, too: a full pipe would stop it.
        Thread.ofPlatform().daemon().start(() -> out.lines().forEach(_ -> {}));
        return new LoadProcess(process, ready.equals(line) ? 0 : Integer.parseInt(line));
      }
      System.out.println("  " + line);
    }
    throw new IllegalStateException(main + " ended");
  }

  /** nginx that returns a text of this length to everybody. */
  static LoadProcess nginx(Path folder, int length, int port) throws Exception {
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        pid %1$s/nginx.pid; error_log %1$s/nginx.log; daemon off; worker_processes 2;
        events {}
        http { access_log off; keepalive_requests 1000000000; default_type application/ocsp-response;
          client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
          uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
          server { listen 127.0.0.1:%2$d; location / { return 200 "%3$s"; } } }
        """
            .formatted(folder, port, "x".repeat(length)));
    Process process =
        new ProcessBuilder("nginx", "-c", configuration.toString()).inheritIO().start();
    Thread.sleep(500);
    return new LoadProcess(process, port);
  }

  int port() {
    return port;
  }

  /** Seconds of processor time so far, its children's included. */
  double cpu() throws Exception {
    double all = cpu(process.toHandle());
    for (ProcessHandle child : process.children().toList()) {
      all += cpu(child);
    }
    return all;
  }

  private static double cpu(ProcessHandle of) throws Exception {
    String stat = Files.readString(Path.of("/proc/" + of.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
  }

  /** Proportional set size, in MiB. */
  long pss() throws Exception {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup")).stream()
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    process.waitFor();
  }
}
