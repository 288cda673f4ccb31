package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ca.recovery.FileId;
import de.kreissiegel.ca.recovery.Recovery;
import de.kreissiegel.ca.recovery.RecoveryId;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads recoveries with their keys and approvals. */
final class RecoveryRows {
  private RecoveryRows() {}

  /** All columns but the file. */
  static final String COLUMNS =
      "id, tenant, owner, owner_name, organization, requester, requester_name, requested_at,"
          + " collector, collector_name, reason, needed, state, released_by, releaser_name,"
          + " released_at, damaged, file_id, file_until, settled_by, settler_name, settled_at,"
          + " settle_reason";

  static Recovery read(Handle handle, ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    var terms =
        new Recovery.Terms(
            new RecoveryId(id),
            new TenantId(row.getString("tenant")),
            new SubjectId(row.getString("owner")),
            row.getString("owner_name"),
            row.getString("organization"),
            new Said(
                new SubjectId(row.getString("requester")),
                row.getString("requester_name"),
                instant(row, "requested_at")),
            new SubjectId(row.getString("collector")),
            row.getString("collector_name"),
            row.getString("reason"),
            row.getInt("needed"),
            items(handle, id));
    return state(row, terms, given(handle, id));
  }

  private static Recovery state(ResultSet row, Recovery.Terms terms, List<Said> given)
      throws SQLException {
    String state = row.getString("state");
    return switch (state) {
      case "REQUESTED" -> new Recovery.Requested(terms, given);
      case "APPROVED" -> new Recovery.Approved(terms, given);
      case "READY" ->
          new Recovery.Ready(
              terms,
              given,
              released(row),
              new Recovery.Offer(
                  new FileId(Bytes.of(row.getBytes("file_id"))),
                  instant(row, "file_until"),
                  row.getInt("damaged")));
      case "COLLECTED" ->
          new Recovery.Collected(
              terms, given, released(row), row.getInt("damaged"), instant(row, "settled_at"));
      default ->
          new Recovery.Ended(
              terms,
              given,
              Recovery.Ending.valueOf(state),
              row.getString("settled_by"),
              row.getString("settler_name"),
              instant(row, "settled_at"),
              text(row.getString("settle_reason")));
    };
  }

  private static Said released(ResultSet row) throws SQLException {
    return new Said(
        new SubjectId(row.getString("released_by")),
        row.getString("releaser_name"),
        instant(row, "released_at"));
  }

  private static List<Recovery.Item> items(Handle handle, UUID recovery) {
    return handle
        .createQuery("select * from recovery_key where recovery = :id order by authority, serial")
        .bind("id", recovery)
        .map(
            (row, _) ->
                new Recovery.Item(
                    row.getObject("release_id", UUID.class),
                    Bytes.of(row.getBytes("key_hash")),
                    new AuthorityName(row.getString("authority")),
                    SerialNumber.fromHex(row.getString("serial")),
                    new KeyId(row.getString("vault_key")),
                    Bytes.of(row.getBytes("wrapping_hash"))))
        .list();
  }

  private static List<Said> given(Handle handle, UUID recovery) {
    return handle
        .createQuery(
            """
            select * from recovery_approval where recovery = :id and void_at is null
            order by number
            """)
        .bind("id", recovery)
        .map(
            (row, _) ->
                new Said(
                    new SubjectId(row.getString("officer")),
                    row.getString("officer_name"),
                    instant(row, "at")))
        .list();
  }

  private static String text(@Nullable String column) {
    return column == null ? "" : column;
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
