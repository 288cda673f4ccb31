package de.kreissiegel.ca.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceCatalogTest {
  private static final Bytes DEVICES = Bytes.of(new byte[] {1});
  private static final Bytes ROOT = Bytes.of(new byte[] {2});
  private static final String STATIC_KEY =
      "#\n# 2048 bit OpenVPN static key\n#\n-----BEGIN OpenVPN Static key V1-----\n"
          + "00112233445566778899aabbccddeeff\n".repeat(16)
          + "-----END OpenVPN Static key V1-----\n";
  private static final String ALL =
      """
      schema: 1
      ike-gateways:
        - name: VPN Haßberge
          address: vpn.example
          remote-id: gate.example
          trust: devices
          subnets: [10.20.0.0/16, "fd00::/8"]
          search-domains: [intern.example]
          suite: aes128-gcm-ecp256
          profiles: [vpn-client]
          tenants: [stadt-hassfurt.example]
      openvpn-servers:
        - name: OpenVPN
          address: 192.0.2.7
          port: 443
          protocol: tcp
          server-name: ovpn.example
          trust: devices
          tls-crypt: service-ovpn.key
          profiles: [vpn-client]
      wireless-networks:
        - name: WLAN
          ssid: Kreis intern
          server-names: [radius.example]
          trust: devices
          profiles: [laptop]
      mail-servers:
        - name: Mail
          imap: imap.example
          smtp: smtp.example
          profiles: [smime]
      """;

  @TempDir private Path folder;

  @BeforeEach
  void aKey() throws IOException {
    Files.writeString(folder.resolve("service-ovpn.key"), STATIC_KEY);
  }

  @Test
  void readsAServiceOfEachKind() throws Exception {
    List<Service> services = read(ALL).services();

    Trust devices = new Trust(List.of(DEVICES), List.of(ROOT));
    Scope vpn = new Scope(Set.of(new ProfileName("vpn-client")), Set.of());
    assertThat(services)
        .containsExactly(
            new Service.IkeGateway(
                "VPN Haßberge",
                new Scope(vpn.profiles(), Set.of(new TenantId("stadt-hassfurt.example"))),
                "vpn.example",
                "gate.example",
                devices,
                List.of("10.20.0.0/16", "fd00::/8"),
                List.of("intern.example"),
                IkeSuite.AES_128_GCM_ECP256),
            new Service.OpenVpnServer(
                "OpenVPN",
                vpn,
                "192.0.2.7",
                443,
                true,
                "ovpn.example",
                devices,
                Optional.of(STATIC_KEY.substring(STATIC_KEY.indexOf("-----BEGIN"))),
                List.of("AES-256-GCM")),
            new Service.WirelessNetwork(
                "WLAN",
                new Scope(Set.of(new ProfileName("laptop")), Set.of()),
                "Kreis intern",
                List.of("radius.example"),
                devices),
            new Service.MailServer(
                "Mail",
                new Scope(Set.of(new ProfileName("smime")), Set.of()),
                "imap.example",
                "smtp.example"));
  }

  @Test
  void holdsNoneWhereThereIsNoFile() throws Exception {
    assertThat(ServiceCatalog.read(folder, authorities(), ProfileCatalog.bundled()))
        .isEqualTo(ServiceCatalog.NONE);
  }

  @Test
  void saysAllFaultsWithTheirLines() {
    var faults =
        catchThrowableOfType(
            ConfigurationFaults.class,
            () -> read(ALL.replace("10.20.0.0/16", "10.20.0.1/16").replace("443", "70000")));

    assertThat(faults).hasMessageContaining("services.yaml:7").hasMessageContaining("10.20.0.1/16");
    assertThat(faults.faults()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "schema: 1, schema: 2, schema",
    "name: Mail, name: WLAN, has a name twice",
    "address: vpn.example, address: 'vpn.example\\nleft=x', address",
    "address: vpn.example, address: vpn_example, address",
    "trust: devices, trust: nobody, trust",
    "trust: devices, trust: ../service-x.pem, trust",
    "trust: devices, trust: service-missing.pem, trust",
    "service-ovpn.key, ../service-ovpn.key, tls-crypt",
    "fd00::/8, fd00::1/129, subnets",
    "aes128-gcm-ecp256, aes128-sha1-modp1024, suite",
    "protocol: tcp, protocol: sctp, protocol",
    "[vpn-client], [], profiles",
    "[vpn-client], [nothing], profiles",
    "stadt-hassfurt.example, 'stadt hassfurt', tenants",
    "ssid: Kreis intern, ssid: 012345678901234567890123456789012, ssid",
    "[radius.example], [], server-names",
    "imap: imap.example, imaps: imap.example, imaps",
  })
  void refuses(String good, String bad, String named) {
    assertThat(ALL).contains(good);
    var faults =
        catchThrowableOfType(ConfigurationFaults.class, () -> read(ALL.replace(good, bad)));

    assertThat(faults).as(bad).isNotNull();
    assertThat(faults).hasMessageContaining(named);
  }

  @Test
  void refusesAKeyThatIsNone() throws Exception {
    Files.writeString(folder.resolve("service-ovpn.key"), STATIC_KEY.replace("ff\n", "</tls>\n"));

    assertThat(catchThrowableOfType(ConfigurationFaults.class, () -> read(ALL)))
        .hasMessageContaining("tls-crypt");
  }

  @Test
  void refusesAFileWithoutCertificatesOfAuthorities() throws Exception {
    Files.writeString(folder.resolve("service-x.pem"), "no certificate");

    assertThat(
            catchThrowableOfType(
                ConfigurationFaults.class,
                () -> read(ALL.replace("trust: devices", "trust: service-x.pem"))))
        .hasMessageContaining("trust");
  }

  private ServiceCatalog read(String yaml) throws Exception {
    Files.writeString(folder.resolve(ServiceCatalog.FILE), yaml);
    return ServiceCatalog.read(folder, authorities(), ProfileCatalog.bundled());
  }

  private static AuthorityCatalog authorities() {
    return new AuthorityCatalog(
        List.of(
            new Authority(
                new AuthorityName("devices"),
                DEVICES,
                List.of(ROOT),
                new KeyId("devices"),
                Optional.empty(),
                DEVICES,
                DEVICES,
                Instant.MAX)),
        Map.of());
  }
}
