package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.emergency.MassConsents;
import de.kreissiegel.ca.emergency.MassKind;
import de.kreissiegel.ca.emergency.MassOrder;
import de.kreissiegel.ca.emergency.MassRun;
import de.kreissiegel.ca.emergency.PlanLine;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.settings.ConsentFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mass}: the bad day, when all certificates of an authority come to their end. */
@Command(
    name = "mass",
    description = "Stops an authority, revokes all it has issued, says who needs a new one.",
    mixinStandardHelpOptions = true,
    subcommands = {
      MassCommand.Consent.class,
      MassCommand.Begin.class,
      MassCommand.Status.class,
      MassCommand.GoOn.class,
      MassCommand.Account.class,
      MassCommand.Notices.class
    })
final class MassCommand implements Callable<Integer> {
  /** How the audit chain of what this command does is named. */
  static final String CHAIN = "mass";

  private static final Actor SELF = new Actor.Component(CHAIN);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** What a run is to be. */
  static final class Wanted {
    @Option(
        names = "--kind",
        paramLabel = "KIND",
        required = true,
        description = "emergency, planned")
    private String kind = "";

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "Why; the same words for consents and begin. For the audit log.")
    private String reason = "";

    MassKind kind() throws LaunchFailure {
      return switch (kind) {
        case "emergency" -> MassKind.EMERGENCY;
        case "planned" -> MassKind.PLANNED;
        default -> throw new LaunchFailure("--kind is emergency or planned.");
      };
    }
  }

  /** {@code mass consent}. */
  @Command(
      name = "consent",
      description = {
        "Shows what a run would concern, asks, and signs the consent with your key. Two of those who",
        "may consent to settings have to before it begins, on the same day."
      },
      mixinStandardHelpOptions = true)
  static final class Consent implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private MassPlace which = new MassPlace();
    @Mixin private Wanted wanted = new Wanted();

    @Option(
        names = "--key",
        paramLabel = "FILE",
        required = true,
        description = "Your key, PKCS#12. Its password is typed, or the first line of the input.")
    private Path key = Path.of("");

    @Override
    public Integer call() throws LaunchFailure {
      MassKind kind = wanted.kind();
      AuthorityName authority = which.authority();
      MassConsents consents = which.consents();
      PrintWriter out = spec.commandLine().getOut();
      return which.have(
          (path, _) -> {
            MassOrder order = path.order(authority, kind, wanted.reason);
            List<PlanLine> plan = path.plan(authority);
            var asked = new Consenting(out, key, consents.entitled(), consents.folder());
            int given =
                asked.ask(
                    order.sheet(),
                    () -> {
                      MassText.plan(out, plan);
                      out.print(order.sheet().text());
                    },
                    "Do you consent to this run? (yes) ");
            out.printf("Kept: %d of %d consents.%n", given, ConsentFolder.NEEDED);
            out.flush();
            return 0;
          });
    }
  }

  /** {@code mass begin}. */
  @Command(
      name = "begin",
      description = {
        "Begins a run that two people have consented to. In an emergency the authority issues",
        "nothing from then on, for ever; then `go-on` revokes. A planned run needs a later key that",
        "issues, and revokes what is replaced."
      },
      mixinStandardHelpOptions = true)
  static final class Begin implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private MassPlace which = new MassPlace();
    @Mixin private Wanted wanted = new Wanted();

    @Option(names = "--by", paramLabel = "NAME", description = "Who you are; for the audit log.")
    private String by = "";

    @Option(names = "--dry-run", description = "Says what it would concern. Changes nothing.")
    private boolean dry;

    @Override
    public Integer call() throws LaunchFailure {
      MassKind kind = wanted.kind();
      AuthorityName authority = which.authority();
      Optional<MassConsents> consents = dry ? Optional.empty() : Optional.of(which.consents());
      PrintWriter out = spec.commandLine().getOut();
      return which.have(
          (path, _) -> {
            MassText.plan(out, path.plan(authority));
            if (consents.isPresent()) {
              MassOrder order = path.order(authority, kind, wanted.reason);
              out.print("Type the authority's name to begin a run of kind " + wanted.kind + ": ");
              out.flush();
              if (!Typed.line().equals(authority.value())) {
                throw new Refused(
                    RefusalReason.NOT_AUTHORIZED, "that is not its name; nothing has begun");
              }
              MassRun run = path.begin(SELF, order, by, consents.get());
              out.println(run.auditName() + " has begun. Now: mass go-on --authority " + authority);
            }
            out.flush();
            return 0;
          });
    }
  }

  /** {@code mass status}. */
  @Command(
      name = "status",
      description = "Shows how far the newest run came. Exit 1 as long as something is left.",
      mixinStandardHelpOptions = true)
  static final class Status implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private MassPlace which = new MassPlace();

    @Override
    public Integer call() throws LaunchFailure {
      AuthorityName authority = which.authority();
      return which.have(
          (path, _) -> {
            MassRun run = path.run(authority);
            MassText.status(spec.commandLine().getOut(), run, path.counts(run));
            return run.finished().isPresent() && path.plan(authority).isEmpty() ? 0 : 1;
          });
    }
  }

  /** {@code mass go-on}. */
  @Command(
      name = "go-on",
      description = "Does what is left of the open run, wherever it ended. Exit 1 if some is left.",
      mixinStandardHelpOptions = true)
  static final class GoOn implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private MassPlace which = new MassPlace();

    @Option(names = "--rest", description = "Of a planned run: revokes what was not replaced, too.")
    private boolean rest;

    @Override
    public Integer call() throws LaunchFailure {
      AuthorityName authority = which.authority();
      PrintWriter out = spec.commandLine().getOut();
      return which.have(
          (path, _) -> {
            MassRun run = path.goOn(SELF, authority, rest, new MassText.Counter(out));
            MassText.status(out, run, path.counts(run));
            return run.finished().isPresent() ? 0 : 1;
          });
    }
  }

  /** {@code mass record}. */
  @Command(
      name = "record",
      description = "Prints the record of the newest run, to be signed and kept.",
      mixinStandardHelpOptions = true)
  static final class Account implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private MassPlace which = new MassPlace();

    @Option(
        names = "--list",
        description = "Prints the list of certificates alone: what the digest is made of.")
    private boolean list;

    @Override
    public Integer call() throws LaunchFailure {
      AuthorityName authority = which.authority();
      PrintWriter out = spec.commandLine().getOut();
      return which.have(
          (path, books) -> {
            MassRun run = path.run(authority);
            if (list) {
              path.eachCertificate(run, line -> out.print(line + "\n"));
            } else {
              MassText.status(out, run, path.counts(run));
              MassText.heads(out, CHAIN, books.auditEvents());
            }
            out.flush();
            return 0;
          });
    }
  }

  /** {@code mass notices}. */
  @Command(
      name = "notices",
      description =
          "Prints what holders have to hear, one JSON object a line, those first who come first.",
      mixinStandardHelpOptions = true)
  static final class Notices implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private MassPlace which = new MassPlace();

    @Option(names = "--tenant", paramLabel = "ID", description = "Only of this tenant.")
    private @Nullable String tenant;

    @Option(names = "--missing", description = "Only holders who still lack a new certificate.")
    private boolean missing;

    @Override
    public Integer call() throws LaunchFailure {
      AuthorityName authority = which.authority();
      PrintWriter out = spec.commandLine().getOut();
      return which.have(
          (path, _) -> {
            MassRun run = path.run(authority);
            path.eachNotice(
                run,
                notice -> {
                  if ((tenant == null || notice.tenant().value().equals(tenant))
                      && (!missing || notice.isMissing())) {
                    out.print(MassText.json(run, notice) + "\n");
                  }
                });
            out.flush();
            return 0;
          });
    }
  }
}
