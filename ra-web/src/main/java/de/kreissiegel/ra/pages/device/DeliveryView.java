package de.kreissiegel.ra.pages.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import de.kreissiegel.ca.delivery.Delivery;
import de.kreissiegel.ca.delivery.Service;
import de.kreissiegel.ca.delivery.Trust;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What the browser gets to make a device's file of. Certificates are base64 of DER.
 *
 * @param id the certificate's, as {@code devices-0a1b}; the same at each time
 * @param identity by what it names its holder to a gateway
 * @param mail its mail address
 * @param compatible whether a PKCS#12 file for old importers may be made
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record DeliveryView(
    String id,
    Optional<String> identity,
    Optional<String> mail,
    boolean compatible,
    List<Gateway> ikeGateways,
    List<OpenVpn> openVpnServers,
    List<Wireless> wirelessNetworks,
    List<Mail> mailServers) {
  static DeliveryView of(Delivery delivery) {
    return new DeliveryView(
        delivery.certificate().authority() + "-" + delivery.certificate().serial().toHex(),
        delivery.identity(),
        delivery.mail(),
        delivery.compatible(),
        all(delivery, Service.IkeGateway.class).stream().map(Gateway::of).toList(),
        all(delivery, Service.OpenVpnServer.class).stream().map(OpenVpn::of).toList(),
        all(delivery, Service.WirelessNetwork.class).stream().map(Wireless::of).toList(),
        all(delivery, Service.MailServer.class).stream()
            .map(mail -> new Mail(mail.name(), mail.imap(), mail.smtp()))
            .toList());
  }

  private static <T extends Service> List<T> all(Delivery delivery, Class<T> kind) {
    return delivery.services().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<String> base64(List<Bytes> certificates) {
    return certificates.stream()
        .map(der -> Base64.getEncoder().encodeToString(der.toArray()))
        .toList();
  }

  /** Whom a device believes about a service. */
  record Believed(List<String> issuers, List<String> above) {
    static Believed of(Trust trust) {
      return new Believed(base64(trust.issuers()), base64(trust.above()));
    }
  }

  /** An IKEv2 gateway. */
  record Gateway(
      String name,
      String address,
      String remoteId,
      Believed trust,
      List<String> subnets,
      List<String> searchDomains,
      String suite) {
    static Gateway of(Service.IkeGateway gateway) {
      return new Gateway(
          gateway.name(),
          gateway.address(),
          gateway.remoteId(),
          Believed.of(gateway.trust()),
          gateway.subnets(),
          gateway.searchDomains(),
          gateway.suite().configName());
    }
  }

  /** An OpenVPN server. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record OpenVpn(
      String name,
      String address,
      int port,
      boolean tcp,
      String serverName,
      Believed trust,
      Optional<String> tlsCrypt,
      List<String> ciphers) {
    static OpenVpn of(Service.OpenVpnServer server) {
      return new OpenVpn(
          server.name(),
          server.address(),
          server.port(),
          server.tcp(),
          server.serverName(),
          Believed.of(server.trust()),
          server.tlsCrypt(),
          server.ciphers());
    }
  }

  /** A wireless network. */
  record Wireless(String name, String ssid, List<String> serverNames, Believed trust) {
    static Wireless of(Service.WirelessNetwork network) {
      return new Wireless(
          network.name(), network.ssid(), network.serverNames(), Believed.of(network.trust()));
    }
  }

  /** A mail server. */
  record Mail(String name, String imap, String smtp) {}
}
