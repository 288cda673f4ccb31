package de.kreissiegel.hsm.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final long FILE_OCTETS = 1500;

  @TempDir(factory = InMemory.class)
  Path directory;

  private TestJournal made;

  @BeforeEach
  void create() throws Exception {
    made = TestJournal.create(directory);
    made.segmentOctets = FILE_OCTETS;
  }

  private Journal open() throws Exception {
    return made.open();
  }

  private static Draft draft(int number) {
    return TestJournal.draft(number);
  }

  private List<Signed> write(int from, int to) throws Exception {
    List<Signed> signed = new ArrayList<>();
    try (Journal journal = open()) {
      for (int i = from; i < to; i++) {
        signed.add(journal.append(draft(i)));
      }
    }
    return signed;
  }

  private VerificationReport verify(Witness... witnesses) throws IOException {
    return JournalVerifier.verify(directory, made.publicKey, List.of(witnesses));
  }

  private Path onlyFile() {
    return Segments.file(directory, 0);
  }

  @Test
  void isIntactAndCountedOverSeveralFiles() throws Exception {
    List<Signed> signed = write(0, 20);

    VerificationReport report = verify(new Witness(7, signed.get(7).entryHash()));

    assertThat(report.findings()).isEmpty();
    assertThat(report.entries()).isEqualTo(20);
    assertThat(report.counts())
        .containsEntry(tally(SignedStructure.AUDIT_HEAD), 10L)
        .containsEntry(tally(SignedStructure.KEY_POLICY), 10L)
        .hasSize(2);
    assertThat(report.uncovered()).isZero();
    assertThat(report.head()).isEqualTo(signed.getLast().entryHash());
    assertThat(Segments.list(directory)).hasSizeGreaterThan(2);
    try (Journal journal = open()) {
      assertThat(journal.read(5, 100, 1 << 20)).hasSize(15);
      assertThat(journal.find(new UUID(7, 11)).orElseThrow().signed()).isEqualTo(signed.get(11));
    }
  }

  @Test
  void findsAByteChangedAtEveryPosition() throws Exception {
    write(0, 1);
    for (Path file : List.of(onlyFile(), directory.resolve(CheckpointLog.FILE))) {
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < whole.length; i++) {
        byte[] changed = whole.clone();
        changed[i] ^= 1;
        Files.write(file, changed);
        assertThat(verify().intact()).as(file.getFileName() + " at " + i).isFalse();
      }
      Files.write(file, whole);
    }
    assertThat(verify().intact()).isTrue();
  }

  @Test
  void namesTheEntryThatWasChangedAndDoesNotStart() throws Exception {
    write(0, 3);
    byte[] whole = Files.readAllBytes(onlyFile());
    whole[whole.length / 2] ^= 1;
    Files.write(onlyFile(), whole);

    assertThat(verify().findings())
        .first()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Finding.Kind.CHANGED);
              assertThat(finding.entry()).isEqualTo(1);
            });
    assertThatThrownBy(this::open)
        .isInstanceOf(JournalDamaged.class)
        .hasMessageContaining("entry 1");
  }

  @Test
  void findsATailThatWasCutAnywhere() throws Exception {
    write(0, 1);
    byte[] whole = Files.readAllBytes(onlyFile());
    for (int length = 0; length < whole.length; length++) {
      Files.write(onlyFile(), Arrays.copyOf(whole, length));
      if (length % 4 == 0) {
        assertThat(verify().findings())
            .as("cut to " + length)
            .first()
            .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.CUT));
      }
      assertThatThrownBy(this::open).as("cut to " + length).isInstanceOf(JournalDamaged.class);
    }
  }

  @Test
  void findsTwoSwappedEntries() throws Exception {
    write(0, 4);
    List<byte[]> frames = frames();
    byte[] first = frames.get(0);
    frames.set(0, frames.get(2));
    frames.set(2, first);
    Files.write(onlyFile(), joined(frames));

    assertThat(verify().findings())
        .first()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Finding.Kind.MISPLACED);
              assertThat(finding.sentence()).isEqualTo("entry 2 stands where entry 0 belongs");
            });
    assertThatThrownBy(this::open).isInstanceOf(JournalDamaged.class);
  }

  @Test
  void findsAMissingFile() throws Exception {
    write(0, 20);
    Path second = List.copyOf(Segments.list(directory).values()).get(1);
    Files.delete(second);

    assertThat(verify().findings())
        .first()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.MISSING_FILE));
    assertThatThrownBy(this::open).isInstanceOf(JournalDamaged.class);
  }

  @Test
  void findsAMissingCheckpoint() throws Exception {
    write(0, 2);
    Files.delete(directory.resolve(CheckpointLog.FILE));

    assertThat(verify().findings())
        .first()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.CHECKPOINT));
    assertThatThrownBy(this::open).isInstanceOf(JournalDamaged.class);
  }

  @Test
  void findsAnOlderCopyByAWitness() throws Exception {
    write(0, 2);
    byte[] journal = Files.readAllBytes(onlyFile());
    byte[] checkpoint = Files.readAllBytes(directory.resolve(CheckpointLog.FILE));
    Signed last = write(2, 3).getFirst();
    Files.write(onlyFile(), journal);
    Files.write(directory.resolve(CheckpointLog.FILE), checkpoint);

    assertThat(verify().intact()).isTrue();
    assertThat(verify(new Witness(2, last.entryHash())).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.CUT));
    assertThat(verify(new Witness(1, last.entryHash())).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.WITNESS));
  }

  @Test
  void tellsThatAJournalIsOfVersion1() throws Exception {
    Files.move(directory.resolve(CheckpointLog.FILE), directory.resolve("checkpoint"));

    assertThat(verify().findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.VERSION));
    assertThatThrownBy(this::open)
        .isInstanceOf(JournalDamaged.class)
        .hasMessageContaining("of version 1");
  }

  private static Tally tally(SignedStructure structure) {
    return new Tally(new KeyId("audit"), Happening.SIGNED, structure, "kind");
  }

  private List<byte[]> frames() throws Exception {
    return TestJournal.frames(onlyFile());
  }

  private static byte[] joined(List<byte[]> frames) {
    var all = new java.io.ByteArrayOutputStream();
    all.writeBytes(Segments.mark());
    frames.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
