package de.kreissiegel.ra.launcher;

import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.wiring.HealthWiring;
import de.kreissiegel.ra.wiring.MailWiring;
import de.kreissiegel.ra.wiring.OcspWiring;
import de.kreissiegel.ra.wiring.OpenIdWiring;
import de.kreissiegel.ra.wiring.RevisionWiring;
import de.kreissiegel.ra.wiring.SessionWiring;
import de.kreissiegel.ra.wiring.SuperiorWiring;
import de.kreissiegel.ra.wiring.TlsWiring;
import de.kreissiegel.ra.wiring.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code start}: the web application with authority, directory and validation in it. */
@Command(
    name = "start",
    description =
        "Starts the web application of an installation; its signer runs as a process of its own.",
    mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
  /** The line that says to whoever started us that requests are answered. */
  static final String READY = "web ready";

  /** The application goes on in its own threads. */
  static final int STILL_RUNNING = -1;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The installation's configuration (kreissiegel.yaml).")
  private Path configuration = Path.of("kreissiegel.yaml");

  @Option(
      names = "--exit-with-stdin",
      description = "Stops when standard input ends, as when the parent process is gone.")
  private boolean exitWithStdin;

  @Parameters(
      paramLabel = "PROPERTY",
      description = "Properties that override the configuration, as --server.port=9443 after --.")
  private List<String> overrides = new ArrayList<>();

  @Override
  public Integer call() throws LaunchFailure {
    if (!Files.isReadable(configuration)) {
      throw new LaunchFailure("the configuration " + configuration + " can't be read.");
    }
    var arguments = new ArrayList<String>();
    arguments.add("--spring.config.additional-location=file:" + configuration.toAbsolutePath());
    arguments.addAll(overrides);
    ConfigurableApplicationContext context;
    try {
      context = application().run(arguments.toArray(String[]::new));
    } catch (RuntimeException failure) {
      throw new LaunchFailure(innermost(failure), failure);
    }
    if (exitWithStdin) {
      Thread.ofPlatform().daemon().name("lifeline").start(() -> closeWithStdin(context));
    }
    System.out.println(READY);
    return STILL_RUNNING;
  }

  private static SpringApplication application() {
    var application =
        new SpringApplication(
            RaApplication.class,
            Wiring.class,
            OcspWiring.class,
            SessionWiring.class,
            OpenIdWiring.class,
            TlsWiring.class,
            MailWiring.class,
            RevisionWiring.class,
            SuperiorWiring.class,
            HealthWiring.class);
    application.setDefaultProperties(
        Map.of("server.ssl.bundle", TlsWiring.BUNDLE, "management.server.ssl.enabled", "false"));
    application.setLogStartupInfo(false);
    return application;
  }

  private static void closeWithStdin(ConfigurableApplicationContext context) {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes; we wait for the end.
      }
    } catch (IOException _) {
      // A broken pipe is an end, too.
    }
    int code = SpringApplication.exit(context);
    System.exit(code);
  }

  /** The cause that Spring has wrapped in its own words. */
  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.toString() : message;
  }
}
