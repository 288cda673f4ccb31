package de.kreissiegel.ca.delivery;

import java.util.List;
import java.util.Optional;

/** Something that a device connects to. */
public sealed interface Service {
  /** What people see in their device's list, 1 to 64 characters without control characters. */
  String name();

  /** Whose certificates it is for. */
  Scope scope();

  /**
   * An IKEv2 gateway (RFC 7296).
   *
   * @param address a DNS name or an IP address
   * @param remoteId what its certificate must name
   * @param trust from whom its certificate comes
   * @param subnets what lies behind it, as {@code 10.20.0.0/16}; everything if empty
   * @param searchDomains of which DNS domains its DNS servers are asked
   * @param suite how it is protected
   */
  record IkeGateway(
      String name,
      Scope scope,
      String address,
      String remoteId,
      Trust trust,
      List<String> subnets,
      List<String> searchDomains,
      IkeSuite suite)
      implements Service {
    public IkeGateway {
      subnets = List.copyOf(subnets);
      searchDomains = List.copyOf(searchDomains);
    }
  }

  /**
   * An OpenVPN server.
   *
   * @param address a DNS name or an IP address
   * @param port 1 to 65535
   * @param tcp whether it speaks TCP, else UDP
   * @param serverName what its certificate must name
   * @param trust as above
   * @param tlsCrypt the key that all of its clients share, in OpenVPN's own form
   * @param ciphers for data, the best first
   */
  record OpenVpnServer(
      String name,
      Scope scope,
      String address,
      int port,
      boolean tcp,
      String serverName,
      Trust trust,
      Optional<String> tlsCrypt,
      List<String> ciphers)
      implements Service {
    public OpenVpnServer {
      ciphers = List.copyOf(ciphers);
    }
  }

  /**
   * A wireless network with EAP-TLS (RFC 5216, RFC 9190).
   *
   * @param ssid 1 to 32 octets of UTF-8
   * @param serverNames what the certificate of its RADIUS server may name; one at least
   * @param trust as above
   */
  record WirelessNetwork(
      String name, Scope scope, String ssid, List<String> serverNames, Trust trust)
      implements Service {
    public WirelessNetwork {
      serverNames = List.copyOf(serverNames);
    }
  }

  /**
   * A mail server; whose mail it is stands in the certificate.
   *
   * @param imap the name of the IMAP server, TLS on port 993
   * @param smtp the name of the submission server, TLS on port 465 (RFC 8314)
   */
  record MailServer(String name, Scope scope, String imap, String smtp) implements Service {}
}
