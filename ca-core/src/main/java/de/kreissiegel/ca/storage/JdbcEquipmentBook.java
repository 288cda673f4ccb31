package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.equipment.Equipment;
import de.kreissiegel.ca.equipment.EquipmentBook;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What was handed out, in PostgreSQL. */
final class JdbcEquipmentBook implements EquipmentBook {
  private static final String ALL =
      """
      select e.*, array(
        select c.authority || '/' || c.serial from equipment_certificate c
        where c.equipment = e.id order by 1) as certificates
      from equipment e
      """;

  private static final String DUE =
      """
      e.state = 'out' and exists (select from roster)
        and not exists (select from roster r
          where r.subject_id = e.holder and r.standing <> 'DISABLED'
            and e.tenant = any(r.tenants))
      """;

  private final Jdbi jdbi;

  JdbcEquipmentBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public boolean insert(Transaction transaction, Equipment one) {
    Handle handle = handleOf(transaction);
    boolean fresh =
        handle
                .createUpdate(
                    """
                    insert into equipment (id, kind, serial, tenant, holder, holder_name, note,
                      issued_by, issuer_name, issued_at, state, moved_by, mover_name, moved_at,
                      move_note)
                    values (:id, :kind, :serial, :tenant, :holder, :name, :note, :by, :byName, :at,
                      :state, :by, :byName, :at, '')
                    on conflict do nothing
                    """)
                .bind("id", one.id())
                .bind("kind", word(one.kind()))
                .bind("serial", Patterns.storable(one.serial()))
                .bind("tenant", one.tenant().value())
                .bind("holder", one.holder().value())
                .bind("name", Patterns.storable(one.holderName()))
                .bind("note", Patterns.storable(one.note()))
                .bind("by", one.issued().by().value())
                .bind("byName", Patterns.storable(one.issued().name()))
                .bind("at", one.issued().at())
                .bind("state", word(one.state()))
                .execute()
            == 1;
    if (fresh) {
      one.certificates()
          .forEach(
              link ->
                  handle.execute(
                      "insert into equipment_certificate values (?, ?, ?)",
                      one.id(),
                      link.authority().value(),
                      link.serial().toHex()));
    }
    return fresh;
  }

  @Override
  public Optional<Equipment> find(UUID id) {
    return jdbi.withHandle(handle -> one(handle, id));
  }

  @Override
  public Optional<Equipment> lock(Transaction transaction, UUID id) {
    Handle handle = handleOf(transaction);
    handle
        .createQuery("select id from equipment where id = :id for update")
        .bind("id", id)
        .mapTo(UUID.class)
        .findOne();
    return one(handle, id);
  }

  private static Optional<Equipment> one(Handle handle, UUID id) {
    return handle
        .createQuery(ALL + "where e.id = :id")
        .bind("id", id)
        .map((row, _) -> equipment(row))
        .findOne();
  }

  @Override
  public void move(Transaction transaction, Equipment one) {
    handleOf(transaction)
        .execute(
            """
            update equipment set state = ?, moved_by = ?, mover_name = ?, moved_at = ?,
              move_note = ?
            where id = ?
            """,
            word(one.state()),
            one.moved().by().value(),
            Patterns.storable(one.moved().name()),
            one.moved().at(),
            Patterns.storable(one.movedNote()),
            one.id());
  }

  @Override
  public List<Equipment> of(Set<TenantId> tenants, Which which, int offset, int limit) {
    String condition =
        switch (which) {
          case OUT -> " and e.state = 'out'";
          case DUE -> " and " + DUE;
          case ALL -> "";
        };
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    ALL
                        + "where e.tenant = any(:tenants)"
                        + condition
                        + " order by e.issued_at desc, e.id offset :offset limit :limit")
                .bindArray("tenants", String.class, values(tenants))
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, _) -> equipment(row))
                .list());
  }

  @Override
  public Set<UUID> due(Set<TenantId> tenants) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select e.id from equipment e where e.tenant = any(:tenants) and " + DUE)
                .bindArray("tenants", String.class, values(tenants))
                .mapTo(UUID.class)
                .collect(Collectors.toUnmodifiableSet()));
  }

  private static List<String> values(Set<TenantId> tenants) {
    return tenants.stream().map(TenantId::value).toList();
  }

  private static Equipment equipment(ResultSet row) throws SQLException {
    return new Equipment(
        row.getObject("id", UUID.class),
        Equipment.Kind.valueOf(upper(row, "kind")),
        row.getString("serial"),
        new TenantId(row.getString("tenant")),
        new SubjectId(row.getString("holder")),
        row.getString("holder_name"),
        row.getString("note"),
        said(row, "issued", "issuer"),
        Equipment.State.valueOf(upper(row, "state")),
        said(row, "moved", "mover"),
        row.getString("move_note"),
        Arrays.stream((String[]) row.getArray("certificates").getArray())
            .map(JdbcEquipmentBook::link)
            .collect(Collectors.toSet()));
  }

  private static Equipment.Link link(String text) {
    int slash = text.indexOf('/');
    return new Equipment.Link(
        new AuthorityName(text.substring(0, slash)),
        SerialNumber.fromHex(text.substring(slash + 1)));
  }

  private static Equipment.Said said(ResultSet row, String done, String who) throws SQLException {
    return new Equipment.Said(
        new SubjectId(row.getString(done + "_by")),
        row.getString(who + "_name"),
        row.getTimestamp(done + "_at").toInstant());
  }

  private static String upper(ResultSet row, String column) throws SQLException {
    return row.getString(column).toUpperCase(Locale.ROOT);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
