package de.kreissiegel.ca.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real PostgreSQL for tests: one server a JVM, started by the first who needs it, and a database
 * of its own, migrated, for each who asks for one.
 *
 * <pre>
 * &#64;RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();
 * &#64;BeforeEach void empty() { DATABASE.clear(); }
 * </pre>
 */
public final class TestDatabase implements AfterAllCallback, AutoCloseable {
  private static final String TEMPLATE = "kreissiegel_template";
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final HikariDataSource source;
  private final Database database;
  private String name = "postgres";

  private TestDatabase(HikariDataSource source, Database database) {
    this.source = source;
    this.database = database;
  }

  /** A new, empty database with the schema in it. */
  public static TestDatabase fresh() {
    String name = "test_" + COUNTER.incrementAndGet();
    Server.execute("create database " + name + " template " + TEMPLATE);
    var config = new HikariConfig();
    config.setDataSource(Server.RUNNING.getDatabase("postgres", name));
    config.setMaximumPoolSize(10);
    config.setMinimumIdle(0);
    var source = new HikariDataSource(config);
    var fresh = new TestDatabase(source, Database.unchanged(source));
    fresh.name = name;
    return fresh;
  }

  /** The same over a server of somebody else's, for who wants other settings. */
  public static TestDatabase over(HikariDataSource source) {
    return new TestDatabase(source, Database.open(source));
  }

  public Database database() {
    return database;
  }

  /** Where another process finds it, as JDBC writes it. */
  public String address() {
    return Server.RUNNING.getJdbcUrl("postgres", name);
  }

  /** A pool of ten connections. */
  public DataSource source() {
    return source;
  }

  /** Runs a statement as it is, for faults that no door would let in. */
  public int execute(String sql, Object... arguments) {
    return database.jdbi().withHandle(handle -> handle.execute(sql, arguments));
  }

  /** The first column of the first row, as a number. */
  public long number(String sql, Object... arguments) {
    return database
        .jdbi()
        .withHandle(handle -> handle.select(sql, arguments).mapTo(Long.class).one());
  }

  /** The first column of all rows, as texts. */
  public List<String> texts(String sql, Object... arguments) {
    return database
        .jdbi()
        .withHandle(handle -> handle.select(sql, arguments).mapTo(String.class).list());
  }

  /** Does what the database refuses to everybody but an administrator who means it. */
  public int overrule(String sql, Object... arguments) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              handle.execute("set local session_replication_role = replica");
              return handle.execute(sql, arguments);
            });
  }

  /**
   * Takes all rows out of all tables. Most tables are empty, and to truncate one makes new files
   * for it and its indexes, so that is for those in which much was left.
   */
  public void clear() {
    execute(
        """
        do $$
        declare
          one text;
        begin
          set local session_replication_role = replica; -- some tables refuse to be emptied
          for one in
            select oid::regclass::text from pg_class
            where relnamespace = 'public'::regnamespace and relkind = 'r'
              and relname <> 'flyway_schema_history' and pg_relation_size(oid) > 0
          loop
            if pg_relation_size(one) > 1000000 then
              execute 'truncate ' || one || ' cascade';
            else
              execute 'delete from ' || one;
            end if;
          end loop;
        end $$
        """);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    source.close();
  }

  /** Started when first touched; the library stops it with the JVM. */
  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        var server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("max_connections", "200")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        execute(server, "create database " + TEMPLATE);
        Database.open(server.getDatabase("postgres", TEMPLATE));
        return server;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    static void execute(String sql) {
      execute(RUNNING, sql);
    }

    private static void execute(EmbeddedPostgres server, String sql) {
      try (var connection = server.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }
}
