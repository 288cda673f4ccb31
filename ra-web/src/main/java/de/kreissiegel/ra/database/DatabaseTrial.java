package de.kreissiegel.ra.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** Tries the district's own PostgreSQL before anything is written there, and changes nothing. */
public final class DatabaseTrial {
  /** The oldest PostgreSQL that is taken. */
  public static final int OLDEST = 15;

  private static final int SECONDS = 10;

  private DatabaseTrial() {}

  /** A role and its password. */
  public record Role(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  /**
   * Something that was seen.
   *
   * @param good whether it is as it has to be
   * @param code of what: {@code worker}, {@code owner}, {@code version}, {@code rights}, {@code
   *     empty}, {@code apart}, {@code superuser}
   * @param detail the server's version, or its words
   */
  public record Seen(boolean good, String code, String detail) {}

  /**
   * Connects as both roles.
   *
   * @param url JDBC, without user and password
   * @param worker the role by which the authority works
   * @param owner who is to own the tables
   */
  public static List<Seen> of(String url, Role worker, Role owner) {
    var seen = new ArrayList<Seen>();
    try (Connection connection = connect(url, worker)) {
      seen.add(new Seen(true, "worker", worker.user()));
      version(connection, seen);
      superuser(connection, worker, seen);
    } catch (SQLException refused) {
      seen.add(new Seen(false, "worker", oneLine(refused)));
    }
    try (Connection connection = connect(url, owner)) {
      seen.add(new Seen(true, "owner", owner.user()));
      rights(connection, worker, owner, seen);
    } catch (SQLException refused) {
      seen.add(new Seen(false, "owner", oneLine(refused)));
    }
    return List.copyOf(seen);
  }

  private static Connection connect(String url, Role role) throws SQLException {
    var source = new PGSimpleDataSource();
    try {
      source.setUrl(url);
    } catch (IllegalArgumentException malformed) {
      throw new SQLException("the address can't be read: " + url, malformed);
    }
    source.setUser(role.user());
    source.setPassword(role.password());
    source.setLoginTimeout(SECONDS);
    source.setConnectTimeout(SECONDS);
    source.setSocketTimeout(SECONDS);
    return source.getConnection();
  }

  private static void version(Connection connection, List<Seen> seen) throws SQLException {
    int major = connection.getMetaData().getDatabaseMajorVersion();
    seen.add(
        new Seen(major >= OLDEST, "version", connection.getMetaData().getDatabaseProductVersion()));
  }

  /** Whom no right binds could take away what was written. */
  private static void superuser(Connection connection, Role worker, List<Seen> seen)
      throws SQLException {
    if (is(connection, "select rolsuper from pg_roles where rolname = current_user")) {
      seen.add(new Seen(false, "superuser", worker.user()));
    }
  }

  private static void rights(Connection connection, Role worker, Role owner, List<Seen> seen)
      throws SQLException {
    seen.add(
        new Seen(
            is(connection, "select has_schema_privilege('public', 'CREATE')"),
            "rights",
            owner.user()));
    try (PreparedStatement apart =
        connection.prepareStatement(
            "select not exists (select 1 from pg_roles where rolname = ?"
                + " and pg_has_role(rolname, current_user, 'MEMBER'))")) {
      apart.setString(1, worker.user());
      try (ResultSet answer = apart.executeQuery()) {
        seen.add(new Seen(answer.next() && answer.getBoolean(1), "apart", worker.user()));
      }
    }
    seen.add(
        new Seen(
            is(
                connection,
                "select not exists (select 1 from pg_tables where schemaname = 'public')"),
            "empty",
            connection.getCatalog()));
  }

  private static boolean is(Connection connection, String question) throws SQLException {
    try (PreparedStatement asked = connection.prepareStatement(question);
        ResultSet answer = asked.executeQuery()) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  private static String oneLine(SQLException refused) {
    return String.valueOf(refused.getMessage()).replaceAll("\\s+", " ");
  }
}
