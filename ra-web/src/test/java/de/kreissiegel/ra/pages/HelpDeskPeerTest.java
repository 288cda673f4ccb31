package de.kreissiegel.ra.pages;

import static de.kreissiegel.ra.pages.PagesPeerTest.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import de.kreissiegel.ca.hotline.Hotline;
import de.kreissiegel.ca.registration.RegistrationDesk;
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
 * Somebody calls the help desk from the train, as both live it, each in a browser of their own,
 * over a real authority.
 */
@AgainstPeer(Peer.CHROMIUM)
@SpringBootTest(
    classes = {RaApplication.class, TestHouse.class, ShownCertificates.class},
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "management.server.port=-1",
      // A house of this story's own: a certificate on hold keeps its holder from getting others.
      "story=help-desk",
      // Plain HTTP: no Secure cookie, hence not the name that insists on it.
      "server.servlet.session.cookie.name=session",
      "server.servlet.session.cookie.secure=false"
    })
class HelpDeskPeerTest {
  @LocalServerPort int port;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired RegistrationDesk registration;
  @Autowired Hotline hotline;

  @Test
  void aLostLaptopIsHeldAtOnceAndTheCallerProvesThemselvesForMore(PeerSession chromium)
      throws Exception {
    String serial = issued();
    String code = hotline.make(staff.person("staff")).inGroups();
    try (var playwright = PagesPeerTest.playwright();
        var browser = PagesPeerTest.launch(playwright, chromium)) {
      Page helper = PagesPeerTest.context(browser).newPage();
      PagesPeerTest.enterOffice(helper, base(), "helper");
      helper.navigate(base() + "/help-desk");
      helper.fill("#text", "sta");
      helper.getByTestId("search").click();
      helper.locator("tr:has-text('staff@stadt-hassfurt.example') a").click();
      Locator certificate =
          helper
              .getByTestId("certificates")
              .locator("li")
              .filter(new Locator.FilterOptions().setHasText(serial));
      certificate.waitFor();
      picture(helper, chromium, "help-desk-person");
      chromium.sees(
          "nothing by which one decides",
          () -> {
            assertThat(helper.locator("a[href^='/inbox'], a[href^='/escrow']").count()).isZero();
            assertThat(helper.getByTestId("approve").count()).isZero();
          });

      certificate.getByTestId("show-hold").click();
      certificate.locator("input[name=reason]").fill("Laptop im Zug vergessen");
      certificate.getByTestId("hold").click();
      picture(helper, chromium, "help-desk-held");
      chromium.sees(
          "that it is held, and that this stands in what has happened",
          () -> {
            assertThat(certificate.textContent()).contains("vorläufig gesperrt");
            assertThat(helper.getByTestId("history").textContent()).contains("vorläufig gesperrt");
            assertThat(certificate.getByTestId("show-hold").count()).isZero();
          });

      helper.getByTestId("to-phone").click();
      chromium.sees(
          "who is asked for the code",
          () -> assertThat(helper.inputValue("#who")).isEqualTo("staff"));
      helper.fill("#code", code);
      helper.getByTestId("answer").click();
      helper.waitForURL("**/revoke-by-phone/caller");
      picture(helper, chromium, "help-desk-caller");

      chromium.sees(
          "the holder, that their certificate is held",
          () -> assertThat(holder(browser).content()).contains("vorläufig gesperrt"));
    }
  }

  private Page holder(Browser browser) {
    Page page = PagesPeerTest.context(browser).newPage();
    page.navigate(base() + "/login");
    page.fill("#username", "staff");
    page.fill("#password", Staff.PASSWORD);
    page.getByTestId("login").click();
    page.getByTestId("visitor").waitFor();
    return page;
  }

  /** A certificate of a member of staff; its serial number in hexadecimal. */
  private String issued() throws Exception {
    return officers
        .vpn(registration, staff.person("staff"), staff.person("officer"))
        .serial()
        .toHex();
  }

  private String base() {
    return "http://localhost:" + port;
  }
}
