package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.emergency.MassCount;
import de.kreissiegel.ca.emergency.MassItem;
import de.kreissiegel.ca.emergency.MassKind;
import de.kreissiegel.ca.emergency.MassRun;
import de.kreissiegel.ca.emergency.MassStep;
import de.kreissiegel.ca.emergency.Notice;
import de.kreissiegel.ca.emergency.PlanLine;
import de.kreissiegel.ca.emergency.Turn;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The rows of a mass path's tables. */
final class MassRows {
  private MassRows() {}

  static String column(MassStep step) {
    return switch (step) {
      case REVOKE -> "revoked_at";
      case ASK -> "asked_at";
      case TELL -> "told_at";
    };
  }

  static MassRun run(ResultSet row) throws SQLException {
    Optional<Instant> finished = time(row, "finished_at");
    return new MassRun(
        row.getObject("id", UUID.class),
        new AuthorityName(row.getString("authority")),
        MassKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("reason"),
        row.getString("begun_by"),
        row.getTimestamp("begun_at").toInstant(),
        finished.isEmpty()
            ? Optional.empty()
            : Optional.of(new MassRun.Finish(finished.get(), Bytes.of(row.getBytes("serials")))));
  }

  static MassItem item(ResultSet row) throws SQLException {
    return new MassItem(
        row.getLong("place"),
        SerialNumber.fromHex(row.getString("serial")),
        Optional.ofNullable(row.getString("tenant")).map(TenantId::new),
        Optional.ofNullable(row.getString("holder")).map(SubjectId::new));
  }

  static PlanLine planned(ResultSet row) throws SQLException {
    return new PlanLine(
        turn(row),
        new ProfileName(row.getString("profile")),
        Optional.ofNullable(row.getString("tenant")).map(TenantId::new),
        row.getLong("n"));
  }

  static MassCount count(ResultSet row) throws SQLException {
    return new MassCount(
        turn(row),
        new ProfileName(row.getString("profile")),
        row.getLong("n"),
        row.getLong("revoked"),
        row.getLong("asked"),
        row.getLong("told"),
        row.getLong("replaced"),
        time(row, "last_done"));
  }

  static Notice notice(ResultSet row) throws SQLException {
    String[] serials = (String[]) row.getArray("serials").getArray();
    String[] profiles = (String[]) row.getArray("profiles").getArray();
    Boolean[] replaced = (Boolean[]) row.getArray("replaced").getArray();
    List<Notice.Concerned> certificates = new ArrayList<>();
    for (int i = 0; i < serials.length; i++) {
      certificates.add(
          new Notice.Concerned(
              SerialNumber.fromHex(serials[i]), new ProfileName(profiles[i]), replaced[i]));
    }
    return new Notice(
        row.getLong("number"),
        new SubjectId(row.getString("holder")),
        new TenantId(row.getString("tenant")),
        row.getTimestamp("created_at").toInstant(),
        certificates);
  }

  private static Turn turn(ResultSet row) throws SQLException {
    return Turn.values()[row.getInt("turn")];
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
