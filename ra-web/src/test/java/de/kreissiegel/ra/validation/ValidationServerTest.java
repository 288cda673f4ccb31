package de.kreissiegel.ra.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateRevokedException;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationServerTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static ValidationWorld world;

  @BeforeAll
  static void start() throws IOException {
    world = new ValidationWorld();
  }

  @AfterAll
  static void stop() throws IOException {
    CLIENT.close();
    world.close();
  }

  /** A long address makes the JDK send its request by POST: it uses GET up to 255 characters. */
  @ParameterizedTest
  @ValueSource(ints = {0, 300})
  void satisfiesTheJdksRevocationCheckerByGetAndByPost(int padding) throws Exception {
    URI door = URI.create(world.base() + "/ocsp" + (padding == 0 ? "" : "?" + "x".repeat(padding)));
    X509Certificate leaf = world.issue();
    validate(leaf, door);

    world.revoke(leaf);

    assertThatThrownBy(() -> validate(leaf, door))
        .isInstanceOf(CertPathValidatorException.class)
        .hasCauseInstanceOf(CertificateRevokedException.class)
        .hasMessageContaining("KEY_COMPROMISE");
  }

  @Test
  void servesAListThatTheJdkReadsAndVerifies() throws Exception {
    X509Certificate leaf = world.issue();
    world.revoke(leaf);

    HttpResponse<byte[]> response = get("/crl/people.crl");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "content-type")).isEqualTo("application/pkix-crl");
    X509CRL crl =
        (X509CRL)
            CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(response.body()));
    crl.verify(world.authority().getPublicKey());
    assertThat(crl.isRevoked(leaf)).isTrue();
  }

  @Test
  void servesTheAuthoritysCertificateAndItsChain() throws Exception {
    var factory = CertificateFactory.getInstance("X.509");
    HttpResponse<byte[]> certificate = get("/ca/people.cer");
    HttpResponse<byte[]> chain = get("/ca/people.p7c");

    assertThat(header(certificate, "content-type")).isEqualTo("application/pkix-cert");
    assertThat(certificate.body()).isEqualTo(world.authority().getEncoded());
    assertThat(header(chain, "content-type")).startsWith("application/pkcs7-mime");
    CertPath path = factory.generateCertPath(new ByteArrayInputStream(chain.body()), "PKCS7");
    assertThat(path.getCertificates().stream().map(X509Certificate.class::cast))
        .containsExactlyInAnyOrder(world.authority(), world.root());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/crl/people.crl", "/ca/people.cer"})
  void saysNotModifiedToWhoHasItAlready(String path) throws Exception {
    HttpResponse<byte[]> first = get(path);
    String tag = header(first, "etag");

    HttpResponse<byte[]> again = send(request(path).header("If-None-Match", "\"x\", W/" + tag));

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "etag")).isEqualTo(tag);
    assertThat(send(request(path).header("If-None-Match", "\"x\"")).statusCode()).isEqualTo(200);
    assertThat(header(first, "last-modified")).endsWith("GMT");
    assertThat(header(first, "cache-control")).contains("max-age=");
  }

  @Test
  void answersHeadWithTheLengthAlone() throws Exception {
    HttpResponse<byte[]> head =
        send(request("/crl/people.crl").method("HEAD", BodyPublishers.noBody()));

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "content-length"))
        .isEqualTo(Integer.toString(get("/crl/people.crl").body().length));
  }

  @Test
  void readsARequestFromTheAddressHoweverItIsEscaped() throws Exception {
    for (int i = 0; i < 12; i++) { // plus signs and slashes come with some serial numbers
      byte[] question = question(world.issue());
      String base64 = Base64.getEncoder().encodeToString(question);
      for (String form :
          List.of(
              URLEncoder.encode(base64, StandardCharsets.US_ASCII),
              base64,
              "/" + base64,
              base64.replace("=", ""))) {
        assertGood(get("/ocsp/" + form));
      }
    }
  }

  @Test
  void letsCachesKeepAnAnswerToGetForAsLongAsTheProfileSays() throws Exception {
    String path =
        "/ocsp/"
            + URLEncoder.encode(
                Base64.getEncoder().encodeToString(question(world.issue())),
                StandardCharsets.US_ASCII);

    HttpResponse<byte[]> response = get(path);

    assertThat(header(response, "cache-control"))
        .isEqualTo("max-age=300, public, no-transform, must-revalidate");
    assertThat(header(response, "expires")).endsWith("GMT");
    assertThat(header(response, "last-modified")).endsWith("GMT");
    assertThat(send(request(path).header("If-None-Match", header(response, "etag"))).statusCode())
        .isEqualTo(304);
  }

  @Test
  void saysHowOldItsKnowledgeIsOnlyWhenItIsCutOff() throws Exception {
    byte[] question = question(world.issue());
    assertThat(post("/ocsp", question).headers().firstValue("kreissiegel-as-of")).isEmpty();
    var heard = world.clock.instant();

    world.clock.pass(Duration.ofSeconds(3));
    try {
      HttpResponse<byte[]> late = post("/ocsp", question);
      assertGood(late);
      assertThat(header(late, "kreissiegel-as-of")).isEqualTo(Reply.date(heard));
    } finally {
      // The JDK's checker has the real time, and believes in no revocation that is still to come.
      world.clock.pass(Duration.ofSeconds(-3));
      world.look();
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrderThoughSomeHaveToWait() throws Exception {
    byte[] ready = question(world.issue());
    byte[] never = ready.clone();
    never[never.length - 1] ^= 0x55; // never issued, so a worker asks the database
    var all = new java.io.ByteArrayOutputStream();
    for (int i = 0; i < 40; i++) {
      byte[] body = i % 3 == 0 ? never : ready;
      all.writeBytes(
          ("POST /ocsp HTTP/1.1\r\nHost: x\r\nContent-Type: application/ocsp-request\r\n"
                  + (i == 39 ? "Connection: close\r\n" : "")
                  + "Content-Length: "
                  + body.length
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      all.writeBytes(body);
    }
    try (Socket socket = new Socket("127.0.0.1", world.port())) {
      socket.getOutputStream().write(all.toByteArray());
      byte[] answers = socket.getInputStream().readAllBytes();
      String text = new String(answers, StandardCharsets.ISO_8859_1);
      assertThat(text.split("HTTP/1.1 200 OK", -1)).hasSize(41);
      int at = 0;
      for (int i = 0; i < 40; i++) {
        int body = text.indexOf("\r\n\r\n", at) + 4;
        int length =
            Integer.parseInt(
                text.substring(at, body).replaceAll("(?si).*content-length: (\\d+).*", "$1"));
        var response = new OCSPResp(java.util.Arrays.copyOfRange(answers, body, body + length));
        var status = ((BasicOCSPResp) response.getResponseObject()).getResponses()[0];
        assertThat(status.getCertStatus() == null).as("answer " + i).isEqualTo(i % 3 != 0);
        at = body + length;
      }
    }
  }

  @Test
  void answersAMalformedRequestAsOcspSaysAndLetsNobodyKeepIt() throws Exception {
    HttpResponse<byte[]> posted = post("/ocsp", new byte[] {1, 2, 3});
    HttpResponse<byte[]> got = get("/ocsp/no-base64!");

    assertThat(posted.statusCode()).isEqualTo(200);
    assertThat(new OCSPResp(posted.body()).getStatus()).isEqualTo(OCSPResp.MALFORMED_REQUEST);
    assertThat(got.statusCode()).isEqualTo(400);
    assertThat(new OCSPResp(got.body()).getStatus()).isEqualTo(OCSPResp.MALFORMED_REQUEST);
    assertThat(header(got, "cache-control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /ocsp, 405, POST",
    "GET, /ocsp, 405, POST",
    "PUT, /ocsp/abcd, 405, 'GET, HEAD'",
    "POST, /crl/people.crl, 405, 'GET, HEAD'",
    "POST, /, 405, 'GET, HEAD'",
    "GET, /, 200, ",
    "GET, /crl/nobody.crl, 404, ",
    "GET, /crl/..%2fpeople.crl, 404, ",
    "GET, /ca/people.pem, 404, ",
    "POST, /elsewhere, 404, ",
  })
  void opensWhatIsThereAndNothingElse(String method, String path, int status, String allowed)
      throws Exception {
    HttpResponse<byte[]> response = send(request(path).method(method, BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("allow").orElse(null)).isEqualTo(allowed);
    assertThat(response.headers().firstValue("server")).isEmpty();
    assertThat(response.headers().firstValue("date")).isPresent();
  }

  @Test
  void refusesABodyThatIsTooLargeOrOfAnotherKind() throws Exception {
    assertThat(post("/ocsp", new byte[70_000]).statusCode()).isEqualTo(413);
    assertThat(
            send(request("/ocsp")
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofByteArray(new byte[3])))
                .statusCode())
        .isEqualTo(415);
  }

  @Test
  void whoGoesOnSendingWhatIsTooLargeHearsWhyItWasRefused() throws Exception {
    try (var socket = new Socket("127.0.0.1", world.port())) {
      socket.setSoTimeout(20_000);
      write(socket, "POST /ocsp HTTP/1.1\r\nHost: a\r\nContent-Length: 4000000\r\n\r\n");
      for (int i = 0; i < 40; i++) {
        socket.getOutputStream().write(new byte[100_000]);
        Thread.sleep(5); // the answer is long on its way
      }

      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 413 ")
          .endsWith("64 KiB.\n");
    }
  }

  @Test
  void whoNeverStopsSendingIsCutOff() throws Exception {
    try (var socket = new Socket("127.0.0.1", world.port())) {
      write(socket, "POST /ocsp HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000000\r\n\r\n");
      Instant end = Instant.now().plusSeconds(20);
      assertThatThrownBy(
              () -> {
                while (Instant.now().isBefore(end)) {
                  socket.getOutputStream().write(new byte[10_000]);
                  Thread.sleep(10);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "414, GET /%s HTTP/1.1",
    "431, GET / HTTP/1.1\\nA: %s",
    "400, %s",
    "400, GET / X/9%s"
  })
  void refusesWhatIsNoSoundHttp(int status, String start) throws Exception {
    String filling = "y".repeat(start.contains("%s") && status != 400 ? 9_000 : 3);

    String answer = talk(start.formatted(filling).replace("\\n", "\r\n") + "\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + " ")
        .containsIgnoringCase("connection: close");
  }

  @Test
  void putsABodyTogetherThatComesInChunks() throws Exception {
    String answer =
        talk(
            """
            POST /ocsp HTTP/1.1\r
            Host: a\r
            Connection: close\r
            Transfer-Encoding: chunked\r
            \r
            2\r
            0\u0003\r
            3\r
            abc\r
            0\r
            \r
            """);

    // Not an OCSPRequest, and so malformedRequest (1), which is an OCSPResponse.
    assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n0\u0003\n\u0001\u0001");
  }

  @Test
  void refusesABodyThatGrowsTooLargeByItsChunks() throws Exception {
    String chunk = "7000\r\n" + "y".repeat(0x7000) + "\r\n";

    String answer =
        talk(
            "POST /ocsp HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(3));

    assertThat(answer).startsWith("HTTP/1.1 413 ").containsIgnoringCase("connection: close");
  }

  @Test
  void refusesChunksThatAreNone() throws Exception {
    String answer =
        talk("POST /ocsp HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ").containsIgnoringCase("connection: close");
  }

  @Test
  void refusesARequestWithTwoLengths() throws Exception {
    String answer =
        talk(
            "POST /ocsp HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 40\r\n\r\n"
                + "0\0GET /ca/people.cer HTTP/1.1\r\nHost: a\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1");
  }

  @Test
  void saysThatABodyIsWelcomeToWhoWaitsToHearIt() throws Exception {
    try (var socket = new Socket("127.0.0.1", world.port())) {
      socket.setSoTimeout(20_000);
      write(
          socket,
          "POST /ocsp HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\n"
              + "Content-Length: 2\r\n\r\n");
      String go = "HTTP/1.1 100 Continue\r\n\r\n";
      assertThat(new String(socket.getInputStream().readNBytes(go.length()), ISO_8859_1))
          .isEqualTo(go);

      write(socket, "0\0");

      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void tellsWhoWaitsThatABodyIsTooLarge() throws Exception {
    String answer =
        talk(
            "POST /ocsp HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                + "Content-Length: 65537\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void readsAnAddressThatComesInSeveralPieces() throws Exception {
    assertThat(get("/" + "y".repeat(6_000)).statusCode()).isEqualTo(404);
  }

  @Test
  void answersRequestsOfOneConnectionInTheirOrder() throws Exception {
    String answers =
        talk(
            """
            GET / HTTP/1.1\r
            Host: a\r
            \r
            GET /nothing HTTP/1.1\r
            Host: a\r
            \r
            GET http://a/ca/nobody.cer HTTP/1.1\r
            Host: a\r
            \r
            DELETE / HTTP/1.1\r
            Host: a\r
            Connection: close\r
            \r
            """);

    assertThat(answers.lines().filter(line -> line.startsWith("HTTP/1.1")))
        .containsExactly(
            "HTTP/1.1 200 OK",
            "HTTP/1.1 404 Not Found",
            "HTTP/1.1 404 Not Found",
            "HTTP/1.1 405 Method Not Allowed");
  }

  @Test
  void endsAConnectionWhoseRequestNeverBecomesWhole() throws Exception {
    try (var server = world.impatient()) {
      server.start();
      try (var socket = new Socket("127.0.0.1", server.port())) {
        socket.setSoTimeout(20_000);
        write(socket, "GET / HTTP/1.1\r\nHost: a\r\n");

        assertThat(socket.getInputStream().read()).as("the connection's end").isEqualTo(-1);
      }
    }
  }

  @Test
  void saysInOneSentenceThatThePortIsTaken() throws Exception {
    try (var second = world.another(world.port())) {
      assertThatThrownBy(second::start)
          .isInstanceOf(IOException.class)
          .hasMessage(
              "Another program uses localhost port %d, where validation is to listen.",
              world.port());
    }
  }

  private static void validate(X509Certificate leaf, URI responder) throws Exception {
    var validator = CertPathValidator.getInstance("PKIX");
    var checker = (PKIXRevocationChecker) validator.getRevocationChecker();
    checker.setOcspResponder(responder);
    checker.setOptions(EnumSet.of(Option.NO_FALLBACK, Option.ONLY_END_ENTITY));
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(world.authority(), null)));
    parameters.addCertPathChecker(checker);
    validator.validate(
        CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
  }

  private static byte[] question(X509Certificate leaf) throws Exception {
    X509CertificateHolder issuer = new JcaX509CertificateHolder(world.authority());
    return new OCSPReqBuilder()
        .addRequest(
            new CertificateID(
                new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
                issuer,
                leaf.getSerialNumber()))
        .build()
        .getEncoded();
  }

  private static void assertGood(HttpResponse<byte[]> response) throws Exception {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "content-type")).isEqualTo("application/ocsp-response");
    var basic = (BasicOCSPResp) new OCSPResp(response.body()).getResponseObject();
    assertThat(basic.getResponses()[0].getCertStatus()).isNull();
  }

  /** Speaks to the server by hand until it closes. */
  private static String talk(String text) throws IOException {
    try (var socket = new Socket("127.0.0.1", world.port())) {
      socket.setSoTimeout(20_000);
      write(socket, text);
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(world.base() + path)).timeout(Duration.ofSeconds(20));
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    return send(request(path));
  }

  private static HttpResponse<byte[]> post(String path, byte[] body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/ocsp-request")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
