package de.kreissiegel.ra.pages;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import de.kreissiegel.ra.peer.PeerSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipInputStream;

/** Somebody applies, an officer approves, and the browser makes files of what comes of it. */
final class CollectedFiles {
  private final Browser browser;
  private final String base;
  final List<String> console = new ArrayList<>();

  CollectedFiles(Browser browser, String base) {
    this.browser = browser;
    this.base = base;
  }

  /**
   * A file that a browser has saved.
   *
   * @param content of it
   * @param password shown with it
   */
  record Saved(String name, byte[] content, String password) {
    /** Unpacks it into a folder, if it is a ZIP archive. */
    void unpack(Path folder) throws IOException {
      try (var zip = new ZipInputStream(new ByteArrayInputStream(content))) {
        for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          Path file = folder.resolve(entry.getName()).normalize();
          Files.createDirectories(file.getParent());
          Files.write(file, zip.readAllBytes());
        }
      }
    }
  }

  /** The page of an application of this kind that was just approved; the browser has the key. */
  Page approved(String applyButton) {
    var page = logIn("agross");
    page.getByTestId(applyButton).first().click();
    PagesPeerTest.send(page);
    page.waitForURL("**/requests/*");
    approve(page.url());
    page.reload();
    page.getByTestId("make-p12").waitFor();
    return page;
  }

  /** An officer approves the application of this address. */
  void approve(String address) {
    var officer = logIn("jmueller");
    PagesPeerTest.enterOffice(officer, base, "jmueller");
    officer.navigate(address.replace("/requests/", "/inbox/"));
    officer.getByTestId("approve").click();
    officer.getByTestId("notice").waitFor();
    officer.context().close();
  }

  /** Has the file of a device made. */
  static Saved make(Page page, String device) throws IOException {
    var button = page.getByTestId("make-" + device).first();
    var download = page.waitForDownload(button::click);
    page.locator("[data-role=file-name]:has-text('" + download.suggestedFilename() + "')")
        .waitFor();
    return new Saved(
        download.suggestedFilename(),
        Files.readAllBytes(download.path()),
        page.getByTestId("transport-password").inputValue());
  }

  Page logIn(String login) {
    var page = PagesPeerTest.context(browser).newPage();
    page.onConsoleMessage(message -> console.add(message.type() + ": " + message.text()));
    page.onPageError(error -> console.add("uncaught: " + error));
    page.navigate(base + "/login");
    page.fill("#username", login);
    page.fill("#password", SampleWiring.PASSWORD);
    page.getByTestId("login").click();
    page.getByTestId("visitor").waitFor();
    return page;
  }

  static void assertQuiet(PeerSession chromium, List<String> console) {
    chromium.sees(
        "a quiet console",
        () -> {
          if (!console.isEmpty()) {
            throw new AssertionError(console.toString());
          }
        });
  }
}
