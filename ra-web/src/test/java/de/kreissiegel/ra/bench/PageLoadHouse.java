package de.kreissiegel.ra.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.wiring.Installation;
import de.kreissiegel.ra.wiring.SessionWiring;
import de.kreissiegel.ra.wiring.TlsWiring;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The house of {@link PageLoad}: the tests' house with open ports, and a database that syncs. */
final class PageLoadHouse implements AutoCloseable {
  private static final Path FILLER = Path.of("..", "ca-core", "target", "test-classes");

  private final ServletWebServerApplicationContext context;

  private PageLoadHouse(ServletWebServerApplicationContext context) {
    this.context = context;
  }

  static PageLoadHouse start(Path folder) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--spring.main.allow-bean-definition-overriding=true",
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--server.ssl.bundle=" + TlsWiring.BUNDLE,
                "--management.server.port=-1",
                "--kreissiegel.certificate-door.port=0",
                "--kreissiegel.public-base-url=https://localhost:8443",
                "--kreissiegel.validation-base-url=http://localhost:8080",
                "--kreissiegel.validation.port=8080",
                "--kreissiegel.web=" + folder.resolve("web"),
                "--kreissiegel.directory.url=ldap://127.0.0.1:1",
                "--kreissiegel.directory.base=dc=example",
                "--kreissiegel.directory.bind-dn=cn=nobody"));
    for (String path :
        List.of(
            "signer.socket",
            "authorities",
            "trust",
            "database.password-file",
            "directory.password-file")) {
      arguments.add("--kreissiegel." + path + "=" + folder.resolve("unused"));
    }
    return new PageLoadHouse(
        (ServletWebServerApplicationContext)
            new SpringApplicationBuilder(
                    RaApplication.class,
                    TestHouse.class,
                    TlsWiring.class,
                    SessionWiring.class,
                    Differences.class)
                .run(arguments.toArray(String[]::new)));
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** The address of the pages. */
  String pages() {
    return "https://localhost:" + port();
  }

  /** Where one logs in by certificate. */
  String door() {
    var tomcat = ((TomcatWebServer) context.getWebServer()).getTomcat();
    return "https://localhost:"
        + Arrays.stream(tomcat.getService().findConnectors())
            .mapToInt(Connector::getLocalPort)
            .filter(port -> port != port())
            .findFirst()
            .orElseThrow();
  }

  private int port() {
    return context.getWebServer().getPort();
  }

  /** Stores certificates as issuing leaves them, by {@code ca-core}'s program. */
  void fill(int certificates) throws IOException, InterruptedException {
    Process filler =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                FILLER + File.pathSeparator + System.getProperty("java.class.path"),
                "de.kreissiegel.ca.storage.MillionCertificates",
                bean(EmbeddedPostgres.class).getJdbcUrl("postgres", "postgres"),
                Integer.toString(certificates),
                Staff.HASSFURT.value(),
                Staff.EBERN.value())
            .inheritIO()
            .start();
    if (filler.waitFor() != 0) {
      throw new IOException("the database wasn't filled");
    }
  }

  /** Processor time of the database's processes so far. */
  double databaseSeconds() throws SQLException {
    try (Connection connection =
            bean(EmbeddedPostgres.class).getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      ProcessHandle server = ProcessHandle.of(row.getLong(1)).orElseThrow().parent().orElseThrow();
      return Stream.concat(Stream.of(server), server.children())
          .mapToDouble(one -> one.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3)
          .sum();
    }
  }

  @Override
  public void close() {
    context.close();
  }

  /** What a real installation has otherwise. */
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(Installation.class)
  static class Differences {
    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }

    @Bean(destroyMethod = "close")
    EmbeddedPostgres postgres() throws IOException {
      return EmbeddedPostgres.builder()
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on")
          .setServerConfig("shared_buffers", "512MB")
          .setServerConfig("max_wal_size", "4GB")
          .setPGStartupWait(Duration.ofSeconds(60))
          .start();
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(EmbeddedPostgres postgres) {
      var settings = new HikariConfig();
      settings.setDataSource(postgres.getPostgresDatabase());
      settings.setMaximumPoolSize(16);
      return new HikariDataSource(settings);
    }
  }
}
