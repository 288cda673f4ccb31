package de.kreissiegel.ra.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.ShownCertificates;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.launcher.TypedCommand;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The directory is down and a certificate has to be revoked: two envelopes are opened. Codes are
 * made by the command at the server's console; a browser opens by them, over a real authority.
 */
@AgainstPeer(Peer.CHROMIUM)
@SpringBootTest(
    classes = {
      RaApplication.class,
      TestHouse.class,
      ShownCertificates.class,
      EmergencyPeerTest.Today.class
    },
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "management.server.port=-1",
      // A house of this story's own: its directory goes away.
      "story=emergency",
      // Plain HTTP: no Secure cookie, hence not the name that insists on it.
      "server.servlet.session.cookie.name=session",
      "server.servlet.session.cookie.secure=false"
    })
class EmergencyPeerTest {
  private static final Pattern CODE = Pattern.compile("([2-9A-HJ-NP-Z]{5}-){5}[2-9A-HJ-NP-Z]{5}");

  @TempDir Path folder;
  @LocalServerPort int port;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired RegistrationDesk registration;
  @Autowired CertificateInventory inventory;
  @Autowired EmbeddedPostgres postgres;

  /** The command goes by the clock on the wall, so the house does, too. */
  static class Today {
    @Bean
    @Primary
    Clock wall() {
      return Clock.systemUTC();
    }
  }

  @BeforeEach
  void configure() throws Exception {
    Files.writeString(folder.resolve("password"), "none is asked for\n");
    Files.writeString(
        folder.resolve("kreissiegel.yaml"),
        """
        kreissiegel:
          database: {url: "%s", user: postgres, password-file: %s}
        """
            .formatted(postgres.getJdbcUrl("postgres", "postgres"), folder.resolve("password")));
  }

  @Test
  void oneCodeLetsInToLookAndOpensOnce(PeerSession chromium) throws Exception {
    CertificateRequest.Issued issued = issued();
    String code = code("Anna Groß", "review");
    try (var visitors = new HouseVisitors(chromium, port)) {
      Page anna = visitors.anybody();
      visitors.go(anna, "/login/emergency");
      chromium.sees(
          "beforehand that each use is written down and reported",
          () ->
              assertThat(anna.locator("#page").textContent())
                  .contains("Jede Benutzung wird protokolliert und der Leitung gemeldet"));
      open(anna, code.substring(0, code.length() - 1) + (code.endsWith("A") ? "B" : "A"), "");
      visitors.picture(anna, "emergency-mistyped");
      isRefused(anna, chromium);

      open(anna, code, "");
      anna.waitForURL("**/certificates");
      visitors.picture(anna, "emergency-open");
      chromium.sees(
          "on the page whose envelope it was, and that it is reported",
          () -> {
            assertThat(anna.getByTestId("visitor").textContent()).contains("Anna Groß");
            assertThat(anna.getByTestId("emergency").textContent())
                .contains("mit einem Notfallcode angemeldet")
                .contains("Das ist der Leitung gemeldet und endet nach einer Stunde");
          });
      visitors.go(anna, address(issued));
      chromium.sees(
          "a certificate, and nothing to revoke it by",
          () -> {
            assertThat(anna.getByTestId("serial").textContent()).isEqualTo(issued.serial().toHex());
            assertThat(anna.getByTestId("revoke").count()).isZero();
            assertThat(anna.getByTestId("emergency").isVisible()).isTrue();
          });
      visitors.isRefused(anna, "/inbox", 403);

      Page again = visitors.anybody();
      visitors.go(again, "/login/emergency");
      open(again, code, "");
      isRefused(again, chromium);
      visitors.assertQuiet();
    }
    isAnAlarmUntilSomebodyElseHasLooked("Anna Groß");
  }

