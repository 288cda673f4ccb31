package de.kreissiegel.ra.pages;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import de.kreissiegel.ra.peer.Peer;
import java.util.Arrays;
import java.util.List;

/**
 * Measures how soon a phone shows a page with nothing in its cache: Chromium, 390 pixels wide, at a
 * quarter of this machine's speed, behind the networks that its developer tools call "Fast 4G" and
 * "Slow 4G". Prints the median of some loads, in milliseconds, of the first and of the largest
 * thing that was painted. {@code mvn verify -Pstatus-load -DskipTests -pl ra-web -am
 * -Dload.main=de.kreissiegel.ra.pages.PhoneProfile -Dload.arguments=15}.
 */
final class PhoneProfile {
  private static final int SLOWER = 4;
  private static final List<Network> NETWORKS =
      List.of(new Network("Fast 4G", 165, 8_100, 1_350), new Network("Slow 4G", 562.5, 1_440, 675));
  private static final String PAINTS =
      """
      () => new Promise(done => {
        const first = performance.getEntriesByName('first-contentful-paint')[0].startTime;
        new PerformanceObserver(list => done([first, list.getEntries().at(-1).startTime]))
          .observe({ type: 'largest-contentful-paint', buffered: true });
      })""";

  private PhoneProfile() {}

  /**
   * A network.
   *
   * @param latency of each request, in milliseconds
   * @param down kilobits per second that arrive
   * @param up kilobits per second that leave
   */
  private record Network(String name, double latency, double down, double up) {
    void emulate(CDPSession wire) {
      var conditions = new JsonObject();
      conditions.addProperty("offline", false);
      conditions.addProperty("latency", latency);
      conditions.addProperty("downloadThroughput", down * 1000 / 8);
      conditions.addProperty("uploadThroughput", up * 1000 / 8);
      wire.send("Network.emulateNetworkConditions", conditions);
    }
  }

  public static void main(String[] arguments) {
    int loads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    var application = Preview.start(0);
    var base = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
    try (var playwright = PagesPeerTest.playwright();
        var browser = PagesPeerTest.launch(playwright, Peer.CHROMIUM.find().orElseThrow())) {
      for (var network : NETWORKS) {
        measure(browser, base, network, "/login", loads);
        measure(browser, base, network, "/", loads);
      }
    }
    application.close();
  }

  private static void measure(
      Browser browser, String base, Network network, String address, int loads) {
    var first = new double[loads];
    var largest = new double[loads];
    for (int load = 0; load < loads; load++) {
      try (var phone = phone(browser)) {
        if (!address.equals("/login")) {
          logIn(phone, base);
        }
        var page = phone.newPage();
        var transfer = new Transfer(page);
        network.emulate(transfer.wire());
        var slower = new JsonObject();
        slower.addProperty("rate", SLOWER);
        transfer.wire().send("Emulation.setCPUThrottlingRate", slower);
        transfer.of(base + address);
        var paints = (List<?>) page.evaluate(PAINTS);
        first[load] = ((Number) paints.get(0)).doubleValue();
        largest[load] = ((Number) paints.get(1)).doubleValue();
      }
    }
    System.out.printf(
        "%-8s %-8s first paint %5.0f ms, largest paint %5.0f ms%n",
        network.name(), address, median(first), median(largest));
  }

  private static BrowserContext phone(Browser browser) {
    return browser.newContext(
        new Browser.NewContextOptions()
            .setViewportSize(390, 844)
            .setDeviceScaleFactor(3)
            .setHasTouch(true));
  }

  private static void logIn(BrowserContext phone, String base) {
    Page page = phone.newPage();
    page.navigate(base + "/login");
    page.fill("#username", "agross");
    page.fill("#password", SampleWiring.PASSWORD);
    page.getByTestId("login").click();
    page.getByTestId("visitor").waitFor();
    page.close();
  }

  private static double median(double[] figures) {
    var sorted = figures.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
