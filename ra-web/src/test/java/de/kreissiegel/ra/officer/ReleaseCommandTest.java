package de.kreissiegel.ra.officer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import de.kreissiegel.hsm.approval.ReleaseStatement;
import de.kreissiegel.hsm.approval.SignedRelease;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.ra.house.Certificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code kreissiegel approve} over the address of escrowed keys, against a server of the test's.
 */
class ReleaseCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final UUID RECOVERY = UUID.fromString("11111111-0000-4000-8000-000000000001");
  private static final UUID FIRST = UUID.fromString("22222222-0000-4000-8000-000000000002");
  private static final UUID SECOND = UUID.fromString("33333333-0000-4000-8000-000000000003");
  private static final String PASSWORD = "geheim-genug";

  @TempDir private Path folder;

  private final List<JsonNode> sent = new CopyOnWriteArrayList<>();
  private HttpsServer server;
  private volatile String shown = "{}";

  @BeforeEach
  void start() throws Exception {
    KeyPair tls = Certificates.newKey();
    X509Certificate root = selfSigned("localhost", tls);
    Files.write(folder.resolve("root.pem"), root.getEncoded());
    KeyPair officer = Certificates.newKey();
    new OfficerFile(officer.getPrivate(), List.of(selfSigned("Olga Officer", officer)))
        .write(folder.resolve("olga.p12"), PASSWORD.toCharArray());
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(tls, root)));
    String place = "/api/v1/recoveries/" + RECOVERY + "/";
    server.createContext(place + "release-statements", exchange -> answer(exchange, shown));
    server.createContext(
        place + "approve",
        exchange -> {
          sent.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
          answer(exchange, "{\"state\":\"approved\"}");
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void showsEachKeyAndSignsJustThat() throws Exception {
    shown = items(release(FIRST, "Erika – people/0a"), release(SECOND, "Erika – people/0b"));

    Told told = approve("ja");

    assertThat(told.words)
        .contains("Erika – people/0a", "Erika – people/0b", "Az. 1/26: verstorben", "heir")
        .contains("Unterschrieben. Die Herausgabe ist jetzt: approved");
    assertThat(told.exitCode).isZero();
    var signed = new ArrayList<UUID>();
    for (JsonNode signature : sent.getFirst().path("signatures")) {
      signed.add(
          SignedRelease.read(
                  Bytes.of(Base64.getDecoder().decode(signature.asString(""))),
                  Optional.empty(),
                  Instant.now())
              .statement()
              .request());
    }
    assertThat(signed).containsExactly(FIRST, SECOND);
    assertThat(sent.getFirst().has("check")).isFalse();
  }

  @Test
  void signsNothingWithoutAYes() throws Exception {
    shown = items(release(FIRST, "Erika – people/0a"));
    Told told = approve("nein");
    assertThat(told.words).contains("Es wurde nichts unterschrieben");
    assertThat(told.exitCode).isOne();
    assertThat(sent).isEmpty();
  }

  @Test
  void signsNothingOfTwoOwners() throws Exception {
    shown = items(release(FIRST, "Erika – people/0a"), release(SECOND, "Max – people/0b"));
    Told told = approve("ja");
    assertThat(told.words).contains("another owner's keys");
    assertThat(told.exitCode).isOne();
    assertThat(sent).isEmpty();
  }

  @Test
  void takesNoCheckOfAPersonWithKeys() throws Exception {
    Told told = approve("ja", "--check", "known");
    assertThat(told.words).contains("goes with applications");
    assertThat(sent).isEmpty();
  }

  private record Told(int exitCode, String words) {}

  private Told approve(String yes, String... more) {
    var words = new StringWriter();
    var out = new PrintWriter(words, true);
    String answers = PASSWORD + "\n" + yes + "\n";
    int exitCode =
        new CommandLine(
                new ApproveCommand(
                    new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8))))
            .setOut(out)
            .setErr(out)
            .execute(
                Stream.concat(
                        Stream.of(
                            "https://localhost/escrow/recoveries/" + RECOVERY,
                            "--door",
                            "https://localhost:" + server.getAddress().getPort(),
                            "--key",
                            folder.resolve("olga.p12").toString(),
                            "--root",
                            folder.resolve("root.pem").toString()),
                        Stream.of(more))
                    .toArray(String[]::new));
    return new Told(exitCode, words.toString());
  }

  private static ReleaseStatement release(UUID release, String owner) {
    return new ReleaseStatement(
        release,
        new KeyId("escrow"),
        Bytes.of(new byte[32]),
        owner,
        "Az. 1/26: verstorben",
        "Stadt",
        "heir",
        Instant.parse("2026-11-29T00:00:00Z"));
  }

  private static String items(ReleaseStatement... statements) {
    var items = new ArrayList<String>();
    for (ReleaseStatement one : statements) {
      items.add(
          "{\"release\":\"%s\",\"statement\":{\"statement\":\"%s\"}}"
              .formatted(
                  one.request(), Base64.getEncoder().encodeToString(one.encoded().toArray())));
    }
    return "{\"items\":[" + String.join(",", items) + "]}";
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static SSLContext context(KeyPair keys, X509Certificate certificate) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("tls", keys.getPrivate(), new char[0], new Certificate[] {certificate});
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, new char[0]);
    var tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return tls;
  }

  private static X509Certificate selfSigned(String name, KeyPair keys) throws Exception {
    var subject = new X500Principal("CN=" + name);
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            subject,
            BigInteger.TEN,
            Date.from(now.minusSeconds(60)),
            Date.from(now.plus(Duration.ofDays(1))),
            subject,
            keys.getPublic());
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, name.replace(' ', '-'))));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }
}
