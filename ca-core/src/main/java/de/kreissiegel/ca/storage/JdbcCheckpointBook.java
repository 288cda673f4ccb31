package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.witness.CheckpointBook;
import de.kreissiegel.ca.witness.KeptCheckpoint;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
  public Optional<KeptCheckpoint> newestFollowed(String signer) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from kept_checkpoint where signer = :signer and peaks is not null"
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
                "insert into kept_checkpoint values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                kept.signer(),
                kept.checkpoint().size(),
                kept.checkpoint().head().toArray(),
                kept.checkpoint().note(),
                kept.keptAt().atOffset(ZoneOffset.UTC),
                kept.peaks().map(Bytes::toArray).orElse(null)));
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

  @Override
  public List<String> signers() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select distinct signer from kept_checkpoint order by signer")
                .mapTo(String.class)
                .list());
  }

  @Override
  public Optional<Bytes> journalKey(String signer) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select public_key from journal_key where signer = :signer")
                .bind("signer", signer)
                .map((row, _) -> Bytes.of(row.getBytes("public_key")))
                .findOne());
  }

  @Override
  public Bytes pin(String signer, Bytes publicKey, Instant seenAt) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into journal_key values (?, ?, ?) on conflict do nothing",
                signer,
                publicKey.toArray(),
                seenAt.atOffset(ZoneOffset.UTC)));
    return journalKey(signer).orElseThrow();
  }

  private static KeptCheckpoint read(ResultSet row) throws SQLException {
    return new KeptCheckpoint(
        row.getString("signer"),
        new SignedCheckpoint(
            row.getLong("size"), Bytes.of(row.getBytes("head")), row.getString("note")),
        row.getObject("kept_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getBytes("peaks")).map(Bytes::of));
  }
}
