package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.publication.Backlogs;
import de.kreissiegel.ca.publication.Backlogs.Backlog;
import de.kreissiegel.ca.publication.Backlogs.RefusedErrand;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.storage.Books;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code publications}: what the directories don't have yet, and why. */
@Command(
    name = "publications",
    description = "What waits to be published to the directories, and what they refused.",
    mixinStandardHelpOptions = true)
final class PublicationsCommand implements Callable<Integer> {
  private static final int MOST = 1000;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Mixin private RevocationsCommand.Which which = new RevocationsCommand.Which();

  @Option(
      names = "--failed",
      description = "Lists what was refused, and what the directory said; at most " + MOST + ".")
  private boolean failed;

  @Option(
      names = "--retry",
      description = "Has what was refused tried again at once, as after a right was given.")
  private boolean retry;

  @Option(
      names = "--publish-all",
      paramLabel = "DIRECTORY",
      description =
          "Has all valid certificates published there once more, as after the directory was restored"
              + " from an older backup.")
  private @Nullable String restored;

  @Override
  public Integer call() throws LaunchFailure {
    try {
      return which
          .database()
          .read(
              source ->
                  tell(Books.of(source, "publications", Clock.systemUTC(), new SecureRandom())));
    } catch (IOException | JdbiException unreadable) {
      throw new LaunchFailure(
          "the publications can't be read: " + unreadable.getMessage() + ".", unreadable);
    }
  }

  private int tell(Books books) {
    Backlogs backlogs = books.backlogs();
    PrintWriter out = spec.commandLine().getOut();
    if (restored != null && !publishAll(books, restored, out)) {
      return 1;
    }
    for (Backlog backlog : backlogs.all()) {
      out.println(
          "%s: %d waiting%s, %d refused"
              .formatted(
                  backlog.destination(),
                  backlog.waiting(),
                  backlog
                      .oldest()
                      .map(oldest -> " since " + oldest.truncatedTo(ChronoUnit.SECONDS))
                      .orElse(""),
                  backlog.refused()));
    }
    if (failed) {
      backlogs.refused(MOST).forEach(one -> out.println(line(one)));
    }
    if (retry) {
      out.println(backlogs.tryAgain(Clock.systemUTC().instant()) + " are tried again now.");
    }
    out.flush();
    return 0;
  }

  private static boolean publishAll(Books books, String name, PrintWriter out) {
    Optional<DirectoryName> known =
        books.backlogs().all().stream()
            .map(Backlog::destination)
            .filter(destination -> destination.value().equals(name))
            .findFirst();
    out.println(
        known
            .map(it -> books.outboxQueue().publishAll(it, Clock.systemUTC().instant()))
            .map(count -> count + " certificates are published there once more.")
            .orElse("There is no directory " + name + "; nothing was changed."));
    out.flush();
    return known.isPresent();
  }

  private static String line(RefusedErrand one) {
    return "%s %s%s, since %s, tried %d times, again at %s: %s"
        .formatted(
            one.destination(),
            one.what(),
            one.subject().isEmpty() ? "" : " of " + one.subject(),
            one.since().truncatedTo(ChronoUnit.SECONDS),
            one.attempts(),
            one.nextAttempt().truncatedTo(ChronoUnit.SECONDS),
            one.error());
  }
}
