package de.kreissiegel.hsm.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Signed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash or a power cut leaves: a prefix of what was written, and whatever behind it. */
class JournalCrashTest {
  private static final int COVERED = 4;

  @TempDir(factory = InMemory.class)
  Path temporary;

  private TestJournal crashed;
  private final List<Signed> signed = new ArrayList<>();

  /** Four entries that a checkpoint covers, and three behind it. */
  @BeforeEach
  void crash() throws Exception {
    Path directory = Files.createDirectory(temporary.resolve("journal"));
    TestJournal made = TestJournal.create(directory);
    made.checkpointEntries = COVERED;
    try (Journal journal = made.open()) {
      for (int i = 0; i < COVERED + 3; i++) {
        signed.add(journal.append(TestJournal.draft(i)));
      }
      while (journal.checkpoint().size() < COVERED) {
        Thread.onSpinWait();
      }
      crashed = made.copied(temporary.resolve("crashed"));
    }
  }

  private Path file() {
    return Segments.file(crashed.directory, 0);
  }

  private void startsWith(int entries, String what) throws Exception {
    byte[] checkpoints = Files.readAllBytes(crashed.directory.resolve(CheckpointLog.FILE));
    try (Journal journal = crashed.open()) {
      assertThat(journal.read(0, 100, 1 << 20))
          .as(what)
          .extracting(record -> record.entryHash())
          .containsExactlyElementsOf(
              signed.subList(0, entries).stream().map(Signed::entryHash).toList());
      for (int i = COVERED - 1; i < COVERED + 3; i += 3) {
        assertThat(journal.find(TestJournal.draft(i).request()).isPresent())
            .as(what)
            .isEqualTo(i < entries);
      }
    }
    assertThat(Files.size(file())).as(what).isEqualTo(lengthOf(entries));
    Files.write(crashed.directory.resolve(CheckpointLog.FILE), checkpoints);
  }

  private long lengthOf(int entries) throws Exception {
    return Segments.mark().length
        + TestJournal.frames(file()).stream().limit(entries).mapToLong(one -> one.length).sum();
  }

