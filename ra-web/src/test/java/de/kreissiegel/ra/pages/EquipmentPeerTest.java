package de.kreissiegel.ra.pages;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.roster.Bookmark;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.DirectoryReport;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.ShownCertificates;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Cards and tokens go out, come back, get lost and stay with somebody who left, in a browser over a
 * real authority.
 */
@AgainstPeer(Peer.CHROMIUM)
@SpringBootTest(
    classes = {RaApplication.class, TestHouse.class, ShownCertificates.class},
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "management.server.port=-1",
      // A house of this story's own: one whom it knows leaves.
      "story=equipment",
      // Plain HTTP: no Secure cookie, hence not the name that insists on it.
      "server.servlet.session.cookie.name=session",
      "server.servlet.session.cookie.secure=false"
    })
class EquipmentPeerTest {
  @LocalServerPort int port;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired RegistrationDesk registration;
  @Autowired CertificateInventory inventory;
  @Autowired SubjectLifecycle lifecycle;

  @Test
  void aCardIsHandedOutAndLostAndATokenComesBack(PeerSession chromium) throws Exception {
    CertificateRequest.Issued issued = issued("staff");
    staff.employ("leaver", Staff.HASSFURT);
    try (var visitors = new HouseVisitors(chromium, port)) {
      Page officer = visitors.office("officer");
      visitors.go(officer, "/certificates");
      officer.getByTestId("to-equipment").click();
      goesOut(visitors, officer, chromium);
      isOutOnce(officer, chromium);
      handOut(officer, "leaver", "TOKEN", "T-77", "");
      handOut(officer, "helper", "SECURITY_KEY", "SK 5521", "");

      comesBack(officer, chromium);
      leaves("leaver");
      hasToComeBack(visitors, officer, chromium);
      isLost(visitors, officer, chromium, issued);
      isInTheFile(officer, chromium);
      isSeenByAnAuditorAlone(visitors, chromium);
      visitors.assertQuiet();
    }
  }

  private void goesOut(HouseVisitors visitors, Page officer, PeerSession chromium) {
    officer.getByTestId("new-equipment").click();
    officer.fill("#who", "staff");
    officer.getByTestId("choose").click();
    officer.getByTestId("choose").click(); // the only one is chosen already
    officer.selectOption("#kind", "CARD");
    officer.fill("#serial", "0049-7731");
    officer.getByLabel("VPN für das Home-Office").check();
    officer.fill("#note", "mit Hülle");
    visitors.picture(officer, "equipment-hand-out");
    officer.getByTestId("hand-out").click();
    chromium.sees(
        "what went to whom, when and by whom, and what is on it",
        () -> {
          assertThat(officer.getByTestId("notice").textContent()).contains("Ausgegeben an staff");
          assertThat(text(card(officer, "0049-7731")))
              .contains("Karte 0049-7731", "staff, Stadt Haßfurt", "ausgegeben")
              .contains("Ausgegeben am 22.11.2026", "von officer", "mit Hülle")
              .contains("Zertifikat darauf (1)");
        });
  }

  private static void isOutOnce(Page officer, PeerSession chromium) {
    handOut(officer, "helper", "CARD", "0049-7731", "zweite Karte");
    chromium.sees(
        "that this one is out already, and what was typed",
        () -> {
          assertThat(officer.getByTestId("refusal-code").textContent()).isEqualTo("duplicate");
          assertThat(officer.inputValue("#serial")).isEqualTo("0049-7731");
          assertThat(officer.inputValue("#note")).isEqualTo("zweite Karte");
        });
    officer.locator(".crumb a").click();
  }

  private static void comesBack(Page officer, PeerSession chromium) {
    Locator key = card(officer, "SK 5521");
    key.locator("summary").click();
    key.locator("input[name=note]").fill("Umzug ins Bauamt");
    key.getByTestId("step-returned").click();
    chromium.sees(
        "that it came back, and that it isn't among what is out",
        () -> {
          assertThat(officer.getByTestId("notice").textContent())
              .contains("Zurückgenommen: SK 5521");
          assertThat(card(officer, "SK 5521").count()).isZero();
        });
    show(officer, "all");
    chromium.sees(
        "among all of it when it came back, to whom, and why",
        () ->
            assertThat(text(card(officer, "SK 5521")))
                .contains("zurückgegeben", "Zurückgenommen am 22.11.2026")
                .contains("von officer: Umzug ins Bauamt"));
  }

  private static void hasToComeBack(HouseVisitors visitors, Page officer, PeerSession chromium) {
    visitors.go(officer, "/equipment");
    chromium.sees(
        "above the list that one thing has to come back",
        () ->
            assertThat(officer.locator("#page").textContent())
                .contains("Eine Sache ist zurückzugeben"));
    show(officer, "due");
    chromium.sees(
        "that it is the token of who left",
        () ->
            assertThat(officer.getByTestId("equipment").locator("h3").allTextContents())
                .singleElement()
                .isEqualTo("Token T-77"));
    visitors.picture(officer, "equipment-due");
  }

