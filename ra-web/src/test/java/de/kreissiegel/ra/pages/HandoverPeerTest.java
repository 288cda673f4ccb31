package de.kreissiegel.ra.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** One browser at the desk, another one as the phone: a file goes from here to there. */
@AgainstPeer(Peer.CHROMIUM)
class HandoverPeerTest {
  private static final String LINK = "document.querySelector('[data-role=link]').href";

  private static ConfigurableApplicationContext application;

  private final List<String> sent = new ArrayList<>();

  @BeforeAll
  static void start() {
    application = Preview.start(0);
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void aFileGoesToThePhoneOnceAndTheServerNeverHasItsKey(PeerSession chromium) throws Exception {
    try (var playwright = PagesPeerTest.playwright();
        var browser = PagesPeerTest.launch(playwright, chromium)) {
      var collected = new CollectedFiles(browser, base());
      Page desk = collected.approved("apply-vpn-client");
      listen(desk);
      CollectedFiles.make(desk, "windows");
      chromium.sees(
          "no phone for a file of a computer",
          () -> assertThat(desk.getByTestId("hand-over").isVisible()).isFalse());
      var file = CollectedFiles.make(desk, "apple");
      Handed handed = handOver(desk);
      PagesPeerTest.picture(desk, chromium, "handover-desk");
      chromium.sees(
          "a QR code of the address",
          () -> assertThat(readQr(desk)).isEqualTo(handed.address()).contains("#"));

      Page phone = phone(browser, handed.address());
      PagesPeerTest.picture(phone, chromium, "handover-phone");
      phone.fill("#code", handed.code().equals("000000") ? "000001" : "000000");
      phone.getByTestId("collect").click();
      phone.getByTestId("wrong").waitFor();
      PagesPeerTest.picture(phone, chromium, "handover-phone-wrong");
      phone.fill("#code", handed.code());
      phone.getByTestId("collect").click();
      phone.getByTestId("file").waitFor();
      PagesPeerTest.picture(phone, chromium, "handover-phone-there");
      var download = phone.waitForDownload(() -> phone.getByTestId("file").click());
      chromium.sees(
          "the very file",
          () -> {
            assertThat(download.suggestedFilename()).isEqualTo(file.name());
            assertThat(Files.readAllBytes(download.path())).isEqualTo(file.content());
          });

      Page again = phone(browser, handed.address());
      again.fill("#code", handed.code());
      again.getByTestId("collect").click();
      again.getByTestId("gone").waitFor();
      PagesPeerTest.picture(again, chromium, "handover-phone-gone");
      String key = handed.address().substring(handed.address().indexOf('#') + 1);
      chromium.sees(
          "no request with the key",
          () -> {
            assertThat(sent).anyMatch(one -> one.contains("/info/handover/"));
            assertThat(key).hasSize(43);
            assertThat(sent).noneMatch(one -> one.contains(key));
          });
      chromium.sees(
          "no file left with the server",
          () -> assertThat(application.getBean(SampleHandovers.class).all).isEmpty());
    }
  }

  @Test
  void nothingIsLeftAfterFiveWrongCodesOrTenMinutes(PeerSession chromium) throws Exception {
    try (var playwright = PagesPeerTest.playwright();
        var browser = PagesPeerTest.launch(playwright, chromium)) {
      Page desk = new CollectedFiles(browser, base()).approved("apply-vpn-client");
      CollectedFiles.make(desk, "android");
      Handed first = handOver(desk);
      Page guesser = phone(browser, first.address());
      String wrong = first.code().equals("000000") ? "000001" : "000000";
      for (int attempt = 0; attempt < 5; attempt++) {
        guesser.fill("#code", wrong);
        guesser.waitForResponse("**/info/handover/*", () -> guesser.getByTestId("collect").click());
      }
      chromium.sees("it is gone", () -> guesser.getByTestId("gone").waitFor());

      Handed second = handOver(desk);
      application.getBean(SampleHandovers.class).age(Duration.ofMinutes(11));
      Page late = phone(browser, second.address());
      late.fill("#code", second.code());
      late.getByTestId("collect").click();
      chromium.sees("it is over", () -> late.getByTestId("gone").waitFor());

      Page without = phone(browser, second.address().replaceAll("#.*", ""));
      chromium.sees("an address without its key", () -> without.getByTestId("broken").waitFor());
      without.navigate(without.url() + "?lang=en");
      PagesPeerTest.picture(without, chromium, "handover-phone-english");
    }
  }

  /** What the desk shows: the whole address and the six digits. */
  private record Handed(String address, String code) {}

  private static Handed handOver(Page desk) {
    var before = desk.evaluate(LINK);
    desk.getByTestId("hand-over").click();
    desk.waitForFunction("before => " + LINK + " !== before", before);
    return new Handed(
        desk.getByTestId("handover-link").getAttribute("href"),
        desk.getByTestId("handover-code").textContent().replace(" ", ""));
  }

  private Page phone(Browser browser, String address) {
    var context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setAcceptDownloads(true)
                .setViewportSize(390, 844)
                .setLocale("de-DE"));
    context.setDefaultTimeout(30_000);
    var page = context.newPage();
    listen(page);
    page.navigate(address);
    return page;
  }

  private void listen(Page page) {
    page.onRequest(
        request -> sent.add(request.url() + " " + request.headers() + " " + request.postData()));
  }

  private static String readQr(Page desk) throws Exception {
    var image =
        ImageIO.read(
            new ByteArrayInputStream(desk.locator("[data-role=picture] svg").screenshot()));
    int width = image.getWidth();
    int height = image.getHeight();
    var pixels = image.getRGB(0, 0, width, height, null, 0, width);
    var source = new RGBLuminanceSource(width, height, pixels);
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
  }

  private static String base() {
    return "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
  }
}
