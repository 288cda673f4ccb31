package de.kreissiegel.ca.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which plans PostgreSQL keeps for what is asked for each certificate. They are made here as in a
 * new installation, while all tables are empty, which is when reading all of a table looks best.
 */
class PlansOfIssuanceTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final String LOOK = "text, uuid[], text[], text[], text[], bytea[], timestamptz[]";
  private static final String ISSUE = "text[], text[], uuid[], text[]";
  private static final String STANDING = "bytea, text, text, text, timestamptz, bytea";

  static Stream<Arguments> statements() {
    return Stream.of(
        Arguments.of("the look whether one like it is open", RequestOpening.LOOK, LOOK),
        Arguments.of("a request becomes a certificate", RequestRow.ISSUE, ISSUE),
        Arguments.of("what is known of a key", JdbcKnownKeys.STANDING, STANDING));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void looksUpEachRowByAnIndex(String what, String sql, String types) throws SQLException {
    // Emergencies, of which there are a few rows at most, are read as a whole.
    List<String> plan =
        plan(sql, types).stream().filter(line -> !line.contains("on mass_run")).toList();
    assertThat(plan).as(what).noneMatch(line -> line.contains("Seq Scan"));
    List<String> scans =
        plan.stream()
            .filter(line -> line.contains(" using ") || line.contains("Bitmap Index Scan"))
            .toList();
    List<String> conditions = plan.stream().filter(line -> line.contains("Index Cond")).toList();
    assertThat(scans).as(String.join("\n", plan)).isNotEmpty().hasSameSizeAs(conditions);
  }

  @Test
  void findsARequestByItsIdAndNotAmongAllThatWereOpen() throws SQLException {
    assertThat(plan(RequestRow.ISSUE, ISSUE))
        .anyMatch(line -> line.contains("request_pkey"))
        .noneMatch(line -> line.contains("request_open"));
  }

  @Test
  void asksForOpenOnesOfAKindInOnePlaceOfTheirIndex() throws SQLException {
    List<String> plan = plan(RequestOpening.LOOK, LOOK);
    assertThat(plan.get(indexOf(plan, "request_open_kind") + 1))
        .contains("subject_id = given.subject", "applicant = ", "profile = ");
    assertThat(plan.get(indexOf(plan, "request_open_key") + 1)).contains("public_key_hash = ");
  }

  /** What is counted when there are few rows is believed until the next count. */
  @ParameterizedTest
  @ValueSource(ints = {1, 50, 500, 3000})
  void looksForTheHoldersCertificatesAmongTheirsAlone(int rows) throws SQLException {
    DATABASE.clear();
    DATABASE.execute(
        """
        insert into certificate (authority, serial, encoded, profile, tenant, subject_id,
          subject_name, alternative_names, public_key_hash, not_before, not_after, state,
          journal_index, journal_hash)
        select 'devices', '7f' || md5(n::text), sha256(n::text::bytea), 'vpn-client', 'a.example',
          'holder-' || n, '', '', sha256(n::text::bytea), now(), now() + interval '200 days',
          'good', n, sha256(n::text::bytea)
        from generate_series(1, ?) n
        """,
        rows);
    DATABASE.execute("analyze certificate");
    List<String> plan = plan(JdbcKnownKeys.STANDING, STANDING);
    assertThat(plan).anyMatch(line -> line.contains("subject_id = ANY"));
  }

  private static int indexOf(List<String> plan, String part) {
    for (int i = 0; i < plan.size(); i++) {
      if (plan.get(i).contains(part)) {
        return i;
      }
    }
    throw new AssertionError(part + " is not in " + plan);
  }

  /** The plan that serves whatever comes, as {@link Rows#BY_INDEX} has it kept. */
  private static List<String> plan(String sql, String types) throws SQLException {
    String nothing = String.join(", ", Collections.nCopies(types.split(",").length, "null"));
    return DATABASE
        .database()
        .jdbi()
        .inTransaction(
            handle -> {
              try (var statement = handle.getConnection().createStatement()) {
                statement.execute(Rows.BY_INDEX);
                statement.execute(
                    "prepare asked (" + types + ") as " + numbered(sql.replace(Rows.BY_INDEX, "")));
                var plan = new ArrayList<String>();
                try (var rows = statement.executeQuery("explain execute asked(" + nothing + ")")) {
                  while (rows.next()) {
                    plan.add(rows.getString(1));
                  }
                }
                statement.execute("deallocate asked");
                return plan;
              }
            });
  }

  /** Parameters as the server numbers them. */
  private static String numbered(String sql) {
    var numbered = new StringBuilder();
    int number = 0;
    for (char c : sql.toCharArray()) {
      numbered.append(c == '?' ? "$" + ++number : String.valueOf(c));
    }
    return numbered.toString();
  }
}
