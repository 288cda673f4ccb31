package de.kreissiegel.ra.peer.story;

import static de.kreissiegel.ra.peer.story.StoryPeerTest.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import de.kreissiegel.ra.credentials.DemoCredentials;
import de.kreissiegel.ra.credentials.DemoCredentials.Person;
import de.kreissiegel.ra.credentials.DemoRole;
import de.kreissiegel.ra.peer.PeerSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What the people of the story do on the pages, and what they see there. */
final class Story {
  private static final String REASON = "Sie haben seit heute schon eines.";

  private final Visitors visitors;
  private final PeerSession chromium;
  private final RealDemo demo;
  private final DemoCredentials credentials;
  private final Page staff;
  private final Page officer;
  private String request = "";
  private String certificate = "";

  Story(Visitors visitors, PeerSession chromium, RealDemo demo) throws IOException {
    this.visitors = visitors;
    this.chromium = chromium;
    this.demo = demo;
    this.credentials = demo.credentials();
    staff = visitors.logIn(person(DemoRole.STAFF));
    officer = inOffice(DemoRole.OFFICER);
  }

  private Page inOffice(DemoRole role) {
    Person person = person(role);
    return visitors.logInByCertificate(
        person, demo.loginFile(person), credentials.officerKeyPassword());
  }

  /** The key is made in the browser; the application waits, on its own page and at home. */
  void applies() {
    chromium.sees(
        "German by default", () -> assertThat(staff.getAttribute("html", "lang")).isEqualTo("de"));
    visitors.look(staff, "home");
    apply("Home-Office ab Montag", "apply");
    request = id(staff);
    chromium.sees("it waits", () -> assertThat(state(staff)).isEqualTo("wartet auf Genehmigung"));
    visitors.look(staff, "request-waiting");
    visitors.visit(staff, "/?lang=en");
    chromium.sees(
        "the application at home",
        () -> assertThat(staff.locator("a[href$='/requests/" + request + "']").count()).isOne());
    chromium.sees(
        "English by choice", () -> assertThat(staff.getAttribute("html", "lang")).isEqualTo("en"));
    visitors.look(staff, "home-english");
    visitors.visit(staff, "/?lang=de");
  }

  private void apply(String remark, String picture) {
    visitors.visit(staff, "/");
    staff.getByTestId("apply-vpn-client").first().click();
    staff.fill("#remark", remark);
    if (!picture.isEmpty()) {
      visitors.look(staff, picture);
    }
    staff.getByTestId("accept-terms").all().forEach(Locator::check);
    staff.getByTestId("submit").click();
    staff.waitForURL("**/requests/*");
  }

  /** The officer of another municipality has nothing of it. */
  void isHiddenFromOthers() {
    Person neighbour = person(DemoRole.FOREIGN_OFFICER);
    Page foreign =
        visitors.logInByCertificate(
            neighbour, demo.keyFile(neighbour), credentials.officerKeyPassword());
    foreign.getByTestId("nav-inbox").click();
    foreign.waitForURL("**/inbox");
    chromium.sees(
        "an inbox without it",
        () ->
            assertThat(foreign.textContent("main")).doesNotContain(person(DemoRole.STAFF).name()));
    visitors.look(foreign, "inbox-foreign");
    visitors.findsNothing(foreign, "/requests/" + request);
    visitors.findsNothing(foreign, "/inbox/" + request);
    visitors.look(foreign, "not-found");
  }

  /** An officer's key gets into their browser: not by the wrong password, and then for good. */
  static void takesKeyIn(Page officer, Path keyFile, String password) {
    officer.getByTestId("key-missing").waitFor();
    officer.getByTestId("key-file").setInputFiles(keyFile);
    officer.getByTestId("key-password").fill(password);
    officer.getByTestId("import-key").click();
  }

  /** The officer of the house compares, signs and approves. */
  void isApproved(Path keyFile, String keyPassword) {
    officer.getByTestId("nav-inbox").click();
    officer.waitForURL("**/inbox");
    visitors.look(officer, "inbox");
    officer.getByTestId("inbox-waiting").locator("a[href$='/" + request + "']").click();
    officer.waitForURL("**/inbox/" + request);
    Locator comparison = officer.getByTestId("comparison");
    chromium.sees(
        "the name that the directory has",
        () -> assertThat(comparison.textContent()).contains(person(DemoRole.STAFF).name()));
    chromium.sees(
        "no difference",
        () -> assertThat(comparison.locator("[data-differs=true]").count()).isZero());
    officer.getByTestId("approve").click();
    Locator told = officer.getByTestId("sign-status");
    officer.waitForCondition(() -> told.textContent().contains("noch nicht in diesem Browser"));
    chromium.sees(
        "that the key is missing, and nothing sent",
        () -> {
          assertThat(officer.getByTestId("notice").count()).isZero();
        });
    visitors.look(officer, "inbox-request");
    takesKeyIn(officer, keyFile, "falsch");
    officer.waitForCondition(() -> told.textContent().contains("nicht öffnen"));
    takesKeyIn(officer, keyFile, keyPassword);
    officer.getByTestId("key-here").waitFor();
    officer.reload();
    officer.getByTestId("key-here").waitFor();
    officer.getByTestId("statement").locator("summary").click();
    chromium.sees(
        "what is signed, in words",
        () ->
            assertThat(officer.getByTestId("statement").textContent())
                .contains(person(DemoRole.STAFF).name(), "Stadt Haßfurt"));
    visitors.look(officer, "inbox-request-to-sign");
    officer.getByTestId("approve").click();
    officer.getByTestId("notice").waitFor();
    visitors.look(officer, "inbox-approved");
  }

