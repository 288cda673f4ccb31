package de.kreissiegel.ca.audit;

import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.Needed;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program in another language, written by {@code docs/audit.md}, verifies an export: Python's own
 * library for the chain, {@code openssl} for the heads' signatures.
 */
@Tag("peer")
class IndependentVerifierPeerTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();
  @TempDir Path folder;

  private final HeadSigner vault = new HeadSigner();

  @BeforeAll
  static void needsPythonAndOpenssl() {
    Needed.peer("python3", answers("python3", "--version"));
    Needed.peer("openssl", answers("openssl", "version"));
  }

  @BeforeEach
  void someEvents() throws Exception {
    ROOM.clear();
    for (String detail :
        List.of("remark=nächste \"Woche\"\\\n", "ein 😀, ein \u0001", "x".repeat(400))) {
      append(Optional.of(HASSFURT), detail);
      append(Optional.empty(), detail);
    }
    new AuditHeads(ROOM.audit(), vault, new KeyId("audit"), Bookroom.CLOCK).signMoved();
    append(Optional.empty(), "after the head");
  }

  @Test
  void confirmsWhatNobodyTouched() throws Exception {
    assertThat(verify()).isEqualTo("whole");
  }

  @Test
  void confirmsAChainOfWhichWordsWereErased() throws Exception {
    ROOM.database()
        .execute(
            "update audit_event set salt = null, actor_name = null, detail = null"
                + " where sequence < 4");

    assertThat(verify()).isEqualTo("whole");
  }

  @Test
  void findsAChangedEventChangedWordsAndAMissingOne() throws Exception {
    ROOM.database().overrule("update audit_event set object = 'other' where sequence = 2");
    assertThat(verify()).isEqualTo("node-1/2: doesn't match its hash and the one before");

    someEvents();
    ROOM.database().overrule("update audit_event set detail = 'other' where sequence = 3");
    assertThat(verify()).isEqualTo("node-1/3: its words are not those that were written");

    someEvents();
    ROOM.database().overrule("delete from audit_event where sequence = 4");
    assertThat(verify()).startsWith("node-1/5: events before it are missing");
  }

  @Test
  void confirmsAPartThatBeginsWithASignedHeadAndLeavesSomeOut() throws Exception {
    append(Optional.of(HASSFURT), "between the heads");
    new AuditHeads(ROOM.audit(), vault, new KeyId("audit"), Bookroom.CLOCK).signMoved();
    var head = ROOM.audit().checkpoints("node-1");
    var part =
        new AuditSpan("node-1", Optional.of(head.getFirst()), 7, 8, Optional.of(head.getLast()));

    assertThat(verify(part, _ -> true)).isEqualTo("whole");
    assertThat(verify(part, event -> event.tenant().isPresent())).isEqualTo("whole");

    ROOM.database().overrule("update audit_event set object = 'other' where sequence = 8");
    assertThat(verify(part, _ -> true))
        .isEqualTo("node-1/8: doesn't match its hash and the one before");
  }

  @Test
  void findsAForgedHead() throws Exception {
    ROOM.database()
        .overrule(
            "update audit_checkpoint set signature = set_byte(signature, 20,"
                + " 255 - get_byte(signature, 20))");

    assertThat(verify()).isEqualTo("node-1/6: the head's signature is not the vault's");
  }

  private String verify() throws IOException, InterruptedException {
    var lines = new ArrayList<String>();
    AuditExport.write(ROOM.audit(), lines::add);
    return verify(lines);
  }

  private String verify(AuditSpan part, Predicate<WrittenEvent> shown)
      throws IOException, InterruptedException {
    var lines = new ArrayList<String>();
    AuditExport.write(ROOM.audit(), part, shown, lines::add);
    return verify(lines);
  }

  private String verify(List<String> lines) throws IOException, InterruptedException {
    Path export = Files.write(folder.resolve("export.jsonl"), lines);
    Path key = folder.resolve("audit.pem");
    Files.writeString(
        key,
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(vault.publicKey().toArray())
            + "\n-----END PUBLIC KEY-----\n");
    Path script = folder.resolve("verify-audit.py");
    try (var in = IndependentVerifierPeerTest.class.getResourceAsStream("/verify-audit.py")) {
      Files.write(script, in.readAllBytes());
    }
    return run("python3", script.toString(), export.toString(), key.toString());
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.strip();
  }

  private static boolean answers(String... command) {
    try {
      run(command);
      return true;
    } catch (IOException | InterruptedException absent) {
      return false;
    }
  }

  private static void append(Optional<de.kreissiegel.ca.tenancy.TenantId> tenant, String detail) {
    ROOM.database()
        .database()
        .inTransaction(
            tx -> {
              ROOM.trail()
                  .append(tx, new Actor.Component("test"), "test.done", tenant, "test:1", detail);
              return true;
            });
  }
}
