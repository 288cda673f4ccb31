package de.kreissiegel.ra.pages;

import static de.kreissiegel.ra.pages.PagesPeerTest.assertNoBarriers;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.WaitForSelectorState;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import de.kreissiegel.ra.peer.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What holds for each page alike, seen by going to every one. */
@AgainstPeer(Peer.CHROMIUM)
class TourPeerTest {
  private static final long MOST_OCTETS = 300_000;
  private static final Path PICTURES = Path.of("target", "pages", "tour");

  private static final Locator.WaitForOptions HIDDEN =
      new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);
  private static final String WHITE = "lab(100 0 0)";
  private static final String BLACK = "lab(0 0 0)";

  private static ConfigurableApplicationContext application;
  private static Playwright playwright;
  private static Browser browser;
  private static PageTour tour;

  @BeforeAll
  static void start() {
    application = Preview.start(0);
    playwright = PagesPeerTest.playwright();
    browser = PagesPeerTest.launch(playwright, Peer.CHROMIUM.find().orElseThrow());
    tour =
        new PageTour(
            browser,
            "http://localhost:" + application.getEnvironment().getProperty("local.server.port"));
  }

  @AfterAll
  static void stop() {
    tour.close();
    browser.close();
    playwright.close();
    application.close();
  }

  @Test
  void theTourLeavesOutNoPage(PeerSession chromium) {
    var mappings =
        application.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    var pages =
        mappings.getHandlerMethods().entrySet().stream()
            .filter(one -> isAskedFor(one.getKey()) && isPage(one.getValue()))
            .flatMap(one -> one.getKey().getPatternValues().stream())
            .filter(path -> !path.startsWith("/api/") && !path.contains("."))
            .toList();
    chromium.sees(
        "each page",
        () -> assertThat(tour.stops().stream().map(PageTour.Stop::mapping)).containsAll(pages));
  }

  private static boolean isAskedFor(RequestMappingInfo mapping) {
    return mapping.getMethodsCondition().getMethods().equals(Set.of(RequestMethod.GET));
  }

  /** Whether it names a page, or shows one; files and JSON come as entities. */
  private static boolean isPage(HandlerMethod handler) {
    return !ResponseEntity.class.isAssignableFrom(handler.getMethod().getReturnType());
  }

  @Test
  void noPageWeighsMoreThanThreeHundredKilobytes(PeerSession chromium) {
    for (var stop : tour.stops()) {
      try (var page = stop.visitor().newPage()) {
        long octets = new Transfer(page).of(stop.address());
        System.out.printf("%-24s %,9d octets%n", stop.name(), octets);
        chromium.sees(
            stop.name() + " in few octets",
            () -> assertThat(octets).isBetween(20_000L, MOST_OCTETS));
      }
    }
  }

  @Test
  void whatHasAHashInItsNameIsKeptAndTextComesCompressed(PeerSession chromium) {
    try (var page = tour.stops().getFirst().visitor().newPage()) {
      var answers = new ArrayList<Response>();
      page.onResponse(answers::add);
      new Transfer(page).of(tour.stops().getFirst().address());
      var hashed =
          answers.stream()
              .filter(one -> one.url().matches(".*/assets/.*\\.(js|css|woff2)"))
              .toList();
      chromium.sees(
          "two fonts",
          () -> assertThat(hashed).filteredOn(one -> one.url().endsWith(".woff2")).hasSize(2));
      chromium.sees(
          "all to be kept",
          () ->
              assertThat(hashed)
                  .allSatisfy(
                      one ->
                          assertThat(one.headerValue("cache-control"))
                              .contains("max-age=31536000", "immutable")));
      chromium.sees(
          "script and style compressed",
          () ->
              assertThat(hashed)
                  .filteredOn(one -> one.url().contains("/assets/app-"))
                  .hasSize(2)
                  .allSatisfy(
                      one -> assertThat(one.headerValue("content-encoding")).isEqualTo("gzip")));
    }
  }

  @Test
  void everyPageIsReadableLightAndDarkInBothLanguages(PeerSession chromium) {
    for (var stop : tour.stops()) {
      try (var page = stop.visitor().newPage()) {
        page.navigate(stop.in("en"));
        pictures(page, stop.name() + "-english");
        page.navigate(stop.in("de"));
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
          page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
          var name = stop.name() + "-" + scheme.name().toLowerCase(Locale.ROOT);
          pictures(page, name);
          assertNoBarriers(page, chromium, name);
        }
      }
    }
  }

  private static void pictures(Page page, String name) {
    for (int width : List.of(1280, 390)) {
      page.setViewportSize(width, 900);
      Pictures.take(page, PICTURES.resolve(name + "-" + width + ".png"));
    }
  }

  /** Success criterion 1.4.10 (320 CSS pixels) and 1.4.4 (200 % of 1280 pixels). */
  @Test
  void nothingIsScrolledSidewaysWhereItIsNarrowOrLarge(PeerSession chromium) {
    for (var stop : tour.stops()) {
      try (var page = stop.visitor().newPage()) {
        for (var language : List.of("en", "de")) {
          page.navigate(stop.in(language));
          for (int width : List.of(320, 640)) {
            page.setViewportSize(width, 512);
            chromium.sees(
                stop.name() + " in " + language + " within " + width,
                () ->
                    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width));
          }
        }
      }
    }
  }

  /** By keys at 200 % of 1280 pixels, where most lies out of sight. */
  @Test
  void everyPageIsUsedByTheKeyboardAloneAndReadAloudAsItsOutlineSays(PeerSession chromium)
      throws IOException {
    var faults = new ArrayList<String>();
    for (var stop : tour.stops()) {
      try (var page = stop.visitor().newPage()) {
        page.setViewportSize(1280, 900);
        page.navigate(stop.in("de"));
        page.waitForLoadState(LoadState.NETWORKIDLE);
        Outline.differences(page, stop.name())
            .forEach(fault -> faults.add(stop.name() + ", aloud: " + fault));
        page.setViewportSize(640, 512);
        KeyboardRun.over(page).forEach(fault -> faults.add(stop.name() + ", by keys: " + fault));
      }
    }
    chromium.sees("each page by keys and aloud", () -> assertThat(faults).isEmpty());
  }

  @Test
  void anErrorPageSaysCodeCauseNextStepAndTheNumberOfItsRequest(PeerSession chromium) {
    try (var context = PagesPeerTest.context(browser);
        var page = context.newPage()) {
      var answer = page.navigate(tour.base() + "/info/nothing?lang=en");
      chromium.sees(
          "what it needs",
          () -> {
            assertThat(page.getByTestId("refusal-code").textContent()).isEqualTo("http-404");
            assertThat(page.getByTestId("cause").textContent()).contains("nothing at this address");
            assertThat(page.getByTestId("next-step").textContent()).contains("overview");
            assertThat(page.getByTestId("correlation").textContent())
                .matches("([0-9a-f]{4}-){2}[0-9a-f]{4}")
                .isEqualTo(answer.headerValue("x-correlation-id"));
          });
      page.navigate(tour.base() + "/login?error=throttled");
      chromium.sees(
          "a code at the log-in, too",
          () ->
              assertThat(page.getByTestId("refusal-code").textContent())
                  .isEqualTo("log-in-throttled"));
    }
  }

  @Test
  void theEndOfTheSessionIsAnnouncedInAllTabsAndPutOffByOneKey(PeerSession chromium) {
    try (var first = tour.visitor("agross").newPage();
        var second = tour.visitor("agross").newPage()) {
      // One clock for all tabs.
      first.clock().install(new Clock.InstallOptions().setTime(0));
      for (var page : List.of(first, second)) {
        page.navigate(tour.base() + "/phone-code?lang=de");
      }
      first.locator("main a").first().focus();
      first.clock().pauseAt(Duration.ofMinutes(30).minusSeconds(25).toMillis());
      chromium.sees(
          "nothing yet", () -> assertThat(first.getByTestId("session").isVisible()).isFalse());
      first.clock().runFor("00:15");
      first.getByRole(AriaRole.ALERTDIALOG).waitFor();
      second.getByRole(AriaRole.ALERTDIALOG).waitFor();
      first.keyboard().press("Enter");
      second.getByTestId("session").waitFor(HIDDEN);
      chromium.sees(
          "no dialogue in either, and the focus where it was",
          () -> {
            assertThat(first.getByTestId("session").isVisible()).isFalse();
            assertThat((String) first.evaluate("document.activeElement.outerHTML"))
                .startsWith("<a ")
                .contains("Übersicht");
          });
      first.clock().fastForward("29:41");
      first.getByRole(AriaRole.ALERTDIALOG).waitFor();
      first.clock().resume();
      PagesPeerTest.picture(first, chromium, "session-end");
    }
  }

  @Test
  void whatWasWrittenIsNotLostWithTheSessionEvenWithoutScript(PeerSession chromium) {
    var options = new Browser.NewContextOptions().setJavaScriptEnabled(false);
    try (var context = browser.newContext(options);
        var page = context.newPage()) {
      tour.logIn(page, "agross");
      page.getByTestId("apply-vpn-client").first().click();
      page.fill("#remark", "Home-Office ab Montag");
      context.clearCookies();
      page.getByTestId("submit").press("Enter");
      chromium.sees(
          "what happened, and the text",
          () -> {
            assertThat(page.getByTestId("refusal-code").textContent()).isEqualTo("session-ended");
            assertThat(page.getByTestId("kept").inputValue()).isEqualTo("Home-Office ab Montag");
          });
    }
  }

  @Test
  void theStatementOnAccessibilitySaysWhereToReportABarrier(PeerSession chromium) {
    try (var context = PagesPeerTest.context(browser);
        var page = context.newPage()) {
      page.navigate(tour.base() + "/info/accessibility?lang=de");
      chromium.sees(
          "mail and telephone",
          () ->
              assertThat(page.getByTestId("contact").textContent())
                  .contains("barrierefreiheit@landkreis.example", "09521 27-0"));
    }
  }

  /** What a screen reader is told, and that the keyboard alone gets to the form and through it. */
  @Test
  void theLogInPageIsReadAloudInOrderAndUsedByKeyboard(PeerSession chromium) {
    try (var context = PagesPeerTest.context(browser);
        var page = context.newPage()) {
      page.navigate(tour.base() + "/login?lang=de");
      page.locator("html.js").waitFor();
      chromium.sees(
          "its outline",
          () ->
              PlaywrightAssertions.assertThat(page.locator("body"))
                  .matchesAriaSnapshot(
                      """
                      - link "Zum Inhalt springen"
                      - banner:
                        - link /Kreissiegel/
                        - link "English"
                      - main:
                        - heading "Anmelden" [level=1]
                        - textbox "Benutzername"
                        - textbox "Kennwort"
                        - button "Anmelden"
                      - contentinfo:
                        - link "Hilfe"
                        - link "Barrierefreiheit"
                        - navigation "Darstellung"
                      """));
      page.keyboard().press("Tab");
      page.keyboard().press("Enter");
      page.waitForFunction("document.activeElement.id === 'content'");
      page.keyboard().press("Tab"); // to the provider
      page.keyboard().press("Tab");
      page.keyboard().type("agross");
      page.keyboard().press("Tab");
      page.keyboard().type(SampleWiring.PASSWORD);
      page.keyboard().press("Enter");
      page.getByTestId("visitor").waitFor();
      chromium.sees(
          "the home page's outline",
          () ->
              PlaywrightAssertions.assertThat(page.locator("body"))
                  .matchesAriaSnapshot(
                      """
                      - banner:
                        - button "Abmelden"
                        - navigation "Hauptnavigation":
                          - list:
                            - listitem:
                              - link "Übersicht"
                      - main:
                        - heading /Guten Tag/ [level=1]
                        - region "Meine Zertifikate":
                          - heading "Meine Zertifikate" [level=2]
                        - region "Meine Anträge":
                          - heading "Meine Anträge" [level=2]
                        - region "Neues Zertifikat beantragen":
                          - heading "Neues Zertifikat beantragen" [level=2]
                      """));
    }
  }

  @Test
  void whoChoosesLightOrDarkFindsItKeptWithoutScript(PeerSession chromium) {
    var options =
        new Browser.NewContextOptions()
            .setJavaScriptEnabled(false)
            .setColorScheme(ColorScheme.LIGHT);
    try (var context = browser.newContext(options);
        var page = context.newPage()) {
      page.navigate(tour.base() + "/info?lang=de");
      chromium.sees("as the device", () -> assertThat(background(page)).isEqualTo(WHITE));
      page.getByTestId("theme").getByText("Dunkel").click();
      chromium.sees(
          "the same page, dark",
          () -> {
            assertThat(page.url()).isEqualTo(tour.base() + "/info?lang=de");
            assertThat(background(page)).isEqualTo(BLACK);
          });
      page.navigate(tour.base() + "/login");
      chromium.sees("another page, dark", () -> assertThat(background(page)).isEqualTo(BLACK));
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      chromium.sees("white paper", () -> assertThat(background(page)).isEqualTo(WHITE));
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
      page.getByTestId("theme").getByText("Wie das Gerät").click();
      chromium.sees(
          "no choice kept",
          () -> {
            assertThat(background(page)).isEqualTo(WHITE);
            assertThat(context.cookies()).noneMatch(cookie -> cookie.name.contains("theme"));
          });
    }
  }

  private static Object background(Page page) {
    return page.evaluate("getComputedStyle(document.body).backgroundColor");
  }

  @Test
  void lettersOfOtherLanguagesHaveTheirFontWhenTheyAreMet(PeerSession chromium) {
    try (var page = tour.stops().getFirst().visitor().newPage()) {
      page.navigate(tour.stops().getFirst().address());
      for (var letters : List.of("Groß", "Šimůnek", "Nguyễn", "Παπάς", "Жуков", "m̂")) {
        chromium.sees(
            letters,
            () -> {
              var loaded =
                  page.evaluate(
                      "async letters => (await document.fonts.load('16px \"Fira Sans\"', letters))"
                          + ".map(face => face.status)",
                      letters);
              assertThat((List<?>) loaded).isNotEmpty().allMatch("loaded"::equals);
            });
      }
    }
  }
}
