package de.kreissiegel.ra.pages;

import static de.kreissiegel.ra.pages.PagesPeerTest.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A browser plays officers who ask back, decide on several at once, stand in, and use keys. */
@AgainstPeer(Peer.CHROMIUM)
class InboxPeerTest {
  private static ConfigurableApplicationContext application;
  private final List<String> console = new ArrayList<>();

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
  void anOfficerAsksBackAndApprovesWithOneKeyOnceItIsAnswered(PeerSession chromium) {
    with(
        chromium,
        browser -> {
          var staff = logIn(browser, "agross");
          apply(staff, "vpn-client");
          var officer = logIn(browser, "jmueller");
          officer.navigate(base() + "/inbox?kind=vpn-client&who=mine");
          officer.keyboard().press("j");
          officer.keyboard().press("Enter");
          officer.getByTestId("risks").waitFor();
          picture(officer, chromium, "inbox-risks");
          chromium.sees(
              "that the person is new",
              () ->
                  assertThat(officer.getByTestId("risk").allTextContents())
                      .anyMatch(hint -> hint.contains("seit 3 Tagen neu")));
          officer.keyboard().press("q");
          officer.keyboard().type("Für welches Gerät ist es?");
          officer.getByTestId("ask").click();
          picture(officer, chromium, "inbox-asked");

          staff.reload();
          picture(staff, chromium, "request-asked");
          var request = staff.url();
          staff.navigate(request + "?lang=en");
          picture(staff, chromium, "request-asked-english");
          staff.navigate(request + "?lang=de");
          staff.fill("#answer", "Für das Notebook im Bauhof.");
          staff.getByTestId("answer").click();
          picture(staff, chromium, "request-answered");

          officer.navigate(request.replace("/requests/", "/inbox/"));
          chromium.sees(
              "the answer",
              () ->
                  assertThat(officer.getByTestId("timeline").textContent())
                      .contains("Für das Notebook im Bauhof."));
          picture(officer, chromium, "inbox-answered");
          officer.navigate(request.replace("/requests/", "/inbox/") + "?lang=en");
          picture(officer, chromium, "inbox-answered-english");
          officer.keyboard().press("a");
          officer.waitForURL("**/inbox");
          chromium.sees(
              "that one key was enough",
              () -> assertThat(officer.getByTestId("notice").textContent()).contains("issued"));
          officer.navigate(request.replace("/requests/", "/inbox/") + "?lang=de");
          picture(officer, chromium, "inbox-decided");
        });
  }

  @Test
  void severalAreReadTogetherDecidedEachByItselfAndReported(PeerSession chromium) {
    with(
        chromium,
        browser -> {
          var staff = logIn(browser, "agross");
          apply(staff, "authentication");
          apply(staff, "signature");
          var taken = staff.url();
          apply(staff, "vpn-client");
          var officer = logIn(browser, "jmueller");
          apply(officer, "vpn-client"); // their own
          officer.navigate(base() + "/inbox");
          officer.keyboard().press("?");
          picture(officer, chromium, "inbox-keys");
          officer.keyboard().press("Escape");
          var boxes = officer.locator("[data-role=choose]");
          int others = boxes.count();
          chromium.sees(
              "nothing to choose of one's own",
              () -> assertThat(officer.locator("[data-role=row]").count()).isEqualTo(others + 1));
          for (int i = 0; i < others; i++) {
            boxes.nth(i).check();
          }
          picture(officer, chromium, "inbox-chosen");
          officer.keyboard().press("b");
          officer.getByTestId("bulk-ready").waitFor();
          picture(officer, chromium, "inbox-bulk");
          chromium.sees(
              "all that is decided",
              () ->
                  assertThat(officer.locator("[data-testid=bulk-ready] > li").count())
                      .isEqualTo(others));

          staff.navigate(taken);
          staff.getByTestId("withdraw").click(); // while the officer reads
          staff.waitForLoadState();
          officer.selectOption("#check", "known"); // of the three the signature asks for it
          officer.getByTestId("bulk-approve").click();
          officer.getByTestId("report").waitFor();
          picture(officer, chromium, "inbox-report");
          var report = officer.locator("[data-testid=report] li");
          chromium.sees(
              "which went well and which not",
              () -> {
                assertThat(report.count()).isEqualTo(others);
                assertThat(officer.locator("[data-done=false]").count()).isEqualTo(1);
              });
          officer.navigate(base() + "/inbox?lang=en");
          picture(officer, chromium, "inbox-english");
          apply(staff, "authentication");
          officer.navigate(staff.url().replace("/requests/", "/inbox/bulk?id=") + "&lang=en");
          picture(officer, chromium, "inbox-bulk-english");
          officer.selectOption("#template", "unclear");
          chromium.sees(
              "the template's words, to be changed",
              () -> assertThat(officer.inputValue("#reason")).contains("does not say"));
          officer.fill("#reason", "Please ask your superior.");
          officer.getByTestId("bulk-refuse").click();
          staff.reload();
          chromium.sees(
              "the officer's words",
              () ->
                  assertThat(staff.getByTestId("reason").textContent())
                      .isEqualTo("Please ask your superior."));
          officer.navigate(base() + "/?lang=de");
        });
  }

