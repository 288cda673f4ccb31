package de.kreissiegel.ldap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.LDAPException;
import de.kreissiegel.ldap.Slapd;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** StartTLS and SASL EXTERNAL with slapd, under certificates that openssl made. */
@Tag("peer")
class SlapdTlsPeerTest {
  private static final String BASE = "dc=district,dc=example";
  private static final String ACCOUNT = "cn=kreissiegel," + BASE;
  @TempDir static Path folder;
  private static Slapd slapd;

  @BeforeAll
  static void start() throws Exception {
    certificate("anchor", "/CN=Anchor", "");
    certificate("other", "/CN=Other", "");
    certificate("server", "/CN=ldap", "subjectAltName=IP:127.0.0.1");
    certificate("client", "/O=District/CN=kreissiegel", "extendedKeyUsage=clientAuth");
    slapd = new Slapd(folder, config(), out -> out.write(ldif().getBytes(StandardCharsets.UTF_8)));
  }

  @AfterAll
  static void stop() throws Exception {
    if (slapd != null) {
      slapd.close();
    }
  }

  private static void certificate(String name, String subject, String extension) throws Exception {
    String openssl = Slapd.program("openssl");
    String key = folder.resolve(name + ".key").toString();
    String pem = folder.resolve(name + ".pem").toString();
    if (extension.isEmpty()) {
      Slapd.run(
          openssl,
          "req",
          "-x509",
          "-newkey",
          "rsa:2048",
          "-nodes",
          "-days",
          "2",
          "-subj",
          subject,
          "-keyout",
          key,
          "-out",
          pem);
      return;
    }
    String request = folder.resolve(name + ".csr").toString();
    Path extensions = Files.writeString(folder.resolve(name + ".ext"), extension + "\n");
    Slapd.run(
        openssl,
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        subject,
        "-keyout",
        key,
        "-out",
        request);
    Slapd.run(
        openssl,
        "x509",
        "-req",
        "-days",
        "2",
        "-in",
        request,
        "-CA",
        folder.resolve("anchor.pem").toString(),
        "-CAkey",
        folder.resolve("anchor.key").toString(),
        "-CAcreateserial",
        "-extfile",
        extensions.toString(),
        "-out",
        pem);
  }

  private static String config() {
    return """
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        pidfile %1$s/slapd.pid
        modulepath /usr/lib/ldap
        moduleload back_mdb
        TLSCACertificateFile %1$s/anchor.pem
        TLSCertificateFile %1$s/server.pem
        TLSCertificateKeyFile %1$s/server.key
        TLSVerifyClient try
        authz-regexp "cn=kreissiegel,o=District" "%3$s"
        database mdb
        suffix "%2$s"
        directory %1$s/db
        access to attrs=userPassword by anonymous auth by * none
        access to * by dn.exact="%3$s" read by * none
        """
        .formatted(folder, BASE, ACCOUNT);
  }

  private static String ldif() {
    return """
        dn: %1$s
        objectClass: dcObject
        objectClass: organization
        o: District
        dc: district

        dn: %2$s
        objectClass: organizationalRole
        objectClass: simpleSecurityObject
        cn: kreissiegel
        userPassword: secret
        """
        .formatted(BASE, ACCOUNT);
  }

  private static Connections connections(String host, String anchor, Account account) {
    return new Connections(
        new ServerConfig(
            List.of(URI.create("ldap://" + host + ":" + slapd.address().getPort())),
            true,
            Optional.of(folder.resolve(anchor + ".pem")),
            account));
  }

  private static Account password() {
    return new Account.Password(ACCOUNT, "secret");
  }

  private static Account certificate(String name) {
    return new Account.ClientCertificate(
        folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
  }

  @Test
  void readsUnderStartTlsWithAPasswordAndWithACertificate() throws Exception {
    for (Account account : List.of(password(), certificate("client"))) {
      try (var connections = connections("127.0.0.1", "anchor", account)) {
        assertThat(connections.entry(BASE, "o")).as(account.toString()).isPresent();
        assertThat(connections.features().vendor()).contains("OpenLDAP");
        connections.lasting().close();
      }
    }
  }

  @Test
  void refusesAServerWithAnotherAnchorOrAnotherName() {
    for (var wrong :
        List.of(
            connections("127.0.0.1", "other", password()),
            connections("localhost", "anchor", password()))) {
      assertThatExceptionOfType(LDAPException.class)
          .isThrownBy(() -> wrong.entry(BASE, "o"))
          .matches(e -> !e.getResultCode().isConnectionUsable());
      wrong.close();
    }
  }

  @Test
  void isNotLetInByACertificateThatTheServerDoesNotKnow() {
    try (var stranger = connections("127.0.0.1", "anchor", certificate("other"))) {
      assertThatExceptionOfType(LDAPException.class).isThrownBy(() -> stranger.entry(BASE, "o"));
    }
  }
}
