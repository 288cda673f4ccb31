package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.emergency.MassKind;
import de.kreissiegel.ca.emergency.MassPath;
import de.kreissiegel.ca.emergency.MassRun;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.storage.Books;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
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
      MassCommand.Begin.class,
      MassCommand.Status.class,
      MassCommand.GoOn.class,
      MassCommand.Account.class,
      MassCommand.Notices.class
    })
final class MassCommand implements Callable<Integer> {
  /** How the audit chain of what this command does is named. */
  private static final String CHAIN = "mass";

  private static final Actor SELF = new Actor.Component(CHAIN);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** Something that is done with the mass path. */
  @FunctionalInterface
  private interface Deed {
    int with(MassPath path, Books books) throws Refused;
  }

  /** Which installation, and which of its authorities. */
  static final class Which {
    @Option(names = "--data", paramLabel = "DIR", description = "The data directory.")
    private Path data = DataDirectory.standard();

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "The installation's configuration, if it lies elsewhere.")
    private @Nullable Path configuration;

    @Option(
        names = "--authority",
        paramLabel = "NAME",
        required = true,
        description = "The authority's generation, as `people` or `people-2`.")
    private String authority = "";

    AuthorityName authority() throws LaunchFailure {
      try {
        return new AuthorityName(authority);
      } catch (IllegalArgumentException none) {
        throw new LaunchFailure("'" + authority + "' can't be an authority's name.", none);
      }
    }

    int have(Deed deed) throws LaunchFailure {
      InstallationFile file =
          InstallationFile.of(configuration, new DataDirectory(data.toAbsolutePath().normalize()));
      try {
        var authorities = AuthorityFiles.read(file.requiredPath("authorities"));
        Optional<Path> folder = file.path("profiles");
        ProfileCatalog profiles =
            folder.isPresent() ? ProfileCatalog.load(folder.get()) : ProfileCatalog.bundled();
        var random = new SecureRandom();
        return new InstallationDatabase(file.file())
            .<Outcome>read(
                source -> {
                  Books books = Books.of(source, CHAIN, Clock.systemUTC(), random);
                  var path =
                      new MassPath(
                          authorities, profiles, books.ofMassPath(), Clock.systemUTC(), random);
                  return outcome(deed, path, books);
                })
            .exitCode();
      } catch (ConfigurationFaults faults) {
        throw new LaunchFailure(String.valueOf(faults.getMessage()), faults);
      } catch (IOException | JdbiException failure) {
        throw new LaunchFailure(failure.getMessage() + ".", failure);
      }
    }

    private static Outcome outcome(Deed deed, MassPath path, Books books) {
      try {
        return new Outcome(deed.with(path, books), Optional.empty());
      } catch (Refused refused) {
        return new Outcome(1, Optional.of(refused));
      }
    }
  }

  /** What came of it. */
  private record Outcome(int code, Optional<Refused> refused) {
    int exitCode() throws LaunchFailure {
      if (refused.isPresent()) {
        throw new LaunchFailure(refused.get().refusal().detail() + ".", refused.get());
      }
      return code;
    }
  }

  /** {@code mass begin}. */
  @Command(
      name = "begin",
      description = {
        "Begins a run. In an emergency the authority issues nothing from then on, for ever; then",
        "`go-on` revokes. A planned run needs a later key that issues, and revokes what is replaced."
      },
      mixinStandardHelpOptions = true)
  static final class Begin implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private Which which = new Which();

    @Option(
        names = "--kind",
        paramLabel = "KIND",
        required = true,
        description = "emergency, planned")
    private String kind = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; for the audit log.")
    private String reason = "";

    @Option(names = "--by", paramLabel = "NAME", description = "Who you are; for the audit log.")
    private String by = "";

    @Option(names = "--dry-run", description = "Says what it would concern. Changes nothing.")
    private boolean dry;

    @Override
    public Integer call() throws LaunchFailure {
      MassKind wanted = kind();
      AuthorityName authority = which.authority();
      PrintWriter out = spec.commandLine().getOut();
      return which.have(
          (path, _) -> {
            MassText.plan(out, path.plan(authority));
            if (!dry) {
              MassRun run = confirmed(path, authority, wanted, out);
              out.println(run.auditName() + " has begun. Now: mass go-on --authority " + authority);
            }
            out.flush();
            return 0;
          });
    }

    private MassRun confirmed(
        MassPath path, AuthorityName authority, MassKind wanted, PrintWriter out) throws Refused {
      out.print("Type the authority's name to begin a run of kind " + kind + ": ");
      out.flush();
      if (!Typed.line().equals(authority.value())) {
        throw new Refused(RefusalReason.NOT_AUTHORIZED, "that is not its name; nothing has begun");
      }
      return path.begin(SELF, authority, wanted, by, reason);
    }

    private MassKind kind() throws LaunchFailure {
      return switch (kind) {
        case "emergency" -> MassKind.EMERGENCY;
        case "planned" -> MassKind.PLANNED;
        default -> throw new LaunchFailure("--kind is emergency or planned.");
      };
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

    @Mixin private Which which = new Which();

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

    @Mixin private Which which = new Which();

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

    @Mixin private Which which = new Which();

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

    @Mixin private Which which = new Which();

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
