package de.kreissiegel.ra.database;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ra.database.DatabaseTrial.Role;
import de.kreissiegel.ra.database.DatabaseTrial.Seen;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Against the real server, with roles and databases as a district has them, and as it hasn't. */
class DatabaseTrialTest {
  @TempDir private static Path folder;
  private static EmbeddedDatabase server;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedDatabase.start(folder, "correcthorse42");
    try (var connection = server.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create role owner login password 'o'");
      statement.execute("create role worker login password 'w'");
      statement.execute("create role friend login password 'f'");
      statement.execute("grant owner to friend");
      statement.execute("create database district owner owner");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static List<Seen> tried(String database, Role worker, Role owner) {
    return DatabaseTrial.of(server.url().replaceFirst("/postgres$", "/" + database), worker, owner);
  }

  private static List<String> codes(List<Seen> seen, Predicate<Seen> which) {
    return seen.stream().filter(which).map(Seen::code).toList();
  }

  @Test
  void isContentWithAnEmptyDatabaseAndTwoRolesApart() {
    var seen = tried("district", new Role("worker", "w"), new Role("owner", "o"));
    assertThat(codes(seen, Seen::good))
        .containsExactly("worker", "version", "owner", "rights", "apart", "empty");
    assertThat(seen).allMatch(Seen::good);
  }

  @Test
  void saysWhoIsntLetIn() {
    var seen = tried("district", new Role("worker", "wrong"), new Role("owner", "o"));
    assertThat(codes(seen, one -> !one.good())).containsExactly("worker");
    assertThat(seen.getFirst().detail()).contains("password authentication failed");
    assertThat(
            codes(tried("none", new Role("worker", "w"), new Role("owner", "o")), s -> !s.good()))
        .containsExactly("worker", "owner");
  }

  @Test
  void saysWhatARoleMayTooMuchOrTooLittle() throws Exception {
    assertThat(
            codes(
                tried("district", new Role("friend", "f"), new Role("owner", "o")),
                one -> !one.good()))
        .containsExactly("apart");
    assertThat(
            codes(
                tried("district", new Role("postgres", "correcthorse42"), new Role("worker", "w")),
                one -> !one.good()))
        .contains("superuser", "rights");
  }

  @Test
  void saysThatADatabaseIsNotEmpty() throws Exception {
    try (var connection = server.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database used owner owner");
    }
    var source = new PGSimpleDataSource();
    source.setUrl(server.url().replaceFirst("/postgres$", "/used"));
    source.setUser("owner");
    source.setPassword("o");
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create table letters (id int)");
    }
    assertThat(
            codes(
                tried("used", new Role("worker", "w"), new Role("owner", "o")), one -> !one.good()))
        .containsExactly("empty");
  }
}
