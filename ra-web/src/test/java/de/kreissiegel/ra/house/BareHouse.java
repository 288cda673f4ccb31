package de.kreissiegel.ra.house;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.lifecycle.Brake;
import de.kreissiegel.ca.lint.WeakKeyLists;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.registration.Patience;
import de.kreissiegel.ca.status.CrlWatch;
import de.kreissiegel.ca.status.OcspSettings;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.Database;
import de.kreissiegel.ca.terms.TermsCatalog;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * An authority over a real PostgreSQL and a real vault, without a web server, that may be closed
 * and opened again: on the same database or another, by the same node or another. Nothing runs by
 * itself.
 */
public final class BareHouse implements AutoCloseable {
  private static final StatusAddresses ADDRESSES =
      new StatusAddresses(URI.create("http://pki.example:8080"));

  private final SecureRandom random = new SecureRandom();
  private final MovableClock clock = new MovableClock();
  private final Staff staff = new Staff();
  private Officers officers = new Officers();
  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final TestVaultRoom room;

  /**
   * @param folder for the nodes' copies of lists
   */
  public BareHouse(Path folder) throws Exception {
    this.folder = folder;
    this.postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
    this.room = new TestVaultRoom(ADDRESSES, officers.firstKeys(), clock, random);
    execute("create database house");
    Database.open(database("house"));
  }

  public MovableClock clock() {
    return clock;
  }

  public Staff staff() {
    return staff;
  }

  public Officers officers() {
    return officers;
  }

  /** People make new keys, and a ceremony names them; heard at the next opening. */
  public void nameOfficersAnew() throws Exception {
    officers = new Officers();
    room.renewPolicies(officers.firstKeys());
  }

  public AuthorityCatalog authorities() throws IOException {
    return room.authorities();
  }

  public DataSource database(String name) {
    return postgres.getDatabase("postgres", name);
  }

  public Books books(String database) {
    return Books.of(database(database), "test", clock, random);
  }

  /** As an administrator of the server. */
  public void execute(String sql) throws SQLException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Opens the authority on a database, as a node whose lists lie in a folder of that name. */
  public CertificationAuthority open(String database, String node) throws Exception {
    return CertificationAuthority.open(
        new CertificationAuthority.Surroundings(
            database(database),
            room.vault(),
            Map.of("signer", room.vault().journalPublicKey()),
            staff,
            staff,
            room.authorities(),
            ProfileCatalog.bundled(),
            TermsCatalog.NONE,
            ADDRESSES,
            OcspSettings.usual(),
            _ -> {},
            officers.firstKeys(),
            Optional.of(TestVaultRoom.SECURITY_KEYS),
            folder.resolve(node),
            CrlWatch.Alarm.USUAL,
            WeakKeyLists.none(),
            Brake.DEFAULT,
            Patience.USUAL,
            node,
            Optional.empty(),
            List.of(),
            clock,
            random));
  }

  @Override
  public void close() throws IOException {
    room.close();
    postgres.close();
  }
}