  @Test
  void twoCodesRevokeWithTheDirectoryDownAndAnAuditorSeesIt(PeerSession chromium) throws Exception {
    CertificateRequest.Issued issued = issued();
    String anna = code("Anna Groß", "protect");
    String bert = code("Bert Klein", "protect");
    try (var visitors = new HouseVisitors(chromium, port)) {
      staff.goAway();
      Page both = visitors.anybody();
      visitors.go(both, "/login/emergency");
      open(both, anna, "");
      isRefused(both, chromium); // one alone protects nothing, and isn't used up by it
      open(both, anna, bert);
      both.waitForURL("**/certificates");
      visitors.go(both, address(issued));
      both.check("#reason-keyCompromise");
      both.fill("#revoke-note", "Laptop gestohlen, das Verzeichnis steht.");
      visitors.picture(both, "emergency-revoke");
      both.getByTestId("revoke").click();
      both.getByTestId("notice").waitFor();
      chromium.sees(
          "that it is revoked",
          () -> assertThat(both.getByTestId("state").textContent().strip()).isEqualTo("gesperrt"));

      staff.reset();
      assertThat(
              inventory.view(staff.person("staff"), issued.authority(), issued.serial()).status())
          .isInstanceOf(CertificateStatus.Revoked.class);
      Page auditor = visitors.office("auditor");
      visitors.go(auditor, address(issued));
      chromium.sees(
          "the auditor, in the certificate's history, who it was",
          () ->
              assertThat(auditor.locator("[aria-labelledby=history]").textContent())
                  .contains("Anna Groß, Bert Klein")
                  .contains("Laptop gestohlen, das Verzeichnis steht."));
      visitors.go(auditor, "/audit");
      chromium.sees(
          "and in the trail the alarm that the log-in was",
          () ->
              assertThat(auditor.locator("#page").textContent())
                  .contains("Notfallzugang benutzt (Alarm)"));
      visitors.assertQuiet();
    }
    isAnAlarmUntilSomebodyElseHasLooked("Anna Groß");
    isAnAlarmUntilSomebodyElseHasLooked("Bert Klein");
  }

  private static void open(Page page, String first, String second) {
    page.fill("#first", first);
    page.fill("#second", second);
    page.getByTestId("emergency-login").click();
    page.waitForLoadState();
  }

  private static void isRefused(Page page, PeerSession chromium) {
    chromium.sees(
        "that this opens nothing, and nobody is logged in",
        () -> {
          assertThat(page.getByTestId("emergency-error").textContent())
              .contains("Diese Codes öffnen nichts")
              .contains("schon benutzt");
          assertThat(page.getByTestId("visitor").count()).isZero();
        });
  }

  /** As operators see it: the list ends with 1 as long as a use isn't looked into. */
  private void isAnAlarmUntilSomebodyElseHasLooked(String holder) {
    TypedCommand before = command("list");
    assertThat(before.exitCode()).as(before.words()).isOne();
    String line =
        before
            .words()
            .lines()
            .filter(one -> one.contains(holder) && one.contains("USED "))
            .findFirst()
            .orElseThrow(() -> new AssertionError(before.words()));
    assertThat(line).contains("nobody has looked into it");
    String number = line.substring(0, line.indexOf(' '));
    assertThat(command("acknowledge", "--number", number, "--by", holder).exitCode()).isNotZero();
    assertThat(command("acknowledge", "--number", number, "--by", "Ida Imhof").exitCode()).isZero();
    assertThat(command("list").words()).doesNotContain(line);
  }

  /** A code as the command prints it for an envelope. */
  private String code(String holder, String office) {
    TypedCommand made =
        command(
            "make",
            "--holder",
            holder,
            "--office",
            office,
            "--tenant",
            Staff.HASSFURT.value(),
            "--by",
            "Olga Otto");
    assertThat(made.exitCode()).as(made.words()).isZero();
    var code = CODE.matcher(made.words());
    assertThat(code.find()).as(made.words()).isTrue();
    return code.group();
  }

  private TypedCommand command(String... words) {
    List<String> all = new ArrayList<>(List.of("break-glass"));
    Collections.addAll(all, words);
    all.addAll(List.of("--config", folder.resolve("kreissiegel.yaml").toString()));
    return TypedCommand.run(all.toArray(String[]::new));
  }

  private static String address(CertificateRequest.Issued issued) {
    return "/certificates/" + issued.authority() + "/" + issued.serial();
  }

  private CertificateRequest.Issued issued() throws Exception {
    return officers.vpn(registration, staff.person("staff"), staff.person("officer"));
  }
}
