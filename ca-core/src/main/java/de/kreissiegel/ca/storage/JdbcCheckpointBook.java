package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.witness.CheckpointBook;
import de.kreissiegel.ca.witness.KeptCheckpoint;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Kept checkpoints, in PostgreSQL. */
public final class JdbcCheckpointBook implements CheckpointBook {
  private final Jdbi jdbi;

  public JdbcCheckpointBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public Optional<KeptCheckpoint> newest(String signer) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from kept_checkpoint where signer = :signer"
                        + " order by size desc limit 1")
                .bind("signer", signer)
                .map((row, _) -> read(row))
                .findOne());
  }

  @Override
  public void keep(KeptCheckpoint kept) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into kept_checkpoint values (?, ?, ?, ?, ?) on conflict do nothing",
                kept.signer(),
                kept.checkpoint().size(),
                kept.checkpoint().head().toArray(),
                kept.checkpoint().note(),
                kept.keptAt().atOffset(ZoneOffset.UTC)));
  }

  @Override
  public List<KeptCheckpoint> all(String signer) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from kept_checkpoint where signer = :signer order by size")
                .bind("signer", signer)
                .map((row, _) -> read(row))
                .list());
  }

  private static KeptCheckpoint read(ResultSet row) throws SQLException {
    return new KeptCheckpoint(
        row.getString("signer"),
        new SignedCheckpoint(
            row.getLong("size"), Bytes.of(row.getBytes("head")), row.getString("note")),
        row.getObject("kept_at", OffsetDateTime.class).toInstant());
  }
}
