package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.RevocationReason;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tells of the past stays, for the tables' owner and for the role that works in them. */
class OnlyGrowsTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  @BeforeEach
  void revokeOne() throws Refused {
    ROOM.clear();
    ROOM.database().execute("drop role if exists worker_of_tests");
    ROOM.database().execute("create role worker_of_tests");
    ROOM.database()
        .database()
        .jdbi()
        .useTransaction(handle -> ApplicationRole.grant(handle, "worker_of_tests"));
    revoke(ROOM.revocationDesk(), stored());
    var somebody = new SubjectId("somebody");
    ROOM.database()
        .database()
        .inTransaction(
            transaction ->
                new JdbcPseudonymBook(ROOM.database().database(), new SecureRandom())
                    .claim(
                        transaction,
                        new Pseudonym("Sachbearbeitung 17"),
                        somebody,
                        new TenantId("stadt-a.example"),
                        Instant.EPOCH));
  }

  @AfterEach
  void dropRole() {
    ROOM.database().execute("drop owned by worker_of_tests");
    ROOM.database().execute("drop role worker_of_tests");
  }

  @Test
  void letsTheWorkerUseEmergencyCodesAndMakeNone() {
    String insertion =
        """
        insert into emergency_code (hash, holder, office, tenants, made_at, made_by, ends_at)
        values (sha256('%s'), 'Anna', 'REVIEW', '{a}', now(), 'Olga', now() + interval '1 day')
        """;
    ROOM.database().execute(insertion.formatted("owner"));
    asWorker("select * from emergency_code for update");
    asWorker("update emergency_code set used_at = now()");
    for (String statement :
        List.of(
            insertion.formatted("worker"),
            "update emergency_code set ends_at = 'infinity'",
            "update emergency_code set used_at = null, hash = sha256('worker')",
            "update emergency_code set acknowledged_at = now()",
            "delete from emergency_code")) {
      assertThatThrownBy(() -> asWorker(statement)).hasMessageContaining("permission denied");
    }
  }

  @Test
  void showsTheWorkerNoWrappingKeyButThoseOfARecoveryThatWasApproved() {
    for (String statement :
        List.of(
            "select encrypted from escrow_wrapping",
            "select * from escrow_wrapping",
            "update escrow_wrapping set encrypted = ''",
            "delete from escrow_copy",
            "update recovery_approval set officer = 'other'",
            "delete from recovery_signature",
            "delete from escrow_decision")) {
      assertThatThrownBy(() -> asWorker(statement)).hasMessageContaining("permission denied");
    }
    asWorker("select * from escrow_wrapping_of('0d0e0f10-0000-4000-8000-000000000001')");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_event set detail = 'other'",
        "update audit_event set detail = null",
        "update audit_event set salt = null, actor_name = null, detail = null, action = 'other'",
        "update audit_event set salt = null, actor_name = null, detail = null, hash = commitment",
        "delete from audit_event",
        "truncate audit_event",
        "update revocation_fact set state_since = now()",
        "delete from revocation_fact",
        "truncate revocation_fact",
        "update certificate set state = 'good', state_since = null, revocation_reason = null",
        "update certificate set state_since = state_since + interval '1 day'",
        "delete from certificate",
        "truncate certificate cascade",
        "update pseudonym set subject_id = 'other'",
        "update pseudonym set erased_at = now(), name = null, folded = null, holder = null,"
            + " subject_id = null, commitment = salt || salt",
        "delete from pseudonym",
        "truncate pseudonym"
      })
  void isRefusedToTheOwnerAndToTheWorker(String statement) {
    assertThatThrownBy(() -> ROOM.database().execute(statement))
        .hasMessageMatching("(?s).*(only grows|for ever|never taken away).*");
    assertThatThrownBy(() -> asWorker(statement))
        .hasMessageMatching("(?s).*(only grows|for ever|never taken away|permission denied).*");
    assertThat(ROOM.database().number("select count(*) from revocation_fact")).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update certificate set encoded = ''",
        "update certificate set subject_name = ''",
        "update audit_event set salt = null, actor_name = null, detail = null",
        "update audit_checkpoint set at = now()",
        "delete from kept_checkpoint",
        "update mass_run set kind = 'planned'",
        "delete from mass_run",
        "delete from mass_item",
        "update notice set holder = ''",
        "delete from flyway_schema_history",
        "create table another (n int)",
        "alter table audit_event disable trigger only_grows",
        "set session_replication_role = replica"
      })
  void isNotForTheWorker(String statement) {
    assertThatThrownBy(() -> asWorker(statement))
        .hasMessageMatching("(?s).*(permission denied|must be owner).*");
  }

  @Test
  void theWorkerCanRevoke() throws Refused {
    StoredCertificate another = stored();
    asWorker(
        """
        update certificate set state = 'revoked', state_since = now(), revocation_reason = 4
        where state = 'good'
        """);

    assertThat(ROOM.certificates().find(another.authority(), another.serial()))
        .get()
        .extracting(StoredCertificate::status)
        .isInstanceOf(CertificateStatus.Revoked.class);
  }

  private static void asWorker(String statement) {
    ROOM.database()
        .database()
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute("set local session authorization worker_of_tests");
              handle.execute(statement);
            });
  }

  private static StoredCertificate stored() {
    return sample().storedIn(ROOM.database().database(), ROOM.certificates());
  }

  private static void revoke(RevocationDesk desk, StoredCertificate certificate) throws Refused {
    desk.revoke(
        new Actor.Component("directory"),
        certificate.authority(),
        certificate.serial(),
        Revocation.of(RevocationReason.SUPERSEDED, "at " + NOW));
  }
}
