package de.kreissiegel.ra.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.campaign.CampaignWorker;
import de.kreissiegel.ca.letter.Correspondence;
import de.kreissiegel.ca.letter.Letter;
import de.kreissiegel.ca.letter.LetterKind;
import de.kreissiegel.ca.letter.LetterSettings;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.Predecessor;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.MovableClock;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.ShownCertificates;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.mail.LetterTemplates;
import de.kreissiegel.ra.mail.LetterWords;
import de.kreissiegel.ra.mail.MailText;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.net.URI;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

/**
 * A campaign as people live it, each in a browser of their own, over a real authority: an officer
 * wants everybody away from RSA by 1 March, a holder gets the letter and renews, and the officer
 * sees how far it is. It is Monday, 23 November 2026.
 */
@AgainstPeer(Peer.CHROMIUM)
@SpringBootTest(
    classes = {RaApplication.class, TestHouse.class, ShownCertificates.class},
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "management.server.port=-1",
      // Plain HTTP: no Secure cookie, hence not the name that insists on it.
      "server.servlet.session.cookie.name=session",
      "server.servlet.session.cookie.secure=false"
    })
class CampaignPeerTest {
  private static final ProfileName VPN = new ProfileName("vpn-client");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Pattern LINK = Pattern.compile("https://pki\\.example:8443(/\\S+/renew)");

  /**
   * From nine in the morning to a quarter past midnight: nothing runs by itself here, and the vault
   * asks for a list of the day before it believes an officer.
   */
  private static final Duration SUNDAY_TO_MONDAY = Duration.ofMinutes(15 * 60 + 15);

  @LocalServerPort int port;
  @Autowired MovableClock clock;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired RegistrationDesk registration;
  @Autowired CampaignWorker worker;
  @Autowired DataSource database;
  @Autowired ProfileCatalog profiles;
  @Autowired MessageSource words;

  private final List<Letter> delivered = new ArrayList<>();

  @Test
  void everybodyIsAwayFromRsaByTheFirstOfMarch(@AgainstPeer(Peer.CHROMIUM) PeerSession chromium)
      throws Exception {
    Correspondence post = post();
    issued("staff");
    CertificateRequest.Issued helpers = issued("helper");
    deliver(post);
    delivered.clear();
    clock.forward(SUNDAY_TO_MONDAY);

    try (var playwright = PagesPeerTest.playwright();
        var browser = PagesPeerTest.launch(playwright, chromium)) {
      Page officer = PagesPeerTest.context(browser).newPage();
      PagesPeerTest.enterOffice(officer, base(), "officer");
      begins(officer, chromium);
      pausedAndGoesOn(officer, chromium, post);

      renews(browser, chromium, letterTo("staff"));

      officer.reload();
      chromium.sees(
          "one of two renewed",
          () ->
              assertThat(officer.getByTestId("progress").textContent())
                  .contains("1 von 2 erneuert"));
      PagesPeerTest.picture(officer, chromium, "campaign-half");
      var csv = officer.waitForDownload(() -> officer.getByTestId("csv").click());
      String left = Files.readString(csv.path());
      chromium.sees(
          "in the list the one who is left, and not who renewed",
          () ->
              assertThat(left.lines().skip(1).toList())
                  .singleElement()
                  .asString()
                  .contains("helper")
                  .doesNotContain("staff"));

      Actor.Person helper = staff.person("helper");
      approve(
          registration
              .submit(
                  helper,
                  application(helper, Certificates.certificationRequest(Certificates.newKey()))
                      .renewing(new Predecessor(helpers.authority(), helpers.serial())))
              .id());
      worker.work();
      deliver(post);
      officer.reload();
      chromium.sees(
          "that it is done",
          () -> {
            assertThat(officer.getByTestId("progress").textContent()).contains("2 von 2 erneuert");
            assertThat(officer.content()).contains("geschafft");
          });
      assertThat(delivered)
          .filteredOn(one -> one.kind() == LetterKind.CAMPAIGN_DONE)
          .extracting(Letter::address)
          .containsExactly("officer@stadt-hassfurt.example");
      PagesPeerTest.picture(officer, chromium, "campaign-done");
    }
  }