  @Test
  void aRevisorIsProposedToReadElsewhereAndGivesItBack(PeerSession chromium) {
    with(
        chromium,
        browser -> {
          var lead = logIn(browser, "lleitner");
          lead.navigate(base() + "/grants/new");
          lead.selectOption("#right", "read");
          lead.selectOption("#tenant", "landkreis-hassberge.example");
          lead.selectOption("#works", "stadt-hassfurt.example");
          lead.fill("#who", "Schäfer");
          lead.getByTestId("find").click();
          lead.getByTestId("propose-form").waitFor();
          lead.getByLabel("Sabine Schäfer").check();
          lead.fill("#reason", "Gemeinsame Prüfung des Jahresabschlusses");
          lead.fill(
              "#ends",
              java.time.LocalDate.now(java.time.ZoneId.of("Europe/Berlin"))
                  .plusDays(21)
                  .toString());
          picture(lead, chromium, "reading-found");
          lead.getByTestId("propose").click();
          var proposed = new Locator.FilterOptions().setHasText("Sabine Schäfer");
          var grant = lead.getByTestId("grant").filter(proposed);
          grant.waitFor();
          picture(lead, chromium, "reading-proposed");
          chromium.sees(
              "that one alone is not enough",
              () -> {
                assertThat(grant.textContent())
                    .contains("Liest als Revision mit: Landratsamt Haßberge")
                    .contains("wartet auf Zustimmung");
                assertThat(grant.getByTestId("consent").count()).isZero();
              });

          var revisor = logIn(browser, "sschaefer");
          revisor.navigate(base() + "/grants");
          var own = revisor.getByTestId("grant").filter(proposed);
          chromium.sees(
              "nothing to consent to, nor a certificate to apply for",
              () -> {
                assertThat(own.getByTestId("consent").count()).isZero();
                assertThat(own.getByTestId("grant-certificate").count()).isZero();
              });
          own.locator("summary").click();
          own.locator("input[name=reason]").fill("Prüfung entfällt");
          own.getByTestId("end").click();
          revisor.getByTestId("notice").waitFor();
          chromium.sees(
              "that it is over",
              () -> assertThat(revisor.getByTestId("grant").filter(proposed).count()).isZero());
        });
  }

