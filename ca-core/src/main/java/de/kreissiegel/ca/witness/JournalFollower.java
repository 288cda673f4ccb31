package de.kreissiegel.ca.witness;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.CheckpointNote;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultDoor;
import de.kreissiegel.hsm.tree.HashTree;
import java.util.List;
import java.util.Optional;

/**
 * Reads the hashes of a journal's entries and grows the Merkle tree over them (RFC 9162 §2.1.1), so
 * that each checkpoint is held against all entries that were read, and thereby against the
 * checkpoint before: it covers the same ones and some more. One thread at a time.
 */
final class JournalFollower {
  private static final int PAGE = 1000;

  /** How many entries are read for one checkpoint; a long journal is caught up with by and by. */
  private static final int MOST = 100_000;

  private final VaultDoor vault;
  private HashTree tree;

  JournalFollower(VaultDoor vault, HashTree tree) {
    this.vault = vault;
    this.tree = tree;
  }

  /** How many entries were read. */
  long size() {
    return tree.size();
  }

  /** What came out of it. */
  sealed interface Outcome permits Fits, Behind, Differs {}

  /** It is the checkpoint of the entries that were read. */
  record Fits(Bytes peaks) implements Outcome {}

  /** Not all of its entries were read yet. */
  record Behind() implements Outcome {}

  /** It isn't. */
  record Differs(String sentence) implements Outcome {}

  /** Reads on up to there; what differs leaves the tree as it was. */
  Outcome follow(CheckpointNote note) throws SigningUnavailable {
    HashTree growing = HashTree.of(tree.size(), tree.peaks());
    if (growing.size() > note.size()) {
      return new Differs("it covers fewer entries than were read");
    }
    long end = Math.min(note.size(), growing.size() + MOST);
    Optional<Bytes> last = Optional.empty();
    while (growing.size() < end) {
      int wanted = (int) Math.min(PAGE, end - growing.size());
      List<JournalRecord> page = vault.journal(growing.size(), wanted);
      if (page.isEmpty()) {
        return new Differs("the journal ends before entry " + growing.size());
      }
      for (JournalRecord entry : page) {
        if (entry.index() != growing.size() || growing.size() == end) {
          return new Differs("entry " + growing.size() + " is missing");
        }
        growing.add(entry.entryHash().toArray());
        last = Optional.of(entry.entryHash());
      }
    }
    if (growing.size() < note.size()) {
      tree = growing;
      return new Behind();
    }
    boolean fits = growing.root().equals(note.root()) && last.map(note.head()::equals).orElse(true);
    if (!fits) {
      return new Differs("its tree is not that of the entries that were read");
    }
    tree = growing;
    return new Fits(growing.peaks());
  }
}
