package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.disclosure.Statistics;
import de.kreissiegel.ca.storage.Books;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code statistics}. */
@Command(
    name = "statistics",
    description = "Counts certificates by tenant, profile, state and month, without any name.",
    mixinStandardHelpOptions = true)
final class StatisticsCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Mixin private RevocationsCommand.Which which = new RevocationsCommand.Which();

  @Option(
      names = "--small-counts",
      description =
          "Show counts below " + Statistics.FEWEST + ", too: who knows the people can tell them.")
  private boolean small;

  @Override
  public Integer call() throws LaunchFailure {
    try {
      List<String> lines =
          which
              .database()
              .read(
                  source ->
                      Statistics.lines(
                          Books.of(source, "statistics", Clock.systemUTC(), new SecureRandom())
                              .disclosure(),
                          small));
      lines.forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return 0;
    } catch (IOException | JdbiException unreadable) {
      throw new LaunchFailure(
          "the certificates can't be counted: " + unreadable.getMessage() + ".", unreadable);
    }
  }
}
