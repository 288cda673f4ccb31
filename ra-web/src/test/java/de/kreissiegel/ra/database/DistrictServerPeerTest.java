package de.kreissiegel.ra.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditFinding;
import de.kreissiegel.ca.audit.AuditVerifier;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.retention.RetentionClass;
import de.kreissiegel.ca.retention.RetentionDesk;
import de.kreissiegel.ca.retention.RetentionRules;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.Database;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * The district's own PostgreSQL 15, as Debian packs it: migrations by an owner, work by another
 * role, and neither is a superuser.
 */
@AgainstPeer(Peer.POSTGRES)
class DistrictServerPeerTest {
  private static final TenantId EBERN = new TenantId("stadt-ebern.example");
  private static final Actor SYSTEM = new Actor.Component("test");
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final StoredCertificate OLD =
      certificate("7f0a1b2c01", "CN=Jörg Müller", NOW.minus(Duration.ofDays(4100)));
  private static final StoredCertificate NEW =
      certificate("7f0a1b2c02", "CN=Käthe Öchsner", NOW.plus(Duration.ofDays(100)));

  @Test
  void carriesTheAuthorityWithTwoRolesThatAreNoSuperusers(PeerSession postgres) throws Exception {
    try (var server = DistrictServer.start(postgres.executable())) {
      Database.prepare(server.owner(), DistrictServer.WORKER);
      Database.prepare(server.owner(), DistrictServer.WORKER);
      Books books = Books.of(server.worker(), "node-1", Clock.systemUTC(), new SecureRandom());
      store(books, OLD);
      store(books, NEW);

      postgres.sees(
          "names by folded words, within the tenants alone",
          () -> {
            assertThat(search(books, "oechsner")).containsExactly(NEW);
            assertThat(search(books, "müller jörg")).containsExactly(OLD);
            assertThat(search(books, "7f:0a:1b:2c:02")).containsExactly(NEW);
            assertThat(
                    books
                        .certificates()
                        .search(
                            Set.of(new TenantId("stadt-hassfurt.example")),
                            CertificateQuery.of("oechsner", 10),
                            NOW))
                .isEmpty();
          });
      postgres.sees("a revocation by the worker", () -> revoke(books));
      for (String forbidden :
          List.of(
              "update audit_event set salt = null, actor_name = null, detail = null",
              "delete from revocation_fact",
              "update certificate set subject_name = \'\'",
              "alter table audit_event disable trigger only_grows",
              "create table another (n int)")) {
        postgres.sees(
            "no right to " + forbidden,
            () ->
                assertThatThrownBy(() -> execute(server.worker(), forbidden))
                    .isInstanceOf(SQLException.class)
                    .hasMessageMatching("(?s).*(permission denied|must be owner).*"));
      }
      postgres.sees("erasure by the owner, and a whole chain after it", () -> erase(server, books));
    }
  }

  private static void erase(DistrictServer server, Books books) throws Exception {
    Books owners = Books.of(server.owner(), "retention", Clock.systemUTC(), new SecureRandom());
    List<RetentionDesk.Plan> done =
        new RetentionDesk(
                RetentionRules.DEFAULT,
                owners.retention(),
                owners.transactions(),
                owners.audit(),
                Clock.systemUTC())
            .apply(SYSTEM);
    assertThat(done)
        .filteredOn(plan -> plan.which() == RetentionClass.CERTIFICATES)
        .allMatch(plan -> plan.due().count() == 1);
    assertThat(search(books, "müller")).isEmpty();
    var key =
        Bytes.of(KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic().getEncoded());
    List<AuditFinding> findings =
        new AuditVerifier(books.auditEvents(), key).verify(List.of()).findings();
    assertThat(findings).isEmpty();
  }

  private static void revoke(Books books) throws Refused {
    books
        .transactions()
        .inTransaction(
            transaction -> {
              books.certificates().lock(transaction, NEW.authority(), NEW.serial());
              books
                  .certificates()
                  .setStatus(
                      transaction,
                      NEW.authority(),
                      NEW.serial(),
                      new CertificateStatus.Revoked(NOW, RevocationReason.SUPERSEDED));
              return true;
            });
    assertThat(books.certificates().statusVersion(NEW.authority())).isEqualTo(1);
  }

  private static void store(Books books, StoredCertificate certificate) {
    Bytes hash = Bytes.of(new byte[32]);
    books
        .transactions()
        .inTransaction(
            transaction -> {
              books.certificates().insert(transaction, certificate, hash, hash);
              books
                  .audit()
                  .append(
                      transaction,
                      SYSTEM,
                      "certificate.issued",
                      certificate.tenant(),
                      certificate.auditName(),
                      "subject=" + certificate.subjectName());
              return true;
            });
  }

  private static List<StoredCertificate> search(Books books, String text) {
    return books.certificates().search(Set.of(EBERN), CertificateQuery.of(text, 10), NOW);
  }

  private static void execute(DataSource source, String sql) throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static StoredCertificate certificate(String serial, String name, Instant end) {
    return new StoredCertificate(
        new AuthorityName("people"),
        SerialNumber.fromHex(serial),
        Bytes.of(serial.getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
        new ProfileName("vpn-person"),
        1,
        Optional.of(EBERN),
        Optional.of(new SubjectId("somebody")),
        name,
        "",
        Optional.empty(),
        end.minus(Duration.ofDays(365)),
        end,
        new CertificateStatus.Good(),
        1);
  }
}
