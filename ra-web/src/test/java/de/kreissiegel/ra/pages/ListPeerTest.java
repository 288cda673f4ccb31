package de.kreissiegel.ra.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import de.kreissiegel.ca.bulk.BulkWorker;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.ShownCertificates;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * An officer asks many people at once for an application, from a file and from a group of the
 * directory, in a browser over a real authority. The job that works at lists goes on when the test
 * says so, as if a second had passed.
 */
@AgainstPeer(Peer.CHROMIUM)
@SpringBootTest(
    classes = {RaApplication.class, TestHouse.class, ShownCertificates.class},
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "management.server.port=-1",
      // A house of this story's own: its directory has many more people.
      "story=lists",
      // Plain HTTP: no Secure cookie, hence not the name that insists on it.
      "server.servlet.session.cookie.name=session",
      "server.servlet.session.cookie.secure=false"
    })
class ListPeerTest {
  private static final ProfileName VPN = new ProfileName("vpn-client");

  /** More than the job does at a time, so that a list is seen half done. */
  private static final int MANY = 260;

  @LocalServerPort int port;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired RegistrationDesk registration;
  @Autowired BulkWorker worker;

  @BeforeEach
  void employ() {
    IntStream.rangeClosed(1, MANY).mapToObj(ListPeerTest::login).forEach(this::employ);
    List.of("bauhof-1", "bauhof-2").forEach(this::employ);
    staff.group("Bauhof", "bauhof-1", "bauhof-2", "officer-ebern");
    staff.group("Bauamt", login(1));
  }

  private void employ(String login) {
    staff.employ(login, Staff.HASSFURT);
  }

  @Test
  void aListIsLookedThroughRunPausedAndReported(PeerSession chromium) throws Exception {
    hasOneAlready();
    try (var visitors = new HouseVisitors(chromium, port)) {
      Page officer = visitors.office("officer");
      visitors.go(officer, "/inbox");
      officer.getByTestId("to-bulk").click();
      bring(officer, "name;password\nx;y\n");
      chromium.sees(
          "which line of a file is wrong that is no list",
          () ->
              assertThat(officer.getByTestId("notice").textContent())
                  .contains("line 1: no such column, or twice: name"));

      bring(officer, list());
      officer.waitForURL("**/bulk/*");
      chromium.sees(
          "that it is being checked, but for two lines that show by themselves what is wrong",
          () -> {
            assertThat(progress(officer)).isEqualTo("2 von " + (MANY + 6));
            assertThat(officer.locator("#page").textContent()).contains("Noch geschieht nichts");
            assertThat(officer.getByTestId("start").count()).isZero();
          });
      worker.work();
      worker.work();
      officer.getByText("Stand neu laden").click();
      looksThrough(visitors, officer, chromium);
      isPausedAndGoesOn(officer, chromium);
      isReported(officer, chromium);
      isNotTakenTwice(visitors, officer, chromium);

      Page asked = visitors.staff(login(1));
      chromium.sees(
          "on their own page, that they are asked for it",
          () ->
              assertThat(
                      asked
                          .locator(".card:has([data-testid=apply-vpn-client])")
                          .first()
                          .innerHTML())
                  .contains("data-testid=\"offer-because\""));
      visitors.isRefused(asked, "/bulk", 403);
      visitors.assertQuiet();
    }
  }

  private void looksThrough(HouseVisitors visitors, Page officer, PeerSession chromium) {
    chromium.sees(
        "how many can be asked and how many lines are wrong",
        () ->
            assertThat(officer.getByTestId("counts").textContent())
                .contains(MANY + " möglich", "6 fehlerhaft"));
    officer.getByText("Nur Fehler zeigen").click();
    chromium.sees(
        "of each wrong line its number, what stands there, and why",
        () ->
            assertThat(lines(officer))
                .satisfiesExactly(
                    line ->
                        assertThat(line)
                            .startsWith("1 staff")
                            .contains("Schon vorhanden", "has one already"),
                    line ->
                        assertThat(line)
                            .startsWith("2 niemand@stadt-hassfurt.example")
                            .contains("In Ihren Verwaltungen niemand oder mehrere"),
                    line ->
                        assertThat(line)
                            .startsWith("3 stranger")
                            .contains("nobody of that name")
                            .doesNotContain("Erika"),
                    line -> assertThat(line).startsWith("4 =cmd|calc").contains("nobody of that"),
                    line -> assertThat(line).startsWith("5 zu viel").contains("3 fields"),
                    line ->
                        assertThat(line)
                            .startsWith((MANY + 6) + " " + login(1))
                            .contains("Schon vorhanden", "it stands in the list twice")));
    visitors.picture(officer, "list-faults");
    officer.getByText("Alle Zeilen zeigen").click();
    chromium.sees("the first hundred", () -> assertThat(lines(officer)).hasSize(100));
    officer.locator("nav.pages a[rel=next]").click();
    chromium.sees(
        "and the next",
        () -> assertThat(lines(officer)).hasSize(100).first().asString().startsWith("101 "));
    officer.goBack();
  }

