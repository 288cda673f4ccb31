package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.letter.Cue;
import de.kreissiegel.ca.letter.Letter;
import de.kreissiegel.ca.letter.LetterBook;
import de.kreissiegel.ca.letter.LetterKind;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A cue or a letter as a row. */
final class LetterRow {
  private LetterRow() {}

  /** As {@code name value}; values may have spaces, names haven't. */
  static String[] texts(Map<String, String> said) {
    return said.entrySet().stream()
        .map(entry -> entry.getKey() + " " + Patterns.storable(entry.getValue()))
        .sorted()
        .toArray(String[]::new);
  }

  private static Map<String, String> said(ResultSet row) throws SQLException {
    Map<String, String> said = new HashMap<>();
    for (String text : (String[]) row.getArray("said").getArray()) {
      int space = text.indexOf(' ');
      said.put(text.substring(0, space), text.substring(space + 1));
    }
    return said;
  }

  record Numbered(long id, Cue cue) {}

  static Numbered numberedCue(ResultSet row) throws SQLException {
    return new Numbered(
        row.getLong("id"),
        new Cue(
            row.getString("key"),
            LetterKind.valueOf(row.getString("kind")),
            row.getString("about"),
            Optional.ofNullable(row.getString("tenant")).map(TenantId::new),
            instant(row, "happened_at"),
            said(row)));
  }

  /** Whether there was none of its key. */
  static boolean insert(Handle handle, Letter letter) {
    return handle
            .createUpdate(
                """
                insert into letter (key, kind, tenant, about, recipient, address, said, token,
                  created_at, next_attempt_at)
                values (:key, :kind, :tenant, :about, :recipient, :address, :said, :token, :now, :now)
                on conflict (key) do nothing
                """)
            .bind("key", letter.key())
            .bind("kind", letter.kind().name())
            .bind("tenant", letter.tenant().map(TenantId::value))
            .bind("about", letter.about())
            .bind("recipient", letter.recipient().map(SubjectId::value))
            .bind("address", Patterns.storable(letter.address()))
            .bindArray("said", String.class, (Object[]) texts(letter.said()))
            .bind("token", letter.token())
            .bind("now", letter.createdAt())
            .execute()
        == 1;
  }

  static Letter letter(ResultSet row) throws SQLException {
    return new Letter(
        row.getString("key"),
        LetterKind.valueOf(row.getString("kind")),
        Optional.ofNullable(row.getString("tenant")).map(TenantId::new),
        row.getString("about"),
        Optional.ofNullable(row.getString("recipient")).map(SubjectId::new),
        row.getString("address"),
        said(row),
        row.getString("token"),
        instant(row, "created_at"));
  }

  static LetterBook.Lent lent(ResultSet row) throws SQLException {
    return new LetterBook.Lent(row.getLong("id"), letter(row), row.getInt("attempts"));
  }

  static LetterBook.Standing standing(ResultSet row) throws SQLException {
    return new LetterBook.Standing(
        row.getBoolean("sending"),
        row.getLong("cues"),
        row.getLong("waiting"),
        Optional.ofNullable(row.getTimestamp("oldest")).map(Timestamp::toInstant),
        row.getLong("failed"),
        row.getLong("bounced"));
  }

  static LetterBook.Sent sent(ResultSet row) throws SQLException {
    return new LetterBook.Sent(
        row.getLong("id"),
        letter(row),
        LetterBook.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getTimestamp("settled_at")).map(Timestamp::toInstant),
        Optional.ofNullable(row.getString("last_error")).orElse(""));
  }

  static LetterBook.Entry entry(ResultSet row) throws SQLException {
    return new LetterBook.Entry(
        LetterKind.valueOf(row.getString("kind")),
        row.getString("about"),
        row.getString("address"),
        Objects.equals(row.getString("state"), "bounced"),
        row.getInt("attempts"),
        instant(row, "settled_at"),
        Optional.ofNullable(row.getString("last_error")).orElse(""));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }
}
