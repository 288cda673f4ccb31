package de.kreissiegel.ca.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
}
