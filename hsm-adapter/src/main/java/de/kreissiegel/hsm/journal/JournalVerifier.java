package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Verifies a journal with nothing but its directory and its public key. It changes nothing and
 * needs no lock; a journal that is being written may be verified, too.
 */
public final class JournalVerifier implements JournalScan.Visitor {
  private static final int MOST_FINDINGS = 20;

  private final Map<Long, Bytes> witnessed = new TreeMap<>();
  private final Map<KeyId, Map<SignedStructure, Long>> counts =
      new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
  private final List<Finding> findings = new ArrayList<>();
  private final long covered;
  private final Bytes coveredHead;
  private Bytes head;
  private long entries;
  private long uncovered;

  private JournalVerifier(Checkpoint checkpoint, Bytes beforeFirst, List<Witness> witnesses) {
    this.covered = checkpoint.size();
    this.coveredHead = checkpoint.head();
    this.head = beforeFirst;
    witnesses.forEach(witness -> witnessed.put(witness.index(), witness.entryHash()));
  }

  /**
   * Verifies.
   *
   * @param directory the journal's
   * @param publicKey the journal's, as SubjectPublicKeyInfo, DER
   * @param witnesses what others kept of it; may be empty
   * @throws IOException if a file can't be read
   */
  public static VerificationReport verify(Path directory, Bytes publicKey, List<Witness> witnesses)
      throws IOException {
    Bytes beforeFirst = Journal.beforeFirst(publicKey);
    CheckpointSlots slots = CheckpointSlots.read(directory, publicKey);
    Optional<Checkpoint> checkpoint = slots.newest();
    JournalVerifier verifier =
        new JournalVerifier(
            checkpoint.orElse(new Checkpoint(0, beforeFirst, Instant.EPOCH)),
            beforeFirst,
            witnesses);
    if (!slots.bothWhole()) {
      verifier.found(
          Finding.Kind.CHECKPOINT,
          verifier.covered,
          checkpoint.isEmpty()
              ? "the checkpoint is missing or not signed by the journal's key"
              : "one of the two checkpoints is damaged; a power cut does that, and the vault mends"
                  + " it at its next start");
    }
    JournalScan.walk(directory, beforeFirst, verifier);
    return verifier.report();
  }

  @Override
  public void entry(JournalEntry entry, JournalScan.Place place) {
    if (entry.index() >= covered) {
      uncovered++;
      return;
    }
    entries++;
    head = entry.hash();
    counts
        .computeIfAbsent(entry.key(), _ -> new EnumMap<>(SignedStructure.class))
        .merge(entry.structure(), 1L, Long::sum);
    Bytes seen = witnessed.remove(entry.index());
    if (seen != null && !seen.equals(head)) {
      found(
          Finding.Kind.WITNESS,
          entry.index(),
          "entry " + entry.index() + " is not the one that the witness saw");
    }
    if (entry.index() + 1 == covered && !head.equals(coveredHead)) {
      found(
          Finding.Kind.CHANGED,
          entry.index(),
          "entry " + entry.index() + " is not the one that the checkpoint names");
    }
  }

  @Override
  public boolean fault(Finding.Kind kind, long entry, String sentence, JournalScan.Place place) {
    if (entry < covered) {
      found(kind, entry, sentence);
    } else {
      uncovered++;
    }
    return findings.size() < MOST_FINDINGS;
  }

  private void found(Finding.Kind kind, long entry, String sentence) {
    findings.add(new Finding(kind, entry, sentence));
  }

  private VerificationReport report() {
    if (entries < covered && findings.isEmpty()) {
      found(
          Finding.Kind.CUT,
          entries,
          "the journal ends before entry %d, its checkpoint covers %d entries"
              .formatted(entries, covered));
    }
    witnessed.forEach(
        (index, _) -> {
          if (index >= covered) {
            found(
                Finding.Kind.CUT,
                index,
                "a witness saw entry %d, the journal has %d entries".formatted(index, covered));
          }
        });
    return new VerificationReport(
        entries, uncovered, Map.copyOf(counts), head, List.copyOf(findings));
  }
}
