package de.kreissiegel.ca.emergency;

import de.kreissiegel.ca.storage.TestDatabase;

/**
 * Certificates of the devices' authority as rows, each of a holder of its own: of a hundred, 2
 * gateways, 10 servers, 28 laptops and 60 people; of a thousand 30 are on hold, 50 revoked and 20
 * expired, and there is one OCSP responder.
 */
final class DistrictOfRows {
  private DistrictOfRows() {}

  /** How many of so many a run concerns. */
  static long concerned(long count) {
    return count * 93 / 100; // the revoked and the expired are out
  }

  /**
   * @param count a multiple of 1000
   */
  static void insert(TestDatabase database, int count) {
    database.execute(
        """
        insert into certificate (authority, serial, encoded, profile, tenant, subject_id,
          subject_name, alternative_names, public_key_hash, not_before, not_after, state,
          state_since, revocation_reason, journal_index, journal_hash)
        select 'devices', '7f' || md5(n::text), sha256(n::text::bytea), profile,
          'gemeinde-' || n % 27 || '.example', 'holder-' || n, 'CN=Holder ' || n, '',
          sha256(n::text::bytea), now() - interval '100 days',
          now() + case when state = 'expired' then interval '-1 day' else interval '200 days' end,
          case when state = 'expired' then 'good' else state end,
          case when state in ('hold', 'revoked') then now() - interval '9 days' end,
          case when state = 'revoked' then 4 end, n, sha256(n::text::bytea)
        from (select n,
            case when n % 100 < 60 then 'vpn-client' when n % 100 < 88 then 'laptop'
              when n % 100 < 98 then 'tls-server' else 'vpn-gateway' end as profile,
            case when place < 30 then 'hold'
              when place < 80 then 'revoked' when place < 100 then 'expired' else 'good' end as state
          from (select n, (n * 7919) % 1000 as place from generate_series(0, ? - 1) n) numbers) made
        """,
        count);
    responder(database);
  }

  /** The devices' OCSP responder. */
  private static void responder(TestDatabase database) {
    database.execute(
        """
        insert into certificate (authority, serial, encoded, profile, subject_name,
          alternative_names, public_key_hash, not_before, not_after, state, journal_index,
          journal_hash)
        values ('devices', '7e', '\\x00', 'ocsp-responder-devices', 'CN=OCSP', '',
          sha256('ocsp'), now() - interval '1 day', now() + interval '29 days', 'good', 0, '\\x00')
        """);
  }

  /** Of the good ones with a number that fits, a successor by the next generation. */
  static int successors(TestDatabase database, String where) {
    return database.execute(
        """
        insert into certificate (authority, serial, encoded, profile, tenant, subject_id,
          subject_name, alternative_names, public_key_hash, not_before, not_after, state,
          journal_index, journal_hash)
        select 'devices-2', serial, encoded, profile, tenant, subject_id, subject_name, '',
          sha256(encoded), now(), not_after + interval '1 day', 'good', journal_index, journal_hash
        from certificate
        where authority = 'devices' and subject_id is not null and state <> 'revoked'
          and not_after > now() and (%s)
        """
            .formatted(where));
  }
}
