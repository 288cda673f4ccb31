package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.revocation.FactLine;
import de.kreissiegel.ca.revocation.ListLine;
import de.kreissiegel.ca.revocation.RevocationReplay;
import de.kreissiegel.ca.revocation.RevocationReplay.Outcome;
import de.kreissiegel.ca.status.CrlLine;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code revocations}: the facts, out to be kept elsewhere, and in again after a restore. */
@Command(
    name = "revocations",
    description = "All revocations, holds and releases there ever were.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RevocationsCommand.Export.class,
      RevocationsCommand.Replay.class,
      RevocationsCommand.GiveUp.class
    })
final class RevocationsCommand implements Callable<Integer> {
  /** A list of 1 million entries has 49 MB. */
  private static final long LARGEST_LIST = 512L << 20;

  /** How the audit chain of what this command does is named. */
  private static final String CHAIN = "replay";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** Which installation. */
  static final class Which {
    @Option(names = "--data", paramLabel = "DIR", description = "The data directory.")
    private Path data = DataDirectory.standard();

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "The installation's configuration, if it lies elsewhere.")
    private @Nullable Path configuration;

    DataDirectory folder() {
      return new DataDirectory(data.toAbsolutePath().normalize());
    }

    /** The installation's configuration. */
    Path file() throws LaunchFailure {
      return InstallationFile.of(configuration, folder()).file();
    }

