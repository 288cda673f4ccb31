package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.breakglass.BreakGlass;
import de.kreissiegel.ca.breakglass.SealedCode;
import de.kreissiegel.ca.breakglass.SealedCode.Office;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.tenancy.TenantId;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code break-glass}: sealed codes for emergencies. */
@Command(
    name = "break-glass",
    description = "Sealed codes that open the pages when certificates or the directory fail.",
    mixinStandardHelpOptions = true,
    subcommands = {
      BreakGlassCommand.Make.class,
      BreakGlassCommand.Show.class,
      BreakGlassCommand.Withdraw.class,
      BreakGlassCommand.Acknowledge.class
    })
final class BreakGlassCommand implements Callable<Integer> {
  /** How the audit chain of what this command does is named. */
  private static final String CHAIN = "break-glass";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** {@code break-glass make}. */
  @Command(
      name = "make",
      description = "Makes a code and prints it once: for an envelope, to be sealed.",
      mixinStandardHelpOptions = true)
  static final class Make implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private RevocationsCommand.Which which = new RevocationsCommand.Which();

    @Option(names = "--holder", required = true, description = "Whose name is on the envelope.")
    private String holder = "";

    @Option(
        names = "--office",
        required = true,
        description =
            "review: look only; protect: revoke and hold, too, with a second holder's code.")
    private String office = "";

    @Option(names = "--tenant", required = true, description = "For which tenant; several times.")
    private List<String> tenants = List.of();

    @Option(names = "--days", description = "How long it is good; ${DEFAULT-VALUE} if not said.")
    private int days = 365;

    @Option(names = "--by", required = true, description = "Who makes it.")
    private String by = "";

    @Override
    public Integer call() throws LaunchFailure {
      Office opens = office(office);
      Set<TenantId> scope = tenants.stream().map(TenantId::new).collect(Collectors.toSet());
      Instant until = Clock.systemUTC().instant().plus(Duration.ofDays(days));
      BreakGlass.Made made = with(which, desk -> desk.make(holder, opens, scope, by, until));
      PrintWriter out = spec.commandLine().getOut();
      out.println("Code " + made.number() + " for " + holder + ", good until " + until + ":");
      out.println();
      out.println("  " + made.code().inGroups());
      out.println();
      out.println("It is entered at /login/emergency of the pages, and opens once.");
      out.println("It is shown this once. Write or print it, seal it, and clear this screen.");
      return 0;
    }
  }

  /** {@code break-glass list}. */
  @Command(
      name = "list",
      description = "Says which codes there are. Ends with 1 if one was used and nobody looked.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private RevocationsCommand.Which which = new RevocationsCommand.Which();

    @Override
    public Integer call() throws LaunchFailure {
      List<SealedCode> all = with(which, BreakGlass::all);
      Instant now = Clock.systemUTC().instant();
      all.forEach(code -> spec.commandLine().getOut().println(line(code, now)));
      return all.stream().anyMatch(SealedCode::isAlarm) ? 1 : 0;
    }
  }

  /** {@code break-glass withdraw}. */
  @Command(
      name = "withdraw",
      description = "Takes a code back; a session that it opened ends.",
      mixinStandardHelpOptions = true)
  static final class Withdraw implements Callable<Integer> {
    @Mixin private RevocationsCommand.Which which = new RevocationsCommand.Which();

    @Option(names = "--number", required = true, description = "Which.")
    private long number;

    @Option(names = "--by", required = true, description = "Who takes it back.")
    private String by = "";

    @Override
    public Integer call() throws LaunchFailure {
      return with(
          which,
          desk -> {
            desk.withdraw(number, by);
            return 0;
          });
    }
  }

  /** {@code break-glass acknowledge}. */
  @Command(
      name = "acknowledge",
      description = "Notes that somebody has looked into a use who had no part in it.",
      mixinStandardHelpOptions = true)
  static final class Acknowledge implements Callable<Integer> {
    @Mixin private RevocationsCommand.Which which = new RevocationsCommand.Which();

    @Option(names = "--number", required = true, description = "Which.")
    private long number;

    @Option(names = "--by", required = true, description = "Who has looked into it.")
    private String by = "";

    @Override
    public Integer call() throws LaunchFailure {
      return with(
          which,
          desk -> {
            desk.acknowledge(number, by);
            return 0;
          });
    }
  }

  private static Office office(String name) throws LaunchFailure {
    try {
      return Office.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new LaunchFailure("--office is review or protect, not " + name + ".", unknown);
    }
  }

  private static String line(SealedCode code, Instant now) {
    String state =
        code.isAlarm()
            ? "USED " + code.usedAt().orElseThrow() + ", nobody has looked into it"
            : code.usedAt().isPresent()
                ? "used " + code.usedAt().get()
                : code.isGood(now) ? "good until " + code.endsAt() : "over";
    return "%d  %s  %s  %s  %s"
        .formatted(
            code.number(),
            code.holder(),
            code.office().name().toLowerCase(Locale.ROOT),
            code.tenants().stream().map(TenantId::value).sorted().collect(Collectors.joining(",")),
            state);
  }

  /** Something that is done there. */
  private interface Deed<T> {
    T at(BreakGlass desk) throws Refused;
  }

  /** As the tables' owner: the running application can't make codes. */
  private static <T> T with(RevocationsCommand.Which which, Deed<T> deed) throws LaunchFailure {
    try {
      return which
          .database()
          .asOwner(
              source -> {
                var random = new SecureRandom();
                Books books = Books.of(source, CHAIN, Clock.systemUTC(), random);
                try {
                  return deed.at(new BreakGlass(books.ofBreakGlass(), Clock.systemUTC(), random));
                } catch (Refused refused) {
                  throw new IOException(refused.getMessage(), refused);
                }
              });
    } catch (IOException | JdbiException | IllegalArgumentException failure) {
      throw new LaunchFailure(failure.getMessage() + ".", failure);
    }
  }
}
