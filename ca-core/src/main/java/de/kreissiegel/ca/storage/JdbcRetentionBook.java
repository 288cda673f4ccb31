package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.retention.RetentionBook;
import de.kreissiegel.ca.retention.RetentionClass;
import de.kreissiegel.ca.transaction.Transaction;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Erasure in PostgreSQL. The role by which the authority works may do none of it: the tables' owner
 * does.
 */
public final class JdbcRetentionBook implements RetentionBook {
  /** Requests that came to their end, and when: that of their certificate if they have one. */
  private static final String ENDED_REQUESTS =
      """
      select r.id, coalesce(c.not_after, r.decided_at, r.submitted_at) as ended
      from request r
      left join certificate c on c.authority = r.authority and c.serial = r.serial
      where r.state in ('issued', 'refused', 'withdrawn', 'expired')
      """;

  private final Jdbi jdbi;

  public JdbcRetentionBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public Due due(RetentionClass which, Instant before) {
    String from =
        switch (which) {
          case CERTIFICATES ->
              "(select not_after as ended from certificate where erased_at is null)";
          case REQUESTS -> "(" + ENDED_REQUESTS + ")";
          case NAMES -> "(select at as ended from audit_event where salt is not null)";
        };
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*) as n, min(ended) as oldest from "
                        + from
                        + " kept where ended < :before")
                .bind("before", before)
                .map(
                    (row, _) ->
                        new Due(
                            row.getLong("n"),
                            Optional.ofNullable(row.getTimestamp("oldest"))
                                .map(Timestamp::toInstant)))
                .one());
  }

  @Override
  public int erase(
      Transaction transaction, RetentionClass which, Instant before, Instant now, int most) {
    Handle handle = JdbcTransaction.handleOf(transaction);
    return switch (which) {
      case CERTIFICATES -> certificates(handle, before, now, most);
      case REQUESTS -> requests(handle, before, most);
      case NAMES -> words(handle, before, most);
    };
  }

  /**
   * Names and bearers of pseudonyms that no certificate and no request tells of any more. A
   * commitment to the name stays: nobody else may ever have it.
   */
  private static void pseudonyms(Handle handle, Instant before, Instant now) {
    handle
        .createUpdate(
            """
            update pseudonym set
              name = null, folded = null, holder = null, subject_id = null, erased_at = :now
            where erased_at is null and reserved_at < :before
              and not exists (select from certificate where subject_id = pseudonym.holder)
              and not exists (
                select from request r, unnest(r.field_values) said
                where r.subject_id = pseudonym.subject_id and said like 'pseudonym %')
            """)
        .bind("now", now)
        .bind("before", before)
        .execute();
  }

  /**
   * Of the terms those stay that aren't words of a name: tenant, profile, authority. Where a run of
   * the mass path concerned them, its list stays, without their holders; notices to holders of whom
   * the run knows nothing any more go.
   */
  private static int certificates(Handle handle, Instant before, Instant now, int most) {
    int erased =
        handle
            .createQuery(
                """
                with gone as (
                  update certificate set
                    encoded = coalesce(fingerprint, sha256(encoded)),
                    fingerprint = coalesce(fingerprint, sha256(encoded)),
                    subject_id = null, subject_name = '', alternative_names = '',
                    terms = array_to_tsvector(array(
                      select term from unnest(tsvector_to_array(terms)) term
                      where term like '_:%')),
                    erased_at = :now
                  where (authority, serial) in (
                    select authority, serial from certificate
                    where erased_at is null and not_after < :before
                      and not exists ( -- its key can still be wanted
                        select from escrow_copy e
                        where e.key_hash = public_key_hash and e.erased_at is null)
                    order by not_after limit :most)
                  returning authority, serial),
                asked as (
                  delete from certificate_inquiry i using gone
                  where i.authority = gone.authority and i.serial = gone.serial),
                listed as (
                  update mass_item i set holder = null
                  from gone join mass_run r on r.authority = gone.authority
                  where i.run = r.id and i.serial = gone.serial)
                select count(*) from gone
                """)
            .bind("now", now)
            .bind("before", before)
            .bind("most", most)
            .mapTo(Integer.class)
            .one();
    handle
        .createUpdate(
            """
            delete from notice n where created_at < :before and not exists (
              select from mass_item i where i.run = n.run and i.holder = n.holder)
            """)
        .bind("before", before)
        .execute();
    pseudonyms(handle, before, now);
    return erased;
  }

  /**
   * With what only serves them: rows of the outbox, phone codes and passkeys of people who have
   * nothing left, what the directory had them lose, letters.
   */
  private static int requests(Handle handle, Instant before, int most) {
    handle
        .createUpdate(
            """
            delete from phone_code where created_at < :before and not exists (
              select from certificate
              where subject_id = phone_code.subject_id and not_after >= :before)
            """)
        .bind("before", before)
        .execute();
    handle
        .createUpdate(
            """
            delete from passkey where last_used_at < :before and not exists (
              select from certificate
              where subject_id = passkey.subject_id and not_after >= :before)
            """)
        .bind("before", before)
        .execute();
    handle
        .createUpdate(
            """
            delete from outbox where id in (
              select id from outbox where done_at < :before order by id limit :most)
            """)
        .bind("before", before)
        .bind("most", most)
        .execute();
    handle
        .createUpdate(
            """
            delete from letter where id in (
              select id from letter where created_at < :before order by id limit :most)
            """)
        .bind("before", before)
        .bind("most", most)
        .execute();
    plans(handle, before, most);
    escrow(handle, before);
    return handle
        .createUpdate(
            """
            with ended as (select id from (%s) one where ended < :before order by ended limit :most),
            approvals as (delete from approval where request_id in (select id from ended))
            delete from request where id in (select id from ended)
            """
                .formatted(ENDED_REQUESTS))
        .bind("before", before)
        .bind("most", most)
        .execute();
  }

  private static void plans(Handle handle, Instant before, int most) {
    handle
        .createUpdate(
            """
            with ended as (
              select id from plan_item i where settled_at < :before and not exists (
                select from plan_effect e where e.item = i.id
                  and (e.settled_at is null or e.settled_at >= :before))
              order by id limit :most),
            effects as (delete from plan_effect where item in (select id from ended))
            delete from plan_item where id in (select id from ended)
            """)
        .bind("before", before)
        .bind("most", most)
        .execute();
    for (String sql :
        List.of(
            """
            delete from plan_consent where plan in (
              select id from plan p where closed_at < :before
                and not exists (select from plan_item i where i.plan = p.id))
            """,
            """
            delete from plan p where closed_at < :before
              and not exists (select from plan_item i where i.plan = p.id)
            """,
            "delete from occasion where made_at < :before",
            """
            delete from person_check k where at < :before and request_id is null
              and not exists (
                select from certificate c where c.subject_id = k.subject_id and c.not_after >= :before)
            """,
            """
            delete from role_conflict where ended_at < :before
            """,
            """
            delete from person_reminder where due_on < :before
            """,
            """
            delete from person_link l where at < :before and not exists (
              select from roster r where r.subject_id in (l.one, l.other))
            """,
            """
            delete from terms_acceptance t where accepted_at < :before
              and not exists (select from request r where r.applicant = 'person:' || t.person)
            """,
            """
            delete from office_grant g where coalesce(ended_at, ends_at) < :before
              and not exists (select from request r where r.grant_id = g.id)
            """)) {
      handle.createUpdate(sql).bind("before", before).execute();
    }
  }

  /** What was escrowed and given out long ago; copies themselves go by a tenant's own term. */
  private static void escrow(Handle handle, Instant before) {
    for (String sql :
        List.of(
            """
            delete from recovery_signature where recovery in (
              select id from recovery where settled_at < :before)
            """,
            """
            delete from recovery_approval where recovery in (
              select id from recovery where settled_at < :before)
            """,
            """
            delete from recovery_key where recovery in (
              select id from recovery where settled_at < :before)
            """,
            "delete from recovery where settled_at < :before",
            "delete from made_key where made_at < :before",
            """
            delete from escrow_copy e where erased_at < :before and not exists (
              select from recovery_key k where k.key_hash = e.key_hash)
            """,
            """
            delete from escrow_decision d where ended_at < :before and not exists (
              select from escrow_copy e where e.decision = d.id)
            """)) {
      handle.createUpdate(sql).bind("before", before).execute();
    }
  }

  /** Names and words in reviews of revisors; who, what and when stay, and so do commitments. */
  private static void revisions(Handle handle, Instant before) {
    for (String sql :
        List.of(
            """
            update revision set opener_name = null
            where opened_at < :before and opener_name is not null
            """,
            """
            update revision_judgement set judge_name = null
            where judged_at < :before and judge_name is not null
            """,
            """
            update revision_finding set finder_name = null, words = null, salt = null
            where found_at < :before and salt is not null
            """,
            """
            update revision_step set sayer_name = null, words = null, salt = null
            where said_at < :before and salt is not null
            """,
            """
            update revision_check set checker_name = null
            where checked_at < :before and checker_name is not null
            """,
            """
            update revision_sign_off set signer_name = null, words = null, salt = null
            where signed_at < :before and salt is not null
            """)) {
      handle.createUpdate(sql).bind("before", before).execute();
    }
  }

  private static int words(Handle handle, Instant before, int most) {
    revisions(handle, before);
    return handle
        .createUpdate(
            """
            update audit_event set salt = null, actor_name = null, detail = null
            where (chain, sequence) in (
              select chain, sequence from audit_event
              where salt is not null and at < :before order by at limit :most)
            """)
        .bind("before", before)
        .bind("most", most)
        .execute();
  }
}
