package de.kreissiegel.ra.launcher;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: a whole district with its certification authority, on this machine. */
@Command(
    name = "demo",
    description =
        "Starts signer, directory and web with a whole sample district, and prints where to go and"
            + " who can log in. Ctrl-C stops all of it.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept (default: data/demo beside this program).")
  private Path data = DataDirectory.standard();

  @Option(names = "--https-port", paramLabel = "N", description = "Pages and REST (8443).")
  private @Nullable Integer https;

  @Option(
      names = "--certificate-port",
      paramLabel = "N",
      description = "Log-in by certificate, and REST by one (8444).")
  private @Nullable Integer certificate;

  @Option(names = "--http-port", paramLabel = "N", description = "OCSP, CRL, AIA (8080).")
  private @Nullable Integer http;

  @Option(
      names = "--enrol-http-port",
      paramLabel = "N",
      description = "Kept free for SCEP and CMP, which come with a later release (8082).")
  private @Nullable Integer enrolment;

  @Option(names = "--management-port", paramLabel = "N", description = "Health (8081).")
  private @Nullable Integer management;

  @Option(names = "--ldap-port", paramLabel = "N", description = "The sample directory (10389).")
  private @Nullable Integer directory;

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      description = "Added to every port that is not named.")
  private @Nullable Integer offset;

  @Option(names = "--fresh", description = "Throws away what the data directory holds.")
  private boolean fresh;

  @Override
  public Integer call() throws LaunchFailure, IOException {
    var folder = new DataDirectory(data.toAbsolutePath().normalize());
    folder.look();
    try (FileLock _ = Patience.untilFree(folder::lock)) {
      if (fresh) {
        folder.clear();
      }
      boolean first = folder.look() != DataDirectory.State.COMPLETE;
      Ports ports = ports(first ? Ports.STANDARD : Ports.read(folder));
      prepare(folder, ports);
      return new DemoRun(folder, ports).run();
    }
  }

  private void prepare(DataDirectory folder, Ports ports) throws LaunchFailure, IOException {
    switch (folder.look()) {
      case EMPTY -> {
        ports.requireFree();
        Console.say(
            "First start: making the district. Everything comes to lie in " + folder.root());
        new DemoSetup(folder, ports, Clock.systemUTC(), new SecureRandom()).perform();
      }
      case BEGUN ->
          throw new LaunchFailure(
              "the first start on "
                  + folder.root()
                  + " did not come to its end; start once more with --fresh, which throws away what"
                  + " it had made.");
      case COMPLETE -> {
        Patience.untilFree(ports::requireFree);
        ports.moveTo(folder);
      }
    }
  }

  /** What is named holds; the rest is as it was last time, or standard, shifted. */
  private Ports ports(Ports before) throws LaunchFailure {
    Ports base = offset == null ? before : Ports.STANDARD.shifted(offset);
    var ports =
        new Ports(
            https == null ? base.https() : https,
            certificate == null ? base.certificate() : certificate,
            http == null ? base.http() : http,
            management == null ? base.management() : management,
            enrolment == null ? base.enrolment() : enrolment,
            directory == null ? base.directory() : directory);
    ports.requireValid();
    return ports;
  }
}
