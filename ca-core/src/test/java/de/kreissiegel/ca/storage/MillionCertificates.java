package de.kreissiegel.ca.storage;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Fills a database with certificates, each with the rows that issuing leaves: certificate, request,
 * approval, and the fact of its revocation if it is revoked. For measuring; the signatures in them
 * are no signatures, all else is as it would be.
 *
 * <pre>
 * MillionCertificates jdbc:postgresql://127.0.0.1:5432/postgres?user=postgres 1000000
 * </pre>
 */
public final class MillionCertificates {
  /** So many rows go to each table in turn. */
  private static final int AT_ONCE = 10_000;

  private MillionCertificates() {}

  /**
   * The address of a database, how many, and the ids of the largest tenants; at 1 million a minute
   * of CPU of ours, some of the server's, and 3 GB.
   */
  public static void main(String[] arguments) throws SQLException, IOException {
    try (var connection = DriverManager.getConnection(arguments[0])) {
      var source = new PGSimpleDataSource();
      source.setUrl(arguments[0]);
      Database.open(source);
      List<String> tenants = List.of(arguments).subList(2, arguments.length);
      load(connection, Integer.parseInt(arguments[1]), Instant.now(), 1, tenants);
    }
  }

  /**
   * Loads them into a database whose schema is up to date.
   *
   * @param count how many
   * @param now they were issued in the three years before it, one after the other
   * @param seed the same makes the same certificates
   * @param tenants the ids of the largest tenants; may be empty
   */
  public static void load(
      Connection connection, int count, Instant now, long seed, List<String> tenants)
      throws SQLException, IOException {
    var made = new MadeCertificates(now, count, seed, tenants);
    var copy = connection.unwrap(PGConnection.class).getCopyAPI();
    try (var statement = connection.createStatement()) {
      for (int done = 0; done < count; done += AT_ONCE) {
        MadeCertificates.Rows rows = made.next(Math.min(AT_ONCE, count - done));
        copy.copyIn(
            "copy certificate (" + MadeCertificates.CERTIFICATE + ") from stdin",
            rows.certificates());
        copy.copyIn("copy request (" + MadeCertificates.REQUEST + ") from stdin", rows.requests());
        copy.copyIn(
            "copy approval (request_id, officer, officer_name, at) from stdin", rows.approvals());
        copy.copyIn(
            "copy revocation_fact (authority, serial, state, state_since, revocation_reason)"
                + " from stdin",
            rows.facts());
      }
      statement.execute(
          """
          insert into status_version (authority, version)
          select authority, count(*) from revocation_fact group by authority
          on conflict (authority, crl_partition)
          do update set version = status_version.version + 1
          """);
      statement.execute(
          """
          insert into crl_line (authority, crl_partition)
          select distinct authority, crl_partition from certificate on conflict do nothing
          """);
      statement.execute("analyze");
    }
  }
}
