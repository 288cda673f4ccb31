package de.kreissiegel.ra.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.RequestOptions;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import de.kreissiegel.ra.peer.Pictures;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A browser goes through every page, wide and narrow: no scrolling sideways, nothing that axe finds
 * (WCAG 2.2 AA), no word in the console, which is where a breach of the Content-Security-Policy
 * would stand. Pictures are left in {@code target/pages}.
 */
@AgainstPeer(Peer.CHROMIUM)
class PagesPeerTest {
  private static final Path PICTURES = Path.of("target", "pages");
  private static final int WIDE = 1280;
  private static final int NARROW = 390;

  private static ConfigurableApplicationContext application;
  private final List<String> console = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(PICTURES);
    application = Preview.start(0);
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void aKeyMadeInTheBrowserComesBackWithItsCertificate(PeerSession chromium) throws Exception {
    try (var playwright = playwright();
        var browser = launch(playwright, chromium)) {
      var staff = logIn(browser, "agross");
      chromium.sees("the login page, in German", () -> assertThat(staff.locale).isEqualTo("de"));
      var page = staff.page;
      page.getByTestId("apply-vpn-client").first().click();
      picture(page, chromium, "apply");
      page.fill("#remark", "Home-Office ab Montag");
      page.fill("#field-validity", "90");
      send(page);
      page.waitForURL("**/requests/*");
      var request = page.url();
      picture(page, chromium, "request-waiting");

      var officer = logIn(browser, "jmueller").page;
      picture(officer, chromium, "home-officer");
      officer.getByTestId("nav-inbox").click();
      picture(officer, chromium, "inbox");
      officer.getByTestId("inbox-waiting").locator("a").first().click();
      picture(officer, chromium, "inbox-request");
      officer.fill("#field-validity-0", "60");
      officer.getByTestId("set").click();
      picture(officer, chromium, "inbox-request-fields");
      officer.getByTestId("approve").click();
      picture(officer, chromium, "inbox-approved");

      page.navigate(request);
      page.getByTestId("make-p12").waitFor();
      picture(page, chromium, "request-issued");
      var download = page.waitForDownload(() -> page.getByTestId("make-p12").click());
      var file = Files.readAllBytes(download.path());
      var password = page.getByTestId("transport-password").inputValue();
      picture(page, chromium, "request-collected");
      chromium.sees("a PKCS#12 file with key and chain", () -> assertOpens(file, password));

      page.getByTestId("certificate-link").click();
      picture(page, chromium, "certificate-holder");
      officer.navigate(page.url());
      officer.locator("details").first().locator("summary").click();
      picture(officer, chromium, "certificate-officer");
      officer.check("#reason-certificateHold");
      officer.getByTestId("revoke").click();
      picture(officer, chromium, "certificate-held");
      officer.navigate(base() + "/certificates");
      picture(officer, chromium, "certificates-found");

      var stranger = logIn(browser, "voechsner").page;
      var answer = stranger.navigate(page.url());
      chromium.sees("nothing of another town", () -> assertThat(answer.status()).isEqualTo(404));
      console.removeIf(line -> line.contains("404"));
      picture(stranger, chromium, "foreign");

      var auditor = logIn(browser, "sschaefer").page;
      auditor.getByTestId("nav-audit").click();
      auditor.locator("details").first().locator("summary").click();
      picture(auditor, chromium, "audit");
      auditor.getByTestId("nav-house").click();
      auditor.locator("details").first().locator("summary").click();
      chromium.sees(
          "each part with its state",
          () ->
              assertThat(auditor.getByTestId("parts").locator("[data-state]").allTextContents())
                  .extracting(String::strip)
                  .containsExactly("ansehen", "gut", "gestört"));
      picture(auditor, chromium, "house");
      auditor.getByTestId("language").click();
      picture(auditor, chromium, "house-english");

      var elsewhere = logIn(browser, "agross").page;
      elsewhere.navigate(request);
      elsewhere.getByTestId("no-key").waitFor();
      picture(elsewhere, chromium, "request-elsewhere");
      elsewhere.navigate(base() + "/");
      picture(elsewhere, chromium, "home");
      chromium.sees("a quiet console", () -> assertThat(console).isEmpty());
    }
  }

