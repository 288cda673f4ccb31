package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.witness.CheckpointKeeper;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.AuditHead;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.CheckpointNote;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.ra.database.EmbeddedDatabase;
import de.kreissiegel.ra.encoding.Pem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real vault, the authority's witness over a real database, and the two commands. */
class CheckpointsCommandTest {
  private static final char[] PASSPHRASE = "operational-passphrase-of-a-test".toCharArray();
  private static final char[] CEREMONY = "passphrase-of-the-ceremony".toCharArray();
  private static final KeyId AUDIT = new KeyId("audit");
  private static final String PASSWORD = "testpassword";

  @TempDir private static Path data;
  private static Path older;
  private static Path exported;
  private static Told export;

  /** What a command said, and how it ended. */
  private record Told(int exitCode, String words) {}

  @BeforeAll
  static void keepsThreeCheckpointsAndExportsThem() throws Exception {
    older = data.resolve("older");
    exported = data.resolve("kept");
    Files.writeString(data.resolve("password"), PASSWORD + "\n");
    Files.writeString(
        data.resolve("kreissiegel.yaml"),
        """
        kreissiegel:
          database:
            embedded: "%s"
            password-file: "%s"
        """
            .formatted(data.resolve("database"), data.resolve("password")));
    try (var database = EmbeddedDatabase.start(data.resolve("database"), PASSWORD)) {
      Books books =
          Books.open(database.dataSource(), "node", Clock.systemUTC(), new SecureRandom());
      made().close();
      // Each closing of the vault covers what it signed by a checkpoint.
      for (int round = 0; round < 3; round++) {
        try (Vault vault = open()) {
          new CheckpointKeeper(
                  "signer",
                  vault,
                  new CheckpointKeeper.Records(
                      books.checkpoints(), books.transactions(), books.audit()),
                  Optional.empty(),
                  Clock.systemUTC())
              .look();
          sign(vault, 3);
        }
        if (round == 1) {
          copy(older);
        }
      }
      try (Vault vault = open()) {
        CheckpointKeeper keeper =
            new CheckpointKeeper(
                "signer",
                vault,
                new CheckpointKeeper.Records(
                    books.checkpoints(), books.transactions(), books.audit()),
                Optional.of(vault.journalPublicKey()),
                Clock.systemUTC());
        keeper.look();
        assertThat(keeper.fault()).isEmpty();
      }
      export =
          run("journal", "checkpoints", "--data", data.toString(), "--out", exported.toString());
    }
  }

  private static Vault made() throws Exception {
    Vault vault =
        Vault.create(
            data.resolve("vault"), PASSPHRASE, CEREMONY, Clock.systemUTC(), new SecureRandom());
    vault.makeKey(AUDIT, KeyAlgorithm.ECDSA_P256, KeyPolicy.audit(), Optional.empty());
    Files.createDirectories(data.resolve("trust"));
    Files.writeString(data.resolve("trust/journal.pem"), Pem.publicKey(vault.journalPublicKey()));
    return vault;
  }

  private static Vault open() throws Exception {
    return Vault.open(data.resolve("vault"), PASSPHRASE, Clock.systemUTC(), new SecureRandom());
  }

  private static void sign(Vault vault, int heads) throws Exception {
    for (int i = 0; i < heads; i++) {
      Bytes head =
          new AuditHead(
                  "node",
                  i + 1,
                  Bytes.of(new byte[32]),
                  Instant.now().truncatedTo(ChronoUnit.MILLIS))
              .encoded();
      vault.sign(new SignRequest(UUID.randomUUID(), AUDIT, SignedStructure.AUDIT_HEAD, head));
    }
  }

