package de.kreissiegel.ra.launcher;

import de.kreissiegel.hsm.journal.ErasureOrder;
import de.kreissiegel.hsm.journal.ErasureTold;
import de.kreissiegel.hsm.journal.Finding;
import de.kreissiegel.hsm.journal.JournalDamaged;
import de.kreissiegel.hsm.journal.JournalExport;
import de.kreissiegel.hsm.journal.JournalVerifier;
import de.kreissiegel.hsm.journal.OrderSignatures;
import de.kreissiegel.hsm.journal.RetentionClass;
import de.kreissiegel.hsm.journal.VerificationReport;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.CheckpointNote;
import de.kreissiegel.ra.encoding.Pem;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code journal}: the vault's record of everything it signed. */
@Command(
    name = "journal",
    description = "The vault's journal.",
    mixinStandardHelpOptions = true,
    subcommands = {
      JournalCommand.Verify.class,
      JournalCommand.Export.class,
      CheckpointsCommand.class
    })
final class JournalCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** Which journal. */
  static final class Which {
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

    @Option(
        names = "--ceremony-key",
        paramLabel = "FILE",
        description =
            "The ceremony's public key, PEM, which signs orders to erase, if it lies elsewhere.")
    private @Nullable Path ceremonyKey;

    Path entries() throws LaunchFailure {
      Path entries = journal == null ? folder().journal() : journal;
      if (!Files.isDirectory(entries)) {
        throw new LaunchFailure("there is no journal in " + entries + ".");
      }
      return entries;
    }

    Bytes publicKey() throws IOException {
      return Pem.publicKey(
          Files.readString(key == null ? folder().trust().resolve("journal.pem") : key));
    }

    /** Who may have ordered erasures; nobody knows where no ceremony's key is at hand. */
    Optional<OrderSignatures> orders() throws IOException {
      Path file = ceremonyKey == null ? folder().trust().resolve("ceremony.pem") : ceremonyKey;
      return ceremonyKey != null || Files.exists(file)
          ? Optional.of(OrderSignatures.by(Pem.publicKey(Files.readString(file))))
          : Optional.empty();
    }

    private DataDirectory folder() {
      return new DataDirectory(data.toAbsolutePath().normalize());
    }
  }

  /** {@code journal verify}: needs the journal and its public key, nothing else. */
  @Command(
      name = "verify",
      description =
          "Verifies the vault's journal with its public key alone: each entry, the chain, all"
              + " signed checkpoints. Exit 1 if something is wrong.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private Which which = new Which();

    @Option(
        names = "--checkpoint",
        paramLabel = "FILE",
        arity = "1..*",
        description =
            "Checkpoints that were kept elsewhere, one or many in a file, as `journal checkpoints`"
                + " exports them: they tell whether entries were removed or rewritten since.")
    private List<Path> checkpoints = List.of();

    @Override
    public Integer call() throws LaunchFailure {
      Path entries = which.entries();
      try {
        List<String> kept = new ArrayList<>();
        for (Path file : checkpoints) {
          List<String> notes = CheckpointNote.split(Files.readString(file));
          if (notes.isEmpty()) {
            throw new LaunchFailure(file + " holds no checkpoint.");
          }
          kept.addAll(notes);
        }
        return tell(
            JournalVerifier.verify(entries, which.publicKey(), List.of(), kept, which.orders()),
            kept.size());
      } catch (IOException | IllegalArgumentException unreadable) {
        throw new LaunchFailure(
            "the journal can't be verified: " + unreadable.getMessage() + ".", unreadable);
      }
    }

    private int tell(VerificationReport report, int kept) {
      report
          .counts()
          .forEach(
              (tally, count) ->
                  say(
                      "  %-14s %7d %-8s %s%s"
                          .formatted(
                              tally.key(),
                              count,
                              words(tally.happening()),
                              words(tally.structure()),
                              tally.rule().isEmpty() ? "" : " (" + tally.rule() + ")")));
      report.erasures().forEach(this::tell);
      if (report.erasedBodies() > 0) {
        say("  Of %d entries the names were erased by order.".formatted(report.erasedBodies()));
      }
      if (report.uncovered() > 0) {
        say(
            "  %d entries stand behind the last checkpoint: the newest ones, or those before a crash."
                .formatted(report.uncovered()));
      }
      if (report.torn()) {
        say("  A half-written entry stands behind them; the signer takes it away when it starts.");
      }
      for (Finding finding : report.findings()) {
        say("  " + finding.kind() + " at entry " + finding.entry() + ": " + finding.sentence());
      }
      if (!report.intact()) {
        say("The journal is NOT intact.");
        return 1;
      }
      if (kept > 0) {
        say("  It fits the %d checkpoints that were kept elsewhere.".formatted(kept));
      }
      say(
          "The journal is intact: %d entries, %d checkpoints, head %s."
              .formatted(report.entries(), report.checkpoints(), report.head().toHex()));
      return 0;
    }

    private void tell(ErasureTold erasure) {
      ErasureOrder order = erasure.order();
      say(
          "  Entry %d: on %s %s ordered that of %d entries (%s) that ended before %s the names be erased%s."
              .formatted(
                  erasure.entry(),
                  erasure.time().truncatedTo(ChronoUnit.SECONDS),
                  String.join(" and ", order.orderedBy()),
                  order.bodies(),
                  order.classes().stream()
                      .sorted()
                      .map(RetentionClass::word)
                      .collect(Collectors.joining(", ")),
                  order.before(),
                  order.reason().isEmpty() ? "" : ", because: " + order.reason()));
      String signed =
          erasure
              .signed()
              .map(
                  holds ->
                      holds
                          ? "The ceremony's key signed that order"
                          : "The ceremony's key did NOT sign that order")
              .orElse("Who signed that order is not verified, name --ceremony-key for it");
      say("    %s; its record is %s.".formatted(signed, order.record()));
    }

    private static String words(Enum<?> word) {
      return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void say(String line) {
      spec.commandLine().getOut().println(line);
      spec.commandLine().getOut().flush();
    }
  }

  /** {@code journal export}: reads a journal, also a running vault's, and changes nothing. */
  @Command(
      name = "export",
      description = "Writes the vault's journal as JSON lines, one entry a line.",
      mixinStandardHelpOptions = true)
  static final class Export implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin private Which which = new Which();

    @Option(names = "--from", paramLabel = "N", description = "The first entry's number; else 0.")
    private long from;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "A new file for the lines; else they are printed.")
    private @Nullable Path out;

    @Override
    public Integer call() throws LaunchFailure {
      Path entries = which.entries();
      try (OutputStream lines =
          out == null
              ? new FileOutputStream(FileDescriptor.out)
              : Files.newOutputStream(out, StandardOpenOption.CREATE_NEW)) {
        long written = JournalExport.write(entries, which.publicKey(), from, lines);
        if (out != null) {
          spec.commandLine().getOut().println("%d entries to %s.".formatted(written, out));
          spec.commandLine().getOut().flush();
        }
        return 0;
      } catch (JournalDamaged damaged) {
        throw new LaunchFailure(
            "the export ends early: " + damaged.getMessage() + "; `journal verify` says more.",
            damaged);
      } catch (IOException | IllegalArgumentException unreadable) {
        throw new LaunchFailure(
            "the journal can't be exported: " + unreadable.getMessage() + ".", unreadable);
      }
    }
  }
}