  @Test
  void whatEndsSoonIsRenewedWithTwoClicksAsItWasOrdered(PeerSession chromium) throws Exception {
    try (var playwright = playwright();
        var browser = launch(playwright, chromium)) {
      var page = logIn(browser, "agross").page;
      page.getByTestId("order-mail-signature").first().click();
      send(page);
      page.waitForURL("**/requests/*");
      var officer = logIn(browser, "jmueller").page;
      officer.navigate(page.url());
      officer.getByTestId("approve").click();
      var ordered = page.url().substring(page.url().lastIndexOf('/') + 1);
      application.getBean(SampleDesks.class).letEndSoon(new RequestId(UUID.fromString(ordered)));

      page.navigate(base() + "/");
      picture(page, chromium, "home-due");
      var due = page.getByTestId("due");
      chromium.sees(
          "for how long it is valid",
          () -> assertThat(due.textContent()).contains("gilt noch 6 Tage"));
      due.getByTestId("renew").first().click();
      picture(page, chromium, "renew");
      chromium.sees(
          "what it follows",
          () -> assertThat(page.getByTestId("renewed").textContent()).contains("weiter gilt"));
      send(page);
      page.waitForURL("**/requests/*");
      picture(page, chromium, "renewal-waiting");
      chromium.sees(
          "the one before", () -> assertThat(page.getByTestId("renews").count()).isPositive());
      page.navigate(base() + "/?lang=en");
      picture(page, chromium, "home-due-english");
      chromium.sees(
          "that it was asked for",
          () -> assertThat(page.getByTestId("renewal-asked").count()).isEqualTo(2));
      chromium.sees("a quiet console", () -> assertThat(console).isEmpty());
    }
  }

  @Test
  void theRestOfThePagesIsSound(PeerSession chromium) throws Exception {
    try (var playwright = playwright();
        var browser = launch(playwright, chromium)) {
      var page = context(browser).newPage();
      listen(page);
      page.navigate(base() + "/login?error=credentials");
      picture(page, chromium, "login-error");
      page.navigate(base() + "/info?lang=en");
      picture(page, chromium, "info-english");
      page.navigate(base() + "/info/accessibility?lang=de");
      picture(page, chromium, "accessibility");
      page.navigate(base() + "/login?lang=en");
      picture(page, chromium, "login-english");
      page.navigate(base() + "/login?lang=de");
      picture(page, chromium, "login");
      comeInByCodes(context(browser).newPage(), chromium);
      page.fill("#username", "jmueller");
      page.fill("#password", SampleWiring.PASSWORD);
      page.getByTestId("login").click();
      page.getByTestId("limited").waitFor();
      picture(page, chromium, "home-limited");
      page.getByTestId("passkeys-link").click();
      picture(page, chromium, "passkeys-limited");
      page.navigate(base() + "/inbox");
      page.getByTestId("stronger").waitFor();
      picture(page, chromium, "login-stronger");
      page.navigate(base() + "/login?stronger=yes&error=certificate-none&lang=en");
      picture(page, chromium, "login-stronger-english");

      var mailbox = logIn(browser, "agross").page;
      mailbox.getByTestId("apply-smime").last().click();
      send(mailbox);
      mailbox.waitForURL("**/requests/*");
      var officer = logIn(browser, "jmueller").page;
      officer.navigate(mailbox.url());
      picture(officer, chromium, "inbox-differs");
      officer.fill("#reason", "Das Postfach heißt jetzt anders.");
      officer.getByTestId("refuse").click();
      mailbox.reload();
      picture(mailbox, chromium, "request-refused");
      officer.navigate(base() + "/certificates");
      picture(officer, chromium, "certificates");
      officer.navigate(base() + "/certificates?text=niemand&state=EXPIRED&to=2026-12-31");
      picture(officer, chromium, "certificates-none");
      officer.navigate(base() + "/certificates?lang=en");
      picture(officer, chromium, "certificates-english");
      chromium.sees("a quiet console", () -> assertThat(console).isEmpty());
    }
  }

  @Test
  void anOfficerLooksAtWhatTheBrakeHoldsAndConsents(PeerSession chromium) throws Exception {
    try (var playwright = playwright();
        var browser = launch(playwright, chromium)) {
      var officer = logIn(browser, "voechsner").page;
      listen(officer);
      officer.navigate(base() + "/");
      chromium.sees(
          "a word on the home page",
          () -> assertThat(officer.getByTestId("held").isVisible()).isTrue());
      officer.navigate(base() + "/inbox");
      picture(officer, chromium, "inbox-held");
      officer.click("[data-testid=held-plans] a");
      chromium.sees(
          "all changes",
          () ->
              assertThat(officer.locator("[data-testid=plan-items] tbody tr").count())
                  .isEqualTo(12));
      picture(officer, chromium, "plan");
      officer.getByTestId("plan-release").click();
      chromium.sees(
          "that a second person is needed",
          () ->
              assertThat(officer.getByTestId("plan-consents").textContent())
                  .contains("Es fehlt noch"));
      picture(officer, chromium, "plan-consented");
      officer.navigate(officer.url() + "?lang=en");
      picture(officer, chromium, "plan-english");
      chromium.sees("a quiet console", () -> assertThat(console).isEmpty());
    }
  }

