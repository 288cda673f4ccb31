package de.kreissiegel.ra.launcher;

import de.kreissiegel.ra.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An installation's database, for commands that only read: the district's own, or the embedded one,
 * which is started if nobody runs it.
 *
 * @param configuration {@code kreissiegel.yaml}
 */
record InstallationDatabase(Path configuration) {
  /** Something that reads. */
  @FunctionalInterface
  interface Reading<T> {
    T from(DataSource source) throws IOException;
  }

  /**
   * Reads.
   *
   * @throws IOException if the configuration or the database can't be read
   */
  <T> T read(Reading<T> reading) throws IOException {
    var file = new InstallationFile(configuration);
    String password = Files.readString(file.requiredPath("database.password-file")).strip();
    Optional<Path> embedded = file.path("database.embedded");
    if (embedded.isEmpty()) {
      return reading.from(own(file, password));
    }
    Optional<Integer> running = EmbeddedDatabase.portOfRunning(embedded.get());
    if (running.isPresent()) {
      var source = new PGSimpleDataSource();
      source.setServerNames(new String[] {"127.0.0.1"});
      source.setPortNumbers(new int[] {running.get()});
      source.setDatabaseName("postgres");
      source.setUser("postgres");
      source.setPassword(password);
      return reading.from(source);
    }
    try (var started = EmbeddedDatabase.start(embedded.get(), password)) {
      return reading.from(started.dataSource());
    }
  }

  private static DataSource own(InstallationFile file, String password) throws IOException {
    var source = new PGSimpleDataSource();
    source.setUrl(file.required("database.url"));
    source.setUser(file.required("database.user"));
    source.setPassword(password);
    return source;
  }
}
