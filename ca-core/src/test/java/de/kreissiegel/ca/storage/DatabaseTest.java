package de.kreissiegel.ca.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  @BeforeEach
  void empty() {
    DATABASE.clear();
  }

  @Test
  void commitsWhatWasDoneInATransaction() {
    DATABASE
        .database()
        .inTransaction(
            transaction ->
                JdbcTransaction.handleOf(transaction)
                    .execute("insert into status_version values ('people', 1)"));

    assertThat(DATABASE.number("select count(*) from status_version")).isOne();
  }

  @Test
  void undoesEverythingWhenTheWorkThrows() {
    assertThatThrownBy(
            () ->
                DATABASE
                    .database()
                    .inTransaction(
                        transaction -> {
                          JdbcTransaction.handleOf(transaction)
                              .execute("insert into status_version values ('people', 1)");
                          throw new IOException("the line went dead");
                        }))
        .isInstanceOf(IOException.class);

    assertThat(DATABASE.number("select count(*) from status_version")).isZero();
  }

  @Test
  void runsEveryMigrationThatIsWrittenInJava() throws Exception {
    Path classes = Path.of(Database.class.getResource("Database.class").toURI()).getParent();
    try (Stream<Path> files = Files.list(classes)) {
      List<String> written =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("V[0-9_]+__\\w+\\.class"))
              .map(name -> name.substring(1, name.indexOf("__")).replace('_', '.'))
              .toList();

      assertThat(DATABASE.texts("select version from flyway_schema_history where type = 'JDBC'"))
          .containsExactlyInAnyOrderElementsOf(written);
    }
  }
}
