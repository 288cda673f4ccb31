package de.kreissiegel.ra.pages;

import de.kreissiegel.ra.encoding.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The other side of what the sample's services name.
 *
 * @param authority issues the people's certificates
 * @param own issues the gateways'
 */
record SampleGateways(SampleAuthority authority, SampleAuthority own) {
  /** Writes {@code swanctl}'s files for a gateway of this name, with 10.20.0.0/16 behind it. */
  void strongSwan(Path settings, String name) throws Exception {
    for (String sub : List.of("x509", "x509ca", "private")) {
      Files.createDirectories(settings.resolve(sub));
    }
    server(name, settings.resolve("x509/own.pem"), settings.resolve("private/own.pem"));
    for (var one : authority.authorities()) {
      Files.writeString(
          settings.resolve("x509ca/" + one.name() + ".pem"), Pem.certificate(one.certificate()));
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
            id = %s }
          remote { auth = pubkey
            cacerts = devices.pem }
          children { net {
            local_ts = 10.20.0.0/16
            esp_proposals = aes256gcm16-ecp384 } }
        } }
        pools { people { addrs = 10.99.0.0/24 } }
        """
            .formatted(name));
  }

  /** Writes {@code server.conf} of an OpenVPN server of this name, and what it names. */
  void openVpn(Path folder, String name) throws Exception {
    server(name, folder.resolve("server.pem"), folder.resolve("server.key"));
    var chain = new StringBuilder();
    authority.authorities().forEach(one -> chain.append(Pem.certificate(one.certificate())));
    Files.writeString(folder.resolve("chain.pem"), chain);
    Files.writeString(folder.resolve("tls-crypt.key"), SampleServices.STATIC_KEY);
    Files.writeString(
        folder.resolve("server.conf"),
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

  private void server(String name, Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    var pair = generator.generateKeyPair();
    var encoded =
        own.issueServer(
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
}
