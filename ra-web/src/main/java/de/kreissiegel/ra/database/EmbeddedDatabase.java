package de.kreissiegel.ra.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A PostgreSQL server that belongs to this process, on a free port of the loopback. */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EmbeddedDatabase.class.getName());
  private static final int SECRET_BITS = 160;
  private static final Duration STARTING = Duration.ofSeconds(60);

  private final EmbeddedPostgres server;
  private final String password;

  private EmbeddedDatabase(EmbeddedPostgres server, String password) {
    this.server = server;
    this.password = password;
  }

  /**
   * Starts the server on a folder, makes its files there the first time. A server that an ended
   * process left running on the folder is stopped first.
   *
   * @param folder its own folder; {@code cluster} and {@code binaries} come to lie in it
   * @param password of the user {@code postgres}, letters and digits; it takes effect the first
   *     time
   */
  public static EmbeddedDatabase start(Path folder, String password) throws IOException {
    if (!password.matches("[A-Za-z0-9]+")) {
      throw new IllegalArgumentException("the database's password is of letters and digits");
    }
    Path cluster = folder.resolve("cluster");
    Files.createDirectories(cluster);
    Files.setPosixFilePermissions(cluster, PosixFilePermissions.fromString("rwx------"));
    stopOrphan(cluster);
    boolean first = !Files.exists(cluster.resolve("PG_VERSION"));
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(cluster)
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_connections", "60")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("password_encryption", "scram-sha-256")
            .setConnectConfig("password", password)
            .setPGStartupWait(STARTING)
            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    var database = new EmbeddedDatabase(server, password);
    if (first) {
      database.requirePassword(cluster);
    }
    return database;
  }

  /**
   * Lets a role in that owns nothing.
   *
   * @param role of lower-case letters; made if there is none yet
   * @return its password, until it is let in again
   */
  public String letIn(String role, SecureRandom random) throws IOException {
    if (!role.matches("[a-z]+")) {
      throw new IllegalArgumentException("a role is of lower-case letters");
    }
    String fresh = new BigInteger(SECRET_BITS, random).toString(36);
    try (var connection = dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "do $$ begin create role %s login; exception when duplicate_object then null; end $$"
              .formatted(role));
      statement.execute("alter role %s password '%s'".formatted(role, fresh));
      return fresh;
    } catch (SQLException failure) {
      throw new IOException("the database lets nobody in", failure);
    }
  }

  /** The database, as its administrator. */
  public DataSource dataSource() {
    return server.getDatabase("postgres", "postgres", java.util.Map.of("password", password));
  }

  /** The JDBC address, without credentials. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  /** The port of a server that runs on this folder now, if one does. */
  public static Optional<Integer> portOfRunning(Path folder) {
    Path cluster = folder.resolve("cluster");
    return postmaster(cluster).flatMap(_ -> pidFile(cluster)).map(EmbeddedDatabase::port);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** From now on nobody on this machine comes in without the password. */
  private void requirePassword(Path cluster) throws IOException {
    try (var connection = dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("alter user postgres password '" + password + "'");
      Files.writeString(
          cluster.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
      statement.execute("select pg_reload_conf()");
    } catch (SQLException failure) {
      server.close();
      throw new IOException("the database can't be given a password", failure);
    }
  }

  private static void stopOrphan(Path cluster) throws IOException {
    Optional<ProcessHandle> orphan = postmaster(cluster);
    if (orphan.isEmpty()) {
      return;
    }
    LOG.log(
        System.Logger.Level.INFO,
        "stopping the database server {0} that an earlier run left behind",
        Long.toString(orphan.get().pid()));
    try {
      // SIGINT is PostgreSQL's fast shutdown: it doesn't wait for clients.
      new ProcessBuilder("kill", "-INT", Long.toString(orphan.get().pid())).start().waitFor();
      orphan.get().onExit().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while an earlier database server was stopping");
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException slow) {
      throw new IOException(
          "the database server " + orphan.get().pid() + " of an earlier run does not stop", slow);
    }
  }

  /** The server that holds this cluster: its pid file says so, and the process is one. */
  private static Optional<ProcessHandle> postmaster(Path cluster) {
    return pidFile(cluster)
        .flatMap(lines -> ProcessHandle.of(Long.parseLong(lines.getFirst().strip())))
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().command().orElse("").endsWith("postgres"));
  }

  private static Optional<List<String>> pidFile(Path cluster) {
    try {
      List<String> lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
      return lines.size() >= 4 ? Optional.of(lines) : Optional.empty();
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private static int port(List<String> pidFile) {
    return Integer.parseInt(pidFile.get(3).strip());
  }
}