  @Test
  void aNeighbourStandsInOnceASecondPersonHasConsented(PeerSession chromium) {
    with(
        chromium,
        browser -> {
          var lead = logIn(browser, "lleitner");
          lead.getByTestId("nav-grants").click();
          picture(lead, chromium, "grants-none");
          lead.getByTestId("new-grant").click();
          picture(lead, chromium, "grant-new");
          lead.selectOption("#tenant", "stadt-koenigsberg.example");
          lead.selectOption("#works", "stadt-hassfurt.example");
          lead.fill("#who", "Müller");
          lead.getByTestId("find").click();
          lead.getByTestId("propose-form").waitFor();
          lead.getByLabel("Jürgen Müller").check();
          lead.fill("#reason", "Frau Öchsner ist drei Wochen in Kur.");
          lead.fill(
              "#ends",
              java.time.LocalDate.now(java.time.ZoneId.of("Europe/Berlin"))
                  .plusDays(21)
                  .toString());
          picture(lead, chromium, "grant-found");
          lead.getByTestId("propose").click();
          lead.getByTestId("grant").waitFor();
          picture(lead, chromium, "grants-proposed");
          chromium.sees(
              "that one alone is not enough",
              () -> {
                assertThat(lead.getByTestId("grant").textContent())
                    .contains("wartet auf Zustimmung");
                assertThat(lead.getByTestId("consent").count()).isZero();
              });

          var second = logIn(browser, "voechsner");
          second.navigate(base() + "/grants");
          second.getByTestId("consent").click();
          second.getByTestId("notice").waitFor();
          picture(second, chromium, "grants-given");
          second.navigate(base() + "/grants?lang=en");
          picture(second, chromium, "grants-english");
          second.navigate(base() + "/grants/new?who=M&lang=en");
          picture(second, chromium, "grant-new-english");
          second.navigate(base() + "/grants?lang=de");
          second.locator("[data-testid=grant] summary").click();
          second.locator("[data-testid=grant] input[name=reason]").fill("Wieder da");
          second.getByTestId("end").click();
          picture(second, chromium, "grants-ended");
          chromium.sees(
              "that it has ended, and why",
              () -> assertThat(second.locator("#page").textContent()).contains("Wieder da"));
        });
  }

  @Test
  void whatNobodyDecidesIsPassedOnAndTheApplicantSeesIt(PeerSession chromium) {
    with(
        chromium,
        browser -> {
          var staff = logIn(browser, "agross");
          apply(staff, "signature");
          var id = staff.url().substring(staff.url().lastIndexOf('/') + 1);
          application.getBean(SampleDesks.class).passOn(new RequestId(UUID.fromString(id)));
          staff.reload();
          picture(staff, chromium, "request-passed-on");
          chromium.sees(
              "that it was passed on",
              () ->
                  assertThat(staff.getByTestId("passed-on").textContent())
                      .contains("weitergegeben"));
          var lead = logIn(browser, "lleitner");
          lead.navigate(base() + "/inbox");
          picture(lead, chromium, "inbox-passed-on");
          lead.locator("[data-testid=passed-on] a").first().click();
          picture(lead, chromium, "inbox-request-passed-on");
          chromium.sees(
              "nothing to decide, and how to have it decided",
              () -> {
                assertThat(lead.getByTestId("approve").count()).isZero();
                assertThat(lead.getByTestId("refuse").count()).isZero();
                assertThat(lead.getByTestId("grant-link").isVisible()).isTrue();
              });
          lead.navigate(lead.url() + "?lang=en");
          picture(lead, chromium, "inbox-request-passed-on-english");
        });
  }

  private void with(PeerSession chromium, Consumer<Browser> story) {
    try (Playwright playwright = PagesPeerTest.playwright();
        Browser browser = PagesPeerTest.launch(playwright, chromium)) {
      story.accept(browser);
      chromium.sees("a quiet console", () -> assertThat(console).isEmpty());
    }
  }

  private static void apply(Page page, String kind) {
    page.navigate(base() + "/");
    page.getByTestId("apply-" + kind).first().click();
    page.getByTestId("accept-terms").all().forEach(Locator::check);
    page.getByTestId("submit").click();
    page.waitForURL("**/requests/*");
  }

  private Page logIn(Browser browser, String login) {
    var page = PagesPeerTest.context(browser).newPage();
    page.onConsoleMessage(message -> console.add(message.type() + ": " + message.text()));
    page.onPageError(error -> console.add("uncaught: " + error));
    page.navigate(base() + "/login");
    page.fill("#username", login);
    page.fill("#password", SampleWiring.PASSWORD);
    page.getByTestId("login").click();
    page.getByTestId("visitor").waitFor();
    if (!login.equals("agross")) {
      PagesPeerTest.enterOffice(page, base(), login);
    }
    return page;
  }

  private static String base() {
    return "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
  }
}
