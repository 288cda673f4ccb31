package de.kreissiegel.ra.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ra.house.MovableClock;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets the wizard, and who doesn't. */
class SetupAccessTest {
  private static final List<String> PAGES =
      List.of(
          "/",
          "/steps/district",
          "/steps/database",
          "/steps/directory",
          "/steps/mail",
          "/steps/keys",
          "/steps/people",
          "/summary",
          "/checklist",
          "/checklist.txt",
          "/finish",
          "/error/x",
          "/actuator/health",
          "/api/v1/me");

  @TempDir private Path folder;

  private RunningSetup started() throws SetupRefused {
    return new RunningSetup(folder.resolve("data"), Clock.systemUTC());
  }

  private static String to(HttpResponse<String> answer) {
    return SetupBrowser.to(answer);
  }

  @Test
  void showsNothingButThePageForTheCodeToWhoHasntTypedIt() throws Exception {
    try (var running = started()) {
      var browser = running.browser();
      for (String page : PAGES) {
        var answer = browser.get(page);
        assertThat(answer.statusCode()).as(page).isEqualTo(302);
        assertThat(to(answer)).as(page).isEqualTo("/code");
        var post = browser.plainPost(page, Map.of("_csrf", browser.token("/code")));
        assertThat(post.statusCode()).as("POST " + page).isIn(302, 403);
        assertThat(to(post)).as("POST " + page).isIn("/code", "");
      }
      var code = browser.get("/code");
      assertThat(code.statusCode()).isEqualTo(200);
      assertThat(code.body()).contains("Code von der Konsole").doesNotContain(running.code());
      assertThat(code.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'")
          .contains("frame-ancestors 'none'");
      assertThat(code.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
      assertThat(code.headers().firstValue("Strict-Transport-Security"))
          .as("who has a browser that insists on a good certificate gets no further")
          .isEmpty();
    }
  }

  @Test
  void belongsToTheFirstBrowserAlone() throws Exception {
    try (var running = started()) {
      var first = running.browser();
      first.get("/code");
      String before = first.cookie("__Host-setup");
      assertThat(to(first.post("/code", Map.of("code", running.code())))).isEqualTo("/");
      assertThat(first.cookie("__Host-setup")).isNotEmpty().isNotEqualTo(before);
      assertThat(first.lastSetCookie())
          .contains("Secure", "HttpOnly", "SameSite=Strict", "Path=/")
          .doesNotContain("Domain");
      assertThat(to(first.get("/"))).isEqualTo("/steps/district");
      assertThat(first.get("/steps/district").statusCode()).isEqualTo(200);

      var second = running.browser();
      assertThat(second.get("/code").body()).contains("Der Code ist schon benutzt");
      assertThat(second.get("/code").body()).doesNotContain("name=\"code\"");
      assertThat(to(second.get("/steps/district"))).isEqualTo("/code");
      assertThat(running.said).anyMatch(line -> line.contains("The code was used"));
    }
  }

  @Test
  void takesNoCodeWithoutTheTokenOfItsForm() throws Exception {
    try (var running = started()) {
      var browser = running.browser();
      assertThat(browser.plainPost("/code", Map.of("code", running.code())).statusCode())
          .isEqualTo(403);
      assertThat(to(browser.get("/"))).isEqualTo("/code");
    }
  }

  @Test
  void changesNothingWithoutTheTokenOfTheForm() throws Exception {
    try (var running = started()) {
      var browser = running.browser();
      browser.post("/code", Map.of("code", running.code()));
      var refused = browser.plainPost("/steps/district", Map.of("organization", "Forged"));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("nicht von diesem Assistenten");
      assertThat(browser.get("/steps/district").body()).doesNotContain("Forged");
    }
  }

  @Test
  void isSpentAfterFiveWrongCodesAndTellsTheConsole() throws Exception {
    var clock = new MovableClock();
    try (var running = new RunningSetup(folder.resolve("data"), clock)) {
      var browser = running.browser();
      for (int i = 0; i < OneTimeCode.ATTEMPTS; i++) {
        var answer = browser.post("/code", Map.of("code", "0000-0000-0000-0000-0000"));
        assertThat(to(answer)).startsWith("/code?refused=");
        if (i == 0) {
          assertThat(browser.get("/code?refused=wrong").body()).contains("Das ist nicht der Code");
          assertThat(to(browser.post("/code", Map.of("code", running.code()))))
              .isEqualTo("/code?refused=early");
        }
        clock.forward(Duration.ofSeconds(60));
      }
      assertThat(browser.get("/code").body()).contains("Zu viele falsche Eingaben");
      assertThat(to(browser.get("/"))).isEqualTo("/code");
      assertThat(running.said).filteredOn("A wrong code was typed."::equals).hasSize(4);
    }
  }

  @Test
  void expiresAfterHalfAnHour() throws Exception {
    var clock = new MovableClock();
    try (var running = new RunningSetup(folder.resolve("data"), clock)) {
      var browser = running.browser();
      String token = browser.token("/code");
      clock.forward(OneTimeCode.VALIDITY);
      assertThat(to(browser.plainPost("/code", Map.of("code", running.code(), "_csrf", token))))
          .isEqualTo("/code?refused=expired");
      assertThat(browser.get("/code").body()).contains("Der Code ist abgelaufen");
    }
  }

  @Test
  void showsTheCertificateWhoseFingerprintTheConsoleSays() throws Exception {
    try (var running = started()) {
      var browser = running.browser();
      browser.get("/code");
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(browser.presented.getEncoded());
      assertThat(running.said)
          .contains("  " + HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash));
      assertThat(browser.presented.getSubjectAlternativeNames())
          .anySatisfy(name -> assertThat(name.get(1)).isEqualTo("localhost"));
    }
  }

  @Test
  void refusesAFolderThatHoldsAnInstallationOrSomethingElse() throws Exception {
    for (String part : List.of("kreissiegel.yaml", "vault", "authorities", "ceremonies")) {
      Path taken = Files.createDirectory(folder.resolve("with-" + part));
      Files.writeString(taken.resolve(part), "x");
      assertThatThrownBy(() -> new RunningSetup(taken, Clock.systemUTC()))
          .isInstanceOf(SetupRefused.class)
          .hasMessageContaining("already holds an installation");
      assertThat(Files.list(taken)).hasSize(1);
    }
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("letter.txt"), "x");
    assertThatThrownBy(() -> new RunningSetup(foreign, Clock.systemUTC()))
        .isInstanceOf(SetupRefused.class)
        .hasMessageContaining("not Kreissiegel's");
  }

