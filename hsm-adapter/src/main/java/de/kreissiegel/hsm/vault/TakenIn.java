package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.disk.DurableFiles;
import de.kreissiegel.hsm.journal.Journal;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the authority has taken the journal in, as it said itself; what it hasn't is not erased.
 * The file says the next entry's number and the hash of the one before. It counts only while that
 * is the journal's entry, so that one which was put back counts as unread.
 */
final class TakenIn {
  private static final Pattern LINE = Pattern.compile("([1-9][0-9]{0,17}) ([0-9a-f]{64})\n");
  private static final int LONGEST = 128;

  private final Path file;
  private final Journal journal;

  TakenIn(Path file, Journal journal) {
    this.file = file;
    this.journal = journal;
  }

  /**
   * Notes it; also that an authority which was put back has taken in less.
   *
   * @throws SigningUnavailable if the entry before isn't that one, or the disk doesn't take it
   */
  synchronized void note(long nextIndex, Bytes lastHash) throws SigningUnavailable {
    if (!isOurs(nextIndex, lastHash)) {
      throw SigningUnavailable.answered("the journal has no such entry " + (nextIndex - 1));
    }
    byte[] line =
        "%d %s\n".formatted(nextIndex, lastHash.toHex()).getBytes(StandardCharsets.US_ASCII);
    try {
      DurableFiles.write(file, line);
    } catch (IOException failed) {
      throw new SigningUnavailable("it can't be noted what was taken in", failed);
    }
  }

  /** The first entry that was not taken in; 0 if nobody ever said anything. */
  synchronized long next() throws IOException {
    if (!Files.exists(file) || Files.size(file) > LONGEST) {
      return 0;
    }
    Matcher line = LINE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!line.matches()) {
      return 0;
    }
    long next = Long.parseLong(line.group(1));
    return isOurs(next, Bytes.fromHex(line.group(2))) ? next : 0;
  }

  private boolean isOurs(long nextIndex, Bytes lastHash) {
    if (nextIndex < 1) {
      return false;
    }
    try {
      List<JournalRecord> entry = journal.read(nextIndex - 1, 1, 1);
      return !entry.isEmpty() && entry.getFirst().entryHash().equals(lastHash);
    } catch (IOException unreadable) {
      return false;
    }
  }
}
