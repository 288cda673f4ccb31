package de.kreissiegel.ra.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.pages.CollectedFiles.Saved;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import de.kreissiegel.ra.peer.vpn.Charon;
import de.kreissiegel.ra.peer.vpn.TwoHosts;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A browser makes the files of all devices, and programs of others read them, key by key; strongSwan
 * and OpenVPN really connect with theirs, unchanged.
 */
@AgainstPeer({
  Peer.CHROMIUM,
  Peer.OPENSSL,
  Peer.PYTHON,
  Peer.NMCLI,
  Peer.SWANCTL,
  Peer.OPENVPN
})
class DeviceFilesPeerTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** Reads a property list strictly and writes it as JSON; data becomes base64. */
  private static final String PLIST =
      """
      import base64, json, plistlib, sys
      with open(sys.argv[1], 'rb') as f: p = plistlib.load(f, fmt=plistlib.FMT_XML)
      print(json.dumps(p, default=lambda b: base64.b64encode(b).decode()))
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
      @AgainstPeer(Peer.NMCLI) PeerSession nmcli,
      @AgainstPeer(Peer.SWANCTL) PeerSession swanctl,
      @AgainstPeer(Peer.OPENVPN) PeerSession openvpn)
      throws Exception {
    try (var playwright = PagesPeerTest.playwright();
        var browser = PagesPeerTest.launch(playwright, chromium)) {
      var collected = new CollectedFiles(browser, base());
      Page page = collected.approved("apply-vpn-client");
      PagesPeerTest.picture(page, chromium, "device-choice");
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
      connectByStrongSwan(swanctl, CollectedFiles.make(page, "swanctl"));
      connectByOpenVpn(openvpn, CollectedFiles.make(page, "openvpn"));
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

  @Test
  void aMailCertificateComesWithItsAccount(
      @AgainstPeer(Peer.CHROMIUM) PeerSession chromium,
      @AgainstPeer(Peer.OPENSSL) PeerSession openssl,
      @AgainstPeer(Peer.PYTHON) PeerSession python)
      throws Exception {
    try (var playwright = PagesPeerTest.playwright();
        var browser = PagesPeerTest.launch(playwright, chromium)) {
      var collected = new CollectedFiles(browser, base());
      Page page = collected.approved("apply-smime");
      chromium.sees(
          "no VPN with it",
          () -> assertThat(page.getByTestId("make-android").count()).isZero());
      JsonNode profile = plist(python, CollectedFiles.make(page, "apple"));
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
      openssl.sees("well-formed", () -> assertThat(identity.get("PayloadContent")).isNotNull());
    }
  }

  /** Keys and their types by Apple's "Device Management" reference. */
  private static void apple(PeerSession python, PeerSession openssl, Saved file) throws Exception {
    assertThat(file.name()).endsWith(".mobileconfig");
    JsonNode profile = plist(python, file);
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
            assertThat(text(payload, "PayloadUUID")).matches("[0-9A-F]{8}(-[0-9A-F]{4}){4}[0-9A-F]{8}");
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
              .containsEntry("ServerCertificateIssuerCommonName", "DEMO Landkreis Hassberge Devices CA")
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
    Path issuer = Files.write(folder.resolve("android.cer"), base64(text(profile.get("remote"), "cert")));
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
      keyfile = files.filter(one -> one.toString().endsWith(".nmconnection")).findFirst().orElseThrow();
    }
    Process process =
        new ProcessBuilder(
                nmcli.executable().toString(), "--offline", "connection", "modify",
                "connection.autoconnect", "no")
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

  private static void connectByStrongSwan(PeerSession swanctl, Saved file) throws Exception {
    var gateway = new Charon(folder.resolve("gateway")).configure("");
    var client = new Charon(folder.resolve("client")).configure("revocation curl");
    file.unpack(client.folder());
    Path settings = client.folder().resolve("swanctl");
    Files.writeString(settings.resolve("swanctl.conf"), "include conf.d/*.conf\n"); // as Debian's
    String name;
    try (var files = Files.list(settings.resolve("conf.d"))) {
      name = files.findFirst().orElseThrow().getFileName().toString().replace(".conf", "-0");
    }
    gatewaySettings(gateway.folder().resolve("swanctl"));
    try (var hosts = hosts()) {
      hosts.onGateway("gateway", gateway.environment(), gateway.daemon());
      hosts.onClient("client", client.environment(), client.daemon());
      assertThat(TwoHosts.until(() -> gateway.isUp() && client.isUp())).isTrue();
      hosts.runOnGateway(gateway.environment(), gateway.swanctl("--load-all"));
      String loaded =
          hosts.runOnClient(
              client.environment(), file.password() + "\n", client.swanctl("--load-all"));
      swanctl.sees(
          "certificate, key and connection, all loaded",
          () ->
              assertThat(loaded)
                  .contains("loaded connection '" + name + "'")
                  .containsPattern("loaded [A-Za-z]+ key")
                  .doesNotContain("private key failed", "loading connection"));
      String initiated =
          hosts.runOnClient(
              client.environment(), "", client.swanctl("--initiate", "--child", name));
      String standing =
          hosts.runOnClient(client.environment(), "", client.swanctl("--list-sas"));
      swanctl.sees(
          "a tunnel under the suite of the settings",
          () -> {
            assertThat(initiated).contains("initiate completed successfully");
            assertThat(standing)
                .contains("ESTABLISHED", "AES_GCM_16-256/PRF_HMAC_SHA2_384/ECP_384", "INSTALLED")
                .contains("10.20.0.0/16", SamplePeople.STAFF.mail().orElseThrow());
          });
      swanctl.sees("a page behind it", () -> assertThat(fetch(hosts, "10.20.0.1")).contains("behind"));
    }
  }

  private static void gatewaySettings(Path settings) throws Exception {
    var sample = application.getBean(SampleAuthority.class);
    for (String sub : List.of("x509", "x509ca", "private")) {
      Files.createDirectories(settings.resolve(sub));
    }
    server("vpn.hassberge.example", settings.resolve("x509/own.pem"), settings.resolve("private/own.pem"));
    for (var authority : sample.authorities()) {
      Files.writeString(
          settings.resolve("x509ca/" + authority.name() + ".pem"),
          Pem.certificate(authority.certificate()));
    }
    Files.writeString(
        settings.resolve("swanctl.conf"),
        """
        connections { gate {
          version = 2
          proposals = aes256gcm16-prfsha384-ecp384
          pools = people
          local { auth = pubkey
            certs = own.pem
            id = vpn.hassberge.example }
          remote { auth = pubkey
            cacerts = devices.pem }
          children { net {
            local_ts = 10.20.0.0/16
            esp_proposals = aes256gcm16-ecp384 } }
        } }
        pools { people { addrs = 10.99.0.0/24 } }
        """);
  }

  private static void connectByOpenVpn(PeerSession openvpn, Saved file) throws Exception {
    Path own = Files.createDirectories(folder.resolve("openvpn"));
    Path configuration = Files.write(own.resolve(file.name()), file.content());
    Path password = Files.writeString(own.resolve("password"), file.password() + "\n");
    openVpnServer(own);
    try (var hosts = hosts()) {
      Path server =
          hosts.onGateway(
              "openvpn-server", Map.of(), openvpn.executable().toString(), "--cd", own.toString(),
              "--config", "server.conf");
      assertThat(TwoHosts.until(() -> TwoHosts.says(server, "Initialization Sequence Completed")))
          .as(Files.readString(server))
          .isTrue();
      Path client =
          hosts.onClient(
              "openvpn-client", Map.of(), openvpn.executable().toString(), "--config",
              configuration.toString(), "--askpass", password.toString());
      boolean up = TwoHosts.until(() -> TwoHosts.says(client, "Initialization Sequence Completed"));
      openvpn.sees(
          "a tunnel with its own file",
          () -> {
            assertThat(up).as(Files.readString(client)).isTrue();
            assertThat(Files.readString(client))
                .contains("VERIFY EKU OK", "CN=openvpn.hassberge.example")
                .contains("AES-256-GCM");
          });
      openvpn.sees("a page behind it", () -> assertThat(fetch(hosts, "10.79.0.1")).contains("behind"));
    }
  }

  private static void openVpnServer(Path own) throws Exception {
    var sample = application.getBean(SampleAuthority.class);
    server("openvpn.hassberge.example", own.resolve("server.pem"), own.resolve("server.key"));
    var chain = new StringBuilder();
    sample.authorities().forEach(one -> chain.append(Pem.certificate(one.certificate())));
    Files.writeString(own.resolve("chain.pem"), chain);
    Files.writeString(own.resolve("tls-crypt.key"), SampleServices.STATIC_KEY);
    Files.writeString(
        own.resolve("server.conf"),
        """
        dev tun
        mode server
        tls-server
        topology subnet
        ifconfig 10.79.0.1 255.255.255.0
        ifconfig-pool 10.79.0.10 10.79.0.20
        push "topology subnet"
        push "route-gateway 10.79.0.1"
        local 10.77.0.1
        proto udp
        port 1194
        ca chain.pem
        cert server.pem
        key server.key
        tls-crypt tls-crypt.key
        dh none
        data-ciphers AES-256-GCM
        verify-client-cert require
        remote-cert-tls client
        keepalive 5 20
        verb 3
        """);
  }

  private static TwoHosts hosts() throws Exception {
    Path pages = Files.createDirectories(folder.resolve("www"));
    Files.writeString(pages.resolve("index.html"), "behind the gateway");
    var hosts =
        new TwoHosts(
            folder, List.of("vpn.hassberge.example", "openvpn.hassberge.example"), "10.20.0.1");
    hosts.onGateway(
        "www", Map.of(), "/usr/bin/python3", "-m", "http.server", "--directory", pages.toString(), "8080");
    return hosts;
  }

  private static String fetch(TwoHosts hosts, String address) throws Exception {
    return hosts.runOnClient(
        Map.of(), "", "curl", "-sS", "--max-time", "20", "--noproxy", "*", "http://" + address + ":8080/");
  }

  /** A server's key and certificate. */
  private static void server(String name, Path certificate, Path key) throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    var pair = generator.generateKeyPair();
    var encoded =
        application
            .getBean(SampleAuthority.class)
            .issueServer(
                name,
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()),
                BigInteger.valueOf(name.hashCode() & 0xffffffL));
    Files.writeString(certificate, Pem.certificate(encoded));
    Files.writeString(
        key,
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }

  /** With this password a PKCS#12 file opens and holds key, certificate and two above it. */
  private static void opens(PeerSession openssl, byte[] content, String password, boolean old)
      throws Exception {
    Path file = Files.write(Files.createTempFile(folder, "identity", ".p12"), content);
    var words =
        new ArrayList<>(
            List.of("pkcs12", "-in", file.toString(), "-passin", "pass:" + password, "-nodes", "-info"));
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
    Output wrong =
        openssl.run("pkcs12", "-in", file.toString(), "-passin", "pass:wrong", "-nodes");
    openssl.sees("nothing without its password", () -> assertThat(wrong.exit()).isNotZero());
  }

  private static void opensKey(PeerSession openssl, String pem, String password) throws Exception {
    Path file = Files.writeString(Files.createTempFile(folder, "key", ".pem"), pem);
    Output output =
        openssl.run("pkey", "-in", file.toString(), "-passin", "pass:" + password, "-noout", "-text");
    openssl.sees("an encrypted key", () -> assertThat(output.text()).contains("NIST CURVE: P-256"));
  }

  private static JsonNode plist(PeerSession python, Saved file) throws Exception {
    Path saved = Files.write(folder.resolve("profile.mobileconfig"), file.content());
    Output output = python.run("-c", PLIST, saved.toString());
    python.sees("a well-formed property list", () -> assertThat(output.exit()).as(output.text()).isZero());
    return JSON.readTree(output.text());
  }

  private static JsonNode payload(JsonNode profile, String type) {
    return StreamSupport.stream(profile.get("PayloadContent").spliterator(), false)
        .filter(payload -> text(payload, "PayloadType").equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no payload " + type));
  }

  private static Map<String, String> texts(JsonNode node) {
    return node.properties().stream()
        .filter(field -> field.getValue().isValueNode())
        .collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue().asString()));
  }

  private static String text(JsonNode node, String key) {
    return node.get(key).asString();
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  private static String base() {
    return "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
  }
}
