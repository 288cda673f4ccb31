package de.kreissiegel.ra.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ra.house.Certificates;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which databases are reached by TLS, and by whose certificate. */
class DatabaseAddressTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql:kreissiegel",
        "jdbc:postgresql://localhost/kreissiegel",
        "jdbc:postgresql://127.0.0.1:5433/kreissiegel?sslmode=disable",
        "jdbc:postgresql://[::1]/kreissiegel",
        "jdbc:postgresql://localhost,127.0.0.2/kreissiegel",
        "jdbc:postgresql://db/x?socketFactory=org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg"
      })
  void leavesWhatStaysOnThisHostAsItIs(String url) {
    assertThat(DatabaseAddress.of(url, null, null)).isEqualTo(url);
  }

  @Test
  void asksAnotherHostForTlsWithItsNameVerified() {
    assertThat(DatabaseAddress.of("jdbc:postgresql://db.example/kreissiegel", null, null))
        .isEqualTo(
            "jdbc:postgresql://db.example/kreissiegel?sslmode=verify-full&gssEncMode=disable"
                + "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
    assertThat(
            DatabaseAddress.of(
                "jdbc:postgresql://localhost,10.0.0.7/x?tcpKeepAlive=true",
                Path.of("/etc/a & b/root.pem"),
                null))
        .isEqualTo(
            "jdbc:postgresql://localhost,10.0.0.7/x?tcpKeepAlive=true&sslmode=verify-full"
                + "&gssEncMode=disable&sslrootcert=%2Fetc%2Fa+%26+b%2Froot.pem");
    assertThat(
            DatabaseAddress.of(
                "jdbc:postgresql://db.example/x?sslmode=verify-full&sslrootcert=/r.pem",
                null,
                null))
        .doesNotContain("sslfactory")
        .contains("sslrootcert=/r.pem");
  }

  @ParameterizedTest
  @CsvSource({
    "sslmode=disable, sslmode=disable",
    "sslmode=require, sslmode=require",
    "sslmode=verify-ca, sslmode=verify-ca",
    "sslmode=verify-full&sslfactory=org.postgresql.ssl.NonValidatingFactory, sslfactory=",
    "sslhostnameverifier=org.example.Any, sslhostnameverifier=",
    "gssEncMode=prefer, gssEncMode=prefer",
  })
  void refusesToReachAnotherHostLessSafely(String parameters, String why) {
    assertThatThrownBy(
            () ->
                DatabaseAddress.of(
                    "jdbc:postgresql://db.example/x?password=geheim&" + parameters, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the database at db.example would be reached without verified TLS")
        .hasMessageContaining(why)
        .hasMessageContaining("kreissiegel.database.without-tls")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void makesAnExceptionForAReasonOnly() {
    String url = "jdbc:postgresql://10.0.0.7/x?sslmode=disable";
    assertThat(DatabaseAddress.of(url, null, "WireGuard between the two hosts, ticket 4711"))
        .isEqualTo(url);
    assertThatThrownBy(() -> DatabaseAddress.of(url, null, " "))
        .hasMessageContaining("it is empty");
  }

  @Test
  void saysWhatAnAddressLooksLikeAndRepeatsNone() {
    assertThatThrownBy(() -> DatabaseAddress.of("jdbc:mysql://db?password=geheim", null, null))
        .hasMessageContaining("jdbc:postgresql://host/name")
        .hasMessageNotContaining("geheim");
  }

  /** What is added is what the driver obeys: a real server, rightly and wrongly named. */
  @Test
  void isUnderstoodByTheDriver() throws Exception {
    KeyPair key = Certificates.newKey();
    Path right = pem("right.pem", "CERTIFICATE", certificate(key, "localhost"));
    Path other = pem("other.pem", "CERTIFICATE", certificate(Certificates.newKey(), "localhost"));
    Path wrongName = pem("name.pem", "CERTIFICATE", certificate(key, "db.example"));
    Path privateKey = pem("key.pem", "PRIVATE KEY", key.getPrivate().getEncoded());
    try (var server = server("right", right, privateKey)) {
      String url =
          "jdbc:postgresql://localhost:%d/postgres?user=postgres".formatted(server.getPort());
      try (var connection = DriverManager.getConnection(DatabaseAddress.verified(url, right));
          var answer =
              connection
                  .createStatement()
                  .executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
        assertThat(answer.next()).isTrue();
        assertThat(answer.getBoolean(1)).isTrue();
      }
      assertThatThrownBy(() -> DriverManager.getConnection(DatabaseAddress.verified(url, other)))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> DriverManager.getConnection(DatabaseAddress.verified(url, null)))
          .isInstanceOf(SQLException.class);
    }
    try (var server = server("wrong", wrongName, privateKey)) {
      String url =
          "jdbc:postgresql://localhost:%d/postgres?user=postgres".formatted(server.getPort());
      assertThatThrownBy(
              () -> DriverManager.getConnection(DatabaseAddress.verified(url, wrongName)))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("could not be verified");
    }
  }

  private EmbeddedPostgres server(String name, Path certificate, Path key) throws Exception {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve(name))
        .setServerConfig("ssl", "on")
        .setServerConfig("ssl_cert_file", certificate.toString())
        .setServerConfig("ssl_key_file", key.toString())
        .setPGStartupWait(Duration.ofSeconds(60))
        .start();
  }

  private Path pem(String name, String kind, byte[] der) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(
        file,
        "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(der)));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private static byte[] certificate(KeyPair key, String host) throws Exception {
    var name = new X500Name("CN=" + host);
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
            name,
            BigInteger.TEN,
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofHours(1))),
            name,
            key.getPublic())
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
        .addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, host)))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
        .getEncoded();
  }
}
