package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.wording.RefusalText;
import de.kreissiegel.ca.wording.RefusalTextBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/** Tenants' own reasons for refusing, in PostgreSQL. */
final class JdbcRefusalTextBook implements RefusalTextBook {
  private final Jdbi jdbi;

  JdbcRefusalTextBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public List<RefusalText> of(Set<TenantId> tenants) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from refusal_text where tenant = any(:tenants)"
                        + " order by tenant, title, id")
                .bindArray("tenants", String.class, tenants.stream().map(TenantId::value).toList())
                .map((row, _) -> text(row))
                .list());
  }

  @Override
  public Optional<RefusalText> lock(Transaction transaction, UUID id) {
    return handleOf(transaction)
        .createQuery("select * from refusal_text where id = :id for update")
        .bind("id", id)
        .map((row, _) -> text(row))
        .findOne();
  }

  /** Two at once may make one too many: it hurts nobody. */
  @Override
  public boolean insert(Transaction transaction, RefusalText text, int most) {
    return bind(
                handleOf(transaction)
                    .createUpdate(
                        """
                        insert into refusal_text (id, tenant, title, text_de, text_en, changed_at)
                        select :id, :tenant, :title, :textDe, :textEn, :at
                        where (select count(*) from refusal_text where tenant = :tenant) < :most
                        """)
                    .bind("tenant", text.tenant().value())
                    .bind("most", most),
                text)
            .execute()
        == 1;
  }

  @Override
  public void change(Transaction transaction, RefusalText text) {
    bind(
            handleOf(transaction)
                .createUpdate(
                    """
                    update refusal_text set title = :title, text_de = :textDe, text_en = :textEn,
                      changed_at = :at
                    where id = :id
                    """),
            text)
        .execute();
  }

  @Override
  public void delete(Transaction transaction, UUID id) {
    handleOf(transaction).execute("delete from refusal_text where id = ?", id);
  }

  private static Update bind(Update update, RefusalText text) {
    return update
        .bind("id", text.id())
        .bind("title", Patterns.storable(text.words().title()))
        .bind("textDe", Patterns.storable(text.words().textDe()))
        .bind("textEn", Patterns.storable(text.words().textEn()))
        .bind("at", text.changedAt());
  }

  private static RefusalText text(ResultSet row) throws SQLException {
    return new RefusalText(
        row.getObject("id", UUID.class),
        new TenantId(row.getString("tenant")),
        new RefusalText.Words(
            row.getString("title"), row.getString("text_de"), row.getString("text_en")),
        row.getTimestamp("changed_at").toInstant());
  }
}
