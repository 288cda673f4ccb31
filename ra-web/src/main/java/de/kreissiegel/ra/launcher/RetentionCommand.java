package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.retention.RetentionClass;
import de.kreissiegel.ca.retention.RetentionDesk;
import de.kreissiegel.ca.retention.RetentionRules;
import de.kreissiegel.ca.storage.Books;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code retention}: how long what names people is kept, and its erasure. */
@Command(
    name = "retention",
    description =
        "How long what names people is kept (kreissiegel.retention), and its erasure (Art. 17"
            + " GDPR).",
    mixinStandardHelpOptions = true,
    subcommands = {RetentionCommand.Plan.class, RetentionCommand.Apply.class})
final class RetentionCommand implements Callable<Integer> {
  /** How the audit chain of what this command does is named. */
  private static final String CHAIN = "retention";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** {@code retention plan}. */
  @Command(
      name = "plan",
      description = "Says what is due. Changes nothing.",
      mixinStandardHelpOptions = true)
  static final class Plan implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private RevocationsCommand.Which which = new RevocationsCommand.Which();

    @Override
    public Integer call() throws LaunchFailure {
      tell(spec, "due", with(which, RetentionDesk::plan));
      return 0;
    }
  }

  /** {@code retention apply}. */
  @Command(
      name = "apply",
      description =
          "Erases what is due, for good, and writes it into the audit trail. Look at the plan"
              + " first. Copies in backups and in the vault's journal (`ceremony erase`) are not"
              + " reached from here.",
      mixinStandardHelpOptions = true)
  static final class Apply implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private RevocationsCommand.Which which = new RevocationsCommand.Which();

    @Override
    public Integer call() throws LaunchFailure {
      tell(spec, "erased", with(which, desk -> desk.apply(new Actor.Component(CHAIN))));
      return 0;
    }
  }

  /** Something that is done at the desk. */
  private interface Deed {
    List<RetentionDesk.Plan> at(RetentionDesk desk);
  }

  private static List<RetentionDesk.Plan> with(RevocationsCommand.Which which, Deed deed)
      throws LaunchFailure {
    InstallationDatabase database = which.database();
    try {
      RetentionRules rules = rules(new InstallationFile(database.configuration()));
      return database.asOwner(
          source -> {
            Books books = Books.of(source, CHAIN, Clock.systemUTC(), new SecureRandom());
            return deed.at(
                new RetentionDesk(
                    rules,
                    books.retention(),
                    books.transactions(),
                    books.audit(),
                    Clock.systemUTC()));
          });
    } catch (IOException | JdbiException | IllegalArgumentException failure) {
      throw new LaunchFailure(failure.getMessage() + ".", failure);
    }
  }

  /** Each class by its name in small letters, its period as {@code P10Y}; nothing else. */
  private static RetentionRules rules(InstallationFile file) throws IOException {
    RetentionRules rules = RetentionRules.DEFAULT;
    for (String name : file.names("retention")) {
      rules = with(rules, name, file.text("retention." + name).orElse(""));
    }
    return rules;
  }

  private static RetentionRules with(RetentionRules rules, String name, String period) {
    RetentionClass which =
        Arrays.stream(RetentionClass.values())
            .filter(one -> name(one).equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
    try {
      return rules.with(which, Period.parse(period));
    } catch (DateTimeException | IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "kreissiegel.retention.%s: '%s' is no period from a day to 1000 years, as P10Y"
              .formatted(name, period),
          wrong);
    }
  }

  private static String unknown(String name) {
    return "kreissiegel.retention.%s: there is no such class; there are %s"
        .formatted(
            name,
            Arrays.stream(RetentionClass.values())
                .map(RetentionCommand::name)
                .collect(Collectors.joining(", ")));
  }

  private static String name(RetentionClass which) {
    return which.name().toLowerCase(Locale.ROOT);
  }

  private static void tell(CommandSpec spec, String word, List<RetentionDesk.Plan> plans) {
    for (RetentionDesk.Plan plan : plans) {
      spec.commandLine()
          .getOut()
          .println(
              "%-12s kept for %s (%s): %d %s that ended before %s%s"
                  .formatted(
                      name(plan.which()),
                      plan.period(),
                      plan.which().ground(),
                      plan.due().count(),
                      word,
                      plan.endedBefore(),
                      plan.due().oldest().map(at -> ", the oldest at " + at).orElse("")));
    }
    spec.commandLine().getOut().flush();
  }
}
