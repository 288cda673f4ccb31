package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Plans erasures, and does what was ordered: an entry says so before a file is written anew. */
final class ErasureDesk {
  private static final KeyId ORDERED_BY = new KeyId("ceremony");

  private final Path directory;
  private final JournalIndex index;
  private final EntryReader reader;
  private final CommitQueue queue;
  private final Erasure erasure;
  private final Surroundings surroundings;
  private final Bytes journal;

  ErasureDesk(
      Path directory,
      JournalIndex index,
      EntryReader reader,
      CommitQueue queue,
      Erasure erasure,
      Surroundings surroundings,
      Bytes publicKey) {
    this.directory = directory;
    this.index = index;
    this.reader = reader;
    this.queue = queue;
    this.erasure = erasure;
    this.surroundings = surroundings;
    this.journal = Journal.beforeFirst(publicKey);
  }

  ErasurePlan plan(ErasurePlanner.Terms terms) throws IOException {
    long entries = index.size();
    Bytes head = entries == 0 ? journal : reader.read(entries - 1).hash();
    try {
      ErasurePlan plan = new ErasurePlanner(directory, journal, terms).make(entries, head).plan();
      // The order is written behind all that it may concern, so that no file is still open.
      queue.startNewFile();
      return plan;
    } catch (BrokenFrame damaged) {
      throw new IOException("the journal is damaged", damaged);
    }
  }

  /** Does it; each refusal leaves everything as it was. */
  synchronized long erase(
      ErasureOrder order, Bytes signature, long takenIn, ErasureRules rules, Bytes policy)
      throws IOException, SigningRefused, JournalStopped {
    Bytes octets = order.encoded();
    require(
        surroundings.orders().hold(octets, signature),
        "erasure-signature: the ceremony's key didn't sign this order");
    require(order.journal().equals(journal), "erasure-journal: the order is for another journal");
    require(
        order.entries() <= index.size()
            && reader.read(order.entries() - 1).hash().equals(order.head()),
        "erasure-journal: the order is for another history of this journal");
    require(
        !order.before().isAfter(surroundings.clock().instant()),
        "erasure-before: the order is over what hasn't ended yet");
    try {
      ErasureSelection selection = selected(order, takenIn, rules);
      queue.append(told(order, octets, signature, selection, policy));
      erasure.carryOut(selection.files());
      return selection.bodies();
    } catch (BrokenFrame damaged) {
      throw new IOException("the journal is damaged", damaged);
    }
  }

  private ErasureSelection selected(ErasureOrder order, long takenIn, ErasureRules rules)
      throws IOException, BrokenFrame, SigningRefused {
    ErasurePlanner.Terms terms =
        new ErasurePlanner.Terms(order.classes(), order.before(), takenIn, rules);
    ErasurePlanner.Made made =
        new ErasurePlanner(directory, journal, terms).make(order.entries(), order.head());
    require(
        made.plan().bodies() == order.bodies() && made.plan().selection().equals(order.selection()),
        "erasure-selection: the order is over other entries than may be erased now; it was carried"
            + " out before, or names what has to stay");
    for (long file : made.selection().files().keySet()) {
      require(erasure.closed(file), "erasure-open: a file is still being written; plan once more");
    }
    return made.selection();
  }

  private static Draft told(
      ErasureOrder order, Bytes octets, Bytes signature, ErasureSelection selection, Bytes policy) {
    return new Draft(
        Happening.ERASED,
        UUID.nameUUIDFromBytes(octets.toArray()),
        ORDERED_BY,
        SignedStructure.ERASURE_ORDER,
        Digests.sha256(octets.toArray()),
        Optional.of(new ErasureRecord(order, selection).encoded()),
        List.of(),
        policy,
        Optional.empty(),
        signature,
        "erasure");
  }

  private static void require(boolean holds, String otherwise) throws SigningRefused {
    if (!holds) {
      throw new SigningRefused(SigningRefused.Reason.POLICY, otherwise);
    }
  }
}
