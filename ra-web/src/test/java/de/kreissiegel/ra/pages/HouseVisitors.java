package de.kreissiegel.ra.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.peer.PeerSession;
import java.util.ArrayList;
import java.util.List;

/** One browser, and people of a {@code TestHouse} who each have a profile of their own in it. */
final class HouseVisitors implements AutoCloseable {
  private final PeerSession chromium;
  private final String base;
  private final Playwright playwright;
  private final Browser browser;
  private final List<String> console = new ArrayList<>();

  HouseVisitors(PeerSession chromium, int port) {
    this.chromium = chromium;
    this.base = "http://localhost:" + port;
    this.playwright = PagesPeerTest.playwright();
    this.browser = PagesPeerTest.launch(playwright, chromium);
  }

  /** Somebody who hasn't logged in. */
  Page anybody() {
    Page page = PagesPeerTest.context(browser).newPage();
    page.onConsoleMessage(message -> console.add(message.type() + ": " + message.text()));
    page.onPageError(error -> console.add("uncaught: " + error));
    return page;
  }

  /** Somebody who has logged in by password, on their home page. */
  Page staff(String login) {
    Page page = anybody();
    page.navigate(base + "/login");
    page.fill("#username", login);
    page.fill("#password", Staff.PASSWORD);
    page.getByTestId("login").click();
    page.getByTestId("visitor").waitFor();
    return page;
  }

  /** Somebody who has logged in by certificate, on their home page. */
  Page office(String login) {
    Page page = anybody();
    PagesPeerTest.enterOffice(page, base, login);
    page.getByTestId("visitor").waitFor();
    return page;
  }

  /** Goes to a page by its address. */
  void go(Page page, String path) {
    page.navigate(base + path);
  }

  /** Takes the page wide and narrow, and lets axe look at it. */
  void picture(Page page, String name) {
    PagesPeerTest.picture(page, chromium, name);
  }

  /**
   * Goes to a page that isn't for this person.
   *
   * @param status of the refusal
   */
  void isRefused(Page page, String path, int status) {
    var answer = page.navigate(base + path);
    chromium.sees(
        path + " is answered by " + status, () -> assertThat(answer.status()).isEqualTo(status));
    console.removeIf(line -> line.contains("status of " + status));
  }

  /** Nobody's console said anything: there a breach of the Content-Security-Policy would stand. */
  void assertQuiet() {
    chromium.sees("a quiet console", () -> assertThat(console).isEmpty());
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
