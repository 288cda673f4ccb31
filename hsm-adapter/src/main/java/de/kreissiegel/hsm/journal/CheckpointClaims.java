package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.CheckpointNote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What all checkpoints say of a journal: its own, and those that others kept. */
final class CheckpointClaims {
  private static final int TRIES = 3;

  /** One of them. */
  record Claim(CheckpointNote note, boolean kept, String name) {}

  private final NavigableMap<Long, List<Claim>> claims = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private long covered;
  private long own;

  private CheckpointClaims() {}

  /** Reads them; what is wrong with them is told by {@link #findings}. */
  static CheckpointClaims read(Path directory, Bytes publicKey, List<String> kept)
      throws IOException {
    CheckpointNotes notes = CheckpointNotes.read(directory, publicKey);
    for (int i = 1; i < TRIES && notes.rest() > 0; i++) {
      // A journal that is being written may be in the middle of one.
      notes = CheckpointNotes.read(directory, publicKey);
    }
    CheckpointClaims claims = new CheckpointClaims();
    for (int i = 0; i < notes.count(); i++) {
      claims.takeOwn(notes.content(i), i);
    }
    if (notes.count() == 0) {
      claims.found("the journal's checkpoints are missing");
    } else if (notes.rest() > 0) {
      claims.found(
          "the last checkpoint is half written; a power cut does that, and the vault mends it at"
              + " its next start");
    }
    for (int i = 0; i < kept.size(); i++) {
      String name = kept.size() == 1 ? "the kept checkpoint" : "kept checkpoint " + (i + 1);
      Optional<CheckpointNote> note = CheckpointNote.read(kept.get(i), publicKey);
      note.ifPresentOrElse(
          content -> claims.add(new Claim(content, true, name)),
          () -> claims.found(name + " is not one by this journal's key"));
    }
    return claims;
  }

  private void takeOwn(Optional<CheckpointNote> note, int number) {
    if (note.isEmpty()) {
      found("checkpoint " + number + " is not signed by the journal's key");
      return;
    }
    long size = note.get().size();
    if (own > 0 && size <= covered) {
      found("checkpoint " + number + " doesn't cover more than the one before it");
    }
    own++;
    covered = Math.max(covered, size);
    add(new Claim(note.get(), false, "its checkpoint"));
  }

  private void add(Claim claim) {
    claims.computeIfAbsent(claim.note().size(), _ -> new ArrayList<>()).add(claim);
  }

  private void found(String sentence) {
    findings.add(new Finding(Finding.Kind.CHECKPOINT, covered, sentence));
  }

  List<Finding> findings() {
    return findings;
  }

  /** How many entries the journal's own ones cover. */
  long covered() {
    return covered;
  }

  /** How many the journal has itself. */
  long own() {
    return own;
  }

  List<Claim> at(long size) {
    return claims.getOrDefault(size, List.of());
  }

  /** Those kept by others that cover more entries than that. */
  List<Claim> keptBehind(long size) {
    return claims.tailMap(size, false).values().stream()
        .flatMap(List::stream)
        .filter(Claim::kept)
        .toList();
  }
}
