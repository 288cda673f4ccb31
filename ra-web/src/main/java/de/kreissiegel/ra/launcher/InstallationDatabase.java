package de.kreissiegel.ra.launcher;

import de.kreissiegel.ra.database.DatabaseAddress;
import de.kreissiegel.ra.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An installation's database, for commands: the district's own, or the embedded one, which is
 * started if nobody runs it.
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

  /**
   * The same as the one who owns the tables, and may erase.
   *
   * @throws IOException if the configuration or the database can't be read
   */
  <T> T asOwner(Reading<T> reading) throws IOException {
    var file = new InstallationFile(configuration);
    Optional<String> owner = file.text("database.owner.user");
    if (owner.isEmpty() || file.path("database.embedded").isPresent()) {
      return read(reading);
    }
    Path password = file.requiredPath("database.owner.password-file");
    return reading.from(source(file, owner.get(), Files.readString(password).strip()));
  }

  private static DataSource own(InstallationFile file, String password) throws IOException {
    return source(file, file.required("database.user"), password);
  }

  private static DataSource source(InstallationFile file, String user, String password)
      throws IOException {
    var source = new PGSimpleDataSource();
    source.setUrl(address(file));
    source.setUser(user);
    source.setPassword(password);
    return source;
  }

  private static String address(InstallationFile file) throws IOException {
    try {
      return DatabaseAddress.of(
          file.required("database.url"),
          file.path("database.trust").orElse(null),
          file.text("database.without-tls").orElse(null));
    } catch (IllegalArgumentException unsafe) {
      throw new IOException(unsafe.getMessage(), unsafe);
    }
  }
}
