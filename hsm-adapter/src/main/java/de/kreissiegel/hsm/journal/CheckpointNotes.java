package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.CheckpointNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The notes in a file of checkpoints, told apart by their lines. */
final class CheckpointNotes {
  /** Origin, size, root, head, nothing, signature, nothing. */
  private static final int LINES = 7;

  private final byte[] octets;
  private final Bytes publicKey;
  private final List<Integer> ends = new ArrayList<>();
  private final int start;

  private CheckpointNotes(byte[] octets, int start, Bytes publicKey) {
    this.octets = octets;
    this.start = start;
    this.publicKey = publicKey;
    int lines = 0;
    for (int i = start; i < octets.length; i++) {
      if (octets[i] == '\n' && ++lines % LINES == 0) {
        ends.add(i + 1);
      }
    }
  }

  /** All of a file; none if there is no file. */
  static CheckpointNotes read(Path directory, Bytes publicKey) throws IOException {
    Path file = directory.resolve(CheckpointLog.FILE);
    byte[] octets = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    return new CheckpointNotes(octets, 0, publicKey);
  }

  /** The last ones of a file. */
  static CheckpointNotes ofTail(byte[] octets, boolean wholeFile, Bytes publicKey) {
    int start = 0;
    if (!wholeFile) {
      String beginning = "\n\n" + CheckpointNote.origin(publicKey) + "\n";
      int found = new String(octets, StandardCharsets.ISO_8859_1).indexOf(beginning);
      start = found < 0 ? octets.length : found + 2;
    }
    return new CheckpointNotes(octets, start, publicKey);
  }

  int count() {
    return ends.size();
  }

  /** How many octets follow the last one. */
  int rest() {
    return octets.length - (ends.isEmpty() ? start : ends.getLast());
  }

  /** Where it ends, with its empty line. */
  int end(int number) {
    return ends.get(number);
  }

  String text(int number) {
    int from = number == 0 ? start : ends.get(number - 1);
    return new String(octets, from, ends.get(number) - 1 - from, StandardCharsets.UTF_8);
  }

  /** What it says, if the journal's key signed it. */
  Optional<CheckpointNote> content(int number) {
    return octets[ends.get(number) - 2] == '\n'
        ? CheckpointNote.read(text(number), publicKey)
        : Optional.empty();
  }

  /** The number of the last one that is whole, of which at most one may not be; else -1. */
  int lastWhole() {
    for (int number = count() - 1; number >= Math.max(0, count() - 2); number--) {
      if (content(number).isPresent()) {
        return number;
      }
    }
    return -1;
  }
}
