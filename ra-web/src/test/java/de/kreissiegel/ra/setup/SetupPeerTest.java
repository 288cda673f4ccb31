package de.kreissiegel.ra.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Media;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.settings.SettingsConsent;
import de.kreissiegel.ldap.demo.DemoDirectory;
import de.kreissiegel.ldap.sample.SampleDistrict;
import de.kreissiegel.ra.ceremony.SettingsOfInstallation;
import de.kreissiegel.ra.officer.OfficerFile;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From {@code ./kreissiegel setup} to the first page of the house that runs by what it wrote: in a
 * browser without JavaScript, with processes of their own.
 */
@AgainstPeer(Peer.CHROMIUM)
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class SetupPeerTest {
  private static final Path PICTURES = Path.of("target", "pages", "setup");
  private static final List<Integer> WIDTHS = List.of(1280, 390);
  private static final List<String> SIGNER =
      List.of(
          "hsm-adapter",
          "bcprov-",
          "bcpkix-",
          "bcutil-",
          "AmazonCorrettoCryptoProvider-",
          "snakeyaml-engine-",
          "jspecify-");

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();
  private PeerSession chromium;

  @Test
  void leadsFromTheFirstStartToTheFirstLogIn(@AgainstPeer(Peer.CHROMIUM) PeerSession peer)
      throws Exception {
    chromium = peer;
    Files.createDirectories(PICTURES);
    Path data = folder.resolve("data");
    int pages = freePort();
    var officers =
        List.of(SetupAnswers.Officer.make("Jürgen Weiß"), SetupAnswers.Officer.make("Ayşe Yılmaz"));
    try (var directory = DemoDirectory.open(folder.resolve("directory"), 0, new SecureRandom());
        Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(peer.executable())
                        .setArgs(List.of("--no-sandbox")))) {
      Process setup =
          java(
              "setup",
              classPath(""),
              "de.kreissiegel.ra.launcher.Kreissiegel",
              "setup",
              "--data",
              data.toString(),
              "--https-port",
              "0");
      await("setup", "setup ready");
      goThrough(browser, directory, data, pages, officers);
      assertThat(setup.waitFor(30, TimeUnit.SECONDS)).isTrue();
      chromium.sees("the wizard end well", () -> assertThat(setup.exitValue()).isZero());

      SetupAnswers.ceremony(folder, data);
      consent(data, officers);
      java(
          "signer",
          SIGNER.stream().map(SetupPeerTest::classPath).reduce((a, b) -> a + ":" + b).orElseThrow(),
          "de.kreissiegel.hsm.process.SignerProcess",
          "--vault",
          data.resolve("vault").toString(),
          "--socket",
          data.resolve("run/signer.sock").toString(),
          "--passphrase-file",
          data.resolve("secrets/vault-passphrase").toString(),
          "--exit-with-stdin");
      await("signer", "signer ready");
      java(
          "web",
          classPath(""),
          "de.kreissiegel.ra.launcher.Kreissiegel",
          "start",
          "--exit-with-stdin",
          "--config",
          data.resolve("kreissiegel.yaml").toString(),
          "--",
          "--management.server.port=" + freePort());
      await("web", "web ready");
      logIn(browser, directory, pages);
    } finally {
      for (Process process : processes.reversed()) {
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    }
  }

  private void goThrough(
      Browser browser,
      DemoDirectory directory,
      Path data,
      int pages,
      List<SetupAnswers.Officer> officers)
      throws Exception {
    var context =
        browser.newContext(
            new Browser.NewContextOptions().setIgnoreHTTPSErrors(true).setLocale("de-DE"));
    context.setDefaultTimeout(30_000);
    // As a filter in a town hall's network does it; the browser itself stays able to be asked.
    context.route("**/*.js", Route::abort);
    Page page = context.newPage();
    page.navigate(told("https://localhost:\\d+/"));
    look(page, "01-code");
    page.getByLabel("Code von der Konsole").fill("0000");
    page.getByTestId("open").click();
    page.getByTestId("code-error").waitFor();
    look(page, "02-code-wrong");
    Thread.sleep(1_100);
    page.getByLabel("Code von der Konsole").fill(told("([0-9A-Z]{4}-){4}[0-9A-Z]{4}"));
    page.getByTestId("open").click();

    page.waitForURL("**/steps/district");
    look(page, "03-district");
    page.getByTestId("next").click();
    page.getByTestId("faults").waitFor();
    look(page, "04-district-faults");
    fill(page, SetupAnswers.district(pages, freePort(), freePort()));
    page.getByTestId("next").click();

    page.waitForURL("**/steps/database");
    look(page, "05-database");
    page.getByTestId("next").click();
    page.getByTestId("trial").waitFor();
    page.getByTestId("next").click();

    page.waitForURL("**/steps/directory");
    look(page, "06-directory");
    page.selectOption("#mapping", "sample-district");
    fill(
        page,
        Map.of(
            "directory-url",
            directory.address().toString(),
            "directory-base",
            SampleDistrict.BASE_DN,
            "directory-dn",
            SampleDistrict.SERVICE_DN,
            "directory-password",
            "wrong"));
    page.getByTestId("try").click();
    page.getByTestId("anyway").waitFor();
    look(page, "07-directory-failed");
    fill(page, Map.of("directory-password", directory.passwords().service()));
    page.getByTestId("try").click();
    page.getByText("Gefunden:").waitFor();
    look(page, "08-directory-seen");
    page.getByTestId("next").click();

    page.waitForURL("**/steps/mail");
    look(page, "09-mail");
    page.getByTestId("next").click();
    page.getByTestId("trial").waitFor();
    page.getByTestId("next").click();

    page.waitForURL("**/steps/keys");
    look(page, "10-keys");
    fill(page, Map.of("signer-socket", data.resolve("run/signer.sock").toString()));
    page.getByTestId("next").click();

    page.waitForURL("**/steps/people");
    look(page, "11-people");
    fill(page, SetupAnswers.people());
    Path request = folder.resolve("officer.csr");
    Files.writeString(request, officers.getFirst().request());
    page.locator("#officers-0-request").setInputFiles(request);
    fill(
        page,
        Map.of(
            "officers.0.name", officers.getFirst().name(),
            "officers.1.name", officers.getLast().name(),
            "officers.1.key", officers.getLast().fingerprint()));
    page.getByTestId("next").click();

    page.waitForURL("**/summary");
    look(page, "12-summary");
    String summary = page.url();
    page.navigate(summary + "?lang=en");
    look(page, "13-summary-en");
    page.navigate(summary + "?lang=de");
    page.getByTestId("write").click();

    page.waitForURL("**/checklist");
    look(page, "14-checklist");
    chromium.sees(
        "the checklist with this installation's values",
        () ->
            assertThat(page.textContent("main"))
                .contains(data.resolve("plan.yaml").toString())
                .contains(officers.getFirst().fingerprint()));
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    page.pdf(new Page.PdfOptions().setPath(PICTURES.resolve("checklist.pdf")));
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    page.getByTestId("finish").click();
    page.getByText("Der Assistent ist beendet").first().waitFor();
    look(page, "15-end");
    context.close();
  }

  private void logIn(Browser browser, DemoDirectory directory, int pages) {
    var context =
        browser.newContext(
            new Browser.NewContextOptions().setIgnoreHTTPSErrors(true).setLocale("de-DE"));
    Page page = context.newPage();
    page.navigate("https://localhost:" + pages + "/");
    var officer = SampleDistrict.cast().officer();
    page.getByLabel("Benutzername").fill(officer.login());
    page.getByLabel("Kennwort", new Page.GetByLabelOptions().setExact(true))
        .fill(directory.passwords().people());
    page.getByTestId("login").click();
    page.getByTestId("visitor").waitFor();
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("16-house.png")));
    chromium.sees(
        "the house that runs by what the wizard wrote",
        () -> assertThat(page.textContent("header")).contains(officer.commonName()));
    context.close();
  }

  private static void consent(Path data, List<SetupAnswers.Officer> officers) throws Exception {
    var settings = new SettingsOfInstallation(data.resolve("authorities"), data.resolve("trust"));
    var sheet = settings.sheet(ProfileCatalog.bundled());
    for (SetupAnswers.Officer officer : officers) {
      OfficerFile file = OfficerFile.uncertified(officer.pair(), Instant.now());
      settings.consents().keep(sheet, SettingsConsent.to(sheet, file.key(), file.certificate()));
    }
  }

  private static void fill(Page page, Map<String, String> answers) {
    new HashMap<>(answers)
        .forEach((name, text) -> page.locator("[name='" + name + "']").fill(text));
  }

  /** Its picture in two widths, without barriers and without anything that sticks out. */
  private void look(Page page, String name) {
    for (int width : WIDTHS) {
      page.setViewportSize(width, 900);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(PICTURES.resolve(name + "-" + width + ".png")));
      var faults =
          new AxeBuilder(page)
              .withTags(
                  List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
              .analyze()
              .getViolations();
      page.bringToFront(); // axe sums up in a page of its own, and a page behind gets no frames
      chromium.sees(
          name + " without barriers at " + width,
          () ->
              assertThat(
                      faults.stream()
                          .map(fault -> fault.getId() + " " + fault.getNodes().getFirst().getHtml())
                          .toList())
                  .isEmpty());
      chromium.sees(
          name + " within " + width,
          () ->
              assertThat(
                      (Integer) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                  .isLessThanOrEqualTo(0));
    }
    page.setViewportSize(WIDTHS.getFirst(), 900);
  }

  private Process java(String name, String classPath, String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    processes.add(process);
    return process;
  }

  private void await(String name, String line) throws Exception {
    Path log = folder.resolve(name + ".log");
    Instant end = Instant.now().plus(Duration.ofMinutes(3));
    while (!Files.readString(log, StandardCharsets.UTF_8).contains(line)) {
      assertThat(processes.getLast().isAlive()).as(Files.readString(log)).isTrue();
      assertThat(Instant.now()).as(Files.readString(log)).isBefore(end);
      Thread.sleep(100);
    }
  }

  /** What the console of the wizard said. */
  private String told(String pattern) throws IOException {
    Matcher found = Pattern.compile(pattern).matcher(Files.readString(folder.resolve("setup.log")));
    assertThat(found.find()).isTrue();
    return found.group();
  }

  /** The parts of our own class path whose file, or module, has a name that begins like this. */
  private static String classPath(String prefix) {
    return String.join(
        ":",
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            .filter(
                part -> {
                  Path path = Path.of(part);
                  Path module = path.resolve("../..").normalize().getFileName();
                  String name =
                      part.endsWith("classes") && module != null
                          ? module.toString()
                          : path.getFileName().toString();
                  return name.startsWith(prefix)
                      && (prefix.isEmpty() || !part.contains("test-classes"));
                })
            .toList());
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
