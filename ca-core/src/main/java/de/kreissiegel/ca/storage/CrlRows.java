package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.status.CrlBook.Around;
import de.kreissiegel.ca.status.CrlDraft;
import de.kreissiegel.ca.status.CrlHead;
import de.kreissiegel.ca.status.CrlLine;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** Rows of {@code crl_line} and {@code crl}. */
final class CrlRows {
  private static final String LINES =
      """
      select line.authority, line.crl_partition, line.number as line_number,
             line.missing,
             coalesce(version.version, 0) as line_version,
             crl.number, crl.base, crl.this_update, crl.next_update, crl.status_version,
             crl.entries, crl.tag,
             crl.tbs_length + length(crl.head) + length(crl.tail) as octets
      from crl_line line
        left join status_version version
          on version.authority = line.authority and version.crl_partition = line.crl_partition
        left join crl
          on crl.authority = line.authority and crl.crl_partition = line.crl_partition
             and crl.number in (line.newest_full, line.newest_delta, line.number)
      """;
  private static final String ORDER = " order by line.authority, line.crl_partition, crl.number";

  private CrlRows() {}

  /** A line as its first row says, and its lists as they are found. */
  private static final class Gathered {
    final AuthorityName authority;
    final int partition;
    final long number;
    final long version;
    final Optional<Long> missing;
    final Map<Boolean, CrlHead> lists = new HashMap<>();
    boolean reserved;

    Gathered(ResultSet row) throws SQLException {
      authority = new AuthorityName(row.getString("authority"));
      partition = row.getInt("crl_partition");
      number = row.getLong("line_number");
      version = row.getLong("line_version");
      missing = Optional.ofNullable(row.getObject("missing", Long.class));
    }

    void add(ResultSet row) throws SQLException {
      long list = row.getLong("number");
      if (row.wasNull()) {
        return;
      }
      if (row.getBytes("tag") == null) {
        reserved |= list == number;
        return;
      }
      boolean delta = row.getObject("base") != null;
      lists.put(
          delta,
          new CrlHead(
              new CrlName(authority, partition, delta),
              list,
              instant(row, "this_update"),
              instant(row, "next_update"),
              row.getLong("status_version"),
              row.getLong("entries"),
              row.getLong("octets"),
              Bytes.of(row.getBytes("tag"))));
    }

    CrlLine line() {
      return new CrlLine(
          authority,
          partition,
          number,
          version,
          Optional.ofNullable(lists.get(false)),
          Optional.ofNullable(lists.get(true)),
          reserved,
          missing);
    }
  }

  static List<CrlLine> lines(Handle handle, String where, UnaryOperator<Query> bind) {
    Map<CrlName, Gathered> found = new LinkedHashMap<>();
    bind.apply(handle.createQuery(LINES + where + ORDER))
        .map(
            (row, _) -> {
              Gathered line = new Gathered(row);
              CrlName name = CrlName.of(line.authority, line.partition);
              found.computeIfAbsent(name, _ -> line).add(row);
              return name;
            })
        .list();
    List<CrlLine> lines = new ArrayList<>();
    found.values().forEach(line -> lines.add(line.line()));
    return lines;
  }

  static CrlDraft draft(ResultSet row, StatementContext context) throws SQLException {
    long base = row.getLong("base");
    boolean delta = !row.wasNull();
    return new CrlDraft(
        new CrlName(
            new AuthorityName(row.getString("authority")), row.getInt("crl_partition"), delta),
        row.getLong("number"),
        delta ? Optional.of(base) : Optional.empty(),
        row.getObject("request_id", UUID.class),
        instant(row, "this_update"),
        instant(row, "next_update"),
        row.getLong("status_version"),
        row.getLong("entries"),
        row.getLong("tbs_length"),
        Bytes.of(row.getBytes("tbs_digest")));
  }

  static CrlHead published(CrlDraft draft, Around around) {
    return new CrlHead(
        draft.name(),
        draft.number(),
        draft.thisUpdate(),
        draft.nextUpdate(),
        draft.statusVersion(),
        draft.entries(),
        around.before().length + draft.length() + around.behind().length,
        tag(draft, around));
  }

  /** What was signed, and its signature. */
  private static Bytes tag(CrlDraft draft, Around around) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(draft.digest().toArray());
      return Bytes.of(digest.digest(around.behind()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