  @Test
  void runsOnceOnAFolder() throws Exception {
    try (var running = started()) {
      assertThat(running.said).contains("setup ready");
      assertThatThrownBy(this::started)
          .isInstanceOf(SetupRefused.class)
          .hasMessageContaining("another kreissiegel is running");
    }
  }

  @Test
  void keepsAnswersForTheNextRunAndTheCodeNowhere() throws Exception {
    Path data = folder.resolve("data");
    try (var running = started()) {
      var browser = running.browser();
      browser.post("/code", Map.of("code", running.code()));
      browser.post(
          "/steps/district",
          Map.of("organization", "Landkreis Haßberge", "public-base-url", "ftp://nowhere"));
      browser.post("/steps/directory", Map.of("directory-password", "a-password-of-the-directory"));
      var page = browser.get("/steps/directory");
      assertThat(page.body())
          .contains("Ein Kennwort ist hinterlegt")
          .doesNotContain("a-password-of-the-directory");
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.toList()) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as(file.toString())
              .matches(file.endsWith("lock") ? ".*" : "rw[x-]------");
          if (Files.isRegularFile(file)) {
            assertThat(Files.readString(file)).doesNotContain(running.code());
          }
        }
      }
      assertThat(Files.readString(data.resolve("setup-draft/answers.yaml")))
          .doesNotContain("a-password-of-the-directory");
    }
    try (var again = started()) {
      var browser = again.browser();
      browser.post("/code", Map.of("code", again.code()));
      assertThat(browser.get("/steps/district").body())
          .contains("Landkreis Haßberge", "ftp://nowhere")
          .contains("Eine Adresse wie https://");
      assertThat(browser.get("/steps/directory").body()).contains("Ein Kennwort ist hinterlegt");
    }
  }
}