  private static void copy(Path to) throws Exception {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(data.resolve("vault/journal"))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static Told run(String... arguments) {
    var words = new StringWriter();
    var out = new PrintWriter(words, true);
    var command = Kreissiegel.commandLine().setOut(out).setErr(out);
    return new Told(command.execute(arguments), words.toString());
  }

  private static Told verify(Path journal) {
    return run(
        "journal",
        "verify",
        "--data",
        data.toString(),
        "--journal",
        journal.toString(),
        "--checkpoint",
        exported.toString());
  }

  @Test
  void exportsWhatTheVerifierTakes() throws Exception {
    assertThat(export.exitCode).as(export.words).isZero();
    assertThat(export.words).contains("4 checkpoints of signer, the newest over 10 entries");
    Told told = verify(data.resolve("vault/journal"));
    assertThat(told.exitCode).as(told.words).isZero();
    assertThat(told.words)
        .contains("fits the 4 checkpoints that were kept elsewhere", "is intact: 10 entries");
    // In the form of the journal's own file.
    assertThat(Files.readString(data.resolve("vault/journal/checkpoints")))
        .endsWith(lastNotes(Files.readString(exported), 1));
  }

  private static String lastNotes(String text, int number) {
    List<String> notes = CheckpointNote.split(text);
    return String.join("\n", notes.subList(notes.size() - number, notes.size())) + "\n";
  }

  @Test
  void findsAnOlderCopyWhichByItselfIsWhole() throws Exception {
    assertThat(
            run("journal", "verify", "--data", data.toString(), "--journal", older.toString())
                .exitCode)
        .isZero();
    Told told = verify(older);
    assertThat(told.exitCode).isEqualTo(1);
    assertThat(told.words).contains("CUT", "covers 10 entries, the journal has 7");
  }

  @Test
  void findsARemovedTailWhoseCheckpointsWereRemovedToo() throws Exception {
    Path cut = Files.createDirectory(data.resolve("cut"));
    copy(cut);
    Path file = cut.resolve("0000000000000000.journal");
    byte[] all = Files.readAllBytes(file);
    int end = JournalFrames.BEGINNING;
    for (int i = 0; i < 7; i++) {
      end += JournalFrames.lengthAt(all, end);
    }
    Files.write(file, Arrays.copyOf(all, end));
    String notes = Files.readString(cut.resolve("checkpoints"));
    String last = lastNotes(notes, 1);
    Files.writeString(
        cut.resolve("checkpoints"), notes.substring(0, notes.length() - last.length()));
    assertThat(
            run("journal", "verify", "--data", data.toString(), "--journal", cut.toString())
                .exitCode)
        .isZero();

    Told told = verify(cut);
    assertThat(told.exitCode).isEqualTo(1);
    assertThat(told.words).contains("covers 10 entries");
  }

  @Test
  void findsASwappedPair() throws Exception {
    Path swapped = Files.createDirectory(data.resolve("swapped"));
    copy(swapped);
    Path file = swapped.resolve("0000000000000000.journal");
    byte[] all = Files.readAllBytes(file);
    int first = JournalFrames.BEGINNING + JournalFrames.lengthAt(all, JournalFrames.BEGINNING);
    int second = first + JournalFrames.lengthAt(all, first);
    int end = second + JournalFrames.lengthAt(all, second);
    byte[] changed = all.clone();
    System.arraycopy(all, second, changed, first, end - second);
    System.arraycopy(all, first, changed, first + end - second, second - first);
    Files.write(file, changed);

    Told told = verify(swapped);
    assertThat(told.exitCode).isEqualTo(1);
    assertThat(told.words).contains("MISPLACED");
  }

  @Test
  void overwritesNothingAndSaysWhatIsMissing() throws Exception {
    Told again =
        run("journal", "checkpoints", "--data", data.toString(), "--out", exported.toString());
    assertThat(again.exitCode).isNotZero();
    assertThat(again.words).contains("is there already").doesNotContain("\tat ");
    Told nobody = run("journal", "checkpoints", "--data", data.toString(), "--signer", "other");
    assertThat(nobody.words).contains("none is kept yet of other");
    Path empty = Files.writeString(data.resolve("empty"), "");
    assertThat(
            run("journal", "verify", "--data", data.toString(), "--checkpoint", empty.toString())
                .words)
        .contains("holds no checkpoint");
  }

  @Test
  void readsNotesThatStandOneBehindTheOther() {
    assertThat(CheckpointNote.split("a\n1\nb\nc\n\n— a x\n\na\n2\nb\nc\n\n— a y\n— w z\n"))
        .containsExactly("a\n1\nb\nc\n\n— a x\n", "a\n2\nb\nc\n\n— a y\n— w z\n");
    assertThat(CheckpointNote.split("nonsense")).containsExactly("nonsense\n");
  }
}
