package de.kreissiegel.hsm.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.Needed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full; needs to mount one, as root can. */
@Timeout(60)
class JournalDiskTest {
  @TempDir Path temporary;
  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(temporary.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString());
    Needed.require(mounted, "no small disk can be mounted here: that needs root");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", disk.toString());
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  @Test
  void stopsBeforeTheDiskIsFullAndGoesOnWhenThereIsRoom() throws Exception {
    Path directory = Files.createDirectory(disk.resolve("journal"));
    TestJournal made = TestJournal.create(directory);
    Surroundings real = Surroundings.of(directory, made.signer, made.clock);
    try (Journal journal = Journal.open(directory, made.publicKey, real)) {
      journal.append(TestJournal.draft(0));
      Path other = Files.write(disk.resolve("other"), new byte[8 << 20]);
      assertThatThrownBy(() -> journal.append(TestJournal.draft(1)))
          .isInstanceOf(JournalStopped.class)
          .hasMessageContaining("full");
      Files.delete(other);
      assertThat(journal.append(TestJournal.draft(2)).journalIndex()).isEqualTo(1);
    }
    assertThat(made.verify().findings()).isEmpty();
  }

  /** Others take the reserve away between the look at the disk and the writing. */
  @Test
  void writesNoHalfEntryWhenTheSystemSaysThatThereIsNoRoom() throws Exception {
    Path directory = Files.createDirectory(disk.resolve("journal"));
    TestJournal made = TestJournal.create(directory);
    made.checkpointEntries = 1;
    try (Journal journal = made.open()) {
      journal.append(TestJournal.draft(0));
      while (journal.checkpoint().size() < 1) {
        Thread.onSpinWait();
      }
      Path other = disk.resolve("other");
      fill(other);
      int written = 1;
      try {
        while (true) {
          journal.append(TestJournal.draft(written));
          written++;
        }
      } catch (JournalStopped full) {
        assertThat(full).hasMessageContaining("full");
      }
      Files.delete(other);
      long last = journal.append(TestJournal.draft(5000)).journalIndex();
      assertThat(last).isEqualTo(written);
    }
    VerificationReport report = made.verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.torn()).isFalse();
  }

  private static void fill(Path file) throws IOException {
    byte[] some = new byte[4096];
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(some);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }
}
