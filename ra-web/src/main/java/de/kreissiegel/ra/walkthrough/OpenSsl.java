package de.kreissiegel.ra.walkthrough;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The {@code openssl} program, where there is one: a second opinion. */
final class OpenSsl {
  private static final int LONGEST_SECONDS = 20;
  private static final String PASSWORD_VARIABLE = "KREISSIEGEL_PASSWORD";

  private final String version;

  private OpenSsl(String version) {
    this.version = version;
  }

  /** The program on the path; empty if there is none. */
  static Optional<OpenSsl> find() throws IOException, InterruptedException {
    try {
      var outcome = run(List.of("version"), Map.of());
      var words = outcome.output().split(" ");
      return outcome.status() == 0 && words.length > 1
          ? Optional.of(new OpenSsl("OpenSSL " + words[1]))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** As {@code OpenSSL 3.0.19}. */
  String version() {
    return version;
  }

  /** Opens a PKCS#12 file: its MAC, its certificates and its key. */
  void open(Path file, String password) throws Surprise, IOException, InterruptedException {
    expect(
        "BEGIN CERTIFICATE|PRIVATE KEY",
        Map.of(PASSWORD_VARIABLE, password),
        "pkcs12",
        "-in",
        file.toString(),
        "-passin",
        "env:" + PASSWORD_VARIABLE,
        "-passout",
        "env:" + PASSWORD_VARIABLE);
  }

  /** Verifies a certificate with the CRLs of its path. */
  void verify(Path root, Path chain, Path lists, Path certificate)
      throws Surprise, IOException, InterruptedException {
    expect(
        "OK",
        Map.of(),
        "verify",
        "-crl_check_all",
        "-CAfile",
        root.toString(),
        "-untrusted",
        chain.toString(),
        "-CRLfile",
        lists.toString(),
        certificate.toString());
  }

  /** Asks the responder, and has the answer verified up to the root. */
  void ocsp(Path root, Path issuer, Path certificate, String responder)
      throws Surprise, IOException, InterruptedException {
    expect(
        ": good",
        Map.of(),
        "ocsp",
        "-CAfile",
        root.toString(),
        "-issuer",
        issuer.toString(),
        "-cert",
        certificate.toString(),
        "-url",
        responder,
        "-timeout",
        "10");
  }

  private void expect(String part, Map<String, String> environment, String... arguments)
      throws Surprise, IOException, InterruptedException {
    var outcome = run(List.of(arguments), environment);
    boolean said = List.of(part.split("\\|")).stream().allMatch(outcome.output()::contains);
    Surprise.unless(
        outcome.status() == 0 && said,
        "openssl " + arguments[0] + " to say " + part.replace('|', ' '),
        "exit " + outcome.status() + " with " + outcome.output().strip());
  }

  private record Outcome(int status, String output) {}

  private static Outcome run(List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of("openssl"));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    process.onExit().orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).exceptionally(_ -> kill(process));
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  private static Process kill(Process process) {
    return process.destroyForcibly();
  }
}
