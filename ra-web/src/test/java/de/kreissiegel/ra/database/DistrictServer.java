package de.kreissiegel.ra.database;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of the district's own, from the system's packages: an owner of the database and a
 * role to work in it, neither of them a superuser.
 */
final class DistrictServer implements AutoCloseable {
  static final String OWNER = "kreissiegel_owner";
  static final String WORKER = "kreissiegel_app";

  private final Path programs;
  private final Path data;
  private final int port;

  private DistrictServer(Path programs, Path data, int port) {
    this.programs = programs;
    this.data = data;
    this.port = port;
  }

  /**
   * @param postgres the server's program
   */
  static DistrictServer start(Path postgres)
      throws IOException, InterruptedException, SQLException {
    Path data = Files.createTempDirectory("district-postgres");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var server = new DistrictServer(postgres.toRealPath().getParent(), data, port);
    server.run("initdb", "-D", data + "/d", "-A", "trust", "-U", "postgres");
    server.run(
        "pg_ctl",
        "-D",
        data + "/d",
        "-w",
        "-o",
        "-p " + port + " -c listen_addresses=127.0.0.1 -c fsync=off -k " + data,
        "-l",
        data + "/log",
        "start");
    try (var connection = server.as("postgres", "postgres").getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create role " + OWNER + " login");
      statement.execute("create role " + WORKER + " login");
      statement.execute("create database kreissiegel owner " + OWNER);
    }
    return server;
  }

  DataSource owner() {
    return as(OWNER, "kreissiegel");
  }

  DataSource worker() {
    return as(WORKER, "kreissiegel");
  }

  private DataSource as(String user, String database) {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    source.setUser(user);
    return source;
  }

  /** As the user postgres, since the server refuses to run as root. */
  private void run(String program, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command)
            .directory(data.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Files.createTempFile("district-postgres", ".out").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " ends with " + process.exitValue());
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("pg_ctl", "-D", data + "/d", "-m", "immediate", "stop");
  }
}
