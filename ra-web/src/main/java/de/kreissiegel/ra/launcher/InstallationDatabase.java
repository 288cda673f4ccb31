package de.kreissiegel.ra.launcher;

import de.kreissiegel.ra.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

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
    Map<?, ?> database = settings();
    String password =
        Files.readString(
                path(database, "password-file").orElseThrow(() -> missing("password-file")))
            .strip();
    Optional<Path> embedded = path(database, "embedded");
    if (embedded.isEmpty()) {
      return reading.from(own(database, password));
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

  private DataSource own(Map<?, ?> database, String password) throws IOException {
    var source = new PGSimpleDataSource();
    source.setUrl(text(database, "url").orElseThrow(() -> missing("url")));
    source.setUser(text(database, "user").orElseThrow(() -> missing("user")));
    source.setPassword(password);
    return source;
  }

  private Map<?, ?> settings() throws IOException {
    try {
      Object read =
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(configuration));
      if (read instanceof Map<?, ?> all
          && all.get("kreissiegel") instanceof Map<?, ?> ours
          && ours.get("database") instanceof Map<?, ?> database) {
        return database;
      }
    } catch (YamlEngineException malformed) {
      throw new IOException(configuration + " is not YAML", malformed);
    }
    throw missing("");
  }

  private IOException missing(String setting) {
    return new IOException(
        configuration
            + " doesn't say kreissiegel.database"
            + (setting.isEmpty() ? "" : "." + setting));
  }

  private static Optional<String> text(Map<?, ?> settings, String name) {
    return Optional.ofNullable(settings.get(name)).map(String::valueOf);
  }

  private static Optional<Path> path(Map<?, ?> settings, String name) {
    return text(settings, name).map(Path::of);
  }
}
