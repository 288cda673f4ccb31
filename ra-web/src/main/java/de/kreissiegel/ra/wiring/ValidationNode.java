package de.kreissiegel.ra.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import de.kreissiegel.ca.ValidationAuthority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.status.NoSigner;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.ra.health.ManagementPort;
import de.kreissiegel.ra.health.OcspHealth;
import de.kreissiegel.ra.health.StatusMeters;
import de.kreissiegel.ra.validation.ValidationServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * A node that only tells of certificates' status: no pages, no Spring context, read access to the
 * database, and a signer only for nonces. It starts though both are away.
 */
public final class ValidationNode implements AutoCloseable {
  private static final int CONNECTIONS = 4;
  private static final long PATIENCE_MILLIS = 2_000;

  private final HikariDataSource database;
  private final ValidationAuthority authority;
  private final ValidationServer server;
  private final ManagementPort management;

  private ValidationNode(Installation installation, int managementPort)
      throws IOException, ConfigurationFaults {
    Clock clock = Clock.systemUTC();
    AuthorityCatalog authorities = HierarchyFolder.read(installation.authorities());
    Path profiles = installation.profiles();
    StatusMeters meters = new StatusMeters(installation.ocsp().objective(), clock);
    boolean notes = installation.validation().noteInquiries();
    this.database = database(installation.database(), notes);
    this.authority =
        new ValidationAuthority(
            new ValidationAuthority.Surroundings(
                database,
                signer(installation.signer(), clock),
                authorities,
                OcspWiring.settings(
                    installation,
                    profiles == null ? ProfileCatalog.bundled() : ProfileCatalog.load(profiles)),
                meters,
                installation.lists().resolve("shelf"),
                notes,
                clock,
                new SecureRandom()));
    this.server =
        new ValidationServer(
            authority.ocsp().responder(),
            authority.crls(),
            authorities,
            new InetSocketAddress(
                installation.validation().address(), installation.validation().port()),
            clock);
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    meters.bindTo(registry);
    OcspWiring.meters(authority.ocsp(), clock).bindTo(registry);
    this.management =
        new ManagementPort(
            managementPort,
            Map.of("ocsp", new OcspHealth(authority.ocsp(), meters, clock)),
            registry::scrape);
  }

  /**
   * Reads the configuration and begins to answer.
   *
   * @param configuration {@code kreissiegel.yaml}
   * @throws IOException if it can't be read, or a port is taken
   */
  public static ValidationNode start(Path configuration) throws IOException, ConfigurationFaults {
    Binder binder = InstallationReader.binder(configuration);
    var node =
        new ValidationNode(
            binder.bind("kreissiegel", Installation.class).get(),
            binder.bind("management.server.port", Integer.class).orElse(8081));
    node.authority.start();
    node.server.start();
    node.management.start();
    return node;
  }

  /** Where OCSP and CRLs are. */
  public int port() {
    return server.port();
  }

  /** Where health and metrics are. */
  public int managementPort() {
    return management.port();
  }

  /** The vault, for nonces, where one is configured. */
  private static Signer signer(Installation.Signer settings, Clock clock) throws IOException {
    return settings.socket() == null && settings.members() == null
        ? new NoSigner()
        : Signers.of(settings, clock);
  }

  private static HikariDataSource database(Installation.Database settings, boolean writes)
      throws IOException {
    String address = settings.address();
    if (address == null || settings.user() == null) {
      throw new IllegalArgumentException(
          "a validation node needs kreissiegel.database's 'url' and 'user'");
    }
    var pool = new HikariConfig();
    pool.setJdbcUrl(address);
    pool.setUsername(settings.user());
    pool.setPassword(Files.readString(settings.passwordFile()).strip());
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setReadOnly(!writes);
    pool.setConnectionTimeout(PATIENCE_MILLIS);
    pool.setInitializationFailTimeout(-1); // it may start before the database does
    pool.addDataSourceProperty("ApplicationName", "kreissiegel-validation");
    pool.addDataSourceProperty("socketTimeout", "60");
    return new HikariDataSource(pool);
  }

  @Override
  public void close() throws IOException {
    management.close();
    server.close();
    authority.close();
    database.close();
  }
}
