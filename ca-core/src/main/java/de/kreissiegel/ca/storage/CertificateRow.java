package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** A row of {@code certificate} and the words for its states there. */
final class CertificateRow implements RowMapper<StoredCertificate> {
  static final CertificateRow MAPPER = new CertificateRow();

  @Override
  public StoredCertificate map(ResultSet row, StatementContext context) throws SQLException {
    return new StoredCertificate(
        new AuthorityName(row.getString("authority")),
        SerialNumber.fromHex(row.getString("serial")),
        Bytes.of(row.getBytes("encoded")),
        new ProfileName(row.getString("profile")),
        row.getInt("profile_version"),
        Optional.ofNullable(row.getString("tenant")).map(TenantId::new),
        Optional.ofNullable(row.getString("subject_id")).map(SubjectId::new),
        row.getString("subject_name"),
        row.getString("alternative_names"),
        Optional.ofNullable(row.getObject("request_id", UUID.class)).map(RequestId::new),
        row.getTimestamp("not_before").toInstant(),
        row.getTimestamp("not_after").toInstant(),
        status(row),
        row.getLong("journal_index"));
  }

  static CertificateStatus status(ResultSet row) throws SQLException {
    String state = row.getString("state");
    return switch (state) {
      case "good" -> new CertificateStatus.Good();
      case "hold" -> new CertificateStatus.OnHold(since(row));
      case "revoked" ->
          new CertificateStatus.Revoked(
              since(row),
              RevocationReason.ofCode(row.getInt("revocation_reason")),
              Optional.ofNullable(row.getTimestamp("invalidity_date")).map(Timestamp::toInstant));
      default -> throw new IllegalStateException("no such state: " + state);
    };
  }

  private static Instant since(ResultSet row) throws SQLException {
    return row.getTimestamp("state_since").toInstant();
  }

  static String state(CertificateStatus status) {
    return switch (status) {
      case CertificateStatus.Good _ -> "good";
      case CertificateStatus.OnHold _ -> "hold";
      case CertificateStatus.Revoked _ -> "revoked";
    };
  }

  static Optional<Instant> since(CertificateStatus status) {
    return switch (status) {
      case CertificateStatus.Good _ -> Optional.empty();
      case CertificateStatus.OnHold hold -> Optional.of(hold.since());
      case CertificateStatus.Revoked revoked -> Optional.of(revoked.since());
    };
  }

  static Optional<Integer> reason(CertificateStatus status) {
    return status instanceof CertificateStatus.Revoked revoked
        ? Optional.of(revoked.reason().code())
        : Optional.empty();
  }

  static Optional<Instant> invalidSince(CertificateStatus status) {
    return status instanceof CertificateStatus.Revoked revoked
        ? revoked.invalidSince()
        : Optional.empty();
  }
}
