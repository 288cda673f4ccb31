package de.kreissiegel.ra.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.ShownCertificates;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * A laptop isn't to be found, turns up again, and is stolen in the end, as its holder, an officer
 * and an auditor live it in browsers of their own, over a real authority.
 */
@AgainstPeer(Peer.CHROMIUM)
@SpringBootTest(
    classes = {RaApplication.class, TestHouse.class, ShownCertificates.class},
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "management.server.port=-1",
      // A house of this story's own: a certificate on hold keeps its holder from getting others.
      "story=lost-device",
      // Plain HTTP: no Secure cookie, hence not the name that insists on it.
      "server.servlet.session.cookie.name=session",
      "server.servlet.session.cookie.secure=false"
    })
class LostDevicePeerTest {
  private static final String COUNT =
      """
      for (const [event, name] of [['click', 'clicks'], ['keydown', 'keys']]) {
        addEventListener(event, ({ isTrusted }) => {
          if (isTrusted) sessionStorage.setItem(name, 1 + Number(sessionStorage.getItem(name)));
        }, true);
      }
      """;

  @LocalServerPort int port;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired RegistrationDesk registration;
  @Autowired CertificateInventory inventory;

  @Test
  void aLostLaptopIsHeldByTwoClicksComesBackAndIsRevokedWhenItIsStolen(PeerSession chromium)
      throws Exception {
    CertificateRequest.Issued issued = issued();
    String address = "/certificates/" + issued.authority() + "/" + issued.serial();
    try (var visitors = new HouseVisitors(chromium, port)) {
      Page holder = visitors.staff("staff");
      isHeldByTwoClicks(visitors, holder, chromium, issued);
      isReleasedByAnOfficer(visitors, address, chromium, issued);
      holder.reload();
      chromium.sees(
          "the holder, that it is good again, and can be held again",
          () -> {
            assertThat(state(holder)).isEqualTo("gültig");
            assertThat(holder.getByTestId("hold-now").count()).isOne();
          });
      isRevokedForGood(visitors, holder, address, chromium, issued);

      Page stranger = visitors.staff("stranger");
      visitors.isRefused(stranger, address, 404);
      Page auditor = visitors.office("auditor");
      visitors.go(auditor, address);
      chromium.sees(
          "the auditor, each step, who took it, and the officer's words",
          () ->
              assertThat(auditor.locator("[aria-labelledby=history] li").allTextContents())
                  .map(line -> line.replaceAll("\\s+", " "))
                  .satisfies(
                      lines ->
                          assertThat(String.join("\n", lines))
                              .containsSubsequence(
                                  "Zertifikat vorläufig gesperrt, staff",
                                  "Sperre aufgehoben, officer",
                                  "Lag im Bauhof",
                                  "Zertifikat gesperrt, staff",
                                  "Im Zug gestohlen")));
      visitors.assertQuiet();
    }
  }

  /** On the phone, since the laptop isn't there. */
  private void isHeldByTwoClicks(
      HouseVisitors visitors, Page holder, PeerSession chromium, CertificateRequest.Issued issued)
      throws Exception {
    holder.setViewportSize(390, 844);
    holder.context().addInitScript(COUNT);
    visitors.go(holder, "/");
    holder.getByTestId("certificates").getByText("VPN für das Home-Office").click();
    holder.getByTestId("hold-now").click();
    holder.getByTestId("notice").waitFor();
    chromium.sees(
        "two clicks, and no text typed",
        () -> {
          assertThat(holder.evaluate("sessionStorage.getItem('clicks')")).isEqualTo("2");
          assertThat(holder.evaluate("sessionStorage.getItem('keys')")).isNull();
        });
    chromium.sees(
        "that it is held, what that means, and nothing to release it by",
        () -> {
          assertThat(holder.getByTestId("notice").textContent())
              .contains("Zertifikat vorläufig gesperrt")
              .contains("Die Registrierungsstelle kann die Sperre aufheben");
          assertThat(state(holder)).isEqualTo("vorläufig gesperrt");
          assertThat(holder.getByTestId("hold-now").count()).isZero();
          assertThat(holder.getByTestId("release").count()).isZero();
        });
    visitors.picture(holder, "lost-held");
    assertThat(status(issued)).isInstanceOf(CertificateStatus.OnHold.class);
  }

  private void isReleasedByAnOfficer(
      HouseVisitors visitors,
      String address,
      PeerSession chromium,
      CertificateRequest.Issued issued)
      throws Exception {
    Page officer = visitors.office("officer");
    visitors.go(officer, "/certificates");
    officer.locator("a[href='" + address + "']").click();
    officer.fill("#release-note", "Lag im Bauhof, Frau Staff hat angerufen.");
    officer.getByTestId("release").click();
    officer.getByTestId("notice").waitFor();
    chromium.sees(
        "the officer, that it is good, and no short way to hold what isn't theirs",
        () -> {
          assertThat(officer.getByTestId("notice").textContent()).contains("Sperre aufgehoben");
          assertThat(state(officer)).isEqualTo("gültig");
          assertThat(officer.getByTestId("hold-now").count()).isZero();
        });
    assertThat(status(issued)).isInstanceOf(CertificateStatus.Good.class);
    officer.context().close();
  }

  private void isRevokedForGood(
      HouseVisitors visitors,
      Page holder,
      String address,
      PeerSession chromium,
      CertificateRequest.Issued issued)
      throws Exception {
    visitors.picture(holder, "lost-before");
    holder.getByText("Gerät oder Schlüssel ist verloren, gestohlen").click();
    holder.fill("#revoke-note", "Im Zug gestohlen.");
    holder.getByTestId("revoke").click();
    holder.getByTestId("notice").waitFor();
    chromium.sees(
        "that it is revoked for good, and nothing more to do",
        () -> {
          assertThat(state(holder)).isEqualTo("gesperrt");
          assertThat(holder.getByTestId("revoke").count()).isZero();
          assertThat(holder.getByTestId("hold-now").count()).isZero();
        });
    assertThat(status(issued))
        .isInstanceOfSatisfying(
            CertificateStatus.Revoked.class,
            revoked -> assertThat(revoked.reason()).isEqualTo(RevocationReason.KEY_COMPROMISE));
    Page officer = visitors.office("officer");
    visitors.go(officer, address);
    chromium.sees(
        "the officer, nothing that takes it back",
        () -> assertThat(officer.getByTestId("release").count()).isZero());
  }

  private static String state(Page page) {
    return page.getByTestId("state").textContent().strip();
  }

  private CertificateStatus status(CertificateRequest.Issued issued) throws Exception {
    return inventory.view(staff.person("staff"), issued.authority(), issued.serial()).status();
  }

  private CertificateRequest.Issued issued() throws Exception {
    return officers.vpn(registration, staff.person("staff"), staff.person("officer"));
  }
}
