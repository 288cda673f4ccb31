package de.kreissiegel.ra.access;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.house.Staff;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * What is escrowed in the house of {@link AccessMatrixTest}: a proposal, or a recovery that waits.
 */
record EscrowObjects(EmbeddedPostgres postgres, Instant now) {
  static final String NOTHING =
      """
      delete from recovery_signature; delete from recovery_approval; delete from recovery_key;
      delete from recovery; delete from escrow_wrapping; delete from escrow_copy;
      delete from escrow_decision;
      """;

  /** A tenant's proposal that waits for consent. */
  String proposed(TenantId tenant) throws SQLException {
    var id = UUID.randomUUID().toString();
    execute(
        """
        insert into escrow_decision (id, tenant, profiles, reason, officers, keep_years,
          proposed_by, proposer_name, proposed_at)
        values ('%s', '%s', '{smime}', 'Beschluss', 2, 10, 'lead', 'Lore', '%s')
        """
            .formatted(id, tenant, now));
    return id;
  }

  /** The person wants their one key; the release has the recovery's own id. */
  String wanted(Actor.Person person, TenantId tenant) throws SQLException {
    return wanted(person, tenant, proposed(tenant));
  }

  /** The same where the tenant has a decision already. */
  String wantedAlso(Actor.Person person, TenantId tenant) throws SQLException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select id from escrow_decision where tenant = '" + tenant + "'")) {
      if (!row.next()) {
        throw new IllegalStateException("nothing was decided");
      }
      return wanted(person, tenant, row.getString("id"));
    }
  }

  private String wanted(Actor.Person person, TenantId tenant, String decision) throws SQLException {
    var id = UUID.randomUUID().toString();
    String name = tenant.equals(Staff.HASSFURT) ? "Stadt Haßfurt" : "Stadt Ebern";
    execute(
        """
        insert into escrow_copy (key_hash, tenant, profile, depositor, made_by, decision, vault_key,
          wrapped, wrapping_hash, deposited_at, keep_years)
        values (sha256('%1$s'), '%2$s', 'smime', '%3$s', 'BROWSER', '%4$s', 'escrow',
          sha256('wrapped'), sha256('wrapping'), '%5$s', 10);
        insert into recovery (id, tenant, owner, owner_name, organization, requester,
          requester_name, requested_at, collector, collector_name, reason, needed, state)
        values ('%1$s', '%2$s', '%3$s', 'Erika', '%6$s', '%3$s', 'Erika', '%5$s', '%3$s', 'Erika',
          'Az. 1', 2, 'REQUESTED');
        insert into recovery_key (recovery, release_id, key_hash, authority, serial, vault_key,
          wrapping_hash)
        values ('%1$s', '%1$s', sha256('%1$s'), 'people', '1a2b', 'escrow', sha256('wrapping'));
        """
            .formatted(id, tenant, person.id(), decision, now, name));
    return id;
  }

  private void execute(String sql) throws SQLException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
