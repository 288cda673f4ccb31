package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.census.CensusBook;
import de.kreissiegel.ca.census.ExpiryTally;
import de.kreissiegel.ca.census.Tally;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Counts in PostgreSQL. */
final class JdbcCensusBook implements CensusBook {
  private final Jdbi jdbi;

  JdbcCensusBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public List<Tally> count(Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select tenant, profile, authority, key_kind, state = 'hold' as held,
                      to_char(not_after at time zone 'UTC', 'YYYY-MM') as ends, count(*) as count
                    from certificate
                    where state <> 'revoked' and not_after >= :now and erased_at is null
                    group by 1, 2, 3, 4, 5, 6
                    """)
                .bind("now", now)
                .map((row, _) -> tally(row))
                .list());
  }

  @Override
  public List<ExpiryTally> ends(Instant from, Instant to, ZoneId zone) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select tenant, profile, (not_after at time zone :zone)::date as day,
                      count(*) as count
                    from certificate
                    where tenant is not null and state = 'good' and erased_at is null
                      and not_after >= :from and not_after <= :to
                      and (subject_name <> '' or alternative_names <> '')
                    group by 1, 2, 3 order by 3, 1, 2
                    """)
                .bind("zone", zone.getId())
                .bind("from", from)
                .bind("to", to)
                .map(
                    (row, _) ->
                        new ExpiryTally(
                            new TenantId(row.getString("tenant")),
                            new ProfileName(row.getString("profile")),
                            row.getObject("day", LocalDate.class),
                            row.getLong("count")))
                .list());
  }

  private static Tally tally(ResultSet row) throws SQLException {
    return new Tally(
        Optional.ofNullable(row.getString("tenant")).map(TenantId::new),
        new ProfileName(row.getString("profile")),
        new AuthorityName(row.getString("authority")),
        row.getString("key_kind"),
        row.getBoolean("held"),
        YearMonth.parse(row.getString("ends")),
        row.getLong("count"));
  }
}
