package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.tree.HashTree;
import java.util.Optional;

/**
 * Where the next entry goes.
 *
 * @param size how many entries there are, all on disk
 * @param head the last one's hash
 * @param tree whose leaves are the entries' hashes
 * @param last the file that is continued; none if the next entry begins one
 */
record JournalState(long size, Bytes head, HashTree tree, Optional<OpenSegment> last) {
  /**
   * A file that isn't full.
   *
   * @param first the number of its first entry
   * @param position where the next goes
   */
  record OpenSegment(long first, long position) {}
}
