package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ra.credentials.CredentialsFile;
import de.kreissiegel.ra.credentials.DemoCredentials;
import de.kreissiegel.ra.credentials.DemoRole;
import de.kreissiegel.ra.database.EmbeddedDatabase;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.officer.ApproveCommand;
import de.kreissiegel.ra.officer.OneAnchor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The life of one demo, told in order: its processes are real, and so is how they end. */
@Order(1)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoTest {
  @TempDir static Path folder;

  private static Path data;
  private static String offset;
  private static DemoProcess demo;

  @BeforeAll
  static void startForTheFirstTime() throws IOException {
    data = folder.resolve("data");
    offset = Integer.toString(freeOffset());
    demo = DemoProcess.start(folder.resolve("first.txt"), arguments());
    demo.awaitReady();
  }

  @AfterAll
  static void leaveNothingRunning() {
    demo.descendants().forEach(ProcessHandle::destroyForcibly);
    demo.handle().destroyForcibly();
  }

  @Test
  @Order(1)
  void saysWhoCanLogInAndKeepsSecretsForTheOwner() throws IOException {
    assertThat(demo.words())
        .contains("First start")
        .contains("officer")
        .contains("root-passphrase");
    for (Path secret :
        List.of(
            data.resolve("demo-credentials.txt"),
            data.resolve("secrets/vault-passphrase"),
            data.resolve("web/tls.pem"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .as("%s", secret)
          .isEqualTo("rw-------");
    }
    assertThat(data.resolve("trust/root.pem")).isNotEmptyFile();
    assertThat(data.resolve("trust/chain.pem")).isNotEmptyFile();
  }

  @Test
  @Order(2)
  void playsTheMainJobOverItsPublicDoors() {
    Told walkthrough = run("walkthrough", "--data", data.toString());
    assertThat(walkthrough.exitCode).as(walkthrough.words).isZero();
    assertThat(walkthrough.words).contains("steps were as the story says");
  }

  @Test
  @Order(3)
  void letsAnOfficerApproveWithAProgramOfTheirOwn() throws Exception {
    DemoCredentials credentials = new CredentialsFile(data).read();
    String request = applied(credentials, DemoRole.STAFF);
    String opening = credentials.officerKeyPassword();
    assertThat(approve(credentials, request, "wrong", "ja").words)
        .contains("can't be opened with this password");
    Told declined = approve(credentials, request, opening, "nein");
    assertThat(declined.exitCode).isEqualTo(1);
    assertThat(declined.words)
        .contains("Das unterschreiben Sie", credentials.person(DemoRole.STAFF).name())
        .contains("Es wurde nichts unterschrieben");

    Told approved = approve(credentials, request, opening, "ja");
    assertThat(approved.exitCode).as(approved.words).isZero();
    assertThat(approved.words)
        .containsPattern("Genehmigt. Der Antrag ist jetzt: (issued|approved)")
        .doesNotContain(opening);
    assertThat(approve(credentials, request, opening, "ja").words).contains("the server says 4");
  }

  private static Told approve(DemoCredentials credentials, String request, String... answers) {
    var words = new StringWriter();
    var out = new PrintWriter(words, true);
    DemoCredentials.Person officer = credentials.person(DemoRole.OFFICER);
    var typed = (String.join("\n", answers) + "\n").getBytes(StandardCharsets.UTF_8);
    int exitCode =
        new CommandLine(new ApproveCommand(new ByteArrayInputStream(typed)))
            .setOut(out)
            .setErr(out)
            .execute(
                credentials.addresses().web().resolve("/inbox/" + request).toString(),
                "--key",
                DemoCredentials.keyFile(data, officer).toString(),
                "--root",
                data.resolve("trust/root.pem").toString());
    return new Told(exitCode, words.toString());
  }

  /** Applies for a VPN certificate over REST; the application's id. */
  private static String applied(DemoCredentials credentials, DemoRole role) throws Exception {
    DemoCredentials.Person person = credentials.person(role);
    try (var root = Files.newInputStream(data.resolve("trust/root.pem"));
        var client =
            HttpClient.newBuilder()
                .sslContext(
                    OneAnchor.tls(
                        (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(root)))
                .build()) {
      var json = new JsonMapper();
      for (JsonNode offer :
          json.readTree(rest(client, credentials, person, "offers", "")).path("items")) {
        if (offer.at("/profile/name").asString().equals("vpn-client")) {
          var application =
              Map.of(
                  "subject", offer.at("/subject/id").asString(),
                  "tenant", offer.path("tenant").asString(),
                  "profile", "vpn-client",
                  "csr", Certificates.certificationRequest(),
                  "remark", "");
          String body = json.writeValueAsString(application);
          return json.readTree(rest(client, credentials, person, "requests", body))
              .path("id")
              .asString();
        }
      }
    }
    throw new AssertionError("no offer");
  }

  private static String rest(
      HttpClient client,
      DemoCredentials credentials,
      DemoCredentials.Person person,
      String path,
      String body)
      throws Exception {
    String secret = person.login() + ":" + person.password();
    var request =
        HttpRequest.newBuilder(credentials.addresses().web().resolve("/api/v1/" + path))
            .header("Content-Type", "application/json")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
    HttpResponse<String> answer =
        client.send(
            (body.isEmpty() ? request.GET() : request.POST(BodyPublishers.ofString(body))).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    return answer.body();
  }

  @Test
  @Order(3)
  void confirmsBothLogsWhileItRuns() {
    assertIntact(run("journal", "verify", "--data", data.toString()));
    assertIntact(run("audit", "verify", "--data", data.toString()));
  }

  @Test
  @Order(4)
  void startsASignerThatWasKilledAnew() {
    ProcessHandle signer = demo.descendant("SignerProcess");
    signer.destroyForcibly();
    DemoProcess.await(
        Duration.ofMinutes(1),
        () ->
            demo.descendants().stream()
                .filter(ProcessHandle::isAlive)
                .anyMatch(
                    child ->
                        child.pid() != signer.pid()
                            && child.info().commandLine().orElse("").contains("SignerProcess")));
    assertThat(demo.said("The signer has died")).isTrue();
  }

  @Test
  @Order(5)
  void letsNoSecondDemoOnTheSameData() throws Exception {
    DemoProcess second = DemoProcess.start(folder.resolve("second.txt"), arguments());
    assertThat(second.awaitExit()).isEqualTo(1);
    assertThat(second.words()).contains("another kreissiegel is running");
  }

  @Test
  @Order(6)
  void findsEverythingAsItWasAfterTheParentWasKilled() throws Exception {
    List<ProcessHandle> parts = demo.descendants();
    demo.handle().destroyForcibly();
    // At once, as an impatient person does it: the parts of the killed run may still be ending.
    demo = DemoProcess.start(folder.resolve("third.txt"), arguments());
    demo.awaitReady();
    assertThat(demo.words()).doesNotContain("First start");
    DemoProcess.await(
        Duration.ofSeconds(30), () -> parts.stream().noneMatch(ProcessHandle::isAlive));
    Told walkthrough = run("walkthrough", "--data", data.toString());
    assertThat(walkthrough.exitCode).as(walkthrough.words).isZero();
  }

  @Test
  @Order(7)
  void stopsAllItsProcessesWhenItIsTold() throws Exception {
    List<ProcessHandle> parts = demo.descendants();
    assertThat(parts).as("signer, directory, web").hasSize(3);
    assertThat(EmbeddedDatabase.portOfRunning(data.resolve("database"))).isPresent();
    demo.handle().destroy();
    demo.awaitExit();
    assertThat(parts).noneMatch(ProcessHandle::isAlive);
    assertThat(EmbeddedDatabase.portOfRunning(data.resolve("database"))).isEmpty();
  }

  @Test
  @Order(8)
  void confirmsBothLogsWhenNothingRuns() {
    assertIntact(run("journal", "verify", "--data", data.toString()));
    assertIntact(run("audit", "verify", "--data", data.toString()));
  }

  @Test
  @Order(9)
  void namesWhatWasDoneToTheJournal() throws IOException {
    assertThat(journal("changed", file -> overwrite(file, file.length() / 2)))
        .contains("CHANGED")
        .contains("NOT intact");
    assertThat(journal("cut", file -> file.setLength(file.length() - 40)))
        .contains("CUT")
        .contains("NOT intact");
    assertThat(journal("swapped", DemoTest::swapFirstTwo))
        .contains("at entry 0")
        .contains("NOT intact");
  }

  @Test
  @Order(10)
  void namesWhatWasDoneToTheAuditTrail() throws Exception {
    String last = "select max(sequence) from audit_event where chain = 'demo'";
    assertThat(tamper("update audit_event set detail = detail || 'x' where sequence = 3"))
        .contains("CHANGED demo/3");
    assertThat(tamper("delete from audit_event where sequence = (" + last + ")"))
        .contains("TAIL_CUT");
    assertThat(
            tamper(
                "update audit_event set sequence = -2 where sequence = 2",
                "update audit_event set sequence = 2 where sequence = 3",
                "update audit_event set sequence = 3 where sequence = -2"))
        .contains("SWAPPED");
  }

  @Test
  @Order(10)
  void takesRevocationsInAgainThatAnOlderBackupLacks() throws Exception {
    Path export = folder.resolve("revocations.jsonl");
    Told exported =
        run("revocations", "export", "--data", data.toString(), "--out", export.toString());
    assertThat(exported.exitCode).as(exported.words).isZero();
    long facts;
    try (var lines = Files.lines(export)) {
      facts = lines.filter(line -> line.contains("\"state\":\"revoked\"")).count();
    }
    assertThat(facts).as("the walkthrough's leaver").isPositive();
    asAdministrator(
        "update certificate set state = 'good', state_since = null, revocation_reason = null",
        "delete from revocation_fact");

    Told replayed = run("revocations", "replay", "--data", data.toString(), export.toString());

    assertThat(replayed.exitCode).as(replayed.words).isZero();
    assertThat(replayed.words)
        .contains(facts + " revoked or held now, 0 were so already, 0 certificates are not here");
    assertThat(run("revocations", "replay", "--data", data.toString(), export.toString()).words)
        .contains("0 revoked or held now, " + facts + " were so already");

    asAdministrator("update crl_line set missing = 1000, number = 1000 where authority = 'people'");
    assertThat(run("revocations", "replay", "--data", data.toString(), export.toString()).words)
        .contains("Still missing: list 1000 of people, or a later one.");
    assertThat(givenUp("999").words).contains("nothing was changed");
    Told givenUp = givenUp("1000");
    assertThat(givenUp.words).contains("List 1000 of people is given up.");
    assertThat(givenUp.exitCode).isZero();
    assertThat(run("revocations", "replay", "--data", data.toString(), export.toString()).words)
        .doesNotContain("missing");

    Files.writeString(export, "{\"number\":1}\n");
    Told none = run("revocations", "replay", "--data", data.toString(), export.toString());
    assertThat(none.exitCode).isEqualTo(1);
    assertThat(none.words).contains("a fact without its authority").doesNotContain("Exception");
  }

  @Test
  @Order(11)
  void listsAKeyThatIsNeverToBeCertified() throws Exception {
    String root = data.resolve("trust/root.pem").toString();
    String[] command = {"list-keys", "--data", data.toString(), "--note", "found on a stick", root};

    Told listed = run(command);

    assertThat(listed.exitCode).as(listed.words).isZero();
    assertThat(listed.words).contains("1 keys listed, 0 were so already.");
    assertThat(run(command).words).contains("0 keys listed, 1 were so already.");
    assertThat(run("list-keys", "--data", data.toString(), root).exitCode)
        .as("without a note")
        .isNotZero();
  }

  private static Told givenUp(String number) throws Exception {
    return run(
        "revocations",
        "give-up",
        "people",
        number,
        "--reason",
        "never got out",
        "--data",
        data.toString());
  }

  private static void asAdministrator(String... statements) throws Exception {
    String password = new DataDirectory(data).readSecret("database-password");
    try (var database = EmbeddedDatabase.start(data.resolve("database"), password);
        Connection connection = database.dataSource().getConnection()) {
      execute(connection, "set session_replication_role = replica");
      for (String statement : statements) {
        execute(connection, statement);
      }
    }
  }

  @Test
  @Order(11)
  void namesThePortThatIsTaken() throws Exception {
    try (var other = new ServerSocket(Ports.STANDARD.shifted(Integer.parseInt(offset)).http())) {
      DemoProcess hindered =
          DemoProcess.start(
              folder.resolve("port.txt"),
              "demo",
              "--data",
              folder.resolve("elsewhere").toString(),
              "--port-offset",
              offset);
      assertThat(hindered.awaitExit()).isEqualTo(1);
      assertThat(hindered.words())
          .contains("port " + other.getLocalPort() + " for OCSP and CRL is taken")
          .doesNotContain("\tat ");
    }
  }

  @Test
  @Order(12)
  void saysHowToGoOnFromAFirstStartThatBrokeOff() throws Exception {
    var half = new DataDirectory(folder.resolve("half"));
    half.look();
    half.begin();
    DemoProcess hindered =
        DemoProcess.start(folder.resolve("half.txt"), "demo", "--data", half.root().toString());
    assertThat(hindered.awaitExit()).isEqualTo(1);
    assertThat(hindered.words()).contains("--fresh").doesNotContain("\tat ");
  }

  private static String[] arguments() {
    return new String[] {"demo", "--data", data.toString(), "--port-offset", offset};
  }

  /** What a command said, and how it ended. */
  private record Told(int exitCode, String words) {}

  private static Told run(String... arguments) {
    var words = new StringWriter();
    var out = new PrintWriter(words, true);
    var command = Kreissiegel.commandLine().setOut(out).setErr(out);
    return new Told(command.execute(arguments), words.toString());
  }

  private static void assertIntact(Told verified) {
    assertThat(verified.exitCode).as(verified.words).isZero();
    assertThat(verified.words).contains("is intact");
  }

  /** Does something to the file of a copy of the journal, and verifies it. */
  private static String journal(String name, Deed deed) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    Path largest = null;
    try (var files = Files.list(data.resolve("vault/journal"))) {
      for (Path file : files.toList()) {
        Path copied = Files.copy(file, copy.resolve(file.getFileName()));
        if (largest == null || Files.size(copied) > Files.size(largest)) {
          largest = copied;
        }
      }
    }
    try (var file = new RandomAccessFile(String.valueOf(largest), "rw")) {
      deed.to(file);
    }
    Told verified =
        run(
            "journal",
            "verify",
            "--journal",
            copy.toString(),
            "--key",
            data.resolve("trust/journal.pem").toString());
    assertThat(verified.exitCode).as(verified.words).isEqualTo(1);
    return verified.words;
  }

  private static void overwrite(RandomAccessFile file, long at) throws IOException {
    file.seek(at);
    int octet = file.read();
    file.seek(at);
    file.write(octet ^ 1);
  }

  private static void swapFirstTwo(RandomAccessFile file) throws IOException {
    byte[] all = Channels.newInputStream(file.getChannel()).readAllBytes();
    int beginning = JournalFrames.BEGINNING;
    int first = JournalFrames.lengthAt(all, beginning);
    int second = JournalFrames.lengthAt(all, beginning + first);
    file.seek(beginning);
    file.write(all, beginning + first, second);
    file.write(all, beginning, first);
  }

  /** Does something to the trail, verifies it, and puts it right again. */
  private static String tamper(String... statements) throws Exception {
    String password = new DataDirectory(data).readSecret("database-password");
    try (var database = EmbeddedDatabase.start(data.resolve("database"), password);
        Connection connection = database.dataSource().getConnection()) {
      execute(connection, "set session_replication_role = replica"); // as an administrator can
      execute(connection, "create table kept as select * from audit_event");
      for (String statement : statements) {
        execute(connection, statement);
      }
      Told verified = run("audit", "verify", "--data", data.toString());
      execute(connection, "delete from audit_event");
      execute(connection, "insert into audit_event select * from kept");
      execute(connection, "drop table kept");
      assertThat(verified.exitCode).as(verified.words).isEqualTo(1);
      return verified.words;
    }
  }

  private static void execute(Connection connection, String statement) throws SQLException {
    try (var prepared = connection.createStatement()) {
      prepared.execute(statement);
    }
  }

  /** An offset at which all ports are free now. */
  private static int freeOffset() throws IOException {
    for (int candidate = 11_000; candidate < 40_000; candidate += 37) {
      try {
        Ports.STANDARD.shifted(candidate).requireFree();
        return candidate;
      } catch (LaunchFailure _) {
        // The next one.
      }
    }
    throw new IOException("no free ports");
  }

  /** Something done to a file. */
  @FunctionalInterface
  private interface Deed {
    void to(RandomAccessFile file) throws IOException;
  }
}
