package de.kreissiegel.ra.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import de.kreissiegel.ca.access.Duties;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.ShownCertificates;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * An officer and the help desk look at somebody's data, and the data protection officer sees that
 * they did, each in a browser of their own, over a real authority.
 */
@AgainstPeer(Peer.CHROMIUM)
@SpringBootTest(
    classes = {RaApplication.class, TestHouse.class, ShownCertificates.class},
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "management.server.port=-1",
      // A house of this story's own, in which nobody else has looked at anything.
      "story=reads",
      // Plain HTTP: no Secure cookie, hence not the name that insists on it.
      "server.servlet.session.cookie.name=session",
      "server.servlet.session.cookie.secure=false"
    })
class ReadsPeerTest {
  @LocalServerPort int port;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired RegistrationDesk registration;

  @Test
  void whoLookedAtWhoseDataIsSeenByTheDataProtectionOfficerAlone(PeerSession chromium)
      throws Exception {
    CertificateRequest.Issued issued = issued();
    String address = "/certificates/" + issued.authority() + "/" + issued.serial();
    employProtector();
    try (var visitors = new HouseVisitors(chromium, port)) {
      Page officer = visitors.office("officer");
      visitors.go(officer, "/certificates");
      officer.locator("a[href='" + address + "']").click();
      officer.getByTestId("serial").waitFor();
      Page helper = visitors.office("helper");
      visitors.go(helper, "/help-desk");
      helper.fill("#text", "sta");
      helper.getByTestId("search").click();
      helper.locator("tr:has-text('staff@stadt-hassfurt.example') a").click();
      helper.getByTestId("certificates").waitFor();
      Page own = visitors.staff("staff");
      visitors.go(own, address); // one's own isn't written down

      Page protector = visitors.office("protector");
      protector.getByTestId("nav-reads").click();
      chromium.sees(
          "in order of their names how often each looked",
          () ->
              assertThat(rows(protector.getByTestId("counts")))
                  .satisfiesExactly(
                      row -> assertThat(row).startsWith("helper 1 "),
                      row -> assertThat(row).startsWith("officer 1 "),
                      // This very page is a list of theirs.
                      row -> assertThat(row).startsWith("protector 0 ")));
      visitors.picture(protector, "reads-counts");
      asksAboutOnePerson(protector, chromium, issued);
      takesFilesAlong(protector, chromium, issued);
      seesTheirOwnLooks(visitors, protector, chromium);

      visitors.isRefused(helper, "/reads", 403);
      visitors.isRefused(visitors.office("auditor"), "/reads/list.csv", 403);
      visitors.assertQuiet();
    }
  }

  private static void asksAboutOnePerson(
      Page protector, PeerSession chromium, CertificateRequest.Issued issued) {
    protector.fill("#about", "staff@stadt-hassfurt.example");
    protector.fill("#reader", "officer");
    protector.getByTestId("search").click();
    Locator reads = protector.getByTestId("reads");
    chromium.sees(
        "the officer's look at this person's certificate, and when",
        () ->
            assertThat(rows(reads))
                .singleElement()
                .asString()
                .startsWith("22.11.2026")
                .contains("officer", "Zertifikat", "staff", "Stadt Haßfurt"));
    reads.locator("summary").click();
    chromium.sees(
        "which certificate it was",
        () ->
            assertThat(reads.locator("details p").first().textContent())
                .isEqualTo("certificate:" + issued.authority() + "/" + issued.serial()));
    protector.fill("#to", "2026-11-21");
    protector.getByTestId("search").click();
    chromium.sees("nobody on the days before", () -> assertThat(reads.count()).isZero());
  }

  private static void takesFilesAlong(
      Page protector, PeerSession chromium, CertificateRequest.Issued issued) throws IOException {
    protector.fill("#to", "2026-11-22");
    protector.fill("#reader", "");
    protector.getByTestId("search").click();
    List<String> looks = file(protector, "list-csv");
    chromium.sees(
        "each look at this person in a file, the officer's and the help desk's",
        () ->
            assertThat(looks)
                .anyMatch(
                    line -> line.contains("officer") && line.contains(issued.serial().toHex()))
                .anyMatch(line -> line.contains("helper"))
                .noneMatch(line -> line.contains("protector")));
    List<String> readers = file(protector, "counts-csv");
    chromium.sees(
        "one line for each of the two in the other",
        () ->
            assertThat(readers.stream().skip(1))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("helper") || line.startsWith("\"helper"))
                .anyMatch(line -> line.startsWith("officer") || line.startsWith("\"officer")));
  }

  private static void seesTheirOwnLooks(
      HouseVisitors visitors, Page protector, PeerSession chromium) {
    visitors.go(protector, "/reads?reader=protector");
    chromium.sees(
        "their own looks at this very page",
        () ->
            assertThat(rows(protector.getByTestId("reads")))
                .isNotEmpty()
                .allMatch(row -> row.contains("Liste: Zugriffe")));
  }

  private static List<String> file(Page page, String link) throws IOException {
    var file = page.waitForDownload(() -> page.getByTestId(link).click());
    return Files.readAllLines(file.path());
  }

  private static List<String> rows(Locator table) {
    return table.locator("tbody tr").allTextContents().stream()
        .map(row -> row.replaceAll("\\s+", " ").strip())
        .toList();
  }

  /** Somebody more, with the one office that reads this. */
  private void employProtector() {
    staff.employ("protector", Staff.HASSFURT);
    staff.change(
        "protector",
        person ->
            person.entrustedWith(
                new Duties(
                    Set.of(), Set.of(), Set.of(), Set.of(Staff.HASSFURT), Set.of(), Set.of())));
  }

  private CertificateRequest.Issued issued() throws Exception {
    return officers.vpn(registration, staff.person("staff"), staff.person("officer"));
  }
}
