package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.publication.Outbox;
import de.kreissiegel.ca.publication.OutboxQueue;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.ra.database.EmbeddedDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command beside a database in use: one errand waits, one was refused. */
class PublicationsCommandTest {
  private static final String PASSWORD = "testpassword";
  private static final DirectoryName DISTRICT = new DirectoryName("district");
  private static final Instant NOW = Instant.now();

  @TempDir private static Path data;
  private static EmbeddedDatabase database;
  private static OutboxQueue queue;

  @BeforeAll
  static void enqueue() throws Exception {
    Files.writeString(data.resolve("password"), PASSWORD + "\n");
    Files.writeString(
        data.resolve("kreissiegel.yaml"),
        """
        kreissiegel:
          database: {embedded: "%1$s/database", password-file: "%1$s/password"}
        """
            .formatted(data));
    database = EmbeddedDatabase.start(data.resolve("database"), PASSWORD);
    Books books = Books.open(database.dataSource(), "node", Clock.systemUTC(), new SecureRandom());
    queue = books.outboxQueue();
    queue.keep(Set.of(DISTRICT), NOW);
    for (String person : new String[] {"erika", "otto"}) {
      books
          .transactions()
          .inTransaction(
              transaction -> {
                books
                    .outbox()
                    .enqueue(
                        transaction,
                        Outbox.Task.PUBLISH,
                        new SubjectId(person),
                        new AuthorityName("people"),
                        SerialNumber.fromHex("7f"));
                return true;
              });
    }
    var first = queue.claim(DISTRICT, 1, Instant.now(), Duration.ofMinutes(5));
    queue.refused(first, NOW.plus(Duration.ofHours(1)), "insufficient access rights");
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
  }

  @Test
  void countsWhatWaitsAndListsWhatWasRefusedAndHasItTriedAgain() throws Exception {
    assertThat(run()).startsWith("district: 1 waiting since ").contains(", 1 refused");
    assertThat(run()).doesNotContain("insufficient");
    assertThat(run("--failed"))
        .contains("district PUBLISH people/7f of erika, since ")
        .contains(", tried 1 times, again at ")
        .endsWith(": insufficient access rights\n");

    assertThat(queue.claim(DISTRICT, 10, Instant.now(), Duration.ZERO)).hasSize(1);
    assertThat(run("--retry")).contains("1 are tried again now.");
    assertThat(queue.claim(DISTRICT, 10, Instant.now(), Duration.ZERO)).hasSize(2);
  }

  @Test
  void publishesAllOnceMoreWhereThereIsSuchADirectory() {
    assertThat(run("--publish-all", "district"))
        .startsWith("0 certificates are published there once more.");
    assertThat(ended(1, "--publish-all", "no-such"))
        .contains("There is no directory no-such; nothing was changed.");
  }

  @Test
  void tellsHowLettersStandInTheSameDatabase() {
    assertThat(of("letters", 0))
        .isEqualTo(
            """
            No letters are sent: the configuration has no kreissiegel.mail.
            0 waiting, 0 given up, 0 came back
            """);
    assertThat(of("letters", 0, "--failed", "--retry")).endsWith("0 are sent again now.\n");
  }

  private static String run(String... options) {
    return ended(0, options);
  }

  private static String ended(int exitCode, String... options) {
    return of("publications", exitCode, options);
  }

  private static String of(String command, int exitCode, String... options) {
    var words = new StringWriter();
    var line = Kreissiegel.commandLine();
    line.setOut(new PrintWriter(words, true));
    line.setErr(new PrintWriter(words, true));
    String[] all = new String[options.length + 3];
    all[0] = command;
    all[1] = "--data";
    all[2] = data.toString();
    System.arraycopy(options, 0, all, 3, options.length);
    assertThat(line.execute(all)).as(words.toString()).isEqualTo(exitCode);
    return words.toString().replace(System.lineSeparator(), "\n");
  }
}
