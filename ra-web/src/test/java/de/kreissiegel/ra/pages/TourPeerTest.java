package de.kreissiegel.ra.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What holds for each page alike, seen by going to every one. */
@AgainstPeer(Peer.CHROMIUM)
class TourPeerTest {
  private static final long MOST_OCTETS = 300_000;

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
        mappings.getHandlerMethods().keySet().stream()
            .filter(TourPeerTest::isAskedFor)
            .flatMap(mapping -> mapping.getPatternValues().stream())
            .filter(path -> !path.startsWith("/api/") && !path.contains("."))
            .toList();
    chromium.sees(
        "each page",
        () -> assertThat(tour.stops().stream().map(PageTour.Stop::mapping)).containsAll(pages));
  }

  /** Whether it is asked for by GET, and answers with a page. */
  private static boolean isAskedFor(RequestMappingInfo mapping) {
    return mapping.getMethodsCondition().getMethods().equals(Set.of(RequestMethod.GET))
        && !mapping
            .getProducesCondition()
            .getProducibleMediaTypes()
            .contains(MediaType.APPLICATION_JSON);
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