  @Test
  void keepsTheWholeEntriesWhereverTheFileEnds() throws Exception {
    byte[] whole = Files.readAllBytes(file());
    int[] ends = new int[4];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = (int) lengthOf(COVERED + i);
    }
    for (int length = ends[0]; length <= ends[3]; length++) {
      int kept = length == ends[3] ? 3 : length >= ends[2] ? 2 : length >= ends[1] ? 1 : 0;
      Files.write(file(), Arrays.copyOf(whole, length));
      startsWith(COVERED + kept, "cut at " + length);
      if (length % 5 != 0) {
        continue;
      }
      // The file keeps its length, but what was written last never reached the disk.
      Files.write(file(), Arrays.copyOf(Arrays.copyOf(whole, length), whole.length));
      int zeroed = length < ends[3] && onlyZeros(whole, length, ends[kept + 1]) ? kept + 1 : kept;
      startsWith(COVERED + zeroed, "zeros from " + length);
    }
  }

  private static boolean onlyZeros(byte[] octets, int from, int to) {
    return Arrays.equals(octets, from, to, new byte[to - from], 0, to - from);
  }

  @Test
  void takesAwayWhateverStandsBehindTheWholeEntries() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] whole = Files.readAllBytes(file());
    int from = (int) lengthOf(COVERED + 3);
    for (int round = 0; round < 100; round++) {
      byte[] garbage = new byte[1 + random.nextInt(600)];
      random.nextBytes(garbage);
      byte[] octets = Arrays.copyOf(whole, from + garbage.length + random.nextInt(600));
      System.arraycopy(garbage, 0, octets, from, garbage.length);
      Files.write(file(), octets);
      startsWith(COVERED + 3, "seed " + seed + ", round " + round);
    }
  }

  @Test
  void doesNotStartWhenACoveredEntryIsHalf() throws Exception {
    byte[] whole = Files.readAllBytes(file());
    int end = (int) lengthOf(COVERED);
    for (int length : new int[] {0, 5, 8, 100, end / 2, end - 1}) {
      Files.write(file(), Arrays.copyOf(whole, length));
      assertThatThrownBy(crashed::open).as("cut at " + length).isInstanceOf(JournalDamaged.class);
    }
  }

  @Test
  void startsAfterACrashBetweenTwoFiles() throws Exception {
    Files.write(file(), Arrays.copyOf(Files.readAllBytes(file()), (int) lengthOf(COVERED + 3)));
    crashed.open().close();
    Path next = Segments.file(crashed.directory, COVERED + 3);
    byte[] mark = Segments.mark();
    for (int length = 0; length <= mark.length; length++) {
      Files.write(next, Arrays.copyOf(mark, length));
      startsWith(COVERED + 3, "mark of " + length);
      Files.write(next, new byte[length]);
      startsWith(COVERED + 3, "zeros of " + length);
    }
    Files.write(next, mark);
    try (Journal journal = crashed.open()) {
      assertThat(journal.append(TestJournal.draft(50)).journalIndex()).isEqualTo(COVERED + 3);
    }
    assertThat(crashed.verify().findings()).isEmpty();
    assertThat(TestJournal.frames(next)).hasSize(1);
  }

  @Test
  void goesOnBehindATornEntryAndVerifies() throws Exception {
    Files.write(
        file(), Arrays.copyOf(Files.readAllBytes(file()), (int) lengthOf(COVERED + 1) + 77));
    VerificationReport torn = crashed.verify();
    assertThat(torn.findings()).isEmpty();
    assertThat(torn.torn()).isTrue();
    assertThat(torn.uncovered()).isEqualTo(1);
    try (Journal journal = crashed.open()) {
      assertThat(journal.append(TestJournal.draft(60)).journalIndex()).isEqualTo(COVERED + 1);
    }
    VerificationReport report = crashed.verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.torn()).isFalse();
    assertThat(report.entries()).isEqualTo(COVERED + 2);
    assertThat(report.uncovered()).isZero();
  }

  @Test
  void mendsACheckpointThatWasHalfWritten() throws Exception {
    Path file = crashed.directory.resolve(CheckpointLog.FILE);
    byte[] whole = Files.readAllBytes(file);
    byte[] twice =
        (new String(whole, StandardCharsets.UTF_8) + "kreissiegel.vault/".repeat(8))
            .getBytes(StandardCharsets.UTF_8);
    for (int length = whole.length + 1; length < twice.length; length += 13) {
      Files.write(file, Arrays.copyOf(twice, length));
      assertThat(crashed.verify().findings())
          .singleElement()
          .satisfies(one -> assertThat(one.kind()).isEqualTo(Finding.Kind.CHECKPOINT));
      crashed.open().close();
      assertThat(crashed.verify().findings()).isEmpty();
      Files.write(file, Arrays.copyOf(whole, whole.length + 50));
      crashed.open().close();
      assertThat(crashed.verify().findings()).isEmpty();
    }
  }

  @Test
  void findsByAKeptCheckpointThatTheTailWasRemoved() throws Exception {
    crashed.checkpointAge = Duration.ofMillis(1);
    String kept;
    try (Journal journal = crashed.open()) {
      kept = journal.checkpoint().note();
      assertThat(journal.checkpoint().size()).isEqualTo(COVERED + 3);
      assertThat(journal.checkpoint().head()).isEqualTo(signed.getLast().entryHash());
    }
    TestJournal older = crashed.copied(temporary.resolve("older"));
    Files.write(
        Segments.file(older.directory, 0),
        Arrays.copyOf(Files.readAllBytes(file()), (int) lengthOf(COVERED)));
    byte[] notes = Files.readAllBytes(older.directory.resolve(CheckpointLog.FILE));
    int third = CheckpointNotes.read(older.directory, older.publicKey).end(1);
    Files.write(older.directory.resolve(CheckpointLog.FILE), Arrays.copyOf(notes, third));

    assertThat(older.verify().findings()).isEmpty();
    assertThat(
            JournalVerifier.verify(older.directory, older.publicKey, List.of(), List.of(kept))
                .findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Finding.Kind.CUT);
              assertThat(finding.sentence())
                  .isEqualTo("the kept checkpoint covers 7 entries, the journal has 4");
            });
    try (Journal journal = older.open()) {
      for (int i = 0; i < 5; i++) {
        journal.append(TestJournal.draft(90 + i));
      }
    }
    assertThat(older.verify().findings()).isEmpty();
    assertThat(
            JournalVerifier.verify(older.directory, older.publicKey, List.of(), List.of(kept))
                .findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.WITNESS));
  }
}
