package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ra.database.EmbeddedDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands over an embedded database that has one event of four years ago. */
class RetentionCommandTest {
  private static final String PASSWORD = "testpassword";
  private static final String NOTHING_SAID = "";

  @TempDir private static Path data;

  /** What a command said, and how it ended. */
  private record Told(int exitCode, String words) {}

  @BeforeAll
  static void writeAnOldEvent() throws Exception {
    Files.writeString(data.resolve("password"), PASSWORD + "\n");
    var fourYearsAgo = Clock.fixed(Instant.now().minus(Duration.ofDays(4 * 366)), ZoneOffset.UTC);
    try (var database = EmbeddedDatabase.start(data.resolve("database"), PASSWORD)) {
      Books books = Books.open(database.dataSource(), "node", fourYearsAgo, new SecureRandom());
      books
          .transactions()
          .inTransaction(
              transaction -> {
                books
                    .audit()
                    .append(
                        transaction,
                        new Actor.Component("test"),
                        "request.refused",
                        Optional.empty(),
                        "request:1",
                        "of Erika");
                return true;
              });
    }
  }

  @Test
  void plansByTheDefaultsWhereNothingIsSaid() throws Exception {
    Told told = run(NOTHING_SAID, "plan");

    assertThat(told.exitCode).as(told.words).isZero();
    assertThat(told.words)
        .contains("certificates kept for P10Y", "requests     kept for P3Y", "names        kept");
    assertThat(told.words.lines().filter(line -> line.startsWith("names")))
        .singleElement()
        .asString()
        .contains("kept for P3Y", ": 1 due", "the oldest at ");
  }

  @Test
  void plansByWhatTheSettingsSay() throws Exception {
    Told told = run("  retention: {names: P5Y, requests: P30D}\n", "plan");

    assertThat(told.exitCode).as(told.words).isZero();
    assertThat(told.words).contains("requests     kept for P30D", "certificates kept for P10Y");
    assertThat(told.words).containsPattern("names +kept for P5Y .*: 0 due");
  }

  @Test
  void refusesAClassThatThereIsntAndErasesNothing() throws Exception {
    for (String act : new String[] {"plan", "apply"}) {
      Told told = run("  retention: {names: P1Y, certificate: P2Y}\n", act);

      assertThat(told.exitCode).isNotZero();
      assertThat(told.words)
          .contains("kreissiegel.retention.certificate: there is no such class")
          .contains("certificates, requests, names")
          .doesNotContain("\tat ");
    }
    assertThat(run(NOTHING_SAID, "plan").words).containsPattern("names .*: 1 due");
  }

  @Test
  void refusesPeriodsThatAreNone() throws Exception {
    for (String period : new String[] {"3", "P0D", "P-1Y", "P2000Y", "P1YT1H", "''", "[P1Y]"}) {
      Told told = run("  retention: {names: " + period + "}\n", "apply");

      assertThat(told.exitCode).as(period).isNotZero();
      assertThat(told.words)
          .contains("kreissiegel.retention.names: ", "is no period")
          .doesNotContain("\tat ");
    }
    assertThat(run(NOTHING_SAID, "plan").words).containsPattern("names .*: 1 due");
  }

  @Test
  void refusesOnePeriodForAll() throws Exception {
    Told told = run("  retention: P3Y\n", "apply");

    assertThat(told.exitCode).isNotZero();
    assertThat(told.words).contains("kreissiegel.retention has settings under it", "P3Y");
  }

  private static Told run(String settings, String act) throws IOException {
    Path configuration = Files.createTempFile(data, "kreissiegel", ".yaml");
    Files.writeString(
        configuration,
        """
        kreissiegel:
          database:
            embedded: "%s"
            password-file: "%s"
        """
                .formatted(data.resolve("database"), data.resolve("password"))
            + settings);
    var words = new StringWriter();
    var out = new PrintWriter(words, true);
    var command = Kreissiegel.commandLine().setOut(out).setErr(out);
    int exitCode = command.execute("retention", act, "--config", configuration.toString());
    return new Told(exitCode, words.toString());
  }
}
