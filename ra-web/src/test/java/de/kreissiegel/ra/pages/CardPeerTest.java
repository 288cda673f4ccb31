package de.kreissiegel.ra.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A key is made on a card, here SoftHSM2, by the file of the application page as it is; its request
 * is applied with and approved; and the certificate comes beside the key by the second file.
 */
@AgainstPeer({
  Peer.CHROMIUM,
  Peer.SOFTHSM2,
  Peer.PKCS11_TOOL,
  Peer.P11TOOL,
  Peer.CERTTOOL,
  Peer.OPENSSL,
  Peer.PYTHON
})
class CardPeerTest {
  private static final String PIN = "246813";

  /** Of what shells and URIs know, and umlauts; a label has 32 octets at most. */
  private static final String LABEL = "Ä'\"$(id)`id`;%41\\ *";

  private static final Pattern ID = Pattern.compile("(?m)^ *ID: *([0-9a-f]+)\\s*$");

  @TempDir private static Path folder;
  private static ConfigurableApplicationContext application;
  private static String library;

  @BeforeAll
  static void start() throws Exception {
    application = Preview.start(0);
    Files.createDirectory(folder.resolve("tokens"));
    Files.writeString(
        folder.resolve("softhsm2.conf"),
        "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n"
            .formatted(folder.resolve("tokens")));
    library =
        Stream.of(
                "/usr/lib/softhsm/libsofthsm2.so",
                "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so")
            .filter(one -> Files.exists(Path.of(one)))
            .findFirst()
            .orElseThrow();
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void aKeyThatNeverLeavesTheCardGetsItsCertificate(
      @AgainstPeer(Peer.CHROMIUM) PeerSession chromium,
      @AgainstPeer(Peer.SOFTHSM2) PeerSession softhsm,
      @AgainstPeer(Peer.PKCS11_TOOL) PeerSession opensc,
      @AgainstPeer(Peer.P11TOOL) PeerSession p11tool,
      @AgainstPeer(Peer.CERTTOOL) PeerSession certtool,
      @AgainstPeer(Peer.OPENSSL) PeerSession openssl,
      @AgainstPeer(Peer.PYTHON) PeerSession python)
      throws Exception {
    var terminal =
        new Terminal(
            python,
            folder,
            Map.of(
                "SOFTHSM2_CONF",
                folder.resolve("softhsm2.conf").toString(),
                "HOME",
                folder.toString()));
    Output initialised =
        terminal.run(
            List.of(),
            softhsm.executable().toString(),
            "--init-token",
            "--free",
            "--label",
            LABEL,
            "--pin",
            PIN,
            "--so-pin",
            "13572468");
    softhsm.sees("a token", () -> assertThat(initialised.exit()).as("%s", initialised).isZero());

    try (var playwright = PagesPeerTest.playwright();
        var browser = PagesPeerTest.launch(playwright, chromium)) {
      var collected = new CollectedFiles(browser, base());
      Page page = collected.logIn("agross");
      page.getByTestId("apply-vpn-client").first().click();
      page.getByTestId("card-files")
          .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
      page.locator("#key-token").check();
      page.getByTestId("card-key-unix").waitFor();
      PagesPeerTest.picture(page, chromium, "card-apply");
      Path makeKey = saved(page, "card-key-unix");
      Output made =
          terminal.run(
              List.of("\\[ec-p256\\]$=", "\\]$=" + library, "PIN:$=" + PIN, "password:$="),
              "sh",
              makeKey.toString());
      Path request = folder.resolve("kreissiegel-vpn-client.csr");
      certtool.sees(
          "the key, and makes a request of it",
          () -> {
            assertThat(made.exit()).as("%s", made).isZero();
            assertThat(made.text()).contains("Fertig.").doesNotContain(PIN);
            assertThat(request).exists();
          });
      python.sees(
          "a terminal that the PIN was typed into and that doesn't show it",
          () -> assertThat(made.text()).contains("Enter PIN:").doesNotContain(PIN));
      Output again = terminal.run(List.of("\\]$=" + library), "sh", makeKey.toString());
      opensc.sees(
          "no second key where a request lies already",
          () -> assertThat(again.exit()).as("%s", again).isNotZero());

      page.locator("#csr-file").setInputFiles(request);
      page.getByTestId("submit").click();
      page.waitForURL("**/requests/*");
      chromium.sees(
          "what the applicant said of the key",
          () -> assertThat(page.content()).contains("auf einer Smartcard oder einem Token"));
      Page officer = collected.logIn("jmueller");
      PagesPeerTest.enterOffice(officer, base(), "jmueller");
      officer.navigate(page.url().replace("/requests/", "/inbox/"));
      chromium.sees(
          "the officer, that nobody can verify it",
          () -> assertThat(officer.content()).contains("nicht nachprüfbar"));
      PagesPeerTest.picture(officer, chromium, "card-inbox");
      officer.context().close();
      collected.approve(page.url());
      page.reload();
      page.getByTestId("card-put-unix").waitFor();
      PagesPeerTest.picture(page, chromium, "card-issued");
      chromium.sees(
          "nothing about a key in this browser",
          () -> assertThat(page.getByTestId("collect").count()).isZero());
      Path put = saved(page, "card-put-unix");
      Output written =
          terminal.run(List.of("\\]$=" + library, "PIN:$=" + PIN), "sh", put.toString());
      p11tool.sees(
          "that the card signs",
          () -> {
            assertThat(written.exit()).as("%s", written).isZero();
            assertThat(written.text())
                .contains("Verifying against public key in the token... ok")
                .contains("Fertig.")
                .doesNotContain(PIN);
          });
      Output twice = terminal.run(List.of("\\]$=" + library, "PIN:$=" + PIN), "sh", put.toString());
      opensc.sees(
          "nothing to write the second time",
          () -> assertThat(twice.text()).contains("liegt schon auf der Karte"));

      page.getByTestId("certificate-link").click();
      page.getByTestId("card-put-windows").waitFor();
      PagesPeerTest.picture(page, chromium, "card-certificate");
      page.navigate(base() + "/info/devices/card-windows");
      PagesPeerTest.picture(page, chromium, "card-guide");
      CollectedFiles.assertQuiet(chromium, collected.console);
    }
    onTheCard(terminal, opensc, openssl);
  }

  private static void onTheCard(Terminal terminal, PeerSession opensc, PeerSession openssl)
      throws Exception {
    Output keys = list(terminal, opensc, "privkey");
    Output certificates = list(terminal, opensc, "cert");
    List<String> ids = ID.matcher(certificates.text()).results().map(it -> it.group(1)).toList();
    var key = ID.matcher(keys.text());
    opensc.sees(
        "one key that never leaves it, and with the same id its certificate; and the authority's",
        () -> {
          assertThat(keys.text())
              .contains("sensitive, always sensitive, never extractable, local")
              .containsOnlyOnce("Private Key Object");
          assertThat(key.find()).isTrue();
          assertThat(ids).hasSize(2).contains(key.group(1));
        });
    Path data = Files.writeString(folder.resolve("data"), "Haßfurt");
    Path digest =
        Files.write(
            folder.resolve("digest"),
            MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(data)));
    Path signature = folder.resolve("signature");
    Path certificate = folder.resolve("certificate.der");
    Output signed =
        terminal.run(
            List.of("PIN:$=" + PIN),
            with(
                opensc,
                "--login",
                "--sign",
                "--mechanism",
                "ECDSA",
                "--signature-format",
                "openssl",
                "--id",
                key.group(1),
                "--input-file",
                digest.toString(),
                "--output-file",
                signature.toString()));
    assertThat(signed.exit()).as("%s", signed).isZero();
    Output read =
        terminal.run(
            List.of(),
            with(
                opensc,
                "--read-object",
                "--type",
                "cert",
                "--id",
                key.group(1),
                "--output-file",
                certificate.toString()));
    assertThat(read.exit()).as("%s", read).isZero();
    Path publicKey = folder.resolve("public.pem");
    Files.writeString(
        publicKey,
        openssl
            .run("x509", "-inform", "DER", "-in", certificate.toString(), "-noout", "-pubkey")
            .text());
    Output verified =
        openssl.run(
            "dgst",
            "-sha256",
            "-verify",
            publicKey.toString(),
            "-signature",
            signature.toString(),
            data.toString());
    openssl.sees(
        "a signature by the card that the certificate verifies",
        () -> assertThat(verified.text()).contains("Verified OK"));
  }

  private static Output list(Terminal terminal, PeerSession opensc, String type) throws Exception {
    return terminal.run(
        List.of("PIN:$=" + PIN), with(opensc, "--login", "--list-objects", "--type", type));
  }

  private static String[] with(PeerSession opensc, String... options) {
    return Stream.concat(
            Stream.of(opensc.executable().toString(), "--module", library, "--token-label", LABEL),
            Stream.of(options))
        .toArray(String[]::new);
  }

  private static Path saved(Page page, String button) {
    var download = page.waitForDownload(() -> page.getByTestId(button).click());
    Path file = folder.resolve(download.suggestedFilename());
    download.saveAs(file);
    return file;
  }

  private static String base() {
    return "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
  }
}
