package de.kreissiegel.ra.pages;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.roster.Bookmark;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.DirectoryReport;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.MovableClock;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.ShownCertificates;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * An officer confirms somebody anew, and says that two entries of directories are one human, in a
 * browser over a real authority whose VPN certificates want people checked every month.
 */
@AgainstPeer(Peer.CHROMIUM)
@SpringBootTest(
    classes = {
      RaApplication.class,
      TestHouse.class,
      ShownCertificates.class,
      PersonPeerTest.Monthly.class
    },
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "management.server.port=-1",
      // Plain HTTP: no Secure cookie, hence not the name that insists on it.
      "server.servlet.session.cookie.name=session",
      "server.servlet.session.cookie.secure=false"
    })
class PersonPeerTest {
  private static final Duration TERM_AND_MORE = Duration.ofDays(40);

  @LocalServerPort int port;
  @Autowired MovableClock clock;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired LogIns logIns;
  @Autowired RegistrationDesk registration;
  @Autowired SubjectLifecycle lifecycle;

  /** The kinds of certificates of a district that checks people anew. */
  static class Monthly {
    @Bean
    @Primary
    ProfileCatalog monthly() throws Exception {
      Path folder = Files.createTempDirectory("profiles");
      for (String file : ProfileCatalog.bundledFiles()) {
        Files.writeString(
            folder.resolve(file),
            ProfileCatalog.bundledFile(file)
                + (file.equals("vpn-client.yaml") ? "registration:\n  reconfirm: P1M\n" : ""));
      }
      return ProfileCatalog.load(folder);
    }
  }

  @Test
  void whoWasCheckedTooLongAgoIsConfirmedAnew(PeerSession chromium) throws Exception {
    issued();
    logIns.certificate("auditor"); // as long as the vault believes officers by its list
    clock.forward(TERM_AND_MORE);
    try (var visitors = new HouseVisitors(chromium, port)) {
      Page officer = visitors.office("officer");
      visitors.go(officer, "/inbox");
      chromium.sees(
          "in the inbox that one person is due",
          () ->
              assertThat(officer.getByTestId("persons-link").textContent())
                  .isEqualTo("Personen: 1 neu zu bestätigen"));
      officer.getByTestId("persons-link").click();
      chromium.sees(
          "who it is, that they are overdue, and that no check was recorded",
          () ->
              assertThat(due(officer))
                  .contains("staff", "Stadt Haßfurt", "überfällig")
                  .contains("Zu bestätigen bis 22. Dezember 2026")
                  .contains("Zuletzt geprüft: nicht festgehalten"));
      officer.getByTestId("due-person").locator("summary").click();
      officer.locator("[name=check]").selectOption("identity-card");
      visitors.picture(officer, "persons-confirm");
      officer.getByTestId("confirm-person").click();
      officer.getByTestId("notice").waitFor();
      chromium.sees(
          "that it is recorded, and nobody due any more",
          () -> {
            assertThat(officer.getByTestId("notice").textContent())
                .contains("Die Prüfung ist festgehalten");
            assertThat(officer.getByTestId("due-person").count()).isZero();
          });
      Page auditor = visitors.office("auditor");
      visitors.go(auditor, "/audit");
      chromium.sees(
          "the auditor, who confirmed, and by what",
          () ->
              assertThat(auditor.locator("#page").textContent())
                  .contains("Person neu bestätigt")
                  .contains("identity-card"));

      clock.forward(TERM_AND_MORE);
      Page later = visitors.office("officer");
      visitors.go(later, "/persons");
      chromium.sees(
          "when the term is over, that they are due once more, and when they were checked",
          () ->
              assertThat(due(later))
                  .contains("staff", "überfällig", "Zuletzt geprüft: 1. Januar 2027"));
      visitors.isRefused(visitors.staff("staff"), "/persons", 403);
      visitors.assertQuiet();
    }
  }

  @Test
  void twoEntriesAreLinkedAndStandTogetherOnAnApplication(PeerSession chromium) throws Exception {
    Actor.Person twice = staff.employ("staff-works", Staff.HASSFURT);
    Subject entry = Staff.subject(staff.person("helper"));
    reads("district", entry);
    reads("works", withMail(Staff.subject(twice), entry.mail().orElseThrow()));
    CertificateRequest asked = registration.submit(twice, application(twice));
    try (var visitors = new HouseVisitors(chromium, port)) {
      Page officer = visitors.office("officer");
      visitors.go(officer, "/persons");
      chromium.sees(
          "two entries, why they look alike, and where each comes from",
          () ->
              assertThat(twins(officer))
                  .contains("helper", "staff-works", "Gleiche E-Mail-Adresse")
                  .contains("Verzeichnis district", "Verzeichnis works"));
      visitors.picture(officer, "persons-twins");
      officer.getByTestId("twin-other").click();
      officer.getByTestId("notice").waitFor();
      chromium.sees(
          "that they were said to be two",
          () -> assertThat(twins(officer)).contains("Zwei Personen, sagt officer"));
      visitors.go(officer, "/inbox/" + asked.id());
      chromium.sees(
          "nothing of another entry with the application",
          () ->
              assertThat(officer.locator("#page").textContent())
                  .doesNotContain("weiteren Eintrag"));

      visitors.go(officer, "/persons");
      officer.getByTestId("twin-same").click();
      officer.getByTestId("notice").waitFor();
      chromium.sees(
          "that it can be said anew",
          () -> assertThat(twins(officer)).contains("Dieselbe Person, sagt officer"));
      visitors.go(officer, "/inbox/" + asked.id());
      chromium.sees(
          "that the other entry's past stands with the application",
          () ->
              assertThat(officer.locator("#page").textContent())
                  .contains("Diese Person hat einen weiteren Eintrag in den Verzeichnissen"));

      Page elsewhere = visitors.office("officer-ebern");
      visitors.go(elsewhere, "/persons");
      chromium.sees(
          "an officer of another town, neither of them",
          () -> assertThat(elsewhere.getByTestId("twin").count()).isZero());
      visitors.assertQuiet();
    }
    registration.withdraw(twice, asked.id());
  }

  private static String due(Page page) {
    return text(page.getByTestId("due-person"));
  }

  private static String twins(Page page) {
    return text(page.getByTestId("twin"));
  }

  private static String text(Locator place) {
    return place.textContent().replaceAll("\\s+", " ");
  }

  /** A directory is read, as its adapter reports it. */
  private void reads(String directory, Subject seen) {
    lifecycle.take(
        new DirectoryName(directory),
        DirectoryReport.last(
            List.of(new Observation.Present(seen, false, Set.of())),
            new Bookmark(Bytes.of("1".getBytes(US_ASCII)))));
  }

  private static Subject withMail(Subject subject, String mail) {
    return new Subject(
        subject.id(),
        subject.kind(),
        subject.home(),
        subject.tenants(),
        subject.commonName(),
        subject.title(),
        subject.givenName(),
        subject.surname(),
        Optional.of(mail),
        subject.dnsName(),
        subject.login(),
        subject.enabled(),
        subject.directoryName(),
        subject.responsible());
  }

  private void issued() throws Exception {
    Actor.Person person = staff.person("staff");
    officers.approve(
        registration,
        staff.person("officer"),
        registration.submit(person, application(person)).id());
  }

  private static CertificateApplication application(Actor.Person person) {
    return new CertificateApplication(
        person.id(),
        Staff.HASSFURT,
        new ProfileName("vpn-client"),
        Certificates.certificationRequest(Certificates.newKey()),
        "");
  }
}
