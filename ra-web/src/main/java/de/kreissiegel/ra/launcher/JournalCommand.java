package de.kreissiegel.ra.launcher;

import de.kreissiegel.hsm.journal.Finding;
import de.kreissiegel.hsm.journal.JournalVerifier;
import de.kreissiegel.hsm.journal.VerificationReport;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.ra.encoding.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code journal}: the vault's record of everything it signed. */
@Command(
    name = "journal",
    description = "The vault's journal.",
    mixinStandardHelpOptions = true,
    subcommands = JournalCommand.Verify.class)
final class JournalCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** {@code journal verify}: needs the journal and its public key, nothing else. */
  @Command(
      name = "verify",
      description =
          "Verifies the vault's journal with its public key alone: each entry, the chain, the"
              + " signed checkpoint. Exit 1 if something is wrong.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "The data directory.")
    private Path data = DataDirectory.standard();

    @Option(
        names = "--journal",
        paramLabel = "DIR",
        description = "The journal's folder, if it lies elsewhere.")
    private @Nullable Path journal;

    @Option(
        names = "--key",
        paramLabel = "FILE",
        description = "The journal's public key, PEM, if it lies elsewhere.")
    private @Nullable Path key;

    @Override
    public Integer call() throws LaunchFailure {
      var folder = new DataDirectory(data.toAbsolutePath().normalize());
      Path entries = journal == null ? folder.journal() : journal;
      Path publicKey = key == null ? folder.trust().resolve("journal.pem") : key;
      if (!Files.isDirectory(entries)) {
        throw new LaunchFailure("there is no journal in " + entries + ".");
      }
      try {
        VerificationReport report =
            JournalVerifier.verify(entries, Pem.publicKey(Files.readString(publicKey)), List.of());
        return tell(report);
      } catch (IOException | IllegalArgumentException unreadable) {
        throw new LaunchFailure(
            "the journal can't be verified: " + unreadable.getMessage() + ".", unreadable);
      }
    }

    private int tell(VerificationReport report) {
      report
          .counts()
          .forEach(
              (keyId, kinds) ->
                  say(
                      "  %-14s %s"
                          .formatted(
                              keyId,
                              kinds.entrySet().stream()
                                  .map(kind -> kind.getValue() + " " + words(kind.getKey()))
                                  .collect(Collectors.joining(", ")))));
      for (Finding finding : report.findings()) {
        say("  " + finding.kind() + " at entry " + finding.entry() + ": " + finding.sentence());
      }
      if (!report.intact()) {
        say("The journal is NOT intact.");
        return 1;
      }
      say(
          "The journal is intact: %d entries, head %s."
              .formatted(report.entries(), report.head().toHex()));
      return 0;
    }

    private static String words(SignedStructure structure) {
      return structure.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void say(String line) {
      spec.commandLine().getOut().println(line);
      spec.commandLine().getOut().flush();
    }
  }
}
