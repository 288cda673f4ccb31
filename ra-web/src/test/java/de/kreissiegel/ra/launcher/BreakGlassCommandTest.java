package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.breakglass.BreakGlass;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ra.database.EmbeddedDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands over an embedded database that runs, as beside a running house. */
class BreakGlassCommandTest {
  private static final String PASSWORD = "testpassword";
  private static final Pattern CODE = Pattern.compile("([2-9A-HJ-NP-Z]{5}-){5}[2-9A-HJ-NP-Z]{5}");

  @TempDir private static Path data;
  private static EmbeddedDatabase database;
  private static BreakGlass desk;

  /** What a command said, and how it ended. */
  private record Told(int exitCode, String words) {}

  @BeforeAll
  static void start() throws Exception {
    Files.writeString(data.resolve("password"), PASSWORD + "\n");
    Files.writeString(
        data.resolve("kreissiegel.yaml"),
        """
        kreissiegel:
          database: {embedded: %s, password-file: %s}
        """
            .formatted(data.resolve("database"), data.resolve("password")));
    database = EmbeddedDatabase.start(data.resolve("database"), PASSWORD);
    var random = new SecureRandom();
    Books books = Books.open(database.dataSource(), "node", Clock.systemUTC(), random);
    desk = new BreakGlass(books.ofBreakGlass(), Clock.systemUTC(), random);
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
  }

  @Test
  void makesACodeThatOpensAndTellsOfItsUse() throws Exception {
    Told made = make("--holder", "Anna Groß", "--office", "review");
    assertThat(made.exitCode).as(made.words).isZero();
    var code = CODE.matcher(made.words);
    assertThat(code.find()).as(made.words).isTrue();
    long number = desk.all().getFirst().number();
    Told before = run("list");
    assertThat(before.exitCode).isZero();
    assertThat(before.words).contains(number + "  Anna Groß  review").doesNotContain(code.group());

    assertThat(desk.logIn(List.of(code.group())).displayName()).isEqualTo("Anna Groß");
    Told after = run("list");
    assertThat(after.exitCode).isOne();
    assertThat(after.words).contains("USED ", "nobody has looked into it");

    Told own = run("acknowledge", "--number", "" + number, "--by", "anna groß");
    assertThat(own.exitCode).isNotZero();
    assertThat(own.words).contains("who had no part in it").doesNotContain("\tat ");
    assertThat(run("acknowledge", "--number", "" + number, "--by", "Ida I.").exitCode).isZero();
    assertThat(run("list").exitCode).isZero();
  }

  @Test
  void takesACodeBack() throws Exception {
    make("--holder", "Bert", "--office", "protect");
    long number = desk.all().getFirst().number();
    assertThat(run("withdraw", "--number", "" + number, "--by", "Ida").exitCode).isZero();
    assertThat(run("list").words).contains(number + "  Bert  protect  ebern.example  over");
    assertThat(run("withdraw", "--number", "4711", "--by", "Ida").words).contains("no code 4711");
  }

  @Test
  void refusesWhatIsNoOfficeAndMakesNothing() throws Exception {
    int before = desk.all().size();
    Told told = make("--holder", "Anna", "--office", "everything");
    assertThat(told.exitCode).isNotZero();
    assertThat(told.words).contains("review or protect").doesNotContain("\tat ");
    Told forever = make("--holder", "Anna", "--office", "review", "--days", "4000");
    assertThat(forever.exitCode).isNotZero();
    assertThat(forever.words).contains("1 to 400 days");
    assertThat(desk.all()).hasSize(before);
  }

  private static Told make(String... more) {
    var words = new ArrayList<>(List.of("make", "--tenant", "ebern.example", "--by", "Olga"));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  private static Told run(String... words) {
    var all = new ArrayList<String>(List.of("break-glass"));
    all.addAll(List.of(words));
    all.addAll(List.of("--config", data.resolve("kreissiegel.yaml").toString()));
    var said = new StringWriter();
    var out = new PrintWriter(said, true);
    var command = Kreissiegel.commandLine().setOut(out).setErr(out);
    return new Told(command.execute(all.toArray(String[]::new)), said.toString());
  }
}
