package de.kreissiegel.ra.peer.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import de.kreissiegel.ldap.sample.Cast;
import de.kreissiegel.ldap.sample.SampleDistrict;
import de.kreissiegel.ldap.sample.SamplePerson;
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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Staff, officers and the auditor go through the story in a browser; others judge what came out.
 */
@Isolated("it says in how many seconds the house knows of something")
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
      story.areApprovedTogether();
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
    try (var visitors =
        new Visitors(chromium, base(), credentials.addresses().certificateDoor().toString())) {
      Page staff = visitors.logIn(secondApplicant(), false);
      applies(
          staff,
          secondApplicant().name(),
          openssl,
          key,
          () -> visitors.look(staff, "apply-without-scripts"));
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
  void whatTheBrakeHoldsIsLetGoByTwoOfficers(
      @AgainstPeer(Peer.CHROMIUM) PeerSession chromium,
      @AgainstPeer(Peer.OPENSSL) PeerSession openssl,
      @AgainstPeer(Peer.LDAPSEARCH) PeerSession ldapsearch,
      @AgainstPeer(Peer.LDAPMODIFY) PeerSession ldapmodify)
      throws Exception {
    var directory = new DirectoryClient(ldapsearch, ldapmodify, credentials);
    List<Person> leaving = colleagues(person(DemoRole.FOREIGN_OFFICER), 5);
    assertThat(leaving).hasSize(5);
    try (var visitors =
        new Visitors(chromium, base(), credentials.addresses().certificateDoor().toString())) {
      for (Person one : leaving) {
        Page staff = visitors.logIn(one, false);
        applies(staff, one.name(), openssl, folder.resolve(one.login()), () -> {});
        chromium.sees("an application", () -> assertThat(state(staff)).isEqualTo(WAITS));
      }
      for (Person one : leaving) {
        directory.disables(one, folder);
      }

      Page officer = byCertificate(visitors, DemoRole.LEAD_OFFICER);
      consents(officer, chromium, () -> visitors.look(officer, "plan-held"));
      visitors.look(officer, "plan-consented");
      chromium.sees(
          "that the same officer can't consent twice",
          () -> assertThat(officer.getByTestId("plan-release").count()).isZero());

      visitors.findsNothing(
          byCertificate(visitors, DemoRole.OFFICER), officer.url().substring(base().length()));

      Page second = byCertificate(visitors, DemoRole.SECOND_LEAD_OFFICER);
      consents(second, chromium, () -> {});
      visitors.visit(second, "/inbox");
      chromium.sees("that nothing is held", () -> assertThat(held(second).count()).isZero());
      visitors.visit(officer, "/inbox");
      chromium.sees(
          "no application of theirs",
          () ->
              assertThat(officer.textContent("main"))
                  .doesNotContain(leaving.stream().map(Person::name).toList()));
      visitors.leave();
    }
  }

  /** Reads the plan above the inbox and consents to it. */
  private static void consents(Page page, PeerSession chromium, Runnable looks) throws Exception {
    Locator items = page.getByTestId("plan-items").locator("tbody tr");
    long end = System.nanoTime() + LISTED_WITHIN.toNanos();
    do {
      page.navigate(base() + "/inbox");
      if (held(page).count() == 1) {
        held(page).locator("a").press("Enter");
        page.getByTestId("plan-items").waitFor();
      }
    } while (items.count() < 4 && System.nanoTime() < end);
    // The directory is asked every two seconds: another one may come, or has gone alone before.
    TimeUnit.SECONDS.sleep(4);
    page.reload();
    chromium.sees("all that are left", () -> assertThat(items.count()).isBetween(4, 5));
    looks.run();
    page.getByTestId("plan-release").click();
  }

  private static Locator held(Page page) {
    return page.getByTestId("held-plans");
  }

  private static Page byCertificate(Visitors visitors, DemoRole role) throws Exception {
    Person officer = person(role);
    return visitors.logInByCertificate(
        officer, demo.loginFile(officer), credentials.officerKeyPassword());
  }

  /** Without scripts, and with a key that OpenSSL makes. */
  private static void applies(Page page, String name, PeerSession openssl, Path key, Runnable looks)
      throws Exception {
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
            "/CN=" + name,
            "-utf8");
    openssl.sees("a request", () -> assertThat(request.text()).contains("CERTIFICATE REQUEST"));
    Visitors.press(page.getByTestId("apply-vpn-client").first());
    page.fill("#csr", request.text().substring(request.text().indexOf("-----BEGIN")));
    page.getByTestId("accept-terms").all().forEach(Locator::check);
    looks.run();
    Visitors.press(page.getByTestId("submit"));
    page.getByTestId("state").or(page.getByTestId("notice")).first().waitFor();
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
  void anOfficerApprovesByAPasskey(
      @AgainstPeer(Peer.CHROMIUM) PeerSession chromium,
      @AgainstPeer(Peer.OPENSSL) PeerSession openssl)
      throws Exception {
    Person applicant = colleagues(person(DemoRole.SECOND_OFFICER), 6).getLast();
    try (var visitors =
        new Visitors(chromium, base(), credentials.addresses().certificateDoor().toString())) {
      Page page = approvingByPasskey(visitors, true);

      Page staff = visitors.logIn(applicant, false);
      applies(staff, applicant.name(), openssl, folder.resolve(applicant.login()), () -> {});
      String waiting = staff.url();
      visitors.visit(page, "/inbox/" + waiting.substring(waiting.lastIndexOf('/') + 1));
      page.getByTestId("security-key-here").waitFor();
      visitors.look(page, "inbox-request-by-passkey");
      page.getByTestId("approve").click();
      page.getByTestId("notice").waitFor();
      chromium.sees(
          "an approval",
          () ->
              assertThat(page.getByTestId("notice").textContent())
                  .containsIgnoringCase("genehmigt"));
      Story.untilThere(staff, "download-pem");

      removePasskey(visitors, page);
      visitors.leave();
    }
  }

  /** The second officer, with a passkey that approves, and without the key file that let it. */
  private static Page approvingByPasskey(Visitors visitors, boolean looks) throws Exception {
    Page page = byCertificate(visitors, DemoRole.SECOND_OFFICER);
    Visitors.giveSecurityKey(page);
    visitors.visit(page, "/passkeys");
    page.getByTestId("add-passkey").click();
    page.waitForURL("**/passkeys?added=yes");
    Story.takesKeyIn(
        page, demo.keyFile(person(DemoRole.SECOND_OFFICER)), credentials.officerKeyPassword());
    page.getByTestId("key-here").waitFor();
    if (looks) {
      visitors.look(page, "passkeys-to-approve");
    }
    page.getByTestId("approve-by-passkey").click();
    page.getByTestId("passkey-approves").waitFor();
    if (looks) {
      visitors.look(page, "passkeys-approving");
    }
    // As at another device: the key file was never there.
    page.evaluate(
        "async () => { for (const { name } of await indexedDB.databases()) {"
            + " await new Promise((done) => {"
            + " indexedDB.deleteDatabase(name).onsuccess = done; }); } }");
    return page;
  }

  private static void removePasskey(Visitors visitors, Page page) {
    visitors.visit(page, "/passkeys");
    page.getByTestId("remove-passkey").click();
    page.getByTestId("notice").waitFor();
  }

  @Test
  void aLostKeyComesBackByTheHandsOfTwoOfficers(
      @AgainstPeer(Peer.CHROMIUM) PeerSession chromium,
      @AgainstPeer(Peer.OPENSSL) PeerSession openssl)
      throws Exception {
    Person holder = colleagues(person(DemoRole.SECOND_OFFICER), 7).getLast();
    try (var visitors =
        new Visitors(chromium, base(), credentials.addresses().certificateDoor().toString())) {
      Page officer = byCertificate(visitors, DemoRole.OFFICER);
      Page second = approvingByPasskey(visitors, false);
      var story = new RecoveryStory(visitors, chromium, visitors.logIn(holder), officer, second);
      story.isDecided();
      story.isAppliedFor();
      story.isApproved(
          demo.keyFile(person(DemoRole.OFFICER)), credentials.officerKeyPassword(), folder);
      story.isAskedFor();
      story.isSignedByTwo();
      String password = story.isMade();
      story.isFetched(folder);
      readsItsMail(openssl, password);
      removePasskey(visitors, second);
      visitors.leave();
    }
  }

  /** What was encrypted to the certificate before is read with the key that came back. */
  private void readsItsMail(PeerSession openssl, String password) throws Exception {
    Files.writeString(folder.resolve("letter.txt"), "Nur für Sie");
    openssl.run(
        "cms",
        "-encrypt",
        "-aes-256-cbc",
        "-binary",
        "-in",
        folder.resolve("letter.txt").toString(),
        "-out",
        folder.resolve("letter.cms").toString(),
        folder.resolve("smime.pem").toString());
    openssl.run(
        "pkcs12",
        "-in",
        folder.resolve("keys.p12").toString(),
        "-nodes",
        "-nocerts",
        "-passin",
        "pass:" + password,
        "-out",
        folder.resolve("recovered.pem").toString());
    Output read =
        openssl.run(
            "cms",
            "-decrypt",
            "-in",
            folder.resolve("letter.cms").toString(),
            "-inkey",
            folder.resolve("recovered.pem").toString());
    openssl.sees("the old letter", () -> assertThat(read.text()).contains("Nur für Sie"));
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

  /** Some who work where they do and have no office. */
  private static List<Person> colleagues(Person officer, int count) {
    Cast cast = SampleDistrict.cast();
    List<SamplePerson> others = List.of(cast.foreignOfficer(), cast.withoutMail(), cast.disabled());
    return SampleDistrict.people().stream()
        .filter(one -> one.home().domain().equals(officer.tenant()))
        .filter(one -> one.enabled() && one.second().isEmpty() && !others.contains(one))
        .limit(count)
        .map(StoryPeerTest::visitor)
        .toList();
  }

  /** Another one in the same town hall; all people of the demo have the same password. */
  private static Person secondApplicant() {
    return visitor(SampleDistrict.cast().secondApplicant());
  }

  private static Person visitor(SamplePerson sample) {
    return new Person(
        "",
        sample.commonName(),
        sample.login(),
        person(DemoRole.STAFF).password(),
        sample.home().domain());
  }
}
