package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.issuance.JournalPosition;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The place in the vault's journal, in PostgreSQL. */
public final class JdbcJournalPosition implements JournalPosition {
  private final Jdbi jdbi;
  private final String signer;

  /**
   * @param signer which vault; one database may have known several
   */
  public JdbcJournalPosition(Database database, String signer) {
    this.jdbi = database.jdbi();
    this.signer = signer;
  }

  @Override
  public Mark current() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select next_index, last_hash from journal_position where signer = :signer")
                .bind("signer", signer)
                .map(
                    (row, _) ->
                        new Mark(
                            row.getLong("next_index"),
                            Optional.ofNullable(row.getBytes("last_hash")).map(Bytes::of)))
                .findOne()
                .orElse(new Mark(0, Optional.empty())));
  }

  @Override
  public boolean advance(Transaction transaction, Mark from, Mark to) {
    Handle handle = handleOf(transaction);
    handle.execute(
        "insert into journal_position values (?, 0, null) on conflict do nothing", signer);
    return handle
            .createUpdate(
                """
                update journal_position set next_index = :next, last_hash = :hash
                where signer = :signer and next_index = :from
                """)
            .bind("signer", signer)
            .bind("from", from.nextIndex())
            .bind("next", to.nextIndex())
            .bind("hash", to.lastHash().map(Bytes::toArray))
            .execute()
        == 1;
  }
}
