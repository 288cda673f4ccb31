package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.bulk.BulkJob;
import de.kreissiegel.ca.bulk.BulkRow;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Lists and their rows as rows. */
final class BulkRows {
  private BulkRows() {}

  static BulkJob job(ResultSet row) throws SQLException {
    return new BulkJob(
        row.getObject("id", UUID.class),
        BulkJob.Kind.valueOf(upper(row, "kind")),
        new ProfileName(row.getString("profile")),
        new SubjectId(row.getString("made_by")),
        row.getString("maker_name"),
        Proof.valueOf(row.getString("proof")),
        row.getTimestamp("made_at").toInstant(),
        BulkJob.State.valueOf(upper(row, "state")),
        new BulkJob.Counts(
            row.getInt("unchecked"),
            row.getInt("ready"),
            row.getInt("faulty"),
            row.getInt("done"),
            row.getInt("failed")));
  }

  static BulkRow row(ResultSet row) throws SQLException {
    return new BulkRow(
        row.getInt("number"),
        row.getString("who"),
        Optional.ofNullable(row.getString("tenant")),
        Optional.ofNullable(row.getBytes("csr")).map(Bytes::of),
        BulkRow.State.valueOf(upper(row, "state")),
        Optional.ofNullable(row.getString("subject_id")).map(SubjectId::new),
        row.getString("name"),
        Optional.ofNullable(row.getString("reason")).map(RefusalReason::valueOf),
        row.getString("detail"),
        Optional.ofNullable(row.getObject("request_id", UUID.class)).map(RequestId::new));
  }

  private static String upper(ResultSet row, String column) throws SQLException {
    return row.getString(column).toUpperCase(Locale.ROOT);
  }
}
