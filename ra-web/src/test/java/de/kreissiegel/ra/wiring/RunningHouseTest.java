package de.kreissiegel.ra.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.hsm.signing.VaultDoor;
import de.kreissiegel.ldap.Directories;
import de.kreissiegel.ldap.DirectoryConfig;
import de.kreissiegel.ldap.LdapDirectory;
import de.kreissiegel.ldap.follow.DirectoryFollowers;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.MovableClock;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.house.TestVaultRoom;
import de.kreissiegel.ra.officer.OfficerFile;
import de.kreissiegel.ra.tls.WebServerCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.catalina.connector.Connector;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The counter with open ports: TLS by its own authority, and health on a port of its own. */
@SpringBootTest(
    classes = {
      RaApplication.class,
      TestHouse.class,
      TlsWiring.class,
      SuperiorWiring.class,
      HealthWiring.class,
      SessionWiring.class,
      RunningHouseTest.Rest.class
    },
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "server.ssl.bundle=" + TlsWiring.BUNDLE,
      "kreissiegel.certificate-door.port=0",
      "management.server.port=0",
      "management.server.ssl.enabled=false"
    })
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunningHouseTest {
  @TempDir static Path folder;

  @LocalServerPort int pages;
  @LocalManagementPort int management;
  @Autowired WebServerCertificate certificate;
  @Autowired SslBundleRegistry bundles;
  @Autowired AuthorityCatalog authorities;
  @Autowired MovableClock clock;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired RegistrationDesk registration;
  @Autowired ServletWebServerApplicationContext context;

  @DynamicPropertySource
  static void installation(DynamicPropertyRegistry settings) {
    settings.add("kreissiegel.public-base-url", () -> "https://localhost:8443");
    settings.add("kreissiegel.validation-base-url", () -> "http://localhost:8080");
    settings.add("kreissiegel.validation.port", () -> "8080");
    settings.add("kreissiegel.web", () -> folder.resolve("web"));
    for (String path :
        new String[] {
          "signer.socket",
          "authorities",
          "trust",
          "database.password-file",
          "directory.password-file"
        }) {
      settings.add("kreissiegel." + path, () -> folder.resolve("unused"));
    }
    settings.add("kreissiegel.directory.url", () -> "ldap://127.0.0.1:1");
    settings.add("kreissiegel.directory.base", () -> "dc=example");
    settings.add("kreissiegel.directory.bind-dn", () -> "cn=nobody");
  }

  @AfterEach
  void everybodyIsBack() {
    staff.reset();
  }

  /** The last one, for two months go by. */
  @Test
  @Order(Integer.MAX_VALUE)
  void presentsARenewedCertificateToTheNextHandshakeWithoutARestart() throws Exception {
    var before = presented();
    assertThat(before.getSubjectAlternativeNames())
        .anySatisfy(name -> assertThat(name.get(1)).isEqualTo("localhost"));
    assertThat(certificate.renewIfDue()).isEmpty();
    assertThat(presented()).isEqualTo(before);

    var life =
        Duration.between(before.getNotBefore().toInstant(), before.getNotAfter().toInstant());
    clock.forward(life.multipliedBy(2).dividedBy(3).plusSeconds(1));
    bundles.updateBundle(TlsWiring.BUNDLE, certificate.renewIfDue().orElseThrow());

    var after = presented();
    assertThat(presentedAt(door())).isEqualTo(after);
    assertThat(after.getNotAfter()).isAfter(before.getNotAfter());
    assertThat(after.getSerialNumber()).isNotEqualTo(before.getSerialNumber());
    assertThat(after.getPublicKey()).isNotEqualTo(before.getPublicKey());
    assertThat(status(health(), "crl")).as("nobody made new CRLs meanwhile").isEqualTo("DOWN");
  }

  @Test
  void hasNothingOfTheActuatorOnThePortOfThePages() throws Exception {
    for (String path : new String[] {"", "/health", "/prometheus", "/env", "/health/database"}) {
      var answer = get("https://localhost:" + pages + "/actuator" + path);
      assertThat(answer.statusCode()).as(path).isIn(302, 404);
      assertThat(answer.body()).as(path).doesNotContain("\"status\"").doesNotContain("jvm_");
      assertThat(answer.headers().firstValue("Location").orElse("/login"))
          .as(path)
          .endsWith("/login");
    }
  }

  @Test
  void tellsTheHealthOfEachPartOnThePortOfTheManagement() throws Exception {
    var health = health();
    for (String part : new String[] {"database", "signer", "outbox", "crl"}) {
      assertThat(status(health, part)).as(part).isEqualTo("UP");
    }
    assertThat(detail(health, "database")).matches("PostgreSQL \\d+.*, fsync off");
    assertThat(detail(health, "signer"))
        .matches("\\d+ of \\d+ keys active, journal of \\d+ entries, 0 refusals");
    // Nobody follows the directory in this house, which nobody should believe to be healthy.
    assertThat(status(health, "directory")).isEqualTo("DOWN");
    assertThat(detail(health, "directory")).isEqualTo("2 tenants");
    staff.goAway();
    assertThat(health().at("/components/directory/details/cause").asString())
        .contains("away for the test");
  }

  @Test
  void namesNoOtherEndpointThanHealthAndMetrics() throws Exception {
    var links = new JsonMapper().readTree(get(management("")).body()).get("_links");
    assertThat(links.propertyNames())
        .containsExactlyInAnyOrder("self", "health", "health-path", "prometheus");
    assertThat(get(management("/env")).statusCode()).isIn(302, 404);
  }

  private static KeyManager[] keysOf(OfficerFile own) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(Certificate[]::new));
    var keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, new char[0]);
    return keys.getKeyManagers();
  }

  @Test
  void asksForACertificateAtADoorOfItsOwnAndNowhereElse() throws Exception {
    var officer = officers.file(registration, staff.person("officer"));
    String me = "/api/v1/me";

    var known = get("https://localhost:" + door() + me, officer);
    assertThat(known.statusCode()).isEqualTo(200);
    assertThat(known.body()).contains("\"login\":\"officer\"", "\"proof\":\"certificate\"");
    assertThat(get("https://localhost:" + door() + me).statusCode()).isEqualTo(401);
    assertThat(get("https://localhost:" + pages + me, officer).statusCode()).isEqualTo(401);
  }

  @Test
  void endsTheHandshakeOfWhoShowsAForgedCertificate() throws Exception {
    var keys = Certificates.newKey();
    var people = authorities.get(new AuthorityName("people")).certificate();
    var issuer = new X509CertificateHolder(people.toArray()).getSubject();
    var forged =
        new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.TWO,
                Date.from(clock.instant()),
                Date.from(clock.instant().plus(Duration.ofDays(1))),
                new X500Name("CN=Otto Officer"),
                keys.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    var file =
        new OfficerFile(
            keys.getPrivate(), List.of(new JcaX509CertificateConverter().getCertificate(forged)));

    assertThatThrownBy(() -> get("https://localhost:" + door() + "/api/v1/me", file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("certificate");
  }

  /** Speaks TLS anew and returns what the server showed; the JDK has checked name and chain. */
  private X509Certificate presented() throws Exception {
    return presentedAt(pages);
  }

  private X509Certificate presentedAt(int port) throws Exception {
    var answer = get("https://localhost:" + port + "/info");
    assertThat(answer.statusCode()).isIn(200, 302);
    return (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
  }

  /** Where clients are asked for a certificate. */
  private int door() {
    var tomcat = ((TomcatWebServer) context.getWebServer()).getTomcat();
    return Arrays.stream(tomcat.getService().findConnectors())
        .mapToInt(Connector::getLocalPort)
        .filter(port -> port != pages)
        .findFirst()
        .orElseThrow();
  }

  private HttpResponse<String> get(String address) throws Exception {
    return get(address, null);
  }

  private HttpResponse<String> get(String address, @Nullable OfficerFile own) throws Exception {
    try (var client = HttpClient.newBuilder().sslContext(trusting(own)).build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(20)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private SSLContext trusting(@Nullable OfficerFile own) throws Exception {
    var anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    var root = authorities.get(new AuthorityName("root")).certificate();
    anchors.setCertificateEntry(
        "root",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(root.toArray())));
    var now = new PKIXBuilderParameters(anchors, new X509CertSelector());
    now.setDate(Date.from(clock.instant())); // the clock of this house is not the computer's
    now.setRevocationEnabled(false);
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(new CertPathTrustManagerParameters(now));
    var context = SSLContext.getInstance("TLS");
    context.init(own == null ? null : keysOf(own), trust.getTrustManagers(), null);
    return context;
  }

  private String management(String path) {
    return "http://127.0.0.1:" + management + "/actuator" + path;
  }

  private JsonNode health() throws Exception {
    return new JsonMapper().readTree(get(management("/health")).body());
  }

  private static String status(JsonNode health, String part) {
    return health.at("/components/" + part + "/status").asString();
  }

  private static String detail(JsonNode health, String part) {
    return health.at("/components/" + part + "/details/answer").asString();
  }

  /** What the wiring of a real installation has, too. */
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(Installation.class)
  static class Rest {
    @Bean
    VaultDoor signer(TestVaultRoom room) {
      return room.vault();
    }

    @Bean
    DirectoryFollowers followers(CertificationAuthority authority, Clock clock) {
      var nowhere =
          DirectoryConfig.of(URI.create("ldap://127.0.0.1:1"), "cn=nobody", "none", "dc=example");
      return new DirectoryFollowers(
          new Directories(List.of(new LdapDirectory(nowhere, clock)))
              .followers(authority.lifecycle(), clock));
    }
  }
}