    InstallationDatabase database() throws LaunchFailure {
      return new InstallationDatabase(file());
    }
  }

  /** {@code revocations export}. */
  @Command(
      name = "export",
      description =
          "Writes them as JSON lines; keep them elsewhere. With `replay` they come back into a"
              + " database that was restored from an older backup.",
      mixinStandardHelpOptions = true)
  static final class Export implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private Which which = new Which();

    @Option(
        names = "--after",
        paramLabel = "NUMBER",
        description = "Only what came after this one.")
    private long after;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "A new file. Else they are printed.")
    private @Nullable Path out;

    @Override
    public Integer call() throws LaunchFailure {
      try {
        return which
            .database()
            .read(source -> export(Books.of(source, CHAIN, Clock.systemUTC(), new SecureRandom())));
      } catch (FileAlreadyExistsException there) {
        throw new LaunchFailure(there.getMessage() + " is there already; name a new file.", there);
      } catch (IOException | UncheckedIOException | JdbiException unreadable) {
        throw new LaunchFailure(
            "the revocations can't be exported: " + unreadable.getMessage() + ".", unreadable);
      }
    }

    private int export(Books books) throws IOException {
      if (out == null) {
        write(books, spec.commandLine().getOut());
        return 0;
      }
      try (var file =
          new PrintWriter(
              Files.newBufferedWriter(
                  out, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW))) {
        write(books, file);
        if (file.checkError()) {
          throw new IOException("the disk took not all of " + out);
        }
      }
      return 0;
    }

    private void write(Books books, PrintWriter lines) {
      if (after == 0) {
        // Read before the facts: what these lists told of is surely among them.
        books.crls().lines().stream()
            .filter(line -> line.missing().isEmpty())
            .forEach(line -> lines.print(ListLine.of(line).written() + "\n"));
      }
      books.revocations().each(after, fact -> lines.print(FactLine.of(fact) + "\n"));
      lines.flush();
    }
  }

  /** {@code revocations replay}. */
  @Command(
      name = "replay",
      description =
          "Takes revocations in again that the database lacks: from exports, and from lists (CRL,"
              + " DER or PEM) that the authorities published. It never takes a revocation away.",
      mixinStandardHelpOptions = true)
  static final class Replay implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private Which which = new Which();

    @Option(
        names = "--authorities",
        paramLabel = "DIR",
        description = "The hierarchy's folder, if it lies elsewhere.")
    private @Nullable Path authorities;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Exports and lists.")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws LaunchFailure {
      try {
        return which
            .database()
            .read(source -> replay(Books.of(source, CHAIN, Clock.systemUTC(), new SecureRandom())));
      } catch (IOException | UncheckedIOException | JdbiException unreadable) {
        throw new LaunchFailure(
            "the revocations can't be replayed: " + unreadable.getMessage() + ".", unreadable);
      }
    }

    private int replay(Books books) throws IOException {
      var replay =
          new RevocationReplay(
              books.ofRevocation(),
              books.crls(),
              AuthorityFiles.read(
                  authorities == null ? which.folder().authorities() : authorities));
      long unknown = 0;
      for (Path file : files) {
        Outcome outcome = replay(replay, file);
        unknown += outcome.unknown();
        spec.commandLine()
            .getOut()
            .println(
                "%s: %d revoked or held now, %d were so already, %d certificates are not here."
                    .formatted(file, outcome.applied(), outcome.known(), outcome.unknown()));
      }
      List<CrlLine> missing =
          books.crls().lines().stream().filter(line -> line.missing().isPresent()).toList();
      for (CrlLine line : missing) {
        spec.commandLine()
            .getOut()
            .println(
                "Still missing: list %d of %s, or a later one."
                    .formatted(line.missing().orElseThrow(), line.name(false).label()));
      }
      if (unknown > 0) {
        spec.commandLine()
            .getOut()
            .println(
                "Start the authority, so that it takes in what is missing from the vault's journal,"
                    + " and replay again.");
      }
      spec.commandLine().getOut().flush();
      return 0;
    }

    private static Outcome replay(RevocationReplay replay, Path file) throws IOException {
      try {
        if (isExport(file)) {
          try (Stream<String> lines = Files.lines(file)) {
            return replay.facts(lines);
          }
        }
        if (Files.size(file) > LARGEST_LIST) {
          throw new IOException(file + " is too large for a list");
        }
        return replay.list(Bytes.of(Files.readAllBytes(file)));
      } catch (IllegalArgumentException notOne) {
        throw new IOException(file + ": " + notOne.getMessage(), notOne);
      }
    }

    /** A line of JSON begins with a brace; no list does. */
    private static boolean isExport(Path file) throws IOException {
      try (var in = Files.newInputStream(file)) {
        return in.read() == '{';
      }
    }
  }

  /** {@code revocations give-up}. */
  @Command(
      name = "give-up",
      description =
          "Says that a missing list is nowhere to be had, so that the authority may start without"
              + " what it told of. The audit log keeps who lost what, and why.",
      mixinStandardHelpOptions = true)
  static final class GiveUp implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private Which which = new Which();

    @Parameters(paramLabel = "AUTHORITY", index = "0", description = "Whose list.")
    private String authority = "";

    @Parameters(paramLabel = "NUMBER", index = "1", description = "The number of the list.")
    private long number;

    @Option(
        names = "--partition",
        paramLabel = "N",
        description = "Of which partition, where the authority has some.")
    private int partition;

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        required = true,
        description = "Why, and who decided it; for the audit log.")
    private String reason = "";

    @Override
    public Integer call() throws LaunchFailure {
      try {
        CrlName name = CrlName.of(new AuthorityName(authority), partition);
        return which.database().read(source -> giveUp(name, source));
      } catch (IllegalArgumentException wrong) {
        throw new LaunchFailure(wrong.getMessage() + ".", wrong);
      } catch (IOException | JdbiException unreadable) {
        throw new LaunchFailure(
            "nothing was changed: " + unreadable.getMessage() + ".", unreadable);
      }
    }

    private int giveUp(CrlName name, DataSource source) {
      Books books = Books.of(source, CHAIN, Clock.systemUTC(), new SecureRandom());
      var replay =
          new RevocationReplay(
              books.ofRevocation(), books.crls(), new AuthorityCatalog(List.of(), Map.of()));
      boolean missed = replay.giveUp(name, number, reason);
      spec.commandLine()
          .getOut()
          .println(
              missed
                  ? "List %d of %s is given up.".formatted(number, name.label())
                  : "List %d of %s is not missing, or not the last that is; nothing was changed."
                      .formatted(number, name.label()));
      spec.commandLine().getOut().flush();
      return missed ? 0 : 1;
    }
  }
}
