package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.ceremony.FirstOfficers;
import de.kreissiegel.ra.database.EmbeddedDatabase;
import de.kreissiegel.ra.officer.OfficerFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bad day from a terminal, over a hierarchy of its own and three certificates. */
@Isolated("what is typed is the process's own")
class MassCommandTest {
  private static final String PASSWORD = "testpassword";

  @TempDir private static Path data;
  private static Path configuration;

  /** What a command said, and how it ended. */
  private record Told(int exitCode, String words) {}

  @BeforeAll
  static void install() throws Exception {
    new DemoHierarchy(Clock.systemUTC(), new SecureRandom())
        .make(
            data.resolve("vault"),
            data.resolve("authorities"),
            "operational".toCharArray(),
            "root-passphrase".toCharArray(),
            Set.of(),
            URI.create("http://pki.example"),
            URI.create("https://pki.example"));
    Files.writeString(data.resolve("password"), PASSWORD + "\n");
    configuration =
        Files.writeString(
            data.resolve("kreissiegel.yaml"),
            """
            kreissiegel:
              authorities: "%s"
              trust: "%s"
              database:
                embedded: "%s"
                password-file: "%s"
            """
                .formatted(
                    data.resolve("authorities"),
                    data.resolve("trust"),
                    data.resolve("database"),
                    data.resolve("password")));
    Files.createDirectories(data.resolve("trust"));
    FirstOfficers.write(
        data.resolve("trust"), Map.of(officer("olga"), "Olga O.", officer("otto"), "Otto O."));
    officer("stranger");
    try (var database = EmbeddedDatabase.start(data.resolve("database"), PASSWORD)) {
      Books.open(database.dataSource(), "node", Clock.systemUTC(), new SecureRandom());
      try (var connection = database.dataSource().getConnection();
          var statement = connection.createStatement()) {
        statement.execute(
            """
            insert into certificate (authority, serial, encoded, profile, tenant, subject_id,
              subject_name, alternative_names, public_key_hash, not_before, not_after, state,
              journal_index, journal_hash)
            select 'devices', '7f' || n, sha256(n::text::bytea), profile, 'stadt-a.example',
              'holder-' || n, 'CN=' || n, '', sha256(n::text::bytea),
              now() - interval '1 day', now() + interval '1 day', 'good', n, '\\x00'
            from (values (1, 'vpn-client'), (2, 'vpn-gateway'), (3, 'laptop')) as t (n, profile)
            """);
      }
    }
  }

  /** Makes somebody's key. */
  private static Bytes officer(String name) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    OfficerFile.uncertified(pair, Instant.now())
        .write(data.resolve(name + ".p12"), PASSWORD.toCharArray());
    return Bytes.of(MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded()));
  }

  private static Told consent(String name, String typed) {
    return run(
        typed,
        "consent",
        "--kind",
        "emergency",
        "--reason",
        "copied",
        "--key",
        data.resolve(name + ".p12").toString());
  }

  @Test
  void theBadDayFromBeginToRecord() throws Exception {
    Told dry = run("", "begin", "--kind", "emergency", "--dry-run");
    assertThat(dry.exitCode).as(dry.words).isZero();
    assertThat(dry.words).contains("gateways", "3 certificates, OCSP responders apart.");
    assertThat(run("", "status").words).contains("there was no run of devices");

    String[] begin = {"begin", "--kind", "emergency", "--by", "Olga", "--reason", "copied"};
    assertThat(run("people\n", begin).words).contains("nothing has begun");
    assertThat(run("", begin).words).contains("nothing has begun");
    assertThat(run("", "go-on").words).contains("there was no run of devices");
    assertThat(run("devices\n", begin).words).contains("has the consent of 0");
    twoConsent();
    Told begun = run("devices\n", begin);
    assertThat(begun.exitCode).as(begun.words).isZero();
    assertThat(run("devices\n", begin).words).contains("a run is open for devices");

    Told open = run("", "status");
    assertThat(open.exitCode).isEqualTo(1);
    assertThat(open.words).contains("by Olga: copied", "revoke 0 of 3, 3 left", "not finished");

    Told done = run("", "go-on");
    assertThat(done.exitCode).as(done.words).isZero();
    assertThat(done.words).contains("revoke 3 of 3, 0 left", "tell   3 of 3, 0 left", "finished");
    assertThat(run("", "go-on").words).contains("the run of devices is finished");

    Told record = run("", "record");
    String list = run("", "record", "--list").words;
    assertThat(list.lines()).containsExactly("devices/7f2", "devices/7f3", "devices/7f1");
    assertThat(record.words)
        .contains("certificates SHA-256 " + sha256(list))
        .contains("audit chain mass: 7 events, head ", "no head of it is signed yet");

    List<String> holders = new ArrayList<>();
    for (String line : run("", "notices", "--missing").words.lines().toList()) {
      JsonNode notice = JsonMapper.builder().build().readTree(line);
      assertThat(notice.get("tenant").stringValue()).isEqualTo("stadt-a.example");
      assertThat(notice.get("certificates").get(0).get("replaced").booleanValue()).isFalse();
      holders.add(notice.get("holder").stringValue());
    }
    assertThat(holders).containsExactly("holder-2", "holder-3", "holder-1");
    assertThat(run("", "notices", "--tenant", "stadt-b.example").words).isEmpty();
  }

  @Test
  void refusesRootsStrangersAndKindsThatThereAreNot() {
    String[] begin = {"begin", "--kind", "emergency", "--by", "Olga", "--reason", "copied"};
    assertThat(of("root", "root\n", begin).words).contains("root is a root");
    assertThat(of("nobody", "nobody\n", begin).words).contains("no authority nobody");
    assertThat(of("No Body", "", begin).words).contains("can't be an authority's name");
    assertThat(run("", "begin", "--kind", "quick").words)
        .contains("--kind is emergency or planned");
    assertThat(of("people", "people\n", "begin", "--kind", "emergency").words)
        .contains("a reason of one line");
    assertThat(of("people", "people\n", "begin", "--kind", "planned", "--by", "O", "--reason", "x"))
        .satisfies(
            told -> {
              assertThat(told.exitCode).isEqualTo(1);
              assertThat(told.words).contains("roll over first").doesNotContain("\tat ");
            });
  }

  private static void twoConsent() {
    Told first = consent("olga", PASSWORD + "\nyes\n");
    assertThat(first.exitCode).as(first.words).isZero();
    assertThat(first.words)
        .contains("3 certificates", "kind emergency", "reason copied", "1 of 2 consents");
    assertThat(consent("olga", PASSWORD + "\nyes\n").words).contains("1 of 2 consents");
    assertThat(consent("otto", PASSWORD + "\nno\n").words).contains("nothing was signed");
    assertThat(consent("otto", "another\nyes\n").words).doesNotContain("\tat ", "Kept");
    assertThat(consent("stranger", PASSWORD + "\nyes\n").words)
        .contains("is the key of nobody who may consent");
    assertThat(consent("otto", PASSWORD + "\nyes\n").words).contains("2 of 2 consents");
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Told run(String typed, String... arguments) {
    return of("devices", typed, arguments);
  }

  private static Told of(String authority, String typed, String... arguments) {
    List<String> all = new ArrayList<>(List.of("mass"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--authority", authority, "--config", configuration.toString()));
    var words = new StringWriter();
    var out = new PrintWriter(words, true);
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.US_ASCII)));
    try {
      int exitCode =
          Kreissiegel.commandLine().setOut(out).setErr(out).execute(all.toArray(String[]::new));
      return new Told(exitCode, words.toString());
    } finally {
      System.setIn(before);
    }
  }
}
