package de.kreissiegel.ra.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Media;
import de.kreissiegel.ldap.demo.DemoDirectory;
import de.kreissiegel.ldap.sample.SampleDistrict;
import de.kreissiegel.ra.house.LaunchedParts;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
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

  @TempDir private Path folder;
  private PeerSession chromium;
  private LaunchedParts parts;

  @Test
  void leadsFromTheFirstStartToTheFirstLogIn(@AgainstPeer(Peer.CHROMIUM) PeerSession peer)
      throws Exception {
    chromium = peer;
    Files.createDirectories(PICTURES);
    Path data = folder.resolve("data");
    int pages = LaunchedParts.freePort();
    var officers =
        List.of(SetupAnswers.Officer.make("Jürgen Weiß"), SetupAnswers.Officer.make("Ayşe Yılmaz"));
    try (var launched = new LaunchedParts(folder);
        var directory = DemoDirectory.open(folder.resolve("directory"), 0, new SecureRandom());
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
      parts = launched;
      Process setup =
          parts.kreissiegel("setup", "setup", "--data", data.toString(), "--https-port", "0");
      parts.await("setup", "setup ready");
      goThrough(browser, directory, data, pages, officers);
      assertThat(setup.waitFor(30, TimeUnit.SECONDS)).isTrue();
      chromium.sees("the wizard end well", () -> assertThat(setup.exitValue()).isZero());

      SetupAnswers.ceremony(folder, data);
      SetupAnswers.consent(data, officers);
      parts.signer(data);
      parts.web(data);
      logIn(browser, directory, pages);
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
    fill(page, SetupAnswers.district(pages, LaunchedParts.freePort(), LaunchedParts.freePort()));
    page.getByTestId("next").click();

    page.waitForURL("**/steps/database");
    look(page, "05-database");
    page.getByTestId("next").click();
    page.getByTestId("trial").waitFor();
    page.getByTestId("next").click();

    page.waitForURL("**/steps/directory");
    look(page, "06-directory");
    page.selectOption("#mapping", "sample-district");
    fill(page, SetupAnswers.directory(directory, "wrong"));
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

  /** What the console of the wizard said. */
  private String told(String pattern) throws IOException {
    Matcher found = Pattern.compile(pattern).matcher(parts.said("setup"));
    assertThat(found.find()).isTrue();
    return found.group();
  }
}
