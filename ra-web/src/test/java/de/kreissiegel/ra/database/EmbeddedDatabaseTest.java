package de.kreissiegel.ra.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
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
  void findsItsDataAgainAfterTheServerWasLeftBehindByAKilledRun() throws Exception {
    var leftBehind = EmbeddedDatabase.start(folder, PASSWORD);
    ask(leftBehind.dataSource(), "create table kept as select 'still here' as word");
    try (var database = EmbeddedDatabase.start(folder, PASSWORD)) {
      assertThat(ask(database.dataSource(), "select word from kept")).isEqualTo("still here");
      assertThat(EmbeddedDatabase.portOfRunning(folder)).isPresent();
    }
    leftBehind.close();
    assertThat(EmbeddedDatabase.portOfRunning(folder)).isEmpty();
    assertThat(Files.exists(folder.resolve("cluster").resolve("PG_VERSION"))).isTrue();
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
