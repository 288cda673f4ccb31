package de.kreissiegel.ca.bench;

import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.storage.TestDatabase;

/**
 * Rows as issuing leaves them, made by the database itself: a request, a certificate and two audit
 * events each, their keys as random and their octets as long. What stands in the octets is nothing.
 */
final class StoredBefore {
  private static final int OCTETS = 850;

  private StoredBefore() {}

  static void load(TestDatabase database, int count) {
    database.execute(
        """
        insert into request (id, state, applicant, applicant_name, tenant, profile, subject_id,
            subject_kind, subject_home, subject_tenants, subject_name, subject_dns_name,
            subject_enabled, subject_dn, subject_responsible, public_key, public_key_hash, proof,
            wishes, remark, submitted_at, approvals_needed, authority, serial)
        select md5('request' || n)::uuid, 'issued', 'system:bench', 'bench', ?, ?, 'device' || n,
            'DEVICE', 'x', array['x'], 'device' || n, 'device' || n, true, 'cn=device' || n,
            array[]::text[], substr(sha256(n::text::bytea) || filler, 1, 91),
            sha256(n::text::bytea), filler, array['dns:device' || n], '',
            now() - interval '1 year' + n * interval '1 second', 0, 'devices', '1' || md5(n::text)
        from generate_series(1, ?) n,
            (select decode(repeat('5a', 300), 'hex') as filler) f
        """,
        House.TOWN.value(),
        House.MACHINE.value(),
        count);
    database.execute(
        """
        insert into certificate (authority, serial, encoded, profile, tenant, subject_id,
            subject_name, alternative_names, request_id, public_key_hash, not_before, not_after,
            state, journal_index, journal_hash)
        select 'devices', '1' || md5(n::text), filler, ?, ?, 'device' || n,
            'o=Stadt,cn=device' || n, 'dns:device' || n, md5('request' || n)::uuid,
            sha256(n::text::bytea), now() - interval '1 year' + n * interval '1 second',
            now() + interval '1 year', 'good', n, sha256(n::text::bytea)
        from generate_series(1, ?) n, (select decode(repeat('5a', ?), 'hex') as filler) f
        """,
        House.MACHINE.value(),
        House.TOWN.value(),
        count,
        OCTETS);
    database.execute(
        """
        insert into audit_event
        select 'before', n, now() - interval '1 year' + n * interval '1 second', 'system:bench',
            'bench', 'certificate.issued', ?, 'request:' || md5('request' || n / 2)::uuid,
            repeat('x', 200), sha256(n::text::bytea)
        from generate_series(1, ?) n
        """,
        House.TOWN.value(),
        2 * count);
    database.execute("vacuum analyze");
    database.execute("checkpoint");
  }
}
