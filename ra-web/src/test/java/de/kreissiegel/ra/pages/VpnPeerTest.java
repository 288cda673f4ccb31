package de.kreissiegel.ra.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import de.kreissiegel.ra.pages.CollectedFiles.Saved;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import de.kreissiegel.ra.peer.vpn.Charon;
import de.kreissiegel.ra.peer.vpn.TwoHosts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * strongSwan and OpenVPN connect with the files that a browser made, unchanged, and to nobody but
 * whom the files name.
 */
@Isolated("tunnels come up in so many seconds")
@AgainstPeer({Peer.CHROMIUM, Peer.SWANCTL, Peer.OPENVPN})
class VpnPeerTest {
  private static final String UP = "Initialization Sequence Completed";
  private static final String ANOTHER = "another.hassberge.example";

  @TempDir private static Path folder;
  private static ConfigurableApplicationContext application;
  private static SampleGateways gateways;

  @BeforeAll
  static void start() {
    application = Preview.start(0);
    var authority = application.getBean(SampleAuthority.class);
    gateways = new SampleGateways(authority, authority);
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void bothConnectWithWhatTheBrowserMade(
      @AgainstPeer(Peer.CHROMIUM) PeerSession chromium,
      @AgainstPeer(Peer.SWANCTL) PeerSession swanctl,
      @AgainstPeer(Peer.OPENVPN) PeerSession openvpn)
      throws Exception {
    Saved forStrongSwan;
    Saved forOpenVpn;
    try (var playwright = PagesPeerTest.playwright();
        var browser = PagesPeerTest.launch(playwright, chromium)) {
      String base =
          "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
      Page page = new CollectedFiles(browser, base).approved("apply-vpn-client");
      forStrongSwan = CollectedFiles.make(page, "swanctl");
      forOpenVpn = CollectedFiles.make(page, "openvpn");
      chromium.sees(
          "two files",
          () ->
              assertThat(List.of(forStrongSwan.name(), forOpenVpn.name()))
                  .containsExactly("agross-vpn-client-swanctl.zip", "agross-vpn-client.ovpn"));
    }
    strongSwan(swanctl, forStrongSwan);
    openVpn(openvpn, forOpenVpn);
  }

  private static void strongSwan(PeerSession swanctl, Saved file) throws Exception {
    var gateway = new Charon(folder.resolve("gateway")).configure("");
    var client = new Charon(folder.resolve("client")).configure("revocation curl");
    Path settings = gateway.folder().resolve("swanctl");
    gateways.strongSwan(settings, "vpn.hassberge.example");
    String name = unpack(file, client.folder());
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
      String initiated = initiate(hosts, client, name);
      String standing = hosts.runOnClient(client.environment(), "", client.swanctl("--list-sas"));
      swanctl.sees(
          "a tunnel under the suite of the settings",
          () -> {
            assertThat(initiated).contains("initiate completed successfully");
            assertThat(standing)
                .contains("ESTABLISHED", "AES_GCM_16-256/PRF_HMAC_SHA2_384/ECP_384", "INSTALLED")
                .contains("10.20.0.0/16", SamplePeople.STAFF.mail().orElseThrow());
          });
      swanctl.sees("a page", () -> assertThat(fetch(hosts, "10.20.0.1")).contains("behind"));

      hosts.runOnClient(client.environment(), "", client.swanctl("--terminate", "--ike", name));
      new SampleGateways(gateways.authority(), new SampleAuthority(Instant.now()))
          .strongSwan(settings, "vpn.hassberge.example");
      hosts.runOnGateway(gateway.environment(), gateway.swanctl("--load-all", "--clear"));
      String again = initiate(hosts, client, name);
      swanctl.sees(
          "no tunnel to one whom another authority, of the same name, calls so",
          () ->
              assertThat(again)
                  .contains("initiate failed")
                  .contains("no issuer certificate found for \"CN=vpn.hassberge.example,"));
    }
  }

  /** Unpacks it as over {@code /etc}; the connection's name. */
  private static String unpack(Saved file, Path etc) throws Exception {
    file.unpack(etc);
    Path settings = etc.resolve("swanctl");
    Files.writeString(settings.resolve("swanctl.conf"), "include conf.d/*.conf\n"); // as Debian's
    try (var files = Files.list(settings.resolve("conf.d"))) {
      return files.findFirst().orElseThrow().getFileName().toString().replace(".conf", "-0");
    }
  }

  private static String initiate(TwoHosts hosts, Charon client, String name) throws Exception {
    return hosts.runOnClient(
        client.environment(), "", client.swanctl("--initiate", "--child", name, "--timeout", "20"));
  }

  private static void openVpn(PeerSession openvpn, Saved file) throws Exception {
    Path own = Files.createDirectories(folder.resolve("openvpn"));
    Path password = Files.writeString(own.resolve("password"), file.password() + "\n");
    String program = openvpn.executable().toString();
    String[] server = {program, "--cd", own.toString(), "--config", "server.conf"};
    String[] client = {
      program,
      "--config",
      Files.write(own.resolve(file.name()), file.content()).toString(),
      "--askpass",
      password.toString()
    };
    gateways.openVpn(own, "openvpn.hassberge.example");
    try (var hosts = hosts()) {
      waitFor(hosts.onGateway("server", Map.of(), server), UP);
      Path log = hosts.onClient("openvpn-client", Map.of(), client);
      openvpn.sees("a tunnel", () -> waitFor(log, UP));
      openvpn.sees(
          "a server of the name that the file has",
          () ->
              assertThat(Files.readString(log))
                  .contains("VERIFY EKU OK", "CN=openvpn.hassberge.example", "AES-256-GCM"));
      openvpn.sees("a page", () -> assertThat(fetch(hosts, "10.79.0.1")).contains("behind"));
    }
    gateways.openVpn(own, ANOTHER);
    try (var hosts = hosts()) {
      waitFor(hosts.onGateway("server", Map.of(), server), UP);
      Path log = hosts.onClient("openvpn-refusal", Map.of(), client);
      openvpn.sees(
          "no tunnel to a server of another name", () -> waitFor(log, "VERIFY X509NAME ERROR"));
    }
  }

  private static void waitFor(Path log, String words) throws Exception {
    assertThat(TwoHosts.until(() -> TwoHosts.says(log, words))).as(Files.readString(log)).isTrue();
  }

  private static TwoHosts hosts() throws Exception {
    Path pages = Files.createDirectories(folder.resolve("www"));
    Files.writeString(pages.resolve("index.html"), "behind the gateway");
    var hosts =
        new TwoHosts(
            folder, List.of("vpn.hassberge.example", "openvpn.hassberge.example"), "10.20.0.1");
    hosts.onGateway(
        "www", Map.of(), "python3", "-m", "http.server", "--directory", pages.toString(), "8080");
    return hosts;
  }

  private static String fetch(TwoHosts hosts, String address) throws Exception {
    return hosts.runOnClient(
        Map.of(),
        "",
        "curl",
        "-sS",
        "--max-time",
        "20",
        "--retry",
        "10",
        "--retry-connrefused",
        "--noproxy",
        "*",
        "http://" + address + ":8080/");
  }
}
