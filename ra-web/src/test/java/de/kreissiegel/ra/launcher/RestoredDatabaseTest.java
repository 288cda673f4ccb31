package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.lint.WeakKeyLists;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationReplay;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.status.CrlWatch;
import de.kreissiegel.ca.status.ListsMissing;
import de.kreissiegel.ca.status.OcspSettings;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.Database;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.house.MovableClock;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestVaultRoom;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database that was put back from a backup of before a revocation, under a vault that has signed
 * the list which told of it.
 */
class RestoredDatabaseTest {
  private static final AuthorityName PEOPLE = new AuthorityName("people");
  private static final Actor OPERATOR = new Actor.Component("test");
  private static final StatusAddresses ADDRESSES =
      new StatusAddresses(URI.create("http://pki.example:8080"));

  @TempDir private Path folder;
  private final MovableClock clock = new MovableClock();
  private final SecureRandom random = new SecureRandom();
  private EmbeddedPostgres postgres;
  private TestVaultRoom room;
  private SerialNumber revoked;
  private Bytes published;

  /**
   * Both lists and the revoked certificate are there; the database {@code before} knows neither.
   */
  @BeforeEach
  void publishAfterTheBackup() throws Exception {
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
    room = new TestVaultRoom(ADDRESSES, Set.of(), clock, random);
    execute("create database house");
    DataSource house = database("house");
    Database.open(house);
    open(house, "node").close();
    revoked =
        Books.of(house, "test", clock)
            .certificates()
            .ofSystem("ocsp-responder-people", clock.instant())
            .getFirst()
            .serial();
    execute("create database before template house");
    clock.forward(Duration.ofMinutes(1));
    try (CertificationAuthority authority = open(house, "node")) {
      authority
          .revocation()
          .revoke(OPERATOR, PEOPLE, revoked, Revocation.of(RevocationReason.SUPERSEDED, "test"));
    }
    clock.forward(Duration.ofMinutes(1));
    try (CertificationAuthority authority = open(house, "node")) {
      published = authority.crls().current(CrlName.of(PEOPLE)).orElseThrow().read();
    }
    assertThat(list(published).getRevokedCertificate(revoked.value())).isNotNull();
    assertThat(isRevoked(database("before"))).isFalse();
  }

  @AfterEach
  void end() throws Exception {
    room.close();
    postgres.close();
  }

  @Test
  void getsItsRevocationsBackFromTheListsOnTheDisk() throws Exception {
    clock.forward(Duration.ofMinutes(1));
    try (CertificationAuthority authority = open(database("before"), "node")) {
      assertThat(isRevoked(database("before"))).isTrue();
      X509CRL next = list(authority.crls().current(CrlName.of(PEOPLE)).orElseThrow().read());
      assertThat(next.getRevokedCertificate(revoked.value())).isNotNull();
      assertThat(next.getThisUpdate()).isAfter(list(published).getThisUpdate());
    }
  }

  @Test
  void isNotStartedOnWhereNobodyKnowsWhatItLacks() throws Exception {
    assertThatThrownBy(() -> open(database("before"), "another-node"))
        .isInstanceOf(ListsMissing.class)
        .hasMessageContaining("list 2 of people")
        .hasMessageContaining("revocations replay");
    assertThat(isRevoked(database("before"))).as("nothing was made up").isFalse();
  }

  @Test
  void isStartedOnAfterAReplayOfWhatWasPublished() throws Exception {
    assertThatThrownBy(() -> open(database("before"), "another-node"))
        .isInstanceOf(ListsMissing.class);
    Books books = Books.of(database("before"), "replay", clock);

    var outcome =
        new RevocationReplay(books.ofRevocation(), books.crls(), room.authorities())
            .list(published);

    assertThat(outcome.applied()).isOne();
    assertThat(outcome.found()).isOne();
    clock.forward(Duration.ofMinutes(1));
    try (CertificationAuthority authority = open(database("before"), "another-node")) {
      X509CRL next = list(authority.crls().current(CrlName.of(PEOPLE)).orElseThrow().read());
      assertThat(next.getRevokedCertificate(revoked.value())).isNotNull();
    }
  }

  private CertificationAuthority open(DataSource database, String node) throws Exception {
    var staff = new Staff();
    return CertificationAuthority.open(
        new CertificationAuthority.Surroundings(
            database,
            room.vault(),
            Map.of("signer", room.vault().journalPublicKey()),
            staff,
            staff,
            room.authorities(),
            ProfileCatalog.bundled(),
            ADDRESSES,
            OcspSettings.usual(),
            _ -> {},
            Set.of(),
            folder.resolve(node),
            CrlWatch.Alarm.USUAL,
            WeakKeyLists.none(),
            node,
            clock,
            random));
  }

  private boolean isRevoked(DataSource database) {
    return Books.of(database, "test", clock)
            .certificates()
            .find(PEOPLE, revoked)
            .orElseThrow()
            .status()
        instanceof CertificateStatus.Revoked;
  }

  private DataSource database(String name) {
    return postgres.getDatabase("postgres", name);
  }

  private void execute(String sql) throws Exception {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static X509CRL list(Bytes octets) throws Exception {
    return (X509CRL)
        CertificateFactory.getInstance("X.509")
            .generateCRL(new ByteArrayInputStream(octets.toArray()));
  }
}