  private void begins(Page officer, PeerSession chromium) throws Exception {
    officer.navigate(base() + "/campaigns");
    officer.getByTestId("new-campaign").click();
    officer.fill("#title", "Weg von RSA bis 1. März");
    officer.selectOption("#key-kind", "RSA 3072");
    officer.fill("#due", "2027-03-01");
    officer.fill("#per-day", "500");
    officer.fill("#text-de", "Fragen? Die IT hilft unter 09521 27-0.");
    PagesPeerTest.picture(officer, chromium, "campaign-form");
    officer.getByTestId("make").click();
    officer.getByTestId("total").waitFor();
    chromium.sees(
        "beforehand two certificates and two mails",
        () -> {
          assertThat(officer.getByTestId("total").textContent()).contains("2 Zertifikate");
          assertThat(officer.getByTestId("letters").textContent()).contains("2 E-Mails");
        });
    PagesPeerTest.picture(officer, chromium, "campaign-preview");
    officer.getByTestId("begin").click();
    officer.getByTestId("pause").waitFor();
    chromium.sees(
        "none renewed yet",
        () ->
            assertThat(officer.getByTestId("progress").textContent()).contains("0 von 2 erneuert"));
  }

  private void pausedAndGoesOn(Page officer, PeerSession chromium, Correspondence post) {
    officer.getByTestId("pause").click();
    officer.getByTestId("go-on").waitFor();
    PagesPeerTest.picture(officer, chromium, "campaign-paused");
    clock.forward(Duration.ofHours(1));
    worker.work();
    deliver(post);
    chromium.sees("no letter while it is paused", () -> assertThat(delivered).isEmpty());

    officer.getByTestId("go-on").click();
    officer.getByTestId("pause").waitFor();
    clock.forward(Duration.ofMinutes(30));
    worker.work();
    deliver(post);
    chromium.sees(
        "then a letter to each",
        () ->
            assertThat(delivered)
                .allMatch(one -> one.kind() == LetterKind.CAMPAIGN)
                .extracting(Letter::address)
                .containsExactlyInAnyOrder(
                    "staff@stadt-hassfurt.example", "helper@stadt-hassfurt.example"));
  }

  /** Follows the letter's link, has the browser make a key, and applies. */
  private void renews(Browser browser, PeerSession chromium, MailText letter) throws Exception {
    assertThat(letter.text()).contains("1. März 2027", "Fragen? Die IT hilft unter 09521 27-0.");
    Matcher link = LINK.matcher(letter.text());
    assertThat(link.find()).as(letter.text()).isTrue();
    Page holder = PagesPeerTest.context(browser).newPage();
    holder.navigate(base() + "/login");
    holder.fill("#username", "staff");
    holder.fill("#password", Staff.PASSWORD);
    holder.getByTestId("login").click();
    holder.getByTestId("visitor").waitFor();
    holder.navigate(base() + link.group(1));
    PagesPeerTest.picture(holder, chromium, "campaign-renew");
    assertThat(holder.content()).as(holder.url()).contains("data-testid=\"renewed\"");
    PagesPeerTest.send(holder);
    holder.waitForURL("**/requests/*");
    approve(RequestId.of(holder.url().substring(holder.url().lastIndexOf('/') + 1)));
    holder.reload();
    holder.getByTestId("make-p12").waitFor();
    holder.context().close();
  }

  private MailText letterTo(String login) {
    Letter letter =
        delivered.stream()
            .filter(one -> one.address().startsWith(login + "@"))
            .findFirst()
            .orElseThrow();
    return new LetterWords(
            new LetterTemplates(null),
            profiles,
            words,
            URI.create("https://pki.example:8443"),
            BERLIN)
        .apply(letter);
  }

  private Correspondence post() {
    var random = new SecureRandom();
    var post =
        new Correspondence(
            Books.of(database, "story", clock, random).ofCorrespondence(),
            staff,
            profiles,
            new LetterSettings(
                List.of(30, 14),
                BERLIN,
                "betrieb@kreis.example",
                Duration.ofDays(3),
                Duration.ofDays(90)),
            delivered::add,
            clock,
            random);
    post.open();
    return post;
  }

  private static void deliver(Correspondence post) {
    post.address();
    post.send();
  }

  /** A certificate with an RSA key. */
  private CertificateRequest.Issued issued(String login) throws Exception {
    Actor.Person person = staff.person(login);
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(3072);
    return approve(
        registration
            .submit(person, application(person, request(generator.generateKeyPair())))
            .id());
  }

  private static CertificateApplication application(Actor.Person person, Bytes request) {
    return new CertificateApplication(person.id(), Staff.HASSFURT, VPN, request, "");
  }

  private static Bytes request(KeyPair key) throws Exception {
    var builder =
        new JcaPKCS10CertificationRequestBuilder(new X500Name(new RDN[0]), key.getPublic());
    var signer = new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate());
    return Bytes.of(builder.build(signer).getEncoded());
  }

  private CertificateRequest.Issued approve(RequestId request) throws Exception {
    CertificateRequest decided = officers.approve(registration, staff.person("officer"), request);
    assertThat(decided).isInstanceOf(CertificateRequest.Issued.class);
    return (CertificateRequest.Issued) decided;
  }

  private String base() {
    return "http://localhost:" + port;
  }
}
