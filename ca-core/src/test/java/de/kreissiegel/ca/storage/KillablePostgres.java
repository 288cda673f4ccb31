package de.kreissiegel.ca.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL of one test's own that syncs each commit, and that can be killed and come back. */
public final class KillablePostgres implements AutoCloseable {
  private final Path cluster;
  private final int port;
  private EmbeddedPostgres running;

  /**
   * Makes a cluster and starts it.
   *
   * @param cluster its folder
   */
  public KillablePostgres(Path cluster) throws IOException {
    this.cluster = cluster;
    try (var free = new ServerSocket(0)) {
      this.port = free.getLocalPort();
    }
    this.running = start();
  }

  /** Where another process finds it, as JDBC writes it. */
  public String address() {
    return running.getJdbcUrl("postgres", "postgres");
  }

  /** A pool of connections, with the schema; it outlives the server's death. */
  public TestDatabase database() {
    var config = new HikariConfig();
    config.setJdbcUrl(address());
    config.setMaximumPoolSize(4);
    return TestDatabase.over(new HikariDataSource(config));
  }

  /** Ends the server and all that works for it with SIGKILL. */
  public void kill() throws IOException, InterruptedException {
    long pid = Long.parseLong(Files.readAllLines(cluster.resolve("postmaster.pid")).getFirst());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(List.of(postmaster));
    postmaster.descendants().forEach(all::add);
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle one : all) {
      while (one.isAlive()) {
        Thread.sleep(1);
      }
    }
  }

  /** Starts it again after {@link #kill}; it recovers from its log first. */
  public void comeBack() throws IOException {
    running.close(); // gives its lock back
    running = start();
  }

  private EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(cluster)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("max_connections", "60")
        .setPGStartupWait(Duration.ofSeconds(60))
        .start();
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
