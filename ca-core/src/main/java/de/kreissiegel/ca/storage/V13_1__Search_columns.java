package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.NameWords;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Fills what certificates are found by, for those that were stored before. */
final class V13_1__Search_columns extends BaseJavaMigration {
  private static final int AT_ONCE = 1000;

  @Override
  public void migrate(Context context) {
    Jdbi.create(context.getConnection())
        .useHandle(
            handle -> {
              handle.registerArrayType(String.class, "text");
              while (fillSome(handle) == AT_ONCE) {
                continue;
              }
            });
  }

  private static int fillSome(Handle handle) {
    List<Row> some =
        handle
            .createQuery("select * from certificate where terms is null limit " + AT_ONCE)
            .map((row, _) -> Row.of(row))
            .list();
    var batch =
        handle.prepareBatch(
            """
            update certificate set terms = array_to_tsvector(:terms), fingerprint = :sha256,
              fingerprint_sha1 = :sha1, key_identifier = :keyIdentifier
            where authority = :authority and serial = :serial
            """);
    for (Row row : some) {
      batch
          .bindArray("terms", String.class, row.terms())
          .bind("sha256", row.digests().sha256())
          .bind("sha1", row.digests().sha1())
          .bind("keyIdentifier", row.digests().keyIdentifier().orElse(null))
          .bind("authority", row.authority())
          .bind("serial", row.serial())
          .add();
    }
    if (!some.isEmpty()) {
      batch.execute();
    }
    return some.size();
  }

  /** A certificate, by the columns that this version has: later ones may have others. */
  private record Row(String authority, String serial, Digests digests, List<String> terms) {
    static Row of(ResultSet row) throws SQLException {
      String authority = row.getString("authority");
      return new Row(
          authority,
          row.getString("serial"),
          Digests.of(Bytes.of(row.getBytes("encoded"))),
          SearchTerms.of(
              NameWords.of(row.getString("subject_name"), row.getString("alternative_names")),
              Optional.ofNullable(row.getString("tenant")).map(TenantId::new),
              new ProfileName(row.getString("profile")),
              new AuthorityName(authority)));
    }
  }
}
