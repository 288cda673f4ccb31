package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.RoleSource;
import de.kreissiegel.ca.evidence.EvidenceDesk;
import de.kreissiegel.ca.evidence.EvidenceQuery;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.Directories;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.wiring.DirectoryWiring;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evidence}. */
@Command(
    name = "evidence",
    description =
        "Evidence of a period for who checks the house from outside, as a ZIP file (docs/audit.md):"
            + " events, reviews, offices, figures, checksums. That it was taken is written into"
            + " the audit trail.",
    mixinStandardHelpOptions = true)
final class EvidenceCommand implements Callable<Integer> {
  private static final String CHAIN = "evidence";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Mixin private RevocationsCommand.Which which = new RevocationsCommand.Which();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DAY",
      description = "The first day, as 2026-01-01.")
  private LocalDate from = LocalDate.EPOCH;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DAY",
      description = "The last day, as 2026-06-30.")
  private LocalDate to = LocalDate.EPOCH;

  @Option(
      names = "--tenant",
      paramLabel = "ID",
      description = "Of this tenant alone. Else of all of them, and the house's own affairs.")
  private Optional<String> tenant = Optional.empty();

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "A new file.")
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private Path out;

  @Override
  public Integer call() throws LaunchFailure {
    try {
      Bytes key = Pem.publicKey(Files.readString(which.folder().trust().resolve("audit.pem")));
      var query =
          new EvidenceQuery(tenant.map(TenantId::new), from, to, ZoneId.of("Europe/Berlin"));
      List<RoleSource> roles = Directories.roleSources(DirectoryWiring.configs(which.file()));
      return which.database().asOwner(source -> export(source, roles, key, query));
    } catch (FileAlreadyExistsException there) {
      throw new LaunchFailure(there.getMessage() + " is there already; name a new file.", there);
    } catch (IllegalArgumentException | ConfigurationFaults wrong) {
      throw new LaunchFailure("of this there is no evidence: " + wrong.getMessage() + ".", wrong);
    } catch (IOException | JdbiException unreadable) {
      throw new LaunchFailure(
          "the evidence can't be taken: " + unreadable.getMessage() + ".", unreadable);
    }
  }

  private int export(DataSource source, List<RoleSource> roles, Bytes key, EvidenceQuery query)
      throws IOException {
    Books books = Books.of(source, CHAIN, Clock.systemUTC(), new SecureRandom());
    var desk = new EvidenceDesk(books.ofEvidence(), roles, key, Clock.systemUTC());
    try (var file =
        new BufferedOutputStream(Files.newOutputStream(out, StandardOpenOption.CREATE_NEW))) {
      desk.exportAll(new Actor.Component(CHAIN), query).writeTo(file);
    }
    spec.commandLine().getOut().println("written: " + out);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
