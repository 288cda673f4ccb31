package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.roster.Bookmark;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.Roster;
import de.kreissiegel.ca.roster.RosterEntry;
import de.kreissiegel.ca.roster.Standing;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The roster in PostgreSQL. */
public final class JdbcRoster implements Roster {
  private static final String COLUMNS =
      "subject_id directory kind home tenants names addresses standing key_holders";

  private static final String PUT =
      Rows.insert("roster", Set.of("tenants", "names", "addresses", "key_holders"), COLUMNS)
          + """
           on conflict (subject_id) do update set
            directory = excluded.directory, kind = excluded.kind, home = excluded.home,
            tenants = excluded.tenants, names = excluded.names, addresses = excluded.addresses,
            standing = excluded.standing, key_holders = excluded.key_holders
          """;

  private final Jdbi jdbi;

  public JdbcRoster(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public Optional<Bookmark> bookmark(DirectoryName directory) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select bookmark from directory_reading
                    where directory = :directory and bookmark is not null
                    """)
                .bind("directory", directory.value())
                .map((row, _) -> new Bookmark(Bytes.of(row.getBytes(1))))
                .findOne());
  }

  @Override
  public Set<SubjectId> known(DirectoryName directory) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select subject_id from roster where directory = :directory")
                .bind("directory", directory.value())
                .mapTo(String.class)
                .map(SubjectId::new)
                .set());
  }

  @Override
  public void lock(Transaction transaction, DirectoryName directory) {
    Handle handle = handleOf(transaction);
    handle.execute(
        "insert into directory_reading (directory) values (?) on conflict do nothing",
        directory.value());
    handle.execute(
        "select from directory_reading where directory = ? for update", directory.value());
  }

  @Override
  public Map<SubjectId, RosterEntry> find(Transaction transaction, Collection<SubjectId> subjects) {
    var found = new HashMap<SubjectId, RosterEntry>();
    select(transaction, "select * from roster where subject_id = any(:ids)", subjects)
        .forEach(entry -> found.put(entry.id(), entry));
    return found;
  }

  @Override
  public List<RosterEntry> accessibleTo(Transaction transaction, Collection<SubjectId> people) {
    return people.isEmpty()
        ? List.of()
        : select(
            transaction,
            "select * from roster where key_holders && :ids and key_holders <> '{}'",
            people);
  }

  @Override
  public void put(Transaction transaction, List<RosterEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    Rows.change(
        handleOf(transaction),
        PUT,
        rows ->
            rows.texts(entries, entry -> entry.id().value())
                .texts(entries, entry -> entry.directory().value())
                .texts(entries, entry -> entry.kind().name())
                .texts(entries, entry -> entry.home().value())
                .lists(entries, entry -> texts(entry.tenants()))
                .lists(entries, entry -> entry.names().toArray(String[]::new))
                .lists(entries, entry -> entry.addresses().toArray(String[]::new))
                .texts(entries, entry -> entry.standing().name())
                .lists(entries, entry -> texts(entry.keyHolders())));
  }

  @Override
  public void remove(Transaction transaction, Collection<SubjectId> subjects) {
    handleOf(transaction)
        .createUpdate("delete from roster where subject_id = any(:ids)")
        .bindArray("ids", String.class, values(subjects))
        .execute();
  }

  @Override
  public void mark(
      Transaction transaction, DirectoryName directory, Bookmark bookmark, Instant now) {
    handleOf(transaction)
        .createUpdate(
            """
            update directory_reading set bookmark = :bookmark, taken_at = :now
            where directory = :directory
            """)
        .bind("bookmark", bookmark.value().toArray())
        .bind("now", now)
        .bind("directory", directory.value())
        .execute();
  }

  private static List<RosterEntry> select(
      Transaction transaction, String sql, Collection<SubjectId> ids) {
    return handleOf(transaction)
        .createQuery(sql)
        .bindArray("ids", String.class, values(ids))
        .map((row, _) -> entry(row))
        .list();
  }

  private static RosterEntry entry(ResultSet row) throws SQLException {
    return new RosterEntry(
        new SubjectId(row.getString("subject_id")),
        new DirectoryName(row.getString("directory")),
        SubjectKind.valueOf(row.getString("kind")),
        new TenantId(row.getString("home")),
        list(row, "tenants").stream().map(TenantId::new).collect(Collectors.toSet()),
        list(row, "names"),
        list(row, "addresses"),
        Standing.valueOf(row.getString("standing")),
        list(row, "key_holders").stream().map(SubjectId::new).collect(Collectors.toSet()));
  }

  static List<String> list(ResultSet row, String column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }

  private static List<String> values(Collection<SubjectId> ids) {
    return ids.stream().map(SubjectId::value).toList();
  }

  private static String[] texts(Set<?> ids) {
    return ids.stream().map(Object::toString).sorted().toArray(String[]::new);
  }
}
