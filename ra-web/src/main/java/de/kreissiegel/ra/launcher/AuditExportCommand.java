package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.audit.AuditExport;
import de.kreissiegel.ca.storage.Database;
import de.kreissiegel.ca.storage.JdbcAuditBook;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit export}. */
@Command(
    name = "export",
    description =
        "Writes the audit trail as JSON lines, for verifiers and archives of others"
            + " (docs/audit.md).",
    mixinStandardHelpOptions = true)
final class AuditExportCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Mixin private RevocationsCommand.Which which = new RevocationsCommand.Which();

  @Option(names = "--out", paramLabel = "FILE", description = "A new file. Else they are printed.")
  private @Nullable Path out;

  @Override
  public Integer call() throws LaunchFailure {
    try {
      return which.database().read(this::export);
    } catch (FileAlreadyExistsException there) {
      throw new LaunchFailure(there.getMessage() + " is there already; name a new file.", there);
    } catch (IOException | JdbiException unreadable) {
      throw new LaunchFailure(
          "the audit trail can't be exported: " + unreadable.getMessage() + ".", unreadable);
    }
  }

  private int export(DataSource source) throws IOException {
    var book = new JdbcAuditBook(Database.unchanged(source));
    if (out == null) {
      PrintWriter printed = spec.commandLine().getOut();
      AuditExport.write(book, line -> printed.print(line + "\n"));
      printed.flush();
      return 0;
    }
    try (var file =
        new PrintWriter(
            Files.newBufferedWriter(out, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW))) {
      AuditExport.write(book, line -> file.print(line + "\n"));
      if (file.checkError()) {
        throw new IOException("the disk took not all of " + out);
      }
    }
    return 0;
  }
}
