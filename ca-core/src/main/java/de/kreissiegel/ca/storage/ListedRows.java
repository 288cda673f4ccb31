package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.status.CrlBook.Entries;
import de.kreissiegel.ca.status.CrlLine;
import de.kreissiegel.ca.status.ListedEntry;
import de.kreissiegel.ca.x509.RevocationReason;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** What lists are made of, read row by row: there may be millions. Needs a transaction. */
final class ListedRows {
  private static final int FETCH = 4000;

  private static final String COLUMNS =
      """
      select serial, state, extract(epoch from state_since)::bigint, revocation_reason,
             extract(epoch from invalidity_date)::bigint
      from certificate
      """;
  private static final String ORDER = " order by length(serial), serial collate \"C\"";

  private ListedRows() {}

  static void listed(Connection connection, CrlLine line, Instant notExpiredBefore, Entries each)
      throws IOException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS
                + " where authority = ? and crl_partition = ? and state <> 'good'"
                + " and not_after >= ?"
                + ORDER)) {
      select.setString(1, line.authority().value());
      select.setInt(2, line.partition());
      select.setObject(3, notExpiredBefore.atOffset(ZoneOffset.UTC));
      read(select, Instant.EPOCH, each);
    } catch (SQLException failure) {
      throw new IllegalStateException("what is revoked can't be read", failure);
    }
  }

  static void changed(
      Connection connection, CrlLine line, long afterVersion, Instant now, Entries each)
      throws IOException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS
                + " where authority = ? and crl_partition = ?"
                + " and status_version > 0 and status_version > ?"
                + ORDER)) {
      select.setString(1, line.authority().value());
      select.setInt(2, line.partition());
      select.setLong(3, afterVersion);
      read(select, now, each);
    } catch (SQLException failure) {
      throw new IllegalStateException("what has changed can't be read", failure);
    }
  }

  private static void read(PreparedStatement select, Instant now, Entries each)
      throws SQLException, IOException {
    select.setFetchSize(FETCH);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        each.take(entry(rows, now));
      }
    }
  }

  private static ListedEntry entry(ResultSet row, Instant now) throws SQLException {
    String state = row.getString(2);
    RevocationReason reason =
        switch (state) {
          case "good" -> RevocationReason.REMOVE_FROM_CRL;
          case "hold" -> RevocationReason.CERTIFICATE_HOLD;
          case "revoked" -> RevocationReason.ofCode(row.getInt(4));
          default -> throw new IllegalStateException("no such state: " + state);
        };
    Instant since =
        reason == RevocationReason.REMOVE_FROM_CRL ? now : Instant.ofEpochSecond(row.getLong(3));
    long invalid = row.getLong(5);
    Optional<Instant> invalidity =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(invalid));
    return new ListedEntry(row.getString(1), since, reason, invalidity);
  }
}
