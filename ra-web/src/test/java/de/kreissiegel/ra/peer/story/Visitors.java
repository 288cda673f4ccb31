package de.kreissiegel.ra.peer.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ClientCertificate;
import de.kreissiegel.ra.credentials.DemoCredentials.Person;
import de.kreissiegel.ra.peer.PeerSession;
import de.kreissiegel.ra.peer.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One browser, and people who each have a profile of their own in it. */
final class Visitors implements AutoCloseable {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final List<Integer> WIDTHS = List.of(390, 1280);
  private static final int HEIGHT = 900;
  private static final Set<String> GRAVE = Set.of("serious", "critical");
  private static final String NOT_FOUND = "the server responded with a status of 404";

  private final PeerSession chromium;
  private final String base;
  private final String door;
  private final Playwright playwright;
  private final Browser browser;
  private final List<String> console = new ArrayList<>();
  private final List<String> strayed = new ArrayList<>();

  /**
   * @param base the pages' address
   * @param door the certificate door's
   */
  Visitors(PeerSession chromium, String base, String door) throws IOException {
    this.chromium = chromium;
    this.base = base;
    this.door = door;
    Files.createDirectories(PICTURES);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium.executable())
                    .setArgs(List.of("--no-sandbox")));
  }

  /** Somebody with an empty profile. */
  Page arrive(boolean withScripts) {
    return arrive(withScripts, List.of());
  }

  private Page arrive(boolean withScripts, List<ClientCertificate> certificates) {
    // The root is the demo's own; that its TLS verifies up to it is openssl's part of the story.
    var context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setIgnoreHTTPSErrors(true)
                .setLocale("de-DE")
                .setClientCertificates(certificates));
    context.setDefaultTimeout(30_000);
    context.onRequest(
        request -> {
          if (!request.url().startsWith(base + "/")
              && !request.url().startsWith(door + "/")
              && !request.url().startsWith("blob:" + base)) {
            strayed.add(request.url());
          }
        });
    context.onConsoleMessage(
        message -> {
          // At a log-out the browser says that it did as it was told.
          boolean told = message.text().startsWith("Clear-Site-Data header on");
          if (!told && (withScripts || !message.text().contains("ERR_FAILED"))) {
            console.add(message.type() + ": " + message.text());
          }
        });
    context.onWebError(error -> console.add("uncaught: " + error.error()));
    if (!withScripts) {
      // As a filter in a town hall's network does it; the browser itself stays able to be asked.
      context.route("**/*.js", Route::abort);
    }
    return context.newPage();
  }

  /** Somebody who has logged in with scripts as browsers have them. */
  Page logIn(Person person) {
    return logIn(person, true);
  }

  Page logIn(Person person, boolean withScripts) {
    return logIn(arrive(withScripts), person);
  }

  /** Somebody who shows the certificate in this key file, and types nothing. */
  Page logInByCertificate(Person person, Path file, String password) {
    return logInByCertificate(person, file, password, true);
  }

  Page logInByCertificate(Person person, Path file, String password, boolean withScripts) {
    Page page =
        arrive(
            withScripts,
            List.of(new ClientCertificate(door).setPfxPath(file).setPassphrase(password)));
    page.navigate(base + "/login");
    press(page.getByTestId("login-certificate"));
    page.getByTestId("visitor").waitFor();
    chromium.sees(
        person.login() + " is logged in by certificate",
        () -> {
          assertThat(page.getByTestId("visitor").textContent()).contains(person.name());
          assertThat(page.getByTestId("limited").count()).isZero();
        });
    return page;
  }

  /** A security key is in this browser from now on, whose PIN its owner types at once. */
  static void giveSecurityKey(Page page) {
    var session = page.context().newCDPSession(page);
    session.send("WebAuthn.enable");
    var options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    options.addProperty("hasResidentKey", true);
    options.addProperty("hasUserVerification", true);
    options.addProperty("isUserVerified", true);
    options.addProperty("automaticPresenceSimulation", true);
    var wrapped = new JsonObject();
    wrapped.add("options", options);
    session.send("WebAuthn.addVirtualAuthenticator", wrapped);
  }

  private Page logIn(Page page, Person person) {
    page.navigate(base + "/login");
    page.fill("#username", person.login());
    page.fill("#password", person.password());
    press(page.getByTestId("login"));
    page.getByTestId("visitor").waitFor();
    chromium.sees(
        person.login() + " is logged in",
        () -> assertThat(page.getByTestId("visitor").textContent()).contains(person.name()));
    return page;
  }

  /**
   * By keyboard: a click first waits for the page to keep still, which a script would have to tell.
   */
  static void press(Locator button) {
    button.press("Enter");
  }

  void visit(Page page, String path) {
    page.navigate(base + path);
  }

  /** An address that this person must not find. */
  void findsNothing(Page page, String path) {
    var answer = page.navigate(base + path);
    chromium.sees(path + " is not there", () -> assertThat(answer.status()).isEqualTo(404));
    chromium.sees(
        "a page that says so",
        () -> assertThat(page.getByTestId("error").textContent()).contains("Nicht gefunden"));
    assertThat(console).last().asString().contains(NOT_FOUND);
    console.removeLast();
  }

  /** Takes the page's pictures; it must fit into both widths, and have no barriers. */
  void look(Page page, String name) {
    for (int width : WIDTHS) {
      page.setViewportSize(width, HEIGHT);
      Pictures.take(page, PICTURES.resolve(name + "-" + width + ".png"));
      chromium.sees(
          name + " without scrolling sideways at " + width,
          () -> assertThat(Pictures.overflow(page)).isNotPositive());
    }
    chromium.sees(name + " without barriers", () -> assertThat(barriers(page)).isEmpty());
    chromium.sees(
        name + " says that it is a demo",
        () -> assertThat(page.getByTestId("demo").textContent()).contains("DEMO"));
  }

  private static List<String> barriers(Page page) {
    var faults = new AxeBuilder(page).analyze().getViolations();
    // It sums up in a page of its own; what lies behind one gets no frames, and nothing to click.
    page.bringToFront();
    return faults.stream()
        .filter(fault -> GRAVE.contains(fault.getImpact()))
        .map(fault -> fault.getId() + " " + fault.getNodes().getFirst().getHtml())
        .toList();
  }

  /** States at the end what must not have happened on any page. */
  void leave() {
    chromium.sees("a quiet console", () -> assertThat(console).isEmpty());
    chromium.sees("no request to others", () -> assertThat(strayed).isEmpty());
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
