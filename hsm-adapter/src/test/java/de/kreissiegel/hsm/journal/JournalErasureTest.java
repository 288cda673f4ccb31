package de.kreissiegel.hsm.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalErasureTest {
  private static final int ENTRIES = 20;
  private static final List<Evidence> OFFICERS =
      List.of(
          new Evidence.OfficerSignature(Bytes.of("otto".getBytes(StandardCharsets.UTF_8))),
          new Evidence.OfficerSignature(Bytes.of("olga".getBytes(StandardCharsets.UTF_8))));

  @TempDir(factory = InMemory.class)
  Path directory;

  private TestJournal made;

  @BeforeEach
  void write() throws Exception {
    made = TestJournal.create(directory);
    made.segmentOctets = 1500;
    try (Journal journal = made.open()) {
      for (int i = 0; i < ENTRIES; i++) {
        journal.append(
            TestJournal.draft(
                i, i % 2 == 0 ? SignedStructure.CERTIFICATE : SignedStructure.AUDIT_HEAD, 20));
      }
    }
  }

  private ErasureOrder order(Instant before) {
    return ErasureOrder.of(made.publicKey, before, Set.of(SignedStructure.CERTIFICATE));
  }

  private long erase(Journal journal, ErasureOrder order, long limit) throws Exception {
    return journal.erase(order, OFFICERS, (_, _) -> {}, limit, Digests.sha256());
  }

  private static Instant later() {
    return Instant.now().plusSeconds(60);
  }

  @Test
  void dropsNamesAndKeepsTheChain() throws Exception {
    long before = size();
    try (Journal journal = made.open()) {
      long dropped = erase(journal, order(later()), ENTRIES);
      assertThat(dropped).isBetween(5L, 9L);
      holds(journal);
      // The entry about it may have begun a new file, so that one more has become complete.
      erase(journal, order(later()), ENTRIES);
      assertThat(erase(journal, order(later()), ENTRIES)).isZero();
      JournalRecord told = journal.read(ENTRIES, 1, 1).getFirst();
      assertThat(told.happening()).isEqualTo(Happening.ERASED);
      assertThat(told.signature().length()).isZero();
    }
    try (Journal journal = made.open()) {
      holds(journal);
      assertThat(journal.append(TestJournal.draft(77)).journalIndex()).isGreaterThan(ENTRIES);
    }
    VerificationReport report = made.verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.erasedBodies()).isBetween(5L, 10L);
    assertThat(size()).isLessThan(before + 2000);
  }

  private void holds(Journal journal) throws Exception {
    List<JournalRecord> records = journal.read(0, ENTRIES, 1 << 20);
    assertThat(records).hasSize(ENTRIES);
    assertThat(records.get(0).toBeSigned()).isEmpty();
    assertThat(records.get(1).toBeSigned()).isPresent();
    for (int i = 0; i < ENTRIES; i++) {
      assertThat(journal.find(new UUID(7, i)).orElseThrow().signed().journalIndex()).isEqualTo(i);
      if (i % 2 == 0) {
        assertThat(
                journal.claim(
                    TestJournal.draft(i, SignedStructure.CERTIFICATE, 20).claim().orElseThrow()))
            .isFalse();
      }
    }
  }

  private long size() throws Exception {
    long size = 0;
    for (Path file : Segments.list(directory).values()) {
      size += Files.size(file);
    }
    return size;
  }

  @Test
  void sparesWhatIsYoungOrNotYetRead() throws Exception {
    try (Journal journal = made.open()) {
      assertThat(erase(journal, order(Instant.now().minusSeconds(60)), ENTRIES)).isZero();
      assertThat(erase(journal, order(later()), 2)).isZero();
      assertThat(journal.state().entries()).isEqualTo(ENTRIES);
    }
  }

  @Test
  void refusesAnOrderForAnotherJournalOrWithoutTwoOfficers() throws Exception {
    try (Journal journal = made.open()) {
      ErasureOrder other =
          new ErasureOrder(Digests.sha256(), later(), Set.of(SignedStructure.CERTIFICATE));
      assertThatThrownBy(() -> erase(journal, other, ENTRIES))
          .isInstanceOf(SigningRefused.class)
          .hasMessageContaining("another journal");
      assertThatThrownBy(
              () ->
                  journal.erase(
                      order(later()),
                      OFFICERS,
                      (_, evidence) -> {
                        assertThat(evidence).isEqualTo(OFFICERS);
                        throw new SigningRefused(
                            SigningRefused.Reason.POLICY, "approval: only one officer");
                      },
                      ENTRIES,
                      Digests.sha256()))
          .hasMessageContaining("only one officer");
      assertThat(journal.state().entries()).isEqualTo(ENTRIES);
    }
    assertThat(made.verify().erasedBodies()).isZero();
  }

  @Test
  void findsABodyThatNobodyOrderedToDrop() throws Exception {
    Path file = Segments.file(directory, 0);
    byte[] whole = Files.readAllBytes(file);
    byte[] first = TestJournal.frames(file).getFirst();
    int mark = Segments.mark().length;
    int body = first[4] << 24 | first[5] << 16 | first[6] << 8 | (first[7] & 0xFF);
    byte[] shorter = Arrays.copyOf(first, first.length - body);
    Arrays.fill(shorter, 4, 8, (byte) 0);
    var changed = new java.io.ByteArrayOutputStream();
    changed.write(whole, 0, mark);
    changed.writeBytes(shorter);
    changed.write(whole, mark + first.length, whole.length - mark - first.length);
    Files.write(file, changed.toByteArray());

    assertThat(made.verify().findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.ERASED));
    assertThatThrownBy(made::open)
        .isInstanceOf(JournalDamaged.class)
        .hasMessageContaining("entry 0");
  }

  @Test
  void readsAnOrderBack() throws Exception {
    ErasureOrder order = order(later());
    assertThat(ErasureOrder.decode(order.encoded().toArray())).isEqualTo(order);
  }
}