  /**
   * The applicant takes key and certificate away, as {@code certificate.p12} in this folder.
   *
   * @return the password that the page shows
   */
  String takesAway(Path folder) {
    visitors.visit(staff, "/requests/" + request);
    Locator make = untilThere(staff, "make-p12");
    chromium.sees("it is issued", () -> assertThat(state(staff)).isEqualTo("ausgestellt"));
    visitors.look(staff, "request-issued");
    var download = staff.waitForDownload(make::click);
    download.saveAs(folder.resolve("certificate.p12"));
    String password = staff.getByTestId("transport-password").inputValue();
    chromium.sees("a password", () -> assertThat(password).hasSizeGreaterThan(12));
    visitors.look(staff, "request-collected");
    staff.getByTestId("certificate-link").click();
    staff.waitForURL("**/certificates/**");
    certificate = staff.url().substring(staff.url().indexOf("/certificates/"));
    chromium.sees("it is valid", () -> assertThat(state(staff)).isEqualTo("gültig"));
    visitors.look(staff, "certificate");
    return password;
  }

  /** A second application gets a no, and the applicant reads why. */
  void isRefusedASecondOne() {
    apply("Noch eines", "");
    String second = id(staff);
    visitors.visit(officer, "/inbox/" + second);
    officer.fill("#reason", REASON);
    officer.getByTestId("refuse").click();
    officer.getByTestId("notice").waitFor();
    staff.reload();
    chromium.sees(
        "the reason", () -> assertThat(staff.getByTestId("reason").textContent()).contains(REASON));
    visitors.look(staff, "request-refused");
  }

  /** Two more are read together, and each is signed by itself. */
  void areApprovedTogether() {
    String vpn = applyFor("vpn-client");
    String login = applyFor("authentication");
    visitors.visit(officer, "/inbox?who=mine");
    officer.check("#choose-" + vpn);
    officer.check("#choose-" + login);
    officer.getByTestId("bulk").click();
    officer.getByTestId("key-here").waitFor();
    visitors.look(officer, "inbox-bulk");
    chromium.sees(
        "a statement for each",
        () -> assertThat(officer.locator("[data-statement]").count()).isEqualTo(2));
    officer.keyboard().press("a");
    officer.getByTestId("report").waitFor();
    chromium.sees(
        "that both were decided",
        () -> assertThat(officer.locator("[data-done=true]").count()).isEqualTo(2));
    visitors.look(officer, "inbox-report");
    visitors.visit(officer, "/inbox/" + vpn);
    chromium.sees(
        "what was signed",
        () ->
            assertThat(officer.getByTestId("signed-before").textContent())
                .contains(person(DemoRole.STAFF).name()));
  }

  private String applyFor(String kind) {
    visitors.visit(staff, "/");
    staff.getByTestId("apply-" + kind).first().click();
    staff.getByTestId("accept-terms").all().forEach(Locator::check);
    staff.getByTestId("submit").click();
    staff.waitForURL("**/requests/*");
    return id(staff);
  }

  /** Nobody told the pages, and they know. */
  void isRevoked() {
    visitors.visit(officer, certificate);
    chromium.sees("it is revoked", () -> assertThat(state(officer)).isEqualTo("gesperrt"));
    visitors.look(officer, "revoked");
    visitors.visit(officer, "/certificates");
    visitors.look(officer, "certificates");
    // A session asks the directory again every 30 seconds.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(45);
    visitors.visit(staff, "/");
    while (staff.getByTestId("login").count() == 0 && System.nanoTime() < end) {
      staff.waitForTimeout(500);
      visitors.visit(staff, "/");
    }
    chromium.sees(
        "whoever is disabled is logged out",
        () -> assertThat(staff.getByTestId("login").count()).isOne());
  }

  /** The auditor reads all of it, and no form of theirs changes anything. */
  void isReadByTheAuditor() {
    Page auditor = inOffice(DemoRole.AUDITOR);
    changesNothing(auditor, "/");
    changesNothing(auditor, "/requests/" + request);
    changesNothing(auditor, certificate);
    visitors.look(auditor, "certificate-auditor");
    changesNothing(auditor, "/audit?object=request:" + request);
    chromium.sees(
        "how it was applied for and decided",
        () ->
            assertThat(auditor.getByTestId("events").textContent())
                .contains("Antrag gestellt", "Antrag genehmigt", person(DemoRole.OFFICER).name()));
    changesNothing(auditor, "/audit");
    chromium.sees(
        "the whole story",
        () ->
            assertThat(auditor.getByTestId("events").textContent())
                .contains("Zertifikat ausgestellt", "Antrag abgelehnt", "Zertifikat gesperrt"));
    visitors.look(auditor, "audit");
  }

  private void changesNothing(Page page, String path) {
    visitors.visit(page, path);
    chromium.sees(
        path + " without a form that changes anything",
        () -> {
          assertThat(page.getByTestId("error").count()).isZero();
          assertThat(page.locator("form[method=post]:not([action$='/logout'])").count()).isZero();
        });
  }

  /** Loads the page again until the part is there, half a minute at most. */
  static Locator untilThere(Page page, String part) {
    Locator locator = page.getByTestId(part);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    page.reload();
    while (page.getByTestId("certificate-link").count() == 0 && System.nanoTime() < end) {
      page.waitForTimeout(200);
      page.reload();
    }
    locator.waitFor();
    return locator;
  }

  private Person person(DemoRole role) {
    return credentials.person(role);
  }

  private static String id(Page page) {
    return page.url().substring(page.url().lastIndexOf('/') + 1);
  }
}
