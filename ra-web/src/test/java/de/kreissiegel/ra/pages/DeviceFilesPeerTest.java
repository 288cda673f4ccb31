package de.kreissiegel.ra.pages;

import static de.kreissiegel.ra.pages.PropertyList.payload;
import static de.kreissiegel.ra.pages.PropertyList.text;
import static de.kreissiegel.ra.pages.PropertyList.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import de.kreissiegel.ra.pages.CollectedFiles.Saved;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser makes the files of all devices, and programs of others read them, key by key. */
@AgainstPeer({Peer.CHROMIUM, Peer.OPENSSL, Peer.PYTHON, Peer.NMCLI})
class DeviceFilesPeerTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static final String OCTETS =
      """
      ['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind))
        .filter(({ name }) => !name.endsWith('.woff2'))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
      """;

  private static final String COUNT_CLICKS =
      """
      for (const [event, name] of [['click', 'clicks'], ['keydown', 'keys']]) {
        addEventListener(event, ({ isTrusted }) => {
          if (isTrusted) sessionStorage.setItem(name, 1 + Number(sessionStorage.getItem(name)));
        }, true);
      }
      """;

  @TempDir private static Path folder;
  private static ConfigurableApplicationContext application;

  @BeforeAll
  static void start() {
    application = Preview.start(0);
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void aVpnCertificateComesToEachDevice(
      @AgainstPeer(Peer.CHROMIUM) PeerSession chromium,
      @AgainstPeer(Peer.OPENSSL) PeerSession openssl,
      @AgainstPeer(Peer.PYTHON) PeerSession python,
      @AgainstPeer(Peer.NMCLI) PeerSession nmcli)
      throws Exception {
    try (var playwright = PagesPeerTest.playwright();
        var browser = PagesPeerTest.launch(playwright, chromium)) {
      var collected = new CollectedFiles(browser, base());
      Page page = collected.approved("apply-vpn-client");
      PagesPeerTest.picture(page, chromium, "device-choice");
      chromium.sees(
          "a page of at most 300 KB before caching, fonts apart",
          () -> assertThat((int) page.evaluate(OCTETS)).isBetween(50_000, 300_000));
      chromium.sees(
          "first what fits this computer",
          () ->
              assertThat(page.locator("[data-role=device]").first().getAttribute("data-device"))
                  .isEqualTo("networkmanager"));

      apple(python, openssl, CollectedFiles.make(page, "apple"));
      PagesPeerTest.picture(page, chromium, "device-apple");
      android(openssl, CollectedFiles.make(page, "android"));
      windows(openssl, CollectedFiles.make(page, "windows"));
      networkManager(nmcli, openssl, CollectedFiles.make(page, "networkmanager"));
      Saved pem = CollectedFiles.make(page, "pem");
      opensKey(openssl, new String(pem.content(), StandardCharsets.US_ASCII), pem.password());
      Saved strong = CollectedFiles.make(page, "p12");
      opens(openssl, strong.content(), strong.password(), false);

      page.locator("[data-role=old] summary").click();
      page.getByTestId("compatible").check();
      Saved old = CollectedFiles.make(page, "p12");
      opens(openssl, old.content(), old.password(), true);
      PagesPeerTest.picture(page, chromium, "device-old");
      page.navigate(page.url() + "?lang=en");
      page.getByTestId("make-apple").waitFor();
      PagesPeerTest.picture(page, chromium, "device-choice-english");
      page.navigate(base() + "/info/devices/apple?lang=de");
      PagesPeerTest.picture(page, chromium, "device-guide-apple");
      page.navigate(base() + "/info/devices");
      PagesPeerTest.picture(page, chromium, "device-guides");
      CollectedFiles.assertQuiet(chromium, collected.console);
    }
  }

  /** Two more are left for the device itself: opening the file, and installing it. */
  @Test
  void itTakesFourClicksFromTheHomePageToTheFile(@AgainstPeer(Peer.CHROMIUM) PeerSession chromium)
      throws Exception {
    try (var playwright = PagesPeerTest.playwright();
        var browser = PagesPeerTest.launch(playwright, chromium)) {
      var collected = new CollectedFiles(browser, base());
      Page page = collected.logIn("agross");
      page.context().addInitScript(COUNT_CLICKS);
      page.navigate(base() + "/");
      page.getByTestId("apply-vpn-client").first().click();
      PagesPeerTest.send(page);
      page.waitForURL("**/requests/*");
      collected.approve(page.url());
      page.navigate(base() + "/");
      page.locator("[aria-labelledby=own-requests] a").first().click();
      page.getByTestId("make-apple").waitFor();
      CollectedFiles.make(page, "apple");
      chromium.sees(
          "four clicks, and no text typed",
          () -> {
            assertThat(page.evaluate("sessionStorage.getItem('clicks')")).isEqualTo("4");
            assertThat(page.evaluate("sessionStorage.getItem('keys')")).isNull();
          });
    }
  }

  @Test
  void aMailCertificateComesWithItsAccount(
      @AgainstPeer(Peer.CHROMIUM) PeerSession chromium,
      @AgainstPeer(Peer.PYTHON) PeerSession python)
      throws Exception {
    try (var playwright = PagesPeerTest.playwright();
        var browser = PagesPeerTest.launch(playwright, chromium)) {
      var collected = new CollectedFiles(browser, base());
      Page page = collected.approved("apply-smime");
      chromium.sees(
          "no VPN with it", () -> assertThat(page.getByTestId("make-android").count()).isZero());
      JsonNode profile = PropertyList.read(python, folder, CollectedFiles.make(page, "apple"));
      JsonNode identity = payload(profile, "com.apple.security.pkcs12");
      JsonNode mail = payload(profile, "com.apple.mail.managed");
      python.sees(
          "an account that signs and decrypts with it",
          () ->
              assertThat(texts(mail))
                  .containsEntry("EmailAccountType", "EmailTypeIMAP")
                  .containsEntry("EmailAddress", SamplePeople.STAFF.mail().orElseThrow())
                  .containsEntry("IncomingMailServerHostName", "imap.hassberge.example")
                  .containsEntry("OutgoingMailServerHostName", "smtp.hassberge.example")
                  .containsEntry("SMIMEEnabled", "true")
                  .containsEntry("SMIMESigningCertificateUUID", text(identity, "PayloadUUID"))
                  .containsEntry("SMIMEEncryptionCertificateUUID", text(identity, "PayloadUUID"))
                  .doesNotContainKeys("IncomingPassword", "OutgoingPassword"));
    }
  }

  @Test
  void aLogOnCertificateComesWithItsWirelessNetwork(
      @AgainstPeer(Peer.CHROMIUM) PeerSession chromium,
      @AgainstPeer(Peer.PYTHON) PeerSession python)
      throws Exception {
    try (var playwright = PagesPeerTest.playwright();
        var browser = PagesPeerTest.launch(playwright, chromium)) {
      Page page = new CollectedFiles(browser, base()).approved("apply-authentication");
      chromium.sees(
          "no OpenVPN with it",
          () -> assertThat(page.getByTestId("make-openvpn").count()).isZero());
      JsonNode profile = PropertyList.read(python, folder, CollectedFiles.make(page, "apple"));
      JsonNode identity = payload(profile, "com.apple.security.pkcs12");
      JsonNode wireless = payload(profile, "com.apple.wifi.managed");
      JsonNode client = wireless.get("EAPClientConfiguration");
      python.sees(
          "EAP-TLS, with whom to believe",
          () -> {
            assertThat(texts(wireless))
                .containsEntry("SSID_STR", "Kreis-Intern")
                .containsEntry("EncryptionType", "WPA2")
                .containsEntry("PayloadCertificateUUID", text(identity, "PayloadUUID"));
            assertThat(client.get("AcceptEAPTypes").get(0).asInt()).isEqualTo(13);
            assertThat(client.get("TLSTrustedServerNames").get(0).asString())
                .isEqualTo("radius.hassberge.example");
            var authorities = new ArrayList<String>();
            for (JsonNode payload : profile.get("PayloadContent")) {
              if (text(payload, "PayloadType").matches(".*(root|pkcs1)")) {
                authorities.add(text(payload, "PayloadUUID"));
              }
            }
            for (JsonNode anchor : client.get("PayloadCertificateAnchorUUID")) {
              assertThat(authorities).contains(anchor.asString());
            }
          });
    }
  }

  /** Keys and their types by Apple's "Device Management" reference. */
  private static void apple(PeerSession python, PeerSession openssl, Saved file) throws Exception {
    assertThat(file.name()).endsWith(".mobileconfig");
    JsonNode profile = PropertyList.read(python, folder, file);
    JsonNode identity = payload(profile, "com.apple.security.pkcs12");
    JsonNode vpn = payload(profile, "com.apple.vpn.managed");
    python.sees(
        "each payload with what all have",
        () -> {
          assertThat(texts(profile)).containsEntry("PayloadType", "Configuration");
          for (JsonNode payload : profile.get("PayloadContent")) {
            assertThat(texts(payload))
                .containsEntry("PayloadVersion", "1")
                .containsKeys("PayloadType", "PayloadIdentifier", "PayloadUUID");
            assertThat(text(payload, "PayloadUUID"))
                .matches("[0-9A-F]{8}(-[0-9A-F]{4}){4}[0-9A-F]{8}");
          }
          assertThat(
                  StreamSupport.stream(profile.get("PayloadContent").spliterator(), false)
                      .map(payload -> text(payload, "PayloadUUID")))
              .doesNotHaveDuplicates();
          assertThat(identity.has("Password")).isFalse();
        });
    python.sees(
        "IKEv2 with the identity",
        () -> {
          assertThat(text(vpn, "VPNType")).isEqualTo("IKEv2");
          assertThat(texts(vpn.get("IKEv2")))
              .containsEntry("RemoteAddress", "vpn.hassberge.example")
              .containsEntry("RemoteIdentifier", "vpn.hassberge.example")
              .containsEntry("LocalIdentifier", SamplePeople.STAFF.mail().orElseThrow())
              .containsEntry("AuthenticationMethod", "Certificate")
              .containsEntry("CertificateType", "ECDSA256")
              .containsEntry(
                  "ServerCertificateIssuerCommonName", "DEMO Landkreis Hassberge Devices CA")
              .containsEntry("PayloadCertificateUUID", text(identity, "PayloadUUID"));
          for (String which :
              List.of("IKESecurityAssociationParameters", "ChildSecurityAssociationParameters")) {
            assertThat(texts(vpn.get("IKEv2").get(which)))
                .isEqualTo(
                    Map.of(
                        "EncryptionAlgorithm", "AES-256-GCM",
                        "IntegrityAlgorithm", "SHA2-384",
                        "DiffieHellmanGroup", "20"));
          }
        });
    python.sees(
        "root and issuer",
        () -> {
          assertThat(text(payload(profile, "com.apple.security.root"), "PayloadDisplayName"))
              .contains("Root CA");
          assertThat(text(payload(profile, "com.apple.security.pkcs1"), "PayloadDisplayName"))
              .contains("Devices CA");
        });
    opens(openssl, base64(text(identity, "PayloadContent")), file.password(), false);
  }

  /** Keys by strongSwan's "Android VPN Client Profiles". */
  private static void android(PeerSession openssl, Saved file) throws Exception {
    JsonNode profile = JSON.readTree(file.content());
    assertThat(texts(profile))
        .containsEntry("type", "ikev2-cert")
        .containsEntry("name", "VPN Landkreis Haßberge")
        .containsEntry("ike-proposal", "aes256gcm16-prfsha384-ecp384")
        .containsEntry("esp-proposal", "aes256gcm16-ecp384");
    assertThat(text(profile, "uuid")).matches("[0-9a-f-]{36}");
    assertThat(texts(profile.get("remote")))
        .containsEntry("addr", "vpn.hassberge.example")
        .containsEntry("id", "vpn.hassberge.example");
    assertThat(profile.get("split-tunneling").get("subnets").get(0).asString())
        .isEqualTo("10.20.0.0/16");
    Path issuer =
        Files.write(folder.resolve("android.cer"), base64(text(profile.get("remote"), "cert")));
    Output subject =
        openssl.run("x509", "-inform", "DER", "-in", issuer.toString(), "-noout", "-subject");
    openssl.sees("the root", () -> assertThat(subject.text()).contains("Root CA"));
    opens(openssl, base64(text(profile.get("local"), "p12")), file.password(), false);
  }

  /** No PowerShell is to be had here: what is in quotes is read, and which commands there are. */
  private static void windows(PeerSession openssl, Saved file) throws Exception {
    String script = new String(file.content(), StandardCharsets.UTF_8);
    assertThat(script)
        .startsWith("\ufeff#Requires -RunAsAdministrator\r\n")
        .contains("Add-VpnConnection -AllUserConnection -Name 'VPN Landkreis Haßberge'")
        .contains("-ServerAddress 'vpn.hassberge.example' -TunnelType Ikev2")
        .contains("-EncryptionMethod GCMAES256 -IntegrityCheckMethod SHA384 -DHGroup ECP384")
        .contains("-DestinationPrefix '10.20.0.0/16'")
        .doesNotContain(file.password());
    var identity = Pattern.compile("(?m)^Import-Identity '([A-Za-z0-9+/=]+)'").matcher(script);
    assertThat(identity.find()).isTrue();
    opens(openssl, base64(identity.group(1)), file.password(), false);
  }

  private static void networkManager(PeerSession nmcli, PeerSession openssl, Saved file)
      throws Exception {
    Path unpacked = folder.resolve("nm");
    file.unpack(unpacked);
    Path keyfile;
    try (var files = Files.list(unpacked.resolve("kreissiegel"))) {
      keyfile =
          files.filter(one -> one.toString().endsWith(".nmconnection")).findFirst().orElseThrow();
    }
    Process process =
        new ProcessBuilder(
                nmcli.executable().toString(),
                "--offline",
                "connection",
                "modify",
                "connection.autoconnect",
                "no")
            .redirectInput(keyfile.toFile())
            .redirectErrorStream(true)
            .start();
    String read = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    nmcli.sees(
        "a connection with all values",
        () -> {
          assertThat(exit).as(read).isZero();
          assertThat(read)
              .contains("id=VPN Landkreis Haßberge", "type=vpn")
              .contains("service-type=org.freedesktop.NetworkManager.strongswan")
              .contains("address=vpn.hassberge.example", "remote-identity=vpn.hassberge.example")
              .contains("method=cert", "cert-source=file", "password-flags=2", "virtual=yes")
              .contains("ike=aes256gcm16-prfsha384-ecp384", "esp=aes256gcm16-ecp384")
              .contains("remote-ts=10.20.0.0/16;fd20:976::/48")
              .contains("dns-search=hassberge.example;");
        });
    String key = Files.readString(unpacked.resolve("kreissiegel/user.key"));
    opensKey(openssl, key, file.password());
  }

  /** With this password a PKCS#12 file opens and holds key, certificate and two above it. */
  private static void opens(PeerSession openssl, byte[] content, String password, boolean old)
      throws Exception {
    Path file = Files.write(Files.createTempFile(folder, "identity", ".p12"), content);
    var words =
        new ArrayList<>(
            List.of(
                "pkcs12",
                "-in",
                file.toString(),
                "-passin",
                "pass:" + password,
                "-nodes",
                "-info"));
    if (old) {
      words.add("-legacy");
    }
    Output output = openssl.run(words.toArray(String[]::new));
    openssl.sees(
        "key and chain in PKCS#12",
        () -> {
          assertThat(output.exit()).as(output.text()).isZero();
          assertThat(output.text().split("-----BEGIN CERTIFICATE-----", -1)).hasSize(4);
          assertThat(output.text())
              .contains("-----BEGIN PRIVATE KEY-----")
              .contains(old ? "pbeWithSHA1And3-KeyTripleDES-CBC" : "AES-256-CBC")
              .contains(old ? "MAC: sha1" : "MAC: sha256");
        });
    Output wrong = openssl.run("pkcs12", "-in", file.toString(), "-passin", "pass:wrong", "-nodes");
    openssl.sees("nothing without its password", () -> assertThat(wrong.exit()).isNotZero());
  }

  private static void opensKey(PeerSession openssl, String pem, String password) throws Exception {
    Path file = Files.writeString(Files.createTempFile(folder, "key", ".pem"), pem);
    Output output =
        openssl.run(
            "pkey", "-in", file.toString(), "-passin", "pass:" + password, "-noout", "-text");
    openssl.sees("an encrypted key", () -> assertThat(output.text()).contains("NIST CURVE: P-256"));
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  private static String base() {
    return "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
  }
}
