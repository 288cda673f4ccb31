package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.storage.Database;
import de.kreissiegel.ca.storage.JdbcCheckpointBook;
import de.kreissiegel.ca.witness.CheckpointBook;
import de.kreissiegel.ca.witness.KeptCheckpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code journal checkpoints}: what the authority kept of the vaults' journals, as {@code journal
 * verify --checkpoint} takes it. A file has the form of the journal's own: signed notes, each with
 * an empty line behind it.
 */
@Command(
    name = "checkpoints",
    description =
        "Exports the signed checkpoints of the vault's journal that the authority keeps; keep them"
            + " elsewhere, and `journal verify --checkpoint` finds what was removed or rewritten"
            + " since.",
    mixinStandardHelpOptions = true)
final class CheckpointsCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", description = "The data directory.")
  private Path data = DataDirectory.standard();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The installation's configuration, if it lies elsewhere.")
  private @Nullable Path configuration;

  @Option(
      names = "--signer",
      paramLabel = "NAME",
      description = "Which vault's, if there are several.")
  private @Nullable String signer;

  @Option(
      names = "--out",
      paramLabel = "FILE|DIR",
      description =
          "A new file; or a folder that is there, for a new file NAME.checkpoints of each vault."
              + " Else they are printed.")
  private @Nullable Path out;

  @Override
  public Integer call() throws LaunchFailure {
    var folder = new DataDirectory(data.toAbsolutePath().normalize());
    Path file = InstallationFile.of(configuration, folder).file();
    try {
      return new InstallationDatabase(file)
          .read(source -> export(new JdbcCheckpointBook(Database.unchanged(source))));
    } catch (FileAlreadyExistsException there) {
      throw new LaunchFailure(there.getMessage() + " is there already; name a new file.", there);
    } catch (IOException | JdbiException unreadable) {
      throw new LaunchFailure(
          "the checkpoints can't be exported: " + unreadable.getMessage() + ".", unreadable);
    }
  }

  private int export(CheckpointBook book) throws IOException {
    List<String> names =
        book.signers().stream().filter(name -> signer == null || name.equals(signer)).toList();
    if (names.isEmpty()) {
      throw new IOException("none is kept yet" + (signer == null ? "" : " of " + signer));
    }
    boolean folder = out != null && Files.isDirectory(out);
    if (names.size() > 1 && !folder) {
      throw new IOException(
          "there are those of "
              + String.join(", ", names)
              + "; name one with --signer, or a folder");
    }
    for (String name : names) {
      write(name, book.all(name), folder);
    }
    return 0;
  }

  private void write(String name, List<KeptCheckpoint> kept, boolean folder) throws IOException {
    StringBuilder notes = new StringBuilder();
    kept.forEach(one -> notes.append(one.checkpoint().note()).append('\n'));
    if (out == null) {
      spec.commandLine().getOut().print(notes);
      spec.commandLine().getOut().flush();
      return;
    }
    Path file = folder ? out.resolve(name + ".checkpoints") : out;
    Files.writeString(file, notes, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    spec.commandLine()
        .getOut()
        .println(
            "%d checkpoints of %s, the newest over %d entries, to %s."
                .formatted(kept.size(), name, kept.getLast().checkpoint().size(), file));
    spec.commandLine().getOut().flush();
  }
}