  @Test
  void twoKeysOfOneOrderComeBackInOneFile(PeerSession chromium) throws Exception {
    try (var playwright = playwright();
        var browser = launch(playwright, chromium)) {
      var staff = logIn(browser, "agross").page;
      staff.getByTestId("order-mail-signature").first().click();
      picture(staff, chromium, "order-apply");
      send(staff);
      staff.waitForURL("**/requests/*");
      var officer = logIn(browser, "jmueller").page;
      officer.navigate(staff.url().replace("/requests/", "/inbox/") + "?lang=de");
      picture(officer, chromium, "order-inbox-request");
      officer.getByTestId("approve").click();

      staff.reload();
      staff.getByTestId("make-p12").waitFor();
      var download = staff.waitForDownload(() -> staff.getByTestId("make-p12").click());
      var file = Files.readAllBytes(download.path());
      var password = staff.getByTestId("transport-password").inputValue();
      picture(staff, chromium, "order-collected");
      chromium.sees("a PKCS#12 file with two keys", () -> assertHoldsTwo(file, password));

      staff.getByTestId("certificate-link").first().click();
      picture(staff, chromium, "order-certificate");
      staff.check("[type=radio][name=reason] >> nth=0");
      staff.getByTestId("also").first().check();
      staff.getByTestId("revoke").click();
      chromium.sees(
          "both revoked",
          () ->
              assertThat(staff.locator("[data-testid=mark]").allTextContents())
                  .hasSize(2)
                  .allMatch(mark -> mark.contains("gesperrt")));
      chromium.sees("a quiet console", () -> assertThat(console).isEmpty());
    }
  }

  @Test
  void anOfficerLooksUpWhoIsBehindAPseudonym(PeerSession chromium) {
    try (var playwright = playwright();
        var browser = launch(playwright, chromium)) {
      var staff = logIn(browser, "agross").page;
      staff.getByTestId("apply-pseudonym-signature").first().click();
      staff.fill("#field-pseudonym", "Sachbearbeitung 17");
      picture(staff, chromium, "pseudonym-apply");
      send(staff);
      staff.waitForURL("**/requests/*");
      var officer = logIn(browser, "jmueller").page;
      officer.navigate(staff.url().replace("/requests/", "/inbox/"));
      officer.getByTestId("approve").click();
      staff.reload();
      staff.getByTestId("certificate-link").click();
      chromium.sees(
          "nothing to look up for the bearer",
          () -> assertThat(staff.getByTestId("bearer").count()).isZero());
      officer.navigate(staff.url());
      officer.fill("#bearer-reason", "Nachfrage des Gerichts");
      officer.getByTestId("bearer").click();
      picture(officer, chromium, "pseudonym-unveiled");
      chromium.sees("a quiet console", () -> assertThat(console).isEmpty());
    }
  }

