package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/** A process that writes a journal, says what was released, and dies behind a given step. */
final class KilledJournal {
  private KilledJournal() {}

  /** Directory, step, how often it may be done before. */
  public static void main(String[] args) throws Exception {
    Step last = Step.valueOf(args[1]);
    int[] spared = {Integer.parseInt(args[2])};
    TestJournal made = TestJournal.stored(Path.of(args[0]));
    made.checkpointEntries = 3;
    made.segmentOctets = 1500;
    made.steps =
        step -> {
          if (step == last && spared[0]-- == 0) {
            Runtime.getRuntime().halt(9);
          }
        };
    try (Journal journal = made.open()) {
      for (int i = 0; i < 12; i++) {
        Signed signed = journal.append(TestJournal.draft(i, SignedStructure.TIME_STAMP, 20));
        System.out.println(i + " " + signed.journalIndex() + " " + signed.entryHash().toHex());
        System.out.flush();
      }
      Instant written = Instant.now();
      while (!Instant.now().minusMillis(1).isAfter(written)) {
        Thread.onSpinWait();
      }
      made.erase(journal, Set.of(RetentionClass.TIME_STAMPS), Instant.now());
    }
  }
}