  private void isPausedAndGoesOn(Page officer, PeerSession chromium) {
    chromium.sees(
        "how many it would be",
        () ->
            assertThat(officer.getByTestId("start").textContent().strip())
                .isEqualTo(MANY + " Zeilen ausführen"));
    officer.getByTestId("start").click();
    officer.getByTestId("pause").waitFor();
    worker.work();
    officer.getByText("Stand neu laden").click();
    chromium.sees(
        "that it is half done", () -> assertThat(progress(officer)).isEqualTo("250 von " + MANY));

    officer.getByTestId("pause").click();
    officer.getByTestId("start").waitFor();
    worker.work();
    officer.reload();
    chromium.sees(
        "that nothing happens while it is paused",
        () -> {
          assertThat(progress(officer)).isEqualTo("250 von " + MANY);
          assertThat(officer.getByTestId("start").textContent().strip())
              .isEqualTo("Mit 10 Zeilen weitermachen");
        });

    officer.getByTestId("start").click();
    officer.getByTestId("pause").waitFor();
    worker.work();
    officer.getByText("Stand neu laden").click();
    chromium.sees(
        "that it is done, and nothing more to do with it",
        () -> {
          assertThat(progress(officer)).isEqualTo(MANY + " von " + MANY);
          assertThat(officer.locator("#page").textContent()).contains("der Bericht nennt jede");
          assertThat(officer.getByTestId("start").count()).isZero();
          assertThat(officer.getByTestId("cancel").count()).isZero();
        });
  }

  private static void isReported(Page officer, PeerSession chromium) throws Exception {
    var file = officer.waitForDownload(() -> officer.getByTestId("report").click());
    List<String> report = Files.readAllLines(file.path());
    chromium.sees(
        "each line in the report, and no formula",
        () ->
            assertThat(report)
                .hasSize(1 + MANY + 6)
                .anyMatch(line -> line.contains(login(MANY)) && line.contains("erledigt"))
                .anyMatch(line -> line.contains("'=cmd|calc") && line.contains("fehlerhaft"))
                .anyMatch(line -> line.contains("has one already")));
  }

  private static void isNotTakenTwice(HouseVisitors visitors, Page officer, PeerSession chromium) {
    visitors.go(officer, "/bulk");
    bring(officer, list());
    chromium.sees(
        "that the same list was brought before, and a box to tick if it is meant",
        () -> {
          assertThat(officer.getByTestId("refusal-code").textContent()).isEqualTo("same-list");
          assertThat(officer.locator("#again").isVisible()).isTrue();
          assertThat(officer.getByTestId("jobs").locator("td").allTextContents())
              .containsOnlyOnce(String.valueOf(MANY + 6));
        });
  }

  @Test
  void aGroupOfTheDirectoryIsAskedAtOnce(PeerSession chromium) {
    try (var visitors = new HouseVisitors(chromium, port)) {
      Page officer = visitors.office("officer");
      visitors.go(officer, "/bulk");
      officer.fill("#group", "Bau");
      officer.getByTestId("find-group").click();
      officer.getByLabel("Bauhof").check();
      officer.selectOption("#group-profile", VPN.value());
      visitors.picture(officer, "list-group");
      officer.getByTestId("take-group").click();
      officer.waitForURL("**/bulk/*");
      worker.work();
      officer.reload();
      chromium.sees(
          "those of the group who work for the town, and nobody else",
          () ->
              assertThat(officer.getByTestId("rows").locator("tbody tr").allTextContents())
                  .hasSize(2)
                  .allMatch(line -> line.contains("möglich"))
                  .anyMatch(line -> line.contains("bauhof-1"))
                  .anyMatch(line -> line.contains("bauhof-2")));
      officer.getByTestId("start").click();
      officer.getByTestId("pause").waitFor();
      worker.work();
      officer.reload();
      chromium.sees("both done", () -> assertThat(progress(officer)).isEqualTo("2 von 2"));
      visitors.assertQuiet();
    }
  }

  private static void bring(Page officer, String text) {
    officer.selectOption("#profile", VPN.value());
    officer.setInputFiles("#list", new FilePayload("liste.csv", "text/csv", text.getBytes(UTF_8)));
    officer.getByTestId("take").click();
  }

  /** Five lines that are wrong, many that aren't, and one that was there before. */
  private static String list() {
    return """
        wer;verwaltung
        staff;
        niemand@stadt-hassfurt.example;
        stranger;stadt-ebern.example
        =cmd|calc;
        zu viel;;mehr
        """
        + IntStream.rangeClosed(1, MANY)
            .mapToObj(n -> login(n) + ";\n")
            .collect(Collectors.joining())
        + login(1)
        + ";\n";
  }

  private static String login(int number) {
    return "person-%03d".formatted(number);
  }

  private static String progress(Page page) {
    return page.getByTestId("progress").textContent();
  }

  /** The rows of the table, each in one line. */
  private static List<String> lines(Page page) {
    Locator rows = page.getByTestId("rows").locator("tbody tr");
    return rows.allTextContents().stream()
        .map(line -> line.replaceAll("\\s+", " ").strip())
        .toList();
  }

  private void hasOneAlready() throws Exception {
    var person = staff.person("staff");
    var application =
        new CertificateApplication(
            person.id(),
            Staff.HASSFURT,
            VPN,
            Certificates.certificationRequest(Certificates.newKey()),
            "");
    officers.approve(
        registration, staff.person("officer"), registration.submit(person, application).id());
  }
}
