package de.kreissiegel.ra.officer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import de.kreissiegel.hsm.approval.ApprovalStatement;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.ra.house.Certificates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the officer's program does with a server in the wrong hands. */
class HostileServerTest {
  private static final UUID REQUEST = UUID.fromString("11111111-0000-4000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("22222222-0000-4000-8000-000000000002");

  private static final KeyPair KEY = Certificates.newKey();

  private HttpServer server;
  private int status = 200;
  private byte[] body = new byte[0];

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void signsNoOtherRequestsApproval() throws Exception {
    assertThat(ApproveCommand.statement(approvalOf(REQUEST), REQUEST).encoded())
        .isEqualTo(approvalOf(REQUEST));
    assertThatThrownBy(() -> ApproveCommand.statement(approvalOf(OTHER), REQUEST))
        .isInstanceOf(NotApproved.class)
        .hasMessageContaining("another request's approval");
  }

  @Test
  void signsAllPartsOfAnOrderAndNothingAlongWithThem() throws Exception {
    assertThat(
            ApproveCommand.statements(
                Map.of(REQUEST, approvalOf(REQUEST), OTHER, approvalOf(OTHER)), REQUEST))
        .hasSize(2);
    assertThatThrownBy(() -> ApproveCommand.statements(Map.of(OTHER, approvalOf(OTHER)), REQUEST))
        .isInstanceOf(NotApproved.class)
        .hasMessageContaining("other requests' approvals");
    assertThatThrownBy(
            () ->
                ApproveCommand.statements(
                    Map.of(REQUEST, approvalOf(REQUEST), OTHER, approvalOf(OTHER, "CN=Other")),
                    REQUEST))
        .isInstanceOf(NotApproved.class)
        .hasMessageContaining("another holder's approval");
  }

  @Test
  void signsNothingThatIsNoApproval() {
    assertThatThrownBy(() -> ApproveCommand.statement(Bytes.of(new byte[] {48, 0}), REQUEST))
        .isInstanceOf(NotApproved.class)
        .hasMessageContaining("no approval");
  }

  @Test
  void takesTheStatementAsTheServerSendsIt() throws Exception {
    says(
        200,
        "{\"items\":[{\"request\":\"%s\",\"statement\":{\"statement\":\"%s\"}}]}"
            .formatted(REQUEST, Base64.getEncoder().encodeToString(approvalOf(REQUEST).toArray())));
    assertThat(asked()).isEqualTo(Map.of(REQUEST, approvalOf(REQUEST)));
  }

  @Test
  void showsNoOrdersForTheTerminal() {
    says(403, "{\"detail\":\"\\u001b[2J\\u202eapproved\\u009b2J\\r\\nall is well\"}");
    assertThatThrownBy(this::asked)
        .isInstanceOf(NotApproved.class)
        .hasMessage("the server says 403: ?[2J?approved?2J??all is well");
  }

  @Test
  void readsNoAnswerWithoutEnd() {
    body = new byte[1 << 20];
    Arrays.fill(body, (byte) ' ');
    assertThatThrownBy(this::asked)
        .isInstanceOf(NotApproved.class)
        .hasMessageStartingWith("the server can't be reached");
  }

  @Test
  void followsNobodyElsewhere() {
    says(302, "{}");
    assertThatThrownBy(this::asked)
        .isInstanceOf(NotApproved.class)
        .hasMessage("the server says 302: no reason");
  }

  @Test
  void takesNothingElseForAnAnswer() {
    says(200, "<html>");
    assertThatThrownBy(this::asked).isInstanceOf(NotApproved.class).hasMessageContaining("no JSON");
    says(200, "{}");
    assertThatThrownBy(this::asked)
        .isInstanceOf(NotApproved.class)
        .hasMessageContaining("no statement");
    says(
        200,
        "{\"items\":[{\"request\":\"%s\",\"statement\":{\"statement\":\"***\"}}]}"
            .formatted(REQUEST));
    assertThatThrownBy(this::asked)
        .isInstanceOf(NotApproved.class)
        .hasMessageContaining("no base64");
  }

  private void says(int code, String words) {
    status = code;
    body = words.getBytes(StandardCharsets.UTF_8);
  }

  private Map<UUID, Bytes> asked() throws Exception {
    try (var door =
        new InboxDoor(
            SSLContext.getDefault(),
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            REQUEST,
            Locale.GERMAN)) {
      return door.statements();
    }
  }

  private static Bytes approvalOf(UUID request) throws Exception {
    return approvalOf(request, "CN=Somebody");
  }

  private static Bytes approvalOf(UUID request, String subject) throws Exception {
    return new ApprovalStatement(
            request,
            new KeyId("people"),
            "signature",
            Bytes.of(new X500Name(subject).getEncoded()),
            Bytes.of(new byte[0]),
            Bytes.of(KEY.getPublic().getEncoded()),
            Instant.parse("2027-11-29T00:00:00Z"),
            Duration.ofDays(365),
            "Stadt",
            Bytes.of(new byte[0]),
            "applicant",
            Instant.parse("2026-11-29T00:00:00Z"))
        .encoded();
  }
}
