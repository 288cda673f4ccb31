package de.kreissiegel.hsm.journal;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.signing.Signed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dies behind each step of an entry, a checkpoint, a roll-over and an erasure. */
class JournalKillTest {
  @TempDir(factory = InMemory.class)
  Path temporary;

  @Test
  void lacksNothingThatWasReleasedWhereverItIsKilled() throws Exception {
    Map<Step, Process> children = new EnumMap<>(Step.class);
    for (Step step : Step.values()) {
      Path directory = Files.createDirectory(temporary.resolve(step.name()));
      TestJournal.create(directory).store();
      children.put(step, child(directory, step));
    }
    for (Map.Entry<Step, Process> child : children.entrySet()) {
      List<String> said = child.getValue().inputReader().lines().toList();
      assertThat(child.getValue().waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(child.getValue().exitValue()).as(child.getKey() + " " + said).isEqualTo(9);
      holds(child.getKey(), said);
    }
  }

  private static Process child(Path directory, Step step) throws Exception {
    boolean many = step == Step.WRITTEN || step == Step.SYNCED || step == Step.RELEASED;
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            KilledJournal.class.getName(),
            directory.toString(),
            step.name(),
            many ? "4" : "0")
        .redirectErrorStream(true)
        .start();
  }

  private void holds(Step step, List<String> said) throws Exception {
    TestJournal killed = TestJournal.stored(temporary.resolve(step.name()));
    List<Witness> witnesses = new ArrayList<>();
    try (Journal journal = killed.open()) {
      for (String line : said) {
        String[] words = line.split(" ");
        Signed signed =
            journal
                .find(TestJournal.draft(Integer.parseInt(words[0])).request())
                .orElseThrow(() -> new AssertionError(step + " lost " + line))
                .signed();
        assertThat(signed.entryHash().toHex()).as(step.name()).isEqualTo(words[2]);
        witnesses.add(new Witness(signed.journalIndex(), signed.entryHash()));
      }
      journal.append(TestJournal.draft(99));
    }
    VerificationReport report = killed.verify(witnesses.toArray(Witness[]::new));
    assertThat(report.findings()).as(step.name()).isEmpty();
    assertThat(report.entries()).as(step.name()).isGreaterThan(said.size());
    boolean erasing = step == Step.ERASURE_WRITTEN || step == Step.ERASURE_DONE;
    assertThat(report.erasedBodies() > 0).as(step.name()).isEqualTo(erasing);
    if (erasing) {
      assertThat(said).hasSize(12);
      assertThat(killed.directory).isDirectoryNotContaining("glob:**.new");
    }
  }
}
