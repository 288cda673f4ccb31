package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.status.CrlHead;
import de.kreissiegel.ca.status.CrlName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jdbi.v3.core.Handle;

/** The octets of lists, in pieces of a size that is easily held. */
final class CrlPieces {
  private static final int OCTETS = 1 << 20;

  private CrlPieces() {}

  static void write(Connection connection, CrlName name, long number, InputStream from)
      throws IOException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into crl_piece values (?, ?, ?, ?, ?)")) {
      byte[] room = new byte[OCTETS];
      int piece = 0;
      for (int read = fill(from, room); read > 0; read = fill(from, room)) {
        place(insert, name, number);
        insert.setInt(4, piece++);
        insert.setBytes(5, read == room.length ? room : Arrays.copyOf(room, read));
        insert.executeUpdate();
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("a list can't be kept", failure);
    }
  }

  /** As much as there is room; {@code SequenceInputStream} ends a read with each of its parts. */
  private static int fill(InputStream from, byte[] room) throws IOException {
    return from.readNBytes(room, 0, room.length);
  }

  static void copy(Connection connection, CrlName name, long number, OutputStream to)
      throws IOException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select octets from crl_piece
            where authority = ? and crl_partition = ? and number = ?
            order by piece
            """)) {
      place(select, name, number);
      select.setFetchSize(1);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          to.write(rows.getBytes(1));
        }
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("a list can't be read", failure);
    }
  }

  /** Copies a list that is signed; false if its octets are gone. */
  static boolean copyPublished(Connection connection, CrlHead list, OutputStream to)
      throws IOException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select head, tail from crl
            where authority = ? and crl_partition = ? and number = ? and tag is not null
              and exists (select from crl_piece piece
                          where piece.authority = crl.authority
                            and piece.crl_partition = crl.crl_partition
                            and piece.number = crl.number)
            """)) {
      place(select, list.name(), list.number());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return false;
        }
        to.write(row.getBytes("head"));
        copy(connection, list.name(), list.number(), to);
        to.write(row.getBytes("tail"));
        return true;
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("a list can't be read", failure);
    }
  }

  private static void place(PreparedStatement statement, CrlName name, long number)
      throws SQLException {
    statement.setString(1, name.authority().value());
    statement.setInt(2, name.partition());
    statement.setLong(3, number);
  }

  /**
   * Of each kind the newest list and the one before keep their octets: somebody may just be copying
   * that one. Of the others the digest stays, which stands in the vault's journal, too.
   */
  static void forgetOld(Handle handle, CrlName name) {
    handle
        .createUpdate(
            """
            delete from crl_piece
            where authority = :authority and crl_partition = :partition and number in (
              select number from crl
              where authority = :authority and crl_partition = :partition
                and (base is not null) = :delta
              order by number desc offset 2 limit 100)
            """)
        .bind("authority", name.authority().value())
        .bind("partition", name.partition())
        .bind("delta", name.delta())
        .execute();
  }
}
