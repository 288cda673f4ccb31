package de.kreissiegel.ca.storage;

import de.kreissiegel.hsm.signing.Bytes;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One statement for many rows, each column an array that {@link #given} takes apart: one round
 * trip, one plan, and one look at the indexes, however many rows there are. By JDBC alone: where a
 * certificate has a few hundred microseconds, a library that looks up how to bind each value is too
 * dear. The driver keeps the statement prepared in the server.
 */
final class Rows {
  /**
   * Goes before statements that are run for each certificate, in the same round trip ({@link
   * #after}): for the rest of the transaction PostgreSQL keeps the plan that it has, and looks up
   * each row by an index.
   *
   * <p>Left to itself it keeps a plan that was made while a table was small and reads all of it, so
   * that each certificate costs more than the one before; or, where the first ones it made looked
   * cheaper than those for a table that has grown, it makes a new one each time, which costs more
   * than all the rest.
   */
  static final String BY_INDEX =
      """
      select set_config('plan_cache_mode', 'force_generic_plan', true),
          set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
          set_config('enable_mergejoin', 'off', true);
      """;

  private final PreparedStatement statement;
  private int position;

  private Rows(PreparedStatement statement) {
    this.statement = statement;
  }

  /** Binds the columns, in the order of the statement's question marks. */
  @FunctionalInterface
  interface Binding {
    void bind(Rows rows) throws SQLException;
  }

  /**
   * What stands behind {@code from}: the rows that were bound, a question mark a column, as {@code
   * given}, with their number {@code n}.
   *
   * <p>The inner query, which {@code offset 0} keeps from being dissolved, hides from PostgreSQL
   * how long the arrays are. Where it sees that, a plan made for just these may seem cheaper than
   * the one it keeps, and then it makes one each time, which can cost more than all the rest.
   *
   * @param columns their names, in the order in which they are bound
   */
  static String given(String columns) {
    List<String> names = names(columns);
    return "(select %s offset 0) bound, unnest(%s) with ordinality as given (%s, n)"
        .formatted(
            each(names, name -> "? as " + name),
            each(names, name -> "bound." + name),
            String.join(", ", names));
  }

  /** The columns of {@link #given}, to be selected; those of arrays of texts as such. */
  static String columns(String columns, Set<String> lists) {
    return each(names(columns), name -> "given." + name + (lists.contains(name) ? "::text[]" : ""));
  }

  private static List<String> names(String columns) {
    return List.of(columns.strip().split("\\s+"));
  }

  private static String each(List<String> names, Function<String, String> text) {
    return names.stream().map(text).collect(Collectors.joining(", "));
  }

  /**
   * A statement that inserts rows.
   *
   * @param lists which columns hold arrays; see {@link #lists}
   * @param columns their names, in the order in which they are bound
   */
  static String insert(String table, Set<String> lists, String columns) {
    return "insert into %s (%s) select %s from %s"
        .formatted(
            table, String.join(", ", names(columns)), columns(columns, lists), given(columns));
  }

  /**
   * Runs a statement.
   *
   * @return how many rows it changed
   */
  static int change(Handle handle, String sql, Binding binding) {
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      binding.bind(new Rows(statement));
      return statement.executeUpdate();
    } catch (SQLException failure) {
      throw new StorageFailure(failure);
    }
  }

  /** Reads a row of a result. */
  @FunctionalInterface
  interface Reading<T> {
    T from(ResultSet row) throws SQLException;
  }

  /** Runs a statement that returns rows. */
  static <T> List<T> returned(Handle handle, String sql, Binding binding, Reading<T> reading) {
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      binding.bind(new Rows(statement));
      statement.execute();
      return all(statement, reading);
    } catch (SQLException failure) {
      throw new StorageFailure(failure);
    }
  }

  /**
   * Runs several queries in one round trip; the last one's rows count.
   *
   * @param before how many go before it
   */
  static <T> List<T> after(
      int before, Handle handle, String sql, Binding binding, Reading<T> reading) {
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      binding.bind(new Rows(statement));
      statement.execute();
      for (int i = 0; i < before; i++) {
        statement.getMoreResults();
      }
      return all(statement, reading);
    } catch (SQLException failure) {
      throw new StorageFailure(failure);
    }
  }

  private static <T> List<T> all(PreparedStatement statement, Reading<T> reading)
      throws SQLException {
    List<T> all = new ArrayList<>();
    try (ResultSet rows = statement.getResultSet()) {
      while (rows.next()) {
        all.add(reading.from(rows));
      }
    }
    return all;
  }

  Rows text(String value) throws SQLException {
    statement.setString(++position, value);
    return this;
  }

  Rows number(long value) throws SQLException {
    statement.setLong(++position, value);
    return this;
  }

  Rows time(Instant value) throws SQLException {
    statement.setObject(++position, value.atOffset(ZoneOffset.UTC));
    return this;
  }

  Rows octets(Bytes value) throws SQLException {
    statement.setBytes(++position, value.toArray());
    return this;
  }

  <T> Rows texts(List<T> items, Function<T, @Nullable String> value) throws SQLException {
    return array("text", items.stream().map(value).toArray(String[]::new));
  }

  /** Arrays within the array, as PostgreSQL writes them; the statement casts them back. */
  <T> Rows lists(List<T> items, Function<T, String @Nullable []> value) throws SQLException {
    Connection connection = statement.getConnection();
    String[] literals = new String[items.size()];
    for (int i = 0; i < literals.length; i++) {
      String[] list = value.apply(items.get(i));
      literals[i] = list == null ? null : connection.createArrayOf("text", list).toString();
    }
    return array("text", literals);
  }

  <T> Rows times(List<T> items, Function<T, @Nullable Instant> value) throws SQLException {
    return array(
        "timestamptz",
        items.stream()
            .map(value)
            .map(time -> time == null ? null : time.toString())
            .toArray(String[]::new));
  }

  <T> Rows numbers(List<T> items, Function<T, @Nullable Long> value) throws SQLException {
    return array("int8", items.stream().map(value).toArray(Long[]::new));
  }

  <T> Rows truths(List<T> items, Function<T, Boolean> value) throws SQLException {
    return array("bool", items.stream().map(value).toArray(Boolean[]::new));
  }

  <T> Rows uuids(List<T> items, Function<T, @Nullable UUID> value) throws SQLException {
    return array("uuid", items.stream().map(value).toArray(UUID[]::new));
  }

  <T> Rows octets(List<T> items, Function<T, @Nullable Bytes> value) throws SQLException {
    return array(
        "bytea",
        items.stream()
            .map(value)
            .map(bytes -> bytes == null ? null : bytes.toArray())
            .toArray(byte[][]::new));
  }

  private Rows array(String type, Object[] values) throws SQLException {
    Array array = statement.getConnection().createArrayOf(type, values);
    statement.setArray(++position, array);
    return this;
  }
}
