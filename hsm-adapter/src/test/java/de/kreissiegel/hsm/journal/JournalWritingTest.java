package de.kreissiegel.hsm.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.CheckpointNote;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalWritingTest {
  @TempDir(factory = InMemory.class)
  Path directory;

  private TestJournal made;

  @BeforeEach
  void create() throws Exception {
    made = TestJournal.create(directory);
  }

  @Test
  void writesAnswersThatComeTogetherAsOneEntry() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    made.steps =
        step -> {
          if (step == Step.ROOM_MADE) {
            hold(go);
          }
        };
    Queue<Signed> signed = new ConcurrentLinkedQueue<>();
    try (Journal journal = made.open()) {
      List<Thread> threads = new ArrayList<>();
      threads.add(append(journal, TestJournal.draft(1000), signed));
      while (threads.getFirst().getState() == Thread.State.RUNNABLE) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < 20; i++) {
        Thread one =
            append(journal, TestJournal.draft(i, SignedStructure.OCSP_RESPONSE, 9), signed);
        threads.add(one);
        while (one.getState() == Thread.State.RUNNABLE || one.getState() == Thread.State.NEW) {
          Thread.onSpinWait();
        }
      }
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(signed).hasSize(21);
      assertThat(journal.state().entries()).isEqualTo(2);
      assertThat(journal.find(new UUID(7, 3))).isEmpty();
      JournalRecord list = journal.read(1, 1, 1).getFirst();
      assertThat(list.structure()).isEqualTo(SignedStructure.OCSP_RESPONSE);
      assertThat(list.toBeSigned()).isEmpty();
      assertThat(signed).filteredOn(one -> one.journalIndex() == 1).hasSize(20);
    }
    VerificationReport report = made.verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.counts())
        .containsEntry(
            new Tally(new KeyId("audit"), Happening.SIGNED, SignedStructure.OCSP_RESPONSE, "kind"),
            20L);
  }

  private static Thread append(Journal journal, Draft draft, Queue<Signed> signed) {
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                signed.add(journal.append(draft));
              } catch (JournalStopped stopped) {
                throw new AssertionError(stopped);
              }
            });
  }

  private static void hold(CountDownLatch go) throws IOException {
    try {
      go.await();
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  @Test
  void writesInTheThreadThatAsksWhereNobodyElseWrites() throws Exception {
    List<Thread> syncing = new CopyOnWriteArrayList<>();
    made.steps =
        step -> {
          if (step == Step.SYNCED) {
            syncing.add(Thread.currentThread());
          }
        };
    try (Journal journal = made.open()) {
      // The first needs a file, which the journal's own thread makes and may not be done with yet.
      for (int i = 0; i < 1000 && !syncing.contains(Thread.currentThread()); i++) {
        journal.append(TestJournal.draft(i));
      }
    }
    assertThat(syncing.getFirst()).isNotEqualTo(Thread.currentThread());
    assertThat(syncing).contains(Thread.currentThread());
    assertThat(made.verify().findings()).isEmpty();
  }

  @Test
  void givesTheTurnToOneOfThoseWhoCameDuringASync() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger writes = new AtomicInteger();
    Queue<Signed> signed = new ConcurrentLinkedQueue<>();
    made.steps =
        step -> {
          if (step == Step.WRITTEN && writes.incrementAndGet() == 2) {
            hold(go);
          }
        };
    try (Journal journal = made.open()) {
      journal.append(TestJournal.draft(0));
      List<Thread> threads = new ArrayList<>();
      for (int i = 1; i <= 8; i++) {
        Thread one = append(journal, TestJournal.draft(i), signed);
        threads.add(one);
        while (one.getState() == Thread.State.RUNNABLE || one.getState() == Thread.State.NEW) {
          Thread.onSpinWait();
        }
      }
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(signed).hasSize(8);
      assertThat(writes).hasValue(3);
    }
    assertThat(made.verify().entries()).isEqualTo(9);
  }

  @Test
  void stopsForEverybodyWhenTheSyncOfOneWhoWritesForAllFails() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Queue<JournalStopped> stopped = new ConcurrentLinkedQueue<>();
    AtomicInteger writes = new AtomicInteger();
    made.steps =
        step -> {
          if (step == Step.WRITTEN && writes.incrementAndGet() == 2) {
            hold(go);
            throw new IOException("Input/output error");
          }
        };
    try (Journal journal = made.open()) {
      journal.append(TestJournal.draft(0));
      List<Thread> threads = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        Draft draft = TestJournal.draft(i);
        Thread one = Thread.ofPlatform().start(() -> refused(journal, draft, stopped));
        threads.add(one);
        while (one.getState() == Thread.State.RUNNABLE || one.getState() == Thread.State.NEW) {
          Thread.onSpinWait();
        }
      }
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(stopped).hasSize(4).allMatch(why -> why.getMessage().contains("restart"));
    }
  }

  private static void refused(Journal journal, Draft draft, Queue<JournalStopped> stopped) {
    try {
      journal.append(draft);
    } catch (JournalStopped why) {
      stopped.add(why);
    }
  }

  @Test
  void tellsOfARefusalAndDoesNotTakeItForASignature() throws Exception {
    Draft asked = TestJournal.draft(1);
    Draft refused =
        new Draft(
            Happening.REFUSED,
            asked.request(),
            asked.key(),
            SignedStructure.CERTIFICATE,
            asked.digest(),
            asked.kept(),
            List.of(),
            asked.policy(),
            Optional.of(Digests.sha256(new byte[] {1})),
            Bytes.of(new byte[0]),
            "latest-not-after");
    try (Journal journal = made.open()) {
      journal.append(refused);
      assertThat(journal.find(asked.request())).isEmpty();
      assertThat(journal.claim(refused.claim().orElseThrow())).isTrue();
      assertThat(journal.append(asked).journalIndex()).isEqualTo(1);
      assertThat(journal.read(0, 1, 1).getFirst())
          .returns(Happening.REFUSED, JournalRecord::happening)
          .returns("latest-not-after", JournalRecord::rule);
      assertThat(journal.read(1, 1, 1).getFirst().rule()).isEmpty();
    }
    try (Journal journal = made.open()) {
      assertThat(journal.find(asked.request()).orElseThrow().signed().journalIndex()).isEqualTo(1);
    }
  }

  @Test
  void grantsAClaimOnceForEver() throws Exception {
    Draft draft = TestJournal.draft(5, SignedStructure.CERTIFICATE, 40);
    Bytes claim = draft.claim().orElseThrow();
    try (Journal journal = made.open()) {
      assertThat(journal.claim(claim)).isTrue();
      assertThat(journal.claim(claim)).isFalse();
      journal.release(claim);
      assertThat(journal.claim(claim)).isTrue();
      journal.append(draft);
      journal.release(claim);
      assertThat(journal.claim(claim)).isFalse();
    }
    try (Journal journal = made.open()) {
      assertThat(journal.claim(claim)).isFalse();
    }
  }

  @Test
  void findsEachOfManyRequests() throws Exception {
    made.segmentOctets = 100_000;
    try (Journal journal = made.open()) {
      writeMany(journal, 3000);
    }
    try (Journal journal = made.open()) {
      for (int i = 0; i < 3000; i += 7) {
        assertThat(journal.find(new UUID(7, i)).orElseThrow().digest())
            .isEqualTo(TestJournal.draft(i, SignedStructure.CERTIFICATE, 40).digest());
        assertThat(
                journal.claim(
                    TestJournal.draft(i, SignedStructure.CERTIFICATE, 40).claim().orElseThrow()))
            .isFalse();
      }
      assertThat(journal.find(new UUID(7, 3000))).isEmpty();
      assertThat(journal.indexOctets() / 3000).isLessThanOrEqualTo(64);
    }
    assertThat(made.verify().checkpoints()).isGreaterThan(3);
  }

  private static void writeMany(Journal journal, int count) throws Exception {
    List<Thread> threads = new ArrayList<>();
    Queue<Signed> signed = new ConcurrentLinkedQueue<>();
    for (int thread = 0; thread < 16; thread++) {
      int first = thread;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = first; i < count; i += 16) {
                        signed.add(
                            journal.append(TestJournal.draft(i, SignedStructure.CERTIFICATE, 40)));
                      }
                    } catch (JournalStopped stopped) {
                      throw new AssertionError(stopped);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(signed).hasSize(count).extracting(Signed::journalIndex).doesNotHaveDuplicates();
  }

  @Test
  void signsACheckpointEachSoManyEntriesAndAfterSoLong() throws Exception {
    made.checkpointEntries = 2;
    made.checkpointAge = Duration.ofMillis(50);
    try (Journal journal = made.open()) {
      journal.append(TestJournal.draft(0));
      journal.append(TestJournal.draft(1));
      Signed third = journal.append(TestJournal.draft(2));
      while (journal.checkpoint().size() < 3) {
        Thread.onSpinWait();
      }
      assertThat(CheckpointNote.read(journal.checkpoint().note(), made.publicKey))
          .hasValueSatisfying(
              note -> {
                assertThat(note.size()).isEqualTo(3);
                assertThat(note.head()).isEqualTo(third.entryHash());
              });
      assertThat(
              CheckpointNote.read(
                  journal.checkpoint().note().replace("\n3\n", "\n4\n"), made.publicKey))
          .isEmpty();
    }
    assertThat(made.verify().checkpoints()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void writesNothingWhenTheDiskIsFullAndGoesOnWhenThereIsRoom() throws Exception {
    try (Journal journal = made.open()) {
      journal.append(TestJournal.draft(0));
      made.room = 1000;
      assertThatThrownBy(() -> journal.append(TestJournal.draft(1)))
          .isInstanceOf(JournalStopped.class)
          .hasMessageContaining("full");
      assertThat(journal.state().writable()).isFalse();
      assertThat(journal.state().sentence()).contains("full");
      made.room = Long.MAX_VALUE;
      assertThat(journal.append(TestJournal.draft(2)).journalIndex()).isEqualTo(1);
      assertThat(journal.state().writable()).isTrue();
    }
    assertThat(made.verify().entries()).isEqualTo(2);
  }

  @Test
  void stopsWhileNoCheckpointCanBeSignedAndGoesOnAfterwards() throws Exception {
    CheckpointSigner good = made.signer;
    boolean[] gone = {false};
    made.checkpointEntries = 1;
    made.signer =
        octets -> {
          if (gone[0]) {
            throw new IOException("no key");
          }
          return good.sign(octets);
        };
    try (Journal journal = made.open()) {
      gone[0] = true;
      journal.append(TestJournal.draft(0));
      assertThatThrownBy(() -> journal.append(TestJournal.draft(1)))
          .isInstanceOf(JournalStopped.class)
          .hasMessageContaining("no key");
      gone[0] = false;
      assertThat(journal.append(TestJournal.draft(2)).journalIndex()).isEqualTo(1);
    }
    assertThat(made.verify().findings()).isEmpty();
  }

  @Test
  void releasesNothingMoreOnceTheDiskFailed() throws Exception {
    made.steps =
        step -> {
          if (step == Step.WRITTEN) {
            throw new IOException("Input/output error");
          }
        };
    try (Journal journal = made.open()) {
      assertThatThrownBy(() -> journal.append(TestJournal.draft(0)))
          .isInstanceOf(JournalStopped.class);
      made.steps = _ -> {};
      assertThatThrownBy(() -> journal.append(TestJournal.draft(1)))
          .isInstanceOf(JournalStopped.class)
          .hasMessageContaining("restart");
      assertThat(journal.state().writable()).isFalse();
    }
    made.steps = _ -> {};
    try (Journal journal = made.open()) {
      assertThat(journal.append(TestJournal.draft(1)).journalIndex()).isEqualTo(1);
    }
    assertThat(made.verify().findings()).isEmpty();
  }

  @Test
  void tellsWhoWaitsEvenWhenTheyAreInterrupted() throws Exception {
    try (Journal journal = made.open()) {
      Thread.currentThread().interrupt();
      assertThat(journal.append(TestJournal.draft(0)).journalIndex()).isZero();
      assertThat(Thread.interrupted()).isTrue();
      Thread.currentThread().interrupt();
      assertThat(journal.append(TestJournal.draft(1)).journalIndex()).isEqualTo(1);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(journal.append(TestJournal.draft(2)).journalIndex()).isEqualTo(2);
    }
    assertThat(made.verify().entries()).isEqualTo(3);
    Journal closed = made.open();
    closed.close();
    assertThatThrownBy(() -> closed.append(TestJournal.draft(3)))
        .isInstanceOf(JournalStopped.class)
        .hasMessageContaining("closed");
  }
}
