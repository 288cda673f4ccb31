package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.reads.ReadEntry;
import de.kreissiegel.ca.reads.ReaderCount;
import de.kreissiegel.ca.reads.ReadsBook;
import de.kreissiegel.ca.reads.ReadsQuery;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Who looked at whose data, in PostgreSQL, by the index on reads. */
public final class JdbcReadsBook implements ReadsBook {
  private static final int MOST_READERS = 2000;

  /**
   * Whom a certificate with a pseudonym is about stands in no answer, and nobody is found by it: it
   * would tell who bears it.
   */
  private static final String FROM =
      """
      with people as (
        select distinct subject_id as id from (
          select subject_id from certificate
          where tenant = any(:tenants) and subject_id is not null
            and (subject_id = :about or subject_name ilike :pattern
              or lower('mail:' || :about) = any(string_to_array(lower(alternative_names), ' ')))
          union all
          select subject_id from request
          where tenant = any(:tenants) and (subject_id = :about or subject_name ilike :pattern
            or lower(subject_mail) = lower(:about))) named
        where :about <> ''),
      objects as (
        select 'certificate:' || authority || '/' || serial as object from certificate
        where subject_id in (select id from people)
        union select 'request:' || id from request where subject_id in (select id from people)
        union select 'person:' || id from people
        union select 'person:' || cast(:about as text) where :about <> '')
      %s
      from audit_event e
      where e.action = 'person.read' and e.at >= :from and e.at < :until
        and (e.tenant = any(:tenants)
          or :everywhere and e.tenant is null and (
            exists (select from roster r where e.actor = 'person:' || r.subject_id
                    and r.tenants && :tenants)
            or not exists (select from roster r where e.actor = 'person:' || r.subject_id)))
        and (:reader = '' or e.actor = :readerId or e.actor_name ilike :readerPattern)
        and (:about = '' or e.object in (select object from objects))
      """;

  private static final String ENTRIES =
      FROM.formatted(
              """
              select e.*, coalesce(
                (select c.subject_name from certificate c
                  where e.object like 'certificate:%'
                    and c.authority = split_part(substr(e.object, 13), '/', 1)
                    and c.serial = split_part(substr(e.object, 13), '/', 2)),
                (select q.subject_name from request q
                  where q.id = case when e.object ~ '^request:[0-9a-f-]{36}$'
                    then cast(substr(e.object, 9) as uuid) end),
                (select r.names[1] from roster r
                  where e.object like 'person:%' and e.object = 'person:' || r.subject_id limit 1),
                '') as about
              """)
          + "order by e.at desc, e.chain, e.sequence desc offset :offset limit :limit";

  private static final String COUNTS =
      FROM.formatted(
              """
              select e.actor, coalesce((array_agg(e.actor_name order by e.at desc)
                  filter (where e.actor_name is not null))[1], '') as name,
                count(*) filter (where e.object not like 'list:%') as single,
                count(*) filter (where e.object like 'list:%') as lists, max(e.at) as last
              """)
          + "group by e.actor order by e.actor limit :limit";

  private final Jdbi jdbi;

  public JdbcReadsBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public List<ReadEntry> search(Set<TenantId> tenants, ReadsQuery query, int offset, int limit) {
    return jdbi.withHandle(
        handle ->
            bound(handle.createQuery(ENTRIES), tenants, query)
                .bind("offset", offset)
                .bind("limit", limit)
                .map(
                    (row, _) ->
                        new ReadEntry(
                            JdbcAuditBook.event(row),
                            Optional.ofNullable(row.getString("about")).orElse("")))
                .list());
  }

  @Override
  public List<ReaderCount> counts(Set<TenantId> tenants, ReadsQuery query) {
    return jdbi.withHandle(
        handle ->
            bound(handle.createQuery(COUNTS), tenants, query)
                .bind("limit", MOST_READERS)
                .map(
                    (row, _) ->
                        new ReaderCount(
                            row.getString("actor"),
                            row.getString("name"),
                            row.getLong("single"),
                            row.getLong("lists"),
                            row.getTimestamp("last").toInstant()))
                .list());
  }

  private static Query bound(Query question, Set<TenantId> tenants, ReadsQuery query) {
    String about = Patterns.storable(query.about()).strip();
    String reader = Patterns.storable(query.reader()).strip();
    return question
        .bindArray("tenants", String.class, tenants.stream().map(TenantId::value).toList())
        .bind("everywhere", query.tenant().isEmpty())
        .bind("about", about)
        .bind("pattern", Patterns.containing(about))
        .bind("reader", reader)
        .bind("readerId", "person:" + reader)
        .bind("readerPattern", Patterns.containing(reader))
        .bind("from", query.from())
        .bind("until", query.until());
  }
}
