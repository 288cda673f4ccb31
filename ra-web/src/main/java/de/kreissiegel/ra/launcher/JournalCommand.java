package de.kreissiegel.ra.launcher;

import de.kreissiegel.hsm.journal.Finding;
import de.kreissiegel.hsm.journal.JournalVerifier;
import de.kreissiegel.hsm.journal.VerificationReport;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code journal}: the vault's record of everything it signed. */
@Command(
    name = "journal",
    description = "The vault's journal.",
    mixinStandardHelpOptions = true,
    subcommands = JournalCommand.Verify.class,
    subcommandsRepeatable = false)
final class JournalCommand implements Callable<Integer> {
  @picocli.CommandLine.Spec private picocli.CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(System.err);
    }
    return 2;
  }

  /** {@code journal verify}: needs the journal and its public key, nothing else. */
  @Command(
      name = "verify",
      description =
          "Verifies the vault's journal with its public key alone: each entry, the chain, the"
              + " signed checkpoint. Exit 1 if something is wrong.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
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
            JournalVerifier.verify(entries, Pem.decode(Files.readString(publicKey)), List.of());
        return tell(report);
      } catch (IOException | IllegalArgumentException unreadable) {
        throw new LaunchFailure(
            "the journal can't be verified: " + unreadable.getMessage() + ".", unreadable);
      }
    }

    private static int tell(VerificationReport report) {
      report
          .counts()
          .forEach(
              (keyId, kinds) ->
                  Console.say(
                      "  %-14s %s"
                          .formatted(
                              keyId,
                              kinds.entrySet().stream()
                                  .map(kind -> kind.getValue() + " " + words(kind.getKey()))
                                  .collect(Collectors.joining(", ")))));
      for (Finding finding : report.findings()) {
        Console.say(
            "  " + finding.kind() + " at entry " + finding.entry() + ": " + finding.sentence());
      }
      if (!report.intact()) {
        Console.say("The journal is NOT intact.");
        return 1;
      }
      Console.say(
          "The journal is intact: %d entries, head %s."
              .formatted(report.entries(), report.head().toHex()));
      return 0;
    }

    private static String words(SignedStructure structure) {
      return structure.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