  private void isLost(
      HouseVisitors visitors, Page officer, PeerSession chromium, CertificateRequest.Issued issued)
      throws Exception {
    visitors.go(officer, "/equipment");
    Locator card = card(officer, "0049-7731");
    card.locator("summary").click();
    chromium.sees(
        "that its certificate is held with it, unless the officer says otherwise",
        () -> assertThat(card.locator("input[name=hold]").isChecked()).isTrue());
    card.getByTestId("step-lost").click();
    chromium.sees(
        "that it has to say how it was lost",
        () ->
            assertThat(officer.getByTestId("refusal-code").textContent())
                .isEqualTo("reason-missing"));

    card.locator("summary").click();
    card.locator("input[name=note]").fill("im Zug liegen gelassen");
    card.getByTestId("step-lost").click();
    chromium.sees(
        "that it is lost and the certificate on it held",
        () ->
            assertThat(officer.getByTestId("notice").textContent())
                .contains("Als verloren festgehalten: 0049-7731")
                .contains("Das Zertifikat darauf ist vorläufig gesperrt"));
    show(officer, "all");
    card(officer, "0049-7731").getByText("Zertifikat darauf").click();
    chromium.sees(
        "the same on the certificate's page",
        () ->
            assertThat(officer.getByTestId("state").textContent()).contains("vorläufig gesperrt"));
    assertThat(inventory.view(staff.person("staff"), issued.authority(), issued.serial()).status())
        .isInstanceOf(CertificateStatus.OnHold.class);
    visitors.go(officer, "/equipment?show=all");
  }

  private static void isInTheFile(Page officer, PeerSession chromium) throws Exception {
    var file = officer.waitForDownload(() -> officer.getByTestId("csv").click());
    List<String> lines = Files.readAllLines(file.path());
    chromium.sees(
        "all three in the file, each as it stands",
        () ->
            assertThat(lines)
                .hasSize(4)
                .anyMatch(line -> line.contains("0049-7731") && line.contains("verloren"))
                .anyMatch(line -> line.contains("SK 5521") && line.contains("Umzug ins Bauamt"))
                .anyMatch(line -> line.contains("T-77") && line.contains("zurückzugeben")));
  }

  private static void isSeenByAnAuditorAlone(HouseVisitors visitors, PeerSession chromium) {
    Page auditor = visitors.office("auditor");
    visitors.go(auditor, "/equipment?show=all");
    chromium.sees(
        "the auditor, all of it and nothing to do about it",
        () -> {
          assertThat(auditor.getByTestId("equipment").locator("h3").count()).isEqualTo(3);
          assertThat(auditor.getByTestId("equipment").locator("form").count()).isZero();
          assertThat(auditor.getByTestId("new-equipment").count()).isZero();
        });
    Page elsewhere = visitors.office("officer-ebern");
    visitors.go(elsewhere, "/equipment?show=all");
    chromium.sees(
        "an officer of another town, none of it",
        () -> assertThat(elsewhere.getByTestId("equipment").count()).isZero());
    visitors.isRefused(visitors.staff("staff"), "/equipment", 403);
  }

  private static void handOut(Page officer, String who, String kind, String serial, String note) {
    officer.getByTestId("new-equipment").click();
    officer.fill("#who", who);
    officer.getByTestId("choose").click();
    officer.getByTestId("choose").click();
    officer.selectOption("#kind", kind);
    officer.fill("#serial", serial);
    officer.fill("#note", note);
    officer.getByTestId("hand-out").click();
    officer.getByTestId("notice").waitFor();
  }

  private static void show(Page officer, String which) {
    officer.selectOption("#show", which);
    officer.getByTestId("filter").click();
    officer.waitForURL("**show=" + which + "*");
  }

  private static Locator card(Page page, String serial) {
    return page.getByTestId("equipment")
        .locator("> li")
        .filter(new Locator.FilterOptions().setHasText(serial));
  }

  private static String text(Locator place) {
    return place.textContent().replaceAll("\\s+", " ");
  }

  /** The directory is read as a whole, and then once more when it names them no more. */
  private void leaves(String login) {
    Actor.Person leaver = staff.person(login);
    report(
        "1",
        Stream.of("staff", "helper", "officer", "auditor", login)
            .map(staff::person)
            .map(Staff::subject)
            .<Observation>map(one -> new Observation.Present(one, false, Set.of()))
            .toList());
    staff.disable(login);
    report("2", List.of(new Observation.Gone(leaver.id(), "entry deleted")));
  }

  private void report(String bookmark, List<Observation> seen) {
    lifecycle.take(
        new DirectoryName("district"),
        DirectoryReport.last(seen, new Bookmark(Bytes.of(bookmark.getBytes(US_ASCII)))));
  }

  private CertificateRequest.Issued issued(String login) throws Exception {
    return officers.vpn(registration, staff.person(login), staff.person("officer"));
  }
}
