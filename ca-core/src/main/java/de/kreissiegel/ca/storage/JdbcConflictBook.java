package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.roles.Conflict;
import de.kreissiegel.ca.roles.ConflictBook;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Conflicts of offices in PostgreSQL. */
public final class JdbcConflictBook implements ConflictBook {
  private final Jdbi jdbi;

  public JdbcConflictBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public Optional<Conflict> open(Transaction transaction, SubjectId person) {
    return handleOf(transaction)
        .createQuery(
            "select * from role_conflict where person = :person and ended_at is null for update")
        .bind("person", person.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  @Override
  public void begin(
      Transaction transaction, SubjectId person, String name, Set<Office> offices, Instant at) {
    handleOf(transaction)
        .execute(
            """
            insert into role_conflict (person, name, offices, since) values (?, ?, ?, ?)
            on conflict do nothing
            """,
            person.value(),
            name,
            offices.stream().sorted().map(Office::name).toArray(String[]::new),
            at);
  }

  @Override
  public void end(Transaction transaction, SubjectId person, Instant at) {
    handleOf(transaction)
        .execute(
            "update role_conflict set ended_at = ? where person = ? and ended_at is null",
            at,
            person.value());
  }

  @Override
  public List<Conflict> lasting() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from role_conflict where ended_at is null order by since")
                .map((row, _) -> read(row))
                .list());
  }

  private static Conflict read(ResultSet row) throws SQLException {
    return new Conflict(
        new SubjectId(row.getString("person")),
        row.getString("name"),
        Arrays.stream((String[]) row.getArray("offices").getArray())
            .map(Office::valueOf)
            .collect(Collectors.toSet()),
        row.getObject("since", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }
}
