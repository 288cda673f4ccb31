package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.x509.KeyKind;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Says of certificates from before {@code key_kind} was there (V32) what kind of key they have. */
final class V44__Key_kinds extends BaseJavaMigration {
  private static final int AT_ONCE = 1000;

  @Override
  public void migrate(Context context) {
    Jdbi.create(context.getConnection())
        .useHandle(
            handle -> {
              List<Row> some = after(handle, "", "");
              while (!some.isEmpty()) {
                fill(handle, some);
                some = after(handle, some.getLast().authority(), some.getLast().serial());
              }
            });
  }

  private static List<Row> after(Handle handle, String authority, String serial) {
    return handle
        .createQuery(
            """
            select authority, serial, encoded from certificate
            where (authority, serial) > (:authority, :serial) and key_kind = '?'
            order by authority, serial limit :most
            """)
        .bind("authority", authority)
        .bind("serial", serial)
        .bind("most", AT_ONCE)
        .map(
            (row, _) ->
                new Row(
                    row.getString("authority"),
                    row.getString("serial"),
                    KeyKind.of(Bytes.of(row.getBytes("encoded")))))
        .list();
  }

  private static void fill(Handle handle, List<Row> some) {
    var batch =
        handle.prepareBatch(
            """
            update certificate set key_kind = :kind
            where authority = :authority and serial = :serial
            """);
    for (Row row : some) {
      batch
          .bind("kind", row.kind())
          .bind("authority", row.authority())
          .bind("serial", row.serial())
          .add();
    }
    batch.execute();
  }

  private record Row(String authority, String serial, String kind) {}
}
