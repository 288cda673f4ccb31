package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.Inquiry;
import de.kreissiegel.ca.x509.SerialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Rows of {@code certificate_inquiry}. */
final class InquiryRows {
  private InquiryRows() {}

  /** Writes them in one statement, in one order for all nodes; what is a minute old stays. */
  static void write(Handle handle, List<Inquiry> inquiries) {
    List<Inquiry> ordered =
        inquiries.stream()
            .sorted(
                Comparator.comparing((Inquiry one) -> one.authority().value())
                    .thenComparing(one -> one.serial().toHex()))
            .toList();
    handle
        .createUpdate(
            """
            insert into certificate_inquiry as known (authority, serial, asked_at, told)
            select * from unnest(:authorities, :serials, :times, :told)
            on conflict (authority, serial) do update
              set asked_at = excluded.asked_at, told = excluded.told
              where excluded.asked_at >= known.asked_at + interval '1 minute'
                or excluded.told <> known.told and excluded.asked_at >= known.asked_at
            """)
        .bindArray("authorities", String.class, each(ordered, one -> one.authority().value()))
        .bindArray("serials", String.class, each(ordered, one -> one.serial().toHex()))
        .bindArray(
            "times", OffsetDateTime.class, each(ordered, one -> one.at().atOffset(ZoneOffset.UTC)))
        .bindArray("told", String.class, each(ordered, one -> one.told().name()))
        .execute();
  }

  private static Object[] each(List<Inquiry> inquiries, Function<Inquiry, Object> what) {
    return inquiries.stream().map(what).toArray();
  }

  static Optional<Inquiry> last(Handle handle, AuthorityName authority, SerialNumber serial) {
    return handle
        .createQuery(
            "select * from certificate_inquiry where authority = :authority and serial = :serial")
        .bind("authority", authority.value())
        .bind("serial", serial.toHex())
        .map((row, _) -> inquiry(row))
        .findOne();
  }

  private static Inquiry inquiry(ResultSet row) throws SQLException {
    return new Inquiry(
        new AuthorityName(row.getString("authority")),
        SerialNumber.fromHex(row.getString("serial")),
        row.getTimestamp("asked_at").toInstant(),
        Inquiry.Told.valueOf(row.getString("told")));
  }
}
