package de.kreissiegel.ra.house;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
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
import de.kreissiegel.hsm.vault.Vault;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * An authority over a real PostgreSQL and a vault that somebody else has made, as a ceremony does.
 * Nothing runs by itself.
 */
public final class VaultHouse implements AutoCloseable {
  private static final String HOUSE = "house";

  private final SecureRandom random = new SecureRandom();
  private final Vault vault;
  private final AuthorityCatalog authorities;
  private final StatusAddresses addresses;
  private final Path lists;
  private final Clock clock;
  private final EmbeddedPostgres postgres;

  /**
   * With an empty database.
   *
   * @param addresses as the ceremony's plan has them
   * @param lists a folder for copies of lists
   */
  public VaultHouse(
      Vault vault, AuthorityCatalog authorities, StatusAddresses addresses, Path lists, Clock clock)
      throws IOException {
    this.vault = vault;
    this.authorities = authorities;
    this.addresses = addresses;
    this.lists = lists;
    this.clock = clock;
    this.postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
    execute("create database house");
    Database.open(database(HOUSE));
  }

  private DataSource database(String name) {
    return postgres.getDatabase("postgres", name);
  }

  private void execute(String sql) throws IOException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IOException(failed);
    }
  }

  public Books books() {
    return books(HOUSE);
  }

  public Books books(String database) {
    return Books.of(database(database), "test", clock, random);
  }

  /** Copies the database as it is now; nobody may be at work in it. */
  public void backUp(String name) throws IOException {
    execute("create database " + name + " template house");
  }

  /** Opens the authority as a node whose lists lie in the folder. */
  public CertificationAuthority open() throws Exception {
    return open(HOUSE, lists);
  }

  /** Opens it on another database, as a node whose lists lie elsewhere. */
  public CertificationAuthority open(String database, Path copies) throws Exception {
    var staff = new Staff();
    return CertificationAuthority.open(
        new CertificationAuthority.Surroundings(
            database(database),
            vault,
            Map.of("signer", vault.journalPublicKey()),
            staff,
            staff,
            authorities,
            ProfileCatalog.bundled()
                .withResponders(
                    authorities.lines().stream()
                        .filter(line -> line.newest().authority().ocspKey().isPresent())
                        .map(AuthorityLine::name)
                        .toList()),
            TermsCatalog.NONE,
            addresses,
            OcspSettings.usual(),
            _ -> {},
            Set.of(),
            Optional.empty(),
            copies,
            CrlWatch.Alarm.USUAL,
            WeakKeyLists.none(),
            Brake.DEFAULT,
            Patience.USUAL,
            "test",
            Optional.empty(),
            List.of(),
            clock,
            random));
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
