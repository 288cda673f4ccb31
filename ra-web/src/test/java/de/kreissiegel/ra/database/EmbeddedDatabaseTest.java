package de.kreissiegel.ra.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
  private static final String PASSWORD = "correcthorse42";

  @TempDir Path folder;

  @Test
  void syncsEachCommitToTheDisk() throws Exception {
    try (var database = EmbeddedDatabase.start(folder, PASSWORD)) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(ask(database.dataSource(), "show " + setting)).as(setting).isEqualTo("on");
      }
    }
  }

  @Test
  void letsNobodyInWithoutThePassword() throws Exception {
    try (var database = EmbeddedDatabase.start(folder, PASSWORD)) {
      assertThat(ask(database.dataSource(), "select 'in'")).isEqualTo("in");
      assertThatThrownBy(() -> DriverManager.getConnection(database.url(), "postgres", "wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void findsItsDataAgainAfterItsProcessWasKilled() throws Exception {
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(killed.inputReader().lines().anyMatch("kept"::equals)).isTrue();
    killed.destroyForcibly().waitFor();
    assertThat(EmbeddedDatabase.portOfRunning(folder)).as("the server goes on").isPresent();
    try (var database = EmbeddedDatabase.start(folder, PASSWORD)) {
      assertThat(ask(database.dataSource(), "select word from kept")).isEqualTo("still here");
    }
    assertThat(EmbeddedDatabase.portOfRunning(folder)).isEmpty();
  }

  /** A process with a database that is killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      var database = EmbeddedDatabase.start(Path.of(arguments[0]), PASSWORD);
      ask(database.dataSource(), "create table kept as select 'still here' as word");
      System.out.println("kept");
      Thread.sleep(Duration.ofMinutes(2));
    }
  }

  private static String ask(DataSource source, String question) throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      if (!statement.execute(question.replace("", ""))) {
        return "";
      }
      var answer = statement.getResultSet();
      answer.next();
      return answer.getString(1);
    }
  }
}
