package de.kreissiegel.ra.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.ra.wiring.ValidationNode;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that only answers, from its configuration on. */
class ValidationNodeTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path folder;

  private final TestHierarchy hierarchy = new TestHierarchy(new TestVault(), Instant.now());

  @BeforeEach
  void writeHierarchy() throws Exception {
    Authority people = hierarchy.people.authority();
    AuthorityFiles.write(
        folder.resolve("authorities"),
        List.of(
            new AuthorityFiles.Member(
                new AuthorityName("root"), new KeyId("root"), Optional.empty(), hierarchy.root),
            new AuthorityFiles.Member(
                people.name(), people.key(), people.ocspKey(), people.certificate())),
        Map.of());
    Files.writeString(folder.resolve("password"), "secret");
  }

  @Test
  void startsThoughTheDatabaseIsAwayAndSaysThatItIsNotWell() throws Exception {
    try (ValidationNode node =
        ValidationNode.start(configuration("url: jdbc:postgresql://127.0.0.1:1/x"))) {
      HttpResponse<byte[]> certificate = get(node.port(), "/ca/people.cer");
      assertThat(certificate.body())
          .isEqualTo(hierarchy.people.authority().certificate().toArray());
      assertThat(new OCSPResp(post(node.port(), question()).body()).getStatus())
          .isEqualTo(OCSPResp.TRY_LATER);

      HttpResponse<byte[]> health = get(node.managementPort(), "/actuator/health");
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(new String(health.body())).contains("\"status\":\"DOWN\"").contains("\"ready\":0");
      assertThat(new String(get(node.managementPort(), "/actuator/prometheus").body()))
          .contains("ocsp_answers_ready 0.0")
          .contains("ocsp_nonce_unsigned_total 0.0")
          .contains("revocation_to_status_seconds_count 0")
          .contains("ocsp_answers_total{outcome=\"try-later\"} 1.0");
    }
  }

  @Test
  void refusesTheEmbeddedDatabaseWhichBelongsToTheWebApplication() {
    assertThatThrownBy(() -> ValidationNode.start(configuration("embedded: /nowhere")))
        .hasMessageContaining("'url' and 'user'");
  }

  @Test
  void refusesADatabaseOnAnotherHostWithoutVerifiedTls() {
    assertThatThrownBy(
            () ->
                ValidationNode.start(
                    configuration("url: jdbc:postgresql://db.example/x?sslmode=require")))
        .hasMessageContaining("db.example would be reached without verified TLS (sslmode=require)");
  }

  private Path configuration(String database) throws Exception {
    return Files.writeString(
        folder.resolve("kreissiegel.yaml"),
        """
        kreissiegel:
          validation:
            port: 0
            lists: %1$s/lists
          ocsp:
            copy: %1$s/copy
            never-issued:
              people: unauthorized
          authorities: %1$s/authorities
          database:
            %2$s
            user: reader
            password-file: %1$s/password
        management:
          server:
            port: 0
        """
            .formatted(folder, database));
  }

  private byte[] question() throws Exception {
    var id =
        new CertificateID(
            new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
            new X509CertificateHolder(hierarchy.people.authority().certificate().toArray()),
            BigInteger.TEN);
    return new OCSPReqBuilder().addRequest(id).build().getEncoded();
  }

  private static HttpResponse<byte[]> get(int port, String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> post(int port, byte[] question) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ocsp"))
            .header("Content-Type", "application/ocsp-request")
            .POST(BodyPublishers.ofByteArray(question))
            .build(),
        BodyHandlers.ofByteArray());
  }
}
