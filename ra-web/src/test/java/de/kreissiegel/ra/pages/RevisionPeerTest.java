package de.kreissiegel.ra.pages;

import static de.kreissiegel.ra.pages.PagesPeerTest.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A browser plays a revisor: draw, judge, find, check, sign off, take evidence along. */
@AgainstPeer(Peer.CHROMIUM)
class RevisionPeerTest {
  private static ConfigurableApplicationContext application;

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(Path.of("target", "pages"));
    application = Preview.start(0);
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void aRevisorDrawsJudgesFindsSignsOffAndTakesEvidenceAlong(PeerSession chromium)
      throws Exception {
    try (var playwright = PagesPeerTest.playwright();
        var browser = PagesPeerTest.launch(playwright, chromium)) {
      var page = PagesPeerTest.context(browser).newPage();
      var console = new ArrayList<String>();
      page.onConsoleMessage(message -> console.add(message.text()));
      logIn(page);
      page.getByTestId("nav-revision").click();
      picture(page, chromium, "revision");
      page.getByTestId("open").first().click();
      page.getByTestId("items").waitFor();
      picture(page, chromium, "revision-drawn");

      page.getByTestId("item").first().locator("a").click();
      picture(page, chromium, "revision-item");
      page.getByTestId("in-order").click();
      page.waitForURL("**/items/2");
      page.selectOption("#severity", "MAJOR");
      page.fill("#words", "Die Begründung fehlt.");
      page.getByTestId("record").click();
      page.getByTestId("notice").waitFor();
      picture(page, chromium, "revision-found");
      page.locator("nav.pages a[rel=next]").click();
      page.getByTestId("in-order").click();
      page.waitForURL("**/items/4");
      page.getByTestId("in-order").click();
      page.getByTestId("check").waitFor();
      page.getByTestId("check").click();
      page.fill("#statement", "Ein Punkt ist offen, sonst ist alles in Ordnung.");
      picture(page, chromium, "revision-before-sign-off");
      page.getByTestId("sign-off").click();
      page.getByTestId("signed").waitFor();
      picture(page, chromium, "revision-signed");
      chromium.sees(
          "that nothing is to be changed any more",
          () -> assertThat(page.getByTestId("record").count()).isZero());

      page.navigate(base() + "/revision");
      page.getByTestId("evidence-link").click();
      picture(page, chromium, "evidence");
      var download = page.waitForDownload(() -> page.getByTestId("export").click());
      chromium.sees(
          "a ZIP file with a manifest",
          () -> {
            try (var zip = new ZipFile(download.path().toFile())) {
              assertThat(zip.getEntry("manifest.jsonl")).isNotNull();
              assertThat(zip.getEntry("LIESMICH.txt")).isNotNull();
            } catch (IOException broken) {
              throw new AssertionError(broken);
            }
          });
      assertThat(console).isEqualTo(List.of());
    }
  }

  private void logIn(Page page) {
    page.navigate(base() + "/login");
    page.fill("#username", "sschaefer");
    page.fill("#password", SampleWiring.PASSWORD);
    page.getByTestId("login").click();
    page.getByTestId("visitor").waitFor();
    PagesPeerTest.enterOffice(page, base(), "sschaefer");
  }

  private static String base() {
    return "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
  }
}
