package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ra.wiring.ValidationNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code validation}: a node that only tells of certificates' status. */
@Command(
    name = "validation",
    description =
        "Starts a node that answers OCSP and hands out CRLs, and needs to read the database only.",
    mixinStandardHelpOptions = true)
final class ValidationCommand implements Callable<Integer> {
  /** The line that says that requests are answered. */
  static final String READY = "validation ready";

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The installation's configuration (kreissiegel.yaml).")
  private Path configuration = Path.of("kreissiegel.yaml");

  @Override
  public Integer call() throws LaunchFailure {
    if (!Files.isReadable(configuration)) {
      throw new LaunchFailure("the configuration " + configuration + " can't be read.");
    }
    ValidationNode node;
    try {
      node = ValidationNode.start(configuration);
    } catch (IOException | ConfigurationFaults | RuntimeException failure) {
      throw new LaunchFailure(String.valueOf(failure.getMessage()), failure);
    }
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> close(node)));
    System.out.println(READY);
    return StartCommand.STILL_RUNNING;
  }

  private static void close(ValidationNode node) {
    try {
      node.close();
    } catch (IOException _) {
      // It ends anyhow; a copy that ends in the middle is mended at the next start.
    }
  }
}
