package de.kreissiegel.ra.peer.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import de.kreissiegel.ldap.sample.SampleDistrict;
import de.kreissiegel.ra.credentials.DemoCredentials;
import de.kreissiegel.ra.credentials.DemoCredentials.Person;
import de.kreissiegel.ra.credentials.DemoRole;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Staff, officers and the auditor go through the story in a browser; others judge what came out.
 */
@AgainstPeer({Peer.CHROMIUM, Peer.OPENSSL, Peer.LDAPSEARCH, Peer.LDAPMODIFY})
// A browser that hangs must not hold the build.
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class StoryPeerTest {
  private static final Duration REVOKED_WITHIN = Duration.ofSeconds(10);
  private static final Duration LISTED_WITHIN = Duration.ofSeconds(30);
  private static final String WAITS = "wartet auf Genehmigung";

  @TempDir static Path home;
  private static RealDemo demo;
  private static DemoCredentials credentials;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    demo = RealDemo.start(home);
    credentials = demo.credentials();
  }

  @AfterAll
  static void stop() throws Exception {
    if (demo != null) {
      demo.close();
    }
  }

  @Test
  void aCertificateIsAppliedForDecidedTakenAwayAndRevoked(
      @AgainstPeer(Peer.CHROMIUM) PeerSession chromium,
      @AgainstPeer(Peer.OPENSSL) PeerSession openssl,
      @AgainstPeer(Peer.LDAPSEARCH) PeerSession ldapsearch,
      @AgainstPeer(Peer.LDAPMODIFY) PeerSession ldapmodify)
      throws Exception {
    var relying = new RelyingParty(openssl, demo.root(), folder);
    var directory = new DirectoryClient(ldapsearch, ldapmodify, credentials);
    relying.trusts(credentials.addresses().web());
    try (var visitors =
        new Visitors(chromium, base(), credentials.addresses().certificateDoor().toString())) {
      var story = new Story(visitors, chromium, demo);
      story.applies();
      story.isHiddenFromOthers();
      story.isApproved(demo.keyFile(person(DemoRole.OFFICER)), credentials.officerKeyPassword());
      relying.opens(folder.resolve("certificate.p12"), story.takesAway(folder));
      relying.verifies();
      directory.findsCertificate(person(DemoRole.STAFF), folder.resolve("leaf.pem"));
      story.isRefusedASecondOne();
      directory.disables(person(DemoRole.STAFF), folder);
      relying.hearsOfRevocationWithin(REVOKED_WITHIN);
      story.isRevoked();
      relying.findsItListedWithin(LISTED_WITHIN);
      story.isReadByTheAuditor();
      visitors.leave();
    }
  }

  @Test
  void aRequestOfOnesOwnNeedsNoScripts(
      @AgainstPeer(Peer.CHROMIUM) PeerSession chromium,
      @AgainstPeer(Peer.OPENSSL) PeerSession openssl)
      throws Exception {
    Path key = folder.resolve("own.key");
    Output request =
        openssl.run(
            "req",
            "-new",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-noenc",
            "-keyout",
            key.toString(),
            "-subj",
            "/CN=" + secondApplicant().name(),
            "-utf8");
    openssl.sees("a request", () -> assertThat(request.text()).contains("CERTIFICATE REQUEST"));
    try (var visitors =
        new Visitors(chromium, base(), credentials.addresses().certificateDoor().toString())) {
      Page staff = visitors.logIn(secondApplicant(), false);
      Visitors.press(staff.getByTestId("apply-vpn-client").first());
      staff.fill("#csr", request.text().substring(request.text().indexOf("-----BEGIN")));
      visitors.look(staff, "apply-without-scripts");
      Visitors.press(staff.getByTestId("submit"));
      staff.getByTestId("state").or(staff.getByTestId("notice")).first().waitFor();
      chromium.sees("no complaint", () -> assertThat(staff.textContent("main")).contains(WAITS));
      String waiting = staff.url();
      chromium.sees("it waits", () -> assertThat(state(staff)).isEqualTo(WAITS));

      String inInbox = "/inbox/" + waiting.substring(waiting.lastIndexOf('/') + 1);
      Person second = person(DemoRole.SECOND_OFFICER);
      Page unscripted =
          visitors.logInByCertificate(
              second, demo.loginFile(second), credentials.officerKeyPassword(), false);
      visitors.visit(unscripted, inInbox);
      Visitors.press(unscripted.getByTestId("approve"));
      unscripted.getByTestId("notice").waitFor();
      chromium.sees(
          "that only signing needs scripts",
          () ->
              assertThat(unscripted.getByTestId("notice").textContent())
                  .contains("Unterschrift fehlt"));
      Page officer =
          visitors.logInByCertificate(
              second, demo.loginFile(second), credentials.officerKeyPassword());
      visitors.visit(officer, inInbox);
      Story.takesKeyIn(
          officer, demo.keyFile(person(DemoRole.SECOND_OFFICER)), credentials.officerKeyPassword());
      officer.getByTestId("key-here").waitFor();
      officer.getByTestId("approve").click();
      officer.getByTestId("notice").waitFor();

      Locator certificate = Story.untilThere(staff, "download-pem");
      visitors.look(staff, "issued-without-scripts");
      var download = staff.waitForDownload(() -> Visitors.press(certificate));
      Path pem = folder.resolve("own.pem");
      download.saveAs(pem);
      chromium.sees(
          "a certificate", () -> assertThat(Files.readString(pem)).contains("BEGIN CERT"));
      Output inside = openssl.run("x509", "-in", pem.toString(), "-noout", "-pubkey");
      Output own = openssl.run("pkey", "-in", key.toString(), "-pubout");
      openssl.sees(
          "a certificate for the key of the request",
          () -> assertThat(inside.text()).isEqualTo(own.text()).contains("PUBLIC KEY"));
      visitors.leave();
    }
  }

  @Test
  void anOfficerComesWithAPasswordSetsUpAPasskeyAndIsLetInByIt(
      @AgainstPeer(Peer.CHROMIUM) PeerSession chromium) throws Exception {
    Person officer = person(DemoRole.FOREIGN_OFFICER);
    try (var visitors =
        new Visitors(chromium, base(), credentials.addresses().certificateDoor().toString())) {
      Page page = visitors.logIn(officer);
      Visitors.giveSecurityKey(page);
      chromium.sees(
          "no inbox for a password",
          () -> assertThat(page.getByTestId("nav-inbox").count()).isZero());
      visitors.look(page, "home-limited");
      visitors.visit(page, "/inbox");
      chromium.sees(
          "that more is needed",
          () -> assertThat(page.getByTestId("stronger").isVisible()).isTrue());
      visitors.look(page, "login-stronger");

      visitors.visit(page, "/passkeys");
      visitors.look(page, "passkeys-none");
      page.getByTestId("add-passkey").click();
      page.waitForURL("**/passkeys?added=yes");
      chromium.sees(
          "the passkey", () -> assertThat(page.getByTestId("passkeys").isVisible()).isTrue());
      chromium.sees(
          "that a password adds no second one",
          () -> assertThat(page.getByTestId("passkey-not-now").isVisible()).isTrue());
      visitors.look(page, "passkeys");

      page.getByTestId("logout").click();
      visitors.visit(page, "/inbox");
      visitors.look(page, "login-with-passkey");
      page.getByTestId("login-passkey").locator("button").click();
      page.waitForURL("**/inbox**");
      chromium.sees(
          "the inbox", () -> assertThat(page.getByTestId("nav-inbox").isVisible()).isTrue());

      visitors.visit(page, "/passkeys");
      page.getByTestId("remove-passkey").click();
      page.getByTestId("notice").waitFor();
      chromium.sees(
          "none is left", () -> assertThat(page.getByTestId("passkeys").count()).isZero());
      visitors.leave();
    }
  }

  @Test
  void thePagesThatNeedNobodyAreSound(@AgainstPeer(Peer.CHROMIUM) PeerSession chromium)
      throws Exception {
    try (var visitors =
        new Visitors(chromium, base(), credentials.addresses().certificateDoor().toString())) {
      Page page = visitors.arrive(true);
      visitors.visit(page, "/");
      chromium.sees("the login page", () -> assertThat(page.url()).contains("/login"));
      visitors.look(page, "login");
      page.fill("#username", person(DemoRole.STAFF).login());
      page.fill("#password", "falsch");
      page.getByTestId("login").click();
      page.getByTestId("login-error").waitFor();
      visitors.look(page, "login-error");
      visitors.visit(page, "/info");
      visitors.look(page, "info");
      visitors.visit(page, "/info/accessibility");
      visitors.look(page, "accessibility");

      visitors.visit(page, "/login?lang=en");
      chromium.sees(
          "English by choice", () -> assertThat(page.getAttribute("html", "lang")).isEqualTo("en"));
      chromium.sees("English words", () -> assertThat(page.textContent("h1")).contains("Log in"));
      visitors.look(page, "login-english");
      visitors.visit(page, "/info");
      visitors.look(page, "info-english");
      visitors.leave();
    }
  }

  static String state(Page page) {
    return page.getByTestId("state").textContent().strip();
  }

  private static String base() {
    String web = credentials.addresses().web().toString();
    return web.endsWith("/") ? web.substring(0, web.length() - 1) : web;
  }

  private static Person person(DemoRole role) {
    return credentials.person(role);
  }

  /** Another one in the same town hall; all people of the demo have the same password. */
  private static Person secondApplicant() {
    var second = SampleDistrict.cast().secondApplicant();
    return new Person(
        "",
        second.commonName(),
        second.login(),
        person(DemoRole.STAFF).password(),
        second.home().domain());
  }
}
