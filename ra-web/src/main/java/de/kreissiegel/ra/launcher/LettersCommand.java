package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.letter.LetterBook;
import de.kreissiegel.ca.storage.Books;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code letters}: what waits to be sent by mail, and what didn't arrive. */
@Command(
    name = "letters",
    description = "How many letters wait to be sent, and which were given up or came back.",
    mixinStandardHelpOptions = true)
final class LettersCommand implements Callable<Integer> {
  private static final int MOST = 1000;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Mixin private RevocationsCommand.Which which = new RevocationsCommand.Which();

  @Option(
      names = "--failed",
      description =
          "Lists what was given up or came back, and what the server said; at most " + MOST + ".")
  private boolean failed;

  @Option(
      names = "--retry",
      description = "Has what was given up sent again, as after a fault of the mail server.")
  private boolean retry;

  @Override
  public Integer call() throws LaunchFailure {
    try {
      return which
          .database()
          .read(
              source ->
                  tell(
                      Books.of(source, "letters", Clock.systemUTC(), new SecureRandom())
                          .letters()));
    } catch (IOException | JdbiException unreadable) {
      throw new LaunchFailure(
          "the letters can't be read: " + unreadable.getMessage() + ".", unreadable);
    }
  }

  private int tell(LetterBook letters) {
    PrintWriter out = spec.commandLine().getOut();
    LetterBook.Standing standing = letters.standing();
    if (!standing.sending()) {
      out.println("No letters are sent: the configuration has no kreissiegel.mail.");
    }
    out.println(
        "%d waiting%s, %d given up, %d came back"
            .formatted(
                standing.cues() + standing.waiting(),
                standing
                    .oldest()
                    .map(since -> " since " + since.truncatedTo(ChronoUnit.SECONDS))
                    .orElse(""),
                standing.failed(),
                standing.bounced()));
    if (failed) {
      letters.troubles(MOST).forEach(one -> out.println(line(one)));
    }
    if (retry) {
      out.println(letters.tryAgain(Clock.systemUTC().instant()) + " are sent again now.");
    }
    out.flush();
    return 0;
  }

  private static String line(LetterBook.Entry one) {
    return "%s %s to %s, %s %s after %d tries: %s"
        .formatted(
            one.kind().templateName(),
            one.about(),
            one.address(),
            one.bounced() ? "came back" : "given up",
            one.at().truncatedTo(ChronoUnit.SECONDS),
            one.attempts(),
            one.error());
  }
}
