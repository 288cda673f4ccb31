package de.kreissiegel.ra.launcher;

import de.kreissiegel.ra.setup.Setup;
import de.kreissiegel.ra.setup.SetupRefused;
import de.kreissiegel.ra.setup.SetupSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code setup}: the first start of a real installation, with a wizard in the browser. */
@Command(
    name = "setup",
    description = {
      "Sets an installation up: a wizard in the browser asks, tries, and writes the configuration",
      "and the ceremony's plan. The console shows the code that opens it."
    },
    mixinStandardHelpOptions = true)
final class SetupCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  /** So long the last page has to get out. */
  private static final long LAST_PAGE_MILLIS = 1_500;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The data directory: an empty folder, or one that isn't there yet.")
  private Path data = Path.of(".");

  @Option(
      names = "--https-port",
      paramLabel = "N",
      description = "The port of the wizard (default: ${DEFAULT-VALUE}; 0: any free one).")
  private int port = 8443;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description =
          "The address of the wizard (default: this machine alone). With another one everybody who"
              + " reaches it sees the page that asks for the code.")
  private InetAddress listen = InetAddress.getLoopbackAddress();

  @Override
  public Integer call() throws LaunchFailure {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new LaunchFailure("--https-port is a port, 1 to 65535, or 0 for any free one.");
    }
    Path home = Path.of(System.getProperty("kreissiegel.home", ".")).toAbsolutePath().normalize();
    var settings = new SetupSettings(data, home, listen, port);
    try (Setup setup = Setup.start(settings, Console::say, Clock.systemUTC(), new SecureRandom())) {
      setup.await();
      Thread.sleep(LAST_PAGE_MILLIS);
      Console.say(
          "The installation is set up. What to do next stands in "
              + data.toAbsolutePath().normalize().resolve("checklist.txt")
              + ".");
      return 0;
    } catch (SetupRefused refused) {
      throw new LaunchFailure(String.valueOf(refused.getMessage()), refused);
    } catch (IOException failure) {
      throw new LaunchFailure("the wizard didn't end well: " + failure.getMessage(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LaunchFailure("interrupted.");
    }
  }
}
