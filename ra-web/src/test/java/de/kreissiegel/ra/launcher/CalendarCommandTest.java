package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code calendar} and {@code check-config} say of the demo's hierarchy. */
class CalendarCommandTest {
  private static final Instant MADE = Instant.parse("2026-12-01T00:00:00Z");
  @TempDir private static Path template;
  @TempDir private Path folder;
  private final StringWriter words = new StringWriter();

  @BeforeAll
  static void make() throws Exception {
    new DemoHierarchy(Clock.fixed(MADE, ZoneOffset.UTC), new SecureRandom())
        .make(
            template.resolve("vault"),
            template.resolve("authorities"),
            "operational".toCharArray(),
            "root-passphrase".toCharArray(),
            Set.of(),
            URI.create("http://pki.example"),
            URI.create("https://pki.example"));
  }

  @BeforeEach
  void copy() throws Exception {
    Path from = template.resolve("authorities");
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(from.relativize(file)));
      }
    }
  }

  @Test
  void showsEachKeysDaysAndEndsWithZeroWhenNothingIsOverdue() {
    assertThat(calendar("--at", MADE.plus(Duration.ofDays(1)).toString())).isZero();
    assertThat(words.toString())
        .contains("people               active", "bsi-kommunal")
        .contains("people 2*      der nächste Schlüssel muss da sein")
        .contains("root 2*")
        .contains("2031-12-31  calendar.classical-encryption endet")
        .contains("2035-12-31  calendar.classical-authority endet")
        .doesNotContain("!!");
  }

  @Test
  void warnsBeforeTheNextKeyIsDueAndFailsAfter() {
    // 5 years, of which the last is the longest profile's, and 30 days of lead.
    assertThat(calendar("--lang", "en", "--at", "2031-11-01T00:00:00Z")).isEqualTo(1);
    assertThat(words.toString()).contains("!! people: key 2 was due on");
  }

  @Test
  void tellsProgramsTheSameAsJson() {
    assertThat(calendar("--json", "--lang", "en", "--at", MADE.plusSeconds(60).toString()))
        .isZero();
    JsonNode told = JsonMapper.builder().build().readTree(words.toString());
    assertThat(told.get("authorities").size()).isEqualTo(3);
    assertThat(told.get("authorities").get(1).get("state").stringValue()).isEqualTo("active");
    assertThat(told.get("days").valueStream())
        .anySatisfy(
            day -> {
              assertThat(day.get("about").stringValue()).isEqualTo("people");
              assertThat(day.get("what").stringValue()).isEqualTo("key-due");
              assertThat(day.get("planned").booleanValue()).isTrue();
            });
  }

  @Test
  void checkConfigHoldsProfilesAgainstTheCalendarAndItsExceptions() throws Exception {
    assertThat(run("check-config", "--authorities", folder.toString())).isZero();
    Files.writeString(
        folder.resolve("exceptions.yaml"),
        """
        exceptions:
        - rule: calendar.ml-dsa-44
          applies-to: [people]
          reason: weil es sein muss
          owner: ISB
          until: 2028-01-01
        """);
    assertThat(run("check-config", "--authorities", folder.toString())).isEqualTo(1);
    assertThat(words.toString()).contains("exceptions.yaml:2", "has no exceptions");
  }

  @Test
  void checkConfigNamesAProfileOfAnAuthorityThatIsNotThere() throws Exception {
    Path profiles = Files.createDirectory(folder.resolve("profiles"));
    Files.writeString(
        profiles.resolve("vpn-client.yaml"),
        de.kreissiegel.ca.profile.ProfileCatalog.bundledFile("vpn-client.yaml")
            .replace("authority: devices", "authority: people-2"));
    assertThat(
            run(
                "check-config",
                "--profiles",
                profiles.toString(),
                "--authorities",
                folder.toString()))
        .isEqualTo(1);
    assertThat(words.toString()).contains("vpn-client.yaml: authority: there is no authority");
  }

  @Test
  void refusesWhatItCanNotUnderstand() {
    assertThat(calendar("--years", "0")).isEqualTo(1);
    assertThat(calendar("--at", "morgen")).isEqualTo(1);
    assertThat(run("calendar", "--authorities", folder.resolve("none").toString())).isEqualTo(1);
    assertThat(words.toString()).contains("--years is 1 to 50", "--at is a time", "can't be read");
  }

  private int calendar(String... more) {
    var arguments = new String[more.length + 3];
    arguments[0] = "calendar";
    arguments[1] = "--authorities";
    arguments[2] = folder.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return run(arguments);
  }

  private int run(String... arguments) {
    var out = new PrintWriter(words, true);
    return Kreissiegel.commandLine().setOut(out).setErr(out).execute(arguments);
  }
}
