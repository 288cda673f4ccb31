package de.kreissiegel.ra.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import de.kreissiegel.ra.officer.ApproveCommand;
import de.kreissiegel.ra.path.VerifyPathCommand;
import de.kreissiegel.ra.walkthrough.WalkthroughCommand;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./kreissiegel}: the one command that a person types. */
@Command(
    name = "kreissiegel",
    description = "The public-key infrastructure of a German district.",
    mixinStandardHelpOptions = true,
    version = "Kreissiegel 0.1.0",
    subcommands = {
      DemoCommand.class,
      WalkthroughCommand.class,
      SetupCommand.class,
      StartCommand.class,
      ValidationCommand.class,
      JournalCommand.class,
      SignerCommand.class,
      AuditCommand.class,
      RevocationsCommand.class,
      SettingsCommand.class,
      ListKeysCommand.class,
      MassCommand.class,
      RetentionCommand.class,
      BreakGlassCommand.class,
      PersonReportCommand.class,
      StatisticsCommand.class,
      EvidenceCommand.class,
      PublicationsCommand.class,
      LettersCommand.class,
      CeremonyCommand.class,
      ApproveCommand.class,
      LintCommand.class,
      CheckConfigCommand.class,
      DirectoryCommand.class,
      VerifyPathCommand.class,
      CalendarCommand.class,
      SuperiorCrlCommand.class,
      TakeInCommand.class
    })
public final class Kreissiegel {
  private Kreissiegel() {}

  /** Runs a command and ends with its exit code: 0 done, 1 not done, 2 not understood. */
  public static void main(String[] arguments) {
    if (arguments.length == 0 || !List.of("start", "validation").contains(arguments[0])) {
      quietLibraries();
    }
    int exitCode = commandLine().execute(arguments);
    if (exitCode != StartCommand.STILL_RUNNING) {
      System.exit(exitCode);
    }
  }

  /** Who typed a command reads our sentences; only the application itself keeps a log. */
  private static void quietLibraries() {
    if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.WARN);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Kreissiegel()).setExecutionExceptionHandler(Kreissiegel::explain);
  }

  /** A failure that we know is one sentence; one that we don't know shows where it happened. */
  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult ignored) {
    if (failure instanceof LaunchFailure) {
      command.getErr().println("kreissiegel: " + failure.getMessage());
    } else {
      failure.printStackTrace(command.getErr());
    }
    return 1;
  }
}