  private static void assertHoldsTwo(byte[] file, String password) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(file), password.toCharArray());
    for (var alias : Collections.list(store.aliases())) {
      assertThat(store.getKey(alias, password.toCharArray()).getAlgorithm()).isEqualTo("EC");
      assertThat(store.getCertificateChain(alias)).hasSize(3);
    }
    assertThat(store.size()).isEqualTo(2);
  }

  @Test
  void aCertificateIsPutOnHoldOnThePhone(PeerSession chromium) {
    try (var playwright = playwright();
        var browser = launch(playwright, chromium)) {
      var staff = logIn(browser, "agross").page;
      staff.getByTestId("apply-vpn-client").first().click();
      send(staff);
      staff.waitForURL("**/requests/*");
      var officer = logIn(browser, "jmueller").page;
      officer.navigate(staff.url().replace("/requests/", "/inbox/"));
      officer.getByTestId("approve").click();

      staff.navigate(base() + "/");
      staff.getByTestId("phone-code-link").click();
      picture(staff, chromium, "phone-code-none");
      staff.getByTestId("make-phone-code").click();
      var code = staff.getByTestId("phone-code").textContent();
      picture(staff, chromium, "phone-code-new");
      staff.navigate(base() + "/phone-code?lang=en");
      picture(staff, chromium, "phone-code-english");
      chromium.sees("a code that is shown once", () -> assertNever(staff, code));

      officer.getByTestId("nav-phone").click();
      picture(officer, chromium, "phone-answer");
      call(officer, "agross", "2222 2222 2222 2223");
      picture(officer, chromium, "phone-mistyped");
      call(officer, "jmueller", code);
      picture(officer, chromium, "phone-not-known");
      chromium.sees(
          "which refusal it is",
          () -> {
            assertThat(officer.getByTestId("refusal-code").textContent())
                .isEqualTo("caller-not-proven");
            assertThat(officer.getByTestId("correlation").textContent()).hasSize(14);
          });
      call(officer, "Änne Groß-Weißenberger", code.toLowerCase(Locale.ROOT));
      officer.locator("details").first().locator("summary").click();
      picture(officer, chromium, "phone-caller");
      officer.getByTestId("hold").first().click();
      picture(officer, chromium, "phone-held");
      officer.navigate(base() + "/revoke-by-phone/caller?lang=en");
      picture(officer, chromium, "phone-caller-english");
      officer.getByTestId("end").click();
      picture(officer, chromium, "phone-answer-english");
      chromium.sees("a quiet console", () -> assertThat(console).isEmpty());
    }
  }

  private static void call(Page page, String who, String code) {
    page.fill("#who", who);
    page.fill("#code", code);
    page.getByTestId("answer").click();
    page.waitForLoadState();
  }

  private void comeInByCodes(Page page, PeerSession chromium) {
    listen(page);
    page.navigate(base() + "/login/emergency?error=credentials&lang=en");
    picture(page, chromium, "login-emergency-english");
    page.navigate(base() + "/login/emergency?lang=de");
    picture(page, chromium, "login-emergency");
    page.fill("#first", "AAAAA");
    page.fill("#second", "BBBBB");
    page.getByTestId("emergency-login").click();
    page.getByTestId("emergency").waitFor();
    picture(page, chromium, "emergency");
    page.navigate(base() + "/certificates?lang=en");
    picture(page, chromium, "emergency-english");
  }

  private static void assertNever(Page page, String code) {
    assertThat(page.content()).doesNotContain(code);
  }

  /** A page of someone who has logged in. */
  private record Session(Page page, String locale) {}

  private Session logIn(Browser browser, String login) {
    var page = context(browser).newPage();
    listen(page);
    page.navigate(base() + "/login");
    var locale = page.getAttribute("html", "lang");
    page.fill("#username", login);
    page.fill("#password", SampleWiring.PASSWORD);
    page.getByTestId("login").click();
    page.getByTestId("visitor").waitFor();
    if (!login.equals("agross")) {
      enterOffice(page, base(), login);
    }
    return new Session(page, locale);
  }

  /** Shows the certificate that opens an office. */
  static void enterOffice(Page page, String base, String login) {
    var shown =
        page.request()
            .get(
                base + "/login/certificate?as=" + login,
                RequestOptions.create().setMaxRedirects(0));
    assertThat(shown.status()).isEqualTo(302);
    page.navigate(base + "/");
  }

  static BrowserContext context(Browser browser) {
    var context = browser.newContext(new Browser.NewContextOptions().setAcceptDownloads(true));
    context.setDefaultTimeout(30_000);
    return context;
  }

  private void listen(Page page) {
    page.onConsoleMessage(message -> console.add(message.type() + ": " + message.text()));
    page.onPageError(error -> console.add("uncaught: " + error));
  }

  /** Takes the page wide and narrow, and lets axe look at it. */
  static void picture(Page page, PeerSession chromium, String name) {
    for (int width : List.of(WIDE, NARROW)) {
      page.setViewportSize(width, 900);
      Pictures.take(page, PICTURES.resolve(name + "-" + width + ".png"));
      chromium.sees(
          name + " without scrolling sideways at " + width,
          () -> assertThat(Pictures.overflow(page)).isNotPositive());
    }
    page.setViewportSize(WIDE, 900);
    assertNoBarriers(page, chromium, name);
  }

  static void assertNoBarriers(Page page, PeerSession chromium, String name) {
    var faults =
        new AxeBuilder(page)
            .withTags(
                List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
            .analyze()
            .getViolations();
    // It sums up in a page of its own; what lies behind one gets no frames, and nothing to click.
    page.bringToFront();
    chromium.sees(
        name + " without barriers",
        () ->
            assertThat(
                    faults.stream()
                        .map(fault -> fault.getId() + " " + fault.getNodes().getFirst().getHtml())
                        .toList())
                .isEmpty());
  }

  private static void assertOpens(byte[] file, String password) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(file), password.toCharArray());
    var alias = store.aliases().nextElement();
    assertThat(store.getKey(alias, password.toCharArray()).getAlgorithm()).isEqualTo("EC");
    assertThat(store.getCertificateChain(alias)).hasSize(3);
  }

  private static String base() {
    return "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
  }

  static Playwright playwright() {
    return Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  }

  static Browser launch(Playwright playwright, PeerSession chromium) {
    return launch(playwright, chromium.executable());
  }

  static Browser launch(Playwright playwright, Path chromium) {
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(chromium)
                .setArgs(List.of("--no-sandbox")));
  }

  /** Sends an application, whatever terms it is under. */
  static void send(Page page) {
    page.getByTestId("accept-terms").all().forEach(Locator::check);
    page.getByTestId("submit").click();
  }
}
