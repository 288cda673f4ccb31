package de.kreissiegel.hsm.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final long FILE_OCTETS = 1500;

  @TempDir Path directory;
  private KeyPair pair;
  private Bytes publicKey;
  private long room = Long.MAX_VALUE;
  private final Logger log = Logger.getLogger("de.kreissiegel.hsm.journal");

  @BeforeEach
  void beQuiet() {
    log.setLevel(Level.OFF);
  }

  @BeforeEach
  void create() throws Exception {
    pair = TestKeys.p256();
    publicKey = Bytes.of(pair.getPublic().getEncoded());
    Journal.create(directory, publicKey, surroundings());
  }

  private Surroundings surroundings() {
    return new Surroundings(
        octets -> TestKeys.sign(pair, octets), Clock.systemUTC(), FILE_OCTETS, () -> room);
  }

  private Journal open() throws Exception {
    return Journal.open(directory, publicKey, surroundings());
  }

  private static Draft draft(int number) {
    SignedStructure structure =
        number % 2 == 0 ? SignedStructure.AUDIT_HEAD : SignedStructure.OCSP_RESPONSE;
    Bytes octets = Bytes.of(new byte[] {1, 2, 3, (byte) number});
    return new Draft(
        Happening.SIGNED,
        new UUID(7, number),
        new KeyId("audit"),
        structure,
        Digests.sha256(octets.toArray()),
        Optional.of(octets).filter(_ -> structure.keptWhole()),
        List.of(),
        Digests.sha256(),
        Optional.empty(),
        Bytes.of(new byte[70]),
        "kind");
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
    return JournalVerifier.verify(directory, publicKey, List.of(witnesses));
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
    assertThat(report.counts().get(new KeyId("audit")))
        .containsEntry(SignedStructure.AUDIT_HEAD, 10L)
        .containsEntry(SignedStructure.OCSP_RESPONSE, 10L);
    assertThat(report.head()).isEqualTo(signed.getLast().entryHash());
    assertThat(Segments.list(directory)).hasSizeGreaterThan(2);
    try (Journal journal = open()) {
      assertThat(journal.read(5, 100, 1 << 20)).hasSize(15);
      assertThat(journal.find(new UUID(7, 11)).orElseThrow().signed()).isEqualTo(signed.get(11));
    }
  }

  @Test
  void findsAByteChangedAtEveryPosition() throws Exception {
    write(0, 3);
    for (Path file : List.of(onlyFile(), directory.resolve(CheckpointSlots.FILE))) {
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
    write(0, 3);
    byte[] whole = Files.readAllBytes(onlyFile());
    for (int length = 0; length < whole.length; length++) {
      Files.write(onlyFile(), Arrays.copyOf(whole, length));
      assertThat(verify().findings())
          .as("cut to " + length)
          .first()
          .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.CUT));
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
    Files.delete(directory.resolve(CheckpointSlots.FILE));

    assertThat(verify().findings())
        .first()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.CHECKPOINT));
    assertThatThrownBy(this::open).isInstanceOf(JournalDamaged.class);
  }

  @Test
  void findsAnOlderCopyByAWitness() throws Exception {
    write(0, 2);
    byte[] journal = Files.readAllBytes(onlyFile());
    byte[] checkpoint = Files.readAllBytes(directory.resolve(CheckpointSlots.FILE));
    Signed last = write(2, 3).getFirst();
    Files.write(onlyFile(), journal);
    Files.write(directory.resolve(CheckpointSlots.FILE), checkpoint);

    assertThat(verify().intact()).isTrue();
    assertThat(verify(new Witness(2, last.entryHash())).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.CUT));
    assertThat(verify(new Witness(1, last.entryHash())).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.WITNESS));
  }

  @Test
  void startsAfterACrashAtEveryByteBehindTheLastCheckpoint() throws Exception {
    write(0, 2);
    int covered = (int) Files.size(onlyFile());
    byte[] checkpoint = Files.readAllBytes(directory.resolve(CheckpointSlots.FILE));
    write(2, 4);
    byte[] whole = Files.readAllBytes(onlyFile());
    int third = covered + frames().get(2).length;

    for (int length = covered; length <= whole.length; length++) {
      Files.write(onlyFile(), Arrays.copyOf(whole, length));
      Files.write(directory.resolve(CheckpointSlots.FILE), checkpoint);
      int kept = length == whole.length ? 4 : length >= third ? 3 : 2;
      try (Journal journal = open()) {
        assertThat(journal.read(0, 10, 1 << 20)).as("at " + length).hasSize(kept);
        assertThat(journal.append(draft(9)).journalIndex()).isEqualTo(kept);
      }
      assertThat(verify().intact()).as("at " + length).isTrue();
    }
  }

  @Test
  void takesZerosBehindTheCheckpointForAPowerCut() throws Exception {
    write(0, 2);
    byte[] whole = Files.readAllBytes(onlyFile());
    Files.write(onlyFile(), Arrays.copyOf(whole, whole.length + 300));
    try (Journal journal = open()) {
      assertThat(journal.append(draft(2)).journalIndex()).isEqualTo(2);
    }
    assertThat(verify().intact()).isTrue();
  }

  @Test
  void mendsOneTornCheckpoint() throws Exception {
    write(0, 3);
    Path file = directory.resolve(CheckpointSlots.FILE);
    byte[] slots = Files.readAllBytes(file);
    slots[40] ^= 1;
    Files.write(file, slots);
    assertThat(verify().intact()).isFalse();
    open().close();
    assertThat(verify().intact()).isTrue();
  }

  @Test
  void writesNothingWhenTheDiskIsFullAndGoesOnWhenThereIsRoom() throws Exception {
    try (Journal journal = open()) {
      room = 1000;
      assertThatThrownBy(() -> journal.append(draft(0)))
          .isInstanceOf(JournalStopped.class)
          .hasMessageContaining("full");
      room = Long.MAX_VALUE;
      assertThat(journal.append(draft(1)).journalIndex()).isZero();
    }
    assertThat(verify().entries()).isEqualTo(1);
  }

  @Test
  void releasesNothingMoreOnceACheckpointFailed() throws Exception {
    Surroundings failing =
        new Surroundings(
            _ -> {
              throw new IOException("no key");
            },
            Clock.systemUTC(),
            FILE_OCTETS,
            () -> room);
    try (Journal journal = Journal.open(directory, publicKey, failing)) {
      assertThatThrownBy(() -> journal.append(draft(0))).isInstanceOf(JournalStopped.class);
      assertThatThrownBy(() -> journal.append(draft(1)))
          .isInstanceOf(JournalStopped.class)
          .hasMessageContaining("restart");
    }
    assertThat(verify().entries()).isZero();
    open().close();
    assertThat(verify().entries()).isEqualTo(1);
  }

  private List<byte[]> frames() throws Exception {
    byte[] whole = Files.readAllBytes(onlyFile());
    List<byte[]> frames = new ArrayList<>();
    int from = 0;
    while (from < whole.length) {
      var buffer = java.nio.ByteBuffer.wrap(whole, from, 8);
      int length = (int) Frames.length(buffer.getInt(), buffer.getInt());
      frames.add(Arrays.copyOfRange(whole, from, from + length));
      from += length;
    }
    return frames;
  }

  private static byte[] joined(List<byte[]> frames) {
    var all = new java.io.ByteArrayOutputStream();
    frames.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
