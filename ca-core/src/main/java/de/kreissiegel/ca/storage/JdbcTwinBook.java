package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.identity.TwinBook;
import de.kreissiegel.ca.identity.Twins;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Who may be recorded twice, by PostgreSQL: entries as the directories last had them. */
public final class JdbcTwinBook implements TwinBook {
  private final Jdbi jdbi;

  public JdbcTwinBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public List<Twins> candidates(Set<TenantId> tenants) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    with people as materialized (
                      select subject_id, directory, home, tenants, names[1] as name,
                        lower(names[1]) as folded,
                        nullif(lower(addresses[1]), '') as mail
                      from roster where kind = 'PERSON'),
                    pairs as (
                      select a.subject_id as a, b.subject_id as b from people a
                        join people b on a.mail = b.mail and a.subject_id < b.subject_id
                      union
                      select a.subject_id, b.subject_id from people a
                        join people b on a.folded = b.folded and a.home = b.home
                          and a.subject_id < b.subject_id)
                    select a.subject_id as a_id, a.name as a_name, a.directory as a_directory,
                      a.tenants as a_tenants, coalesce(a.mail, '') as a_mail,
                      b.subject_id as b_id, b.name as b_name, b.directory as b_directory,
                      b.tenants as b_tenants, coalesce(b.mail, '') as b_mail,
                      coalesce(a.mail = b.mail, false) as same_mail, l.same, l.officer_name
                    from pairs
                    join people a on a.subject_id = pairs.a
                    join people b on b.subject_id = pairs.b
                    left join person_link l on l.one = pairs.a and l.other = pairs.b
                    where a.tenants && :tenants or b.tenants && :tenants
                    order by l.same is not null, a.name, a.subject_id, b.subject_id limit
                    """
                        + MOST)
                .bindArray("tenants", String.class, tenants.stream().map(TenantId::value).toList())
                .map((row, _) -> read(row))
                .list());
  }

  @Override
  public void say(
      Transaction transaction,
      SubjectId one,
      SubjectId other,
      boolean same,
      Actor.Person officer,
      Instant at) {
    handleOf(transaction)
        .createUpdate(
            """
            insert into person_link (one, other, same, officer, officer_name, at)
            values (:one, :other, :same, :officer, :name, :at)
            on conflict (one, other) do update set same = excluded.same,
              officer = excluded.officer, officer_name = excluded.officer_name, at = excluded.at
            """)
        .bind("one", one.value())
        .bind("other", other.value())
        .bind("same", same)
        .bind("officer", officer.id().value())
        .bind("name", officer.displayName())
        .bind("at", at)
        .execute();
  }

  @Override
  public Set<SubjectId> same(SubjectId subject) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    with recursive human as (
                      select cast(:subject as text) as id
                      union
                      select case when l.one = human.id then l.other else l.one end
                      from human join person_link l on l.same and human.id in (l.one, l.other))
                    select id from human
                    """)
                .bind("subject", subject.value())
                .mapTo(String.class)
                .map(SubjectId::new)
                .set());
  }

  private static Twins read(ResultSet row) throws SQLException {
    Boolean same = row.getObject("same", Boolean.class);
    return new Twins(
        entry(row, "a"),
        entry(row, "b"),
        row.getBoolean("same_mail"),
        Optional.ofNullable(same),
        Optional.ofNullable(row.getString("officer_name")));
  }

  private static Twins.Entry entry(ResultSet row, String which) throws SQLException {
    return new Twins.Entry(
        new SubjectId(row.getString(which + "_id")),
        row.getString(which + "_name"),
        row.getString(which + "_directory"),
        Arrays.stream((String[]) row.getArray(which + "_tenants").getArray())
            .map(TenantId::new)
            .collect(Collectors.toSet()),
        row.getString(which + "_mail"));
  }
}
