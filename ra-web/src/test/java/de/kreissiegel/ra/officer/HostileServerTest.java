package de.kreissiegel.ra.officer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import de.kreissiegel.hsm.approval.ApprovalStatement;
import de.kreissiegel.hsm.approval.ReleaseStatement;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  void signsAllKeysOfOneOwnerAndNothingAlongWithThem() throws Exception {
    Bytes first = releaseOf(REQUEST);
    assertThat(
            ApproveCommand.releases(
                Map.of(
                    REQUEST,
                    first,
                    OTHER,
                    releaseOf(OTHER, "Erika – people/0b", "Az. 1", "Stadt", "heir"))))
        .hasSize(2);
    for (Bytes other :
        List.of(
            releaseOf(OTHER, "Max – people/0b", "Az. 1", "Stadt", "heir"),
            releaseOf(OTHER, "Erika – people/0b", "Az. 2", "Stadt", "heir"),
            releaseOf(OTHER, "Erika – people/0b", "Az. 1", "Dorf", "heir"),
            releaseOf(OTHER, "Erika – people/0b", "Az. 1", "Stadt", "thief"))) {
      assertThatThrownBy(() -> ApproveCommand.releases(Map.of(REQUEST, first, OTHER, other)))
          .isInstanceOf(NotApproved.class)
          .hasMessageContaining("another owner's keys");
    }
    assertThatThrownBy(() -> ApproveCommand.releases(Map.of(OTHER, first)))
        .isInstanceOf(NotApproved.class)
        .hasMessageContaining("another release");
  }

  @Test
  void signsNoApprovalWhereAReleaseWasAskedForNorTheOtherWayRound() throws Exception {
    assertThatThrownBy(() -> ApproveCommand.releases(Map.of(REQUEST, approvalOf(REQUEST))))
        .isInstanceOf(NotApproved.class)
        .hasMessageContaining("no release");
    assertThatThrownBy(() -> ApproveCommand.statement(releaseOf(REQUEST), REQUEST))
        .isInstanceOf(NotApproved.class)
        .hasMessageContaining("no approval");
  }

  @Test
  void takesAsManyKeysAsARecoveryHasAndNoMore() throws Exception {
    says(200, items(60));
    assertThat(asked(Matter.RECOVERY)).hasSize(60);
    says(200, items(61));
    assertThatThrownBy(() -> asked(Matter.RECOVERY))
        .isInstanceOf(NotApproved.class)
        .hasMessageContaining("too many");
  }

  private static String items(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                "{\"release\":\"%s\",\"statement\":{\"statement\":\"%s\"}}"
                    .formatted(
                        new UUID(1, number),
                        Base64.getEncoder()
                            .encodeToString(releaseOf(new UUID(1, number)).toArray())))
        .collect(Collectors.joining(",", "{\"items\":[", "]}"));
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
    return asked(Matter.REQUEST);
  }

  private Map<UUID, Bytes> asked(Matter matter) throws Exception {
    try (var door =
        new InboxDoor(
            SSLContext.getDefault(),
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            matter,
            REQUEST,
            Locale.GERMAN)) {
      return door.statements();
    }
  }

  private static Bytes releaseOf(
      UUID release, String owner, String reason, String tenant, String collector) {
    return new ReleaseStatement(
            release,
            new KeyId("escrow"),
            Bytes.of(new byte[32]),
            owner,
            reason,
            tenant,
            collector,
            Instant.parse("2026-11-29T00:00:00Z"))
        .encoded();
  }

  private static Bytes releaseOf(UUID release) {
    return releaseOf(release, "Erika – people/0a", "Az. 1", "Stadt", "heir");
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
