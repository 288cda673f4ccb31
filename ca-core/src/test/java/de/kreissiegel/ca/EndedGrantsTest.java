package de.kreissiegel.ca;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.x509.RevocationReason;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EndedGrantsTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private final UUID grant = UUID.randomUUID();
  private House house;
  private EndedGrants ended;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE);
    var books = Books.of(DATABASE.source(), "test", house.clock, new SecureRandom());
    ended =
        new EndedGrants(
            books.grants(),
            new RevocationDesk(
                books.ofRevocation(),
                new Ownership(house.directory, person -> Set.of()),
                house.clock),
            house.clock);
  }

  @Test
  void revokesWhatWasMadeForAGrantThatWasEndedAndNothingElse() throws Exception {
    CertificateRequest forGrant = house.approved(house.anna, House.VPN);
    CertificateRequest other = house.approved(house.olga, House.VPN);
    give(forGrant);

    ended.revoke();
    assertThat(status(forGrant)).as("it holds").isInstanceOf(CertificateStatus.Good.class);

    DATABASE.execute(
        """
        update office_grant
        set ended_by = 'otto', ender_name = 'Otto', ended_at = ?, end_reason = 'wieder da'
        """,
        house.clock.instant().atOffset(ZoneOffset.UTC));
    ended.revoke();
    ended.revoke();

    assertThat(status(forGrant))
        .isInstanceOfSatisfying(
            CertificateStatus.Revoked.class,
            revoked ->
                assertThat(revoked.reason()).isEqualTo(RevocationReason.PRIVILEGE_WITHDRAWN));
    assertThat(status(other)).isInstanceOf(CertificateStatus.Good.class);
    assertThat(
            DATABASE.number(
                "select count(*) from audit_event where action = 'certificate.revoked'"))
        .isEqualTo(1);
  }

  private CertificateStatus status(CertificateRequest request) {
    StoredCertificate certificate = house.certificateOf(request);
    return certificate.status();
  }

  private void give(CertificateRequest request) {
    var now = house.clock.instant().atOffset(ZoneOffset.UTC);
    var end = now.plus(Duration.ofDays(30));
    DATABASE.execute(
        """
        insert into office_grant (id, person, person_name, tenant, across, reason, begins_at,
          ends_at, proposed_by, proposer_name, proposed_at)
        values (?, 'anna', 'Anna', ?, false, 'Urlaub', ?, ?, 'otto', 'Otto', ?)
        """,
        grant,
        House.TOWN.value(),
        now,
        end,
        now);
    DATABASE.execute(
        "update request set grant_id = ?, grant_ends_at = ? where id = ?",
        grant,
        end,
        request.id().value());
  }
}
