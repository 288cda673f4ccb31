package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.audit.AuditFinding;
import de.kreissiegel.ca.audit.AuditReport;
import de.kreissiegel.ca.audit.AuditVerifier;
import de.kreissiegel.ca.storage.Database;
import de.kreissiegel.ca.storage.JdbcAuditBook;
import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import de.kreissiegel.ra.encoding.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit}: the authority's record of every decision. */
@Command(
    name = "audit",
    description = "The audit trail.",
    mixinStandardHelpOptions = true,
    subcommands = {AuditCommand.Verify.class, AuditExportCommand.class})
final class AuditCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** {@code audit verify}: works while the demo runs, and when it doesn't. */
  @Command(
      name = "verify",
      description =
          "Verifies the audit trail: each event, the chains, and their heads that the vault has"
              + " signed. Exit 1 if something is wrong.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "The data directory.")
    private Path data = DataDirectory.standard();

    @Override
    public Integer call() throws LaunchFailure {
      var folder = new DataDirectory(data.toAbsolutePath().normalize());
      if (!Files.exists(folder.configuration())) {
        throw new LaunchFailure("there is no installation in " + folder.root() + ".");
      }
      try {
        Bytes key = Pem.publicKey(Files.readString(folder.trust().resolve("audit.pem")));
        List<JournalRecord> heads = heads(folder);
        return verify(folder, key, heads);
      } catch (IOException | SigningUnavailable unreadable) {
        throw new LaunchFailure(
            "the audit trail can't be verified: " + unreadable.getMessage() + ".", unreadable);
      } catch (VaultUnusable damaged) {
        throw new LaunchFailure(
            "the vault's journal, which holds the heads of the audit trail, can't be read: "
                + damaged.getMessage()
                + " `journal verify` says more.",
            damaged);
      }
    }

    private int verify(DataDirectory folder, Bytes key, List<JournalRecord> heads)
        throws IOException {
      return new InstallationDatabase(folder.configuration())
          .read(source -> tell(verify(source, key, heads)));
    }

    private static AuditReport verify(DataSource source, Bytes key, List<JournalRecord> heads) {
      return new AuditVerifier(new JdbcAuditBook(Database.unchanged(source)), key).verify(heads);
    }

    /** The heads of the trail in the vault's journal: from the signer if it runs, else directly. */
    private static List<JournalRecord> heads(DataDirectory folder)
        throws SigningUnavailable, VaultUnusable, IOException {
      try (var signer = new RemoteSigner(folder.signerSocket(), Duration.ofSeconds(10))) {
        return heads(signer);
      } catch (SigningUnavailable notRunning) {
        char[] passphrase = folder.readSecret("vault-passphrase").toCharArray();
        try (var vault =
            Vault.open(folder.vault(), passphrase, Clock.systemUTC(), new SecureRandom())) {
          return heads(vault);
        }
      }
    }

    private static List<JournalRecord> heads(Signer signer) throws SigningUnavailable {
      var heads = new ArrayList<JournalRecord>();
      long next = 0;
      for (List<JournalRecord> some = signer.journal(0, 1000);
          !some.isEmpty();
          some = signer.journal(next, 1000)) {
        some.stream()
            .filter(entry -> entry.structure() == SignedStructure.AUDIT_HEAD)
            .forEach(heads::add);
        next = some.getLast().index() + 1;
      }
      return heads;
    }

    private int tell(AuditReport report) {
      for (AuditReport.ChainReport chain : report.chains()) {
        say(
            "  chain %s: %d events, held against %d signed heads in the database and %d in the"
                    .formatted(
                        chain.chain(), chain.events(), chain.checkpoints(), chain.journalHeads())
                + " vault's journal");
        chain
            .erasedUntil()
            .ifPresent(
                until ->
                    say(
                        "    of these the words of %d are erased, the youngest of %s"
                            .formatted(chain.erased(), until)));
      }
      for (AuditFinding finding : report.findings()) {
        say("  " + finding);
      }
      say(report.isSound() ? "The audit trail is intact." : "The audit trail is NOT intact.");
      return report.isSound() ? 0 : 1;
    }

    private void say(String line) {
      spec.commandLine().getOut().println(line);
      spec.commandLine().getOut().flush();
    }
  }
}
