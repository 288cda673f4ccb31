package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.tree.HashTree;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries, many by one sync, and now and then a checkpoint. One thread at a time, each after
 * the other.
 */
final class Committer implements AutoCloseable {
  private static final long RESERVE = 16L << 20;

  private final Path directory;
  private final Surroundings surroundings;
  private final JournalIndex index;
  private final Checkpointer checkpointer;
  private final HashTree tree;
  private final MessageDigest digest = Digests.fresh();
  private final DerOutput frames = new DerOutput(1 << 16);
  private long size;
  private byte[] head;
  private @Nullable SegmentWriter segment;
  private boolean broken;
  private volatile boolean newFile;

  Committer(
      Path directory,
      Surroundings surroundings,
      JournalIndex index,
      Checkpointer checkpointer,
      JournalState state)
      throws IOException {
    this.directory = directory;
    this.surroundings = surroundings;
    this.index = index;
    this.checkpointer = checkpointer;
    this.tree = state.tree();
    this.size = state.size();
    this.head = state.head().toArray();
    if (state.last().isPresent()) {
      JournalState.OpenSegment last = state.last().get();
      segment =
          SegmentWriter.open(
              directory, last.first(), surroundings.segmentOctets(), last.position());
    }
  }

  /**
   * The next entry begins a new file, unless the last one is empty. May be called by any thread.
   */
  void startNewFile() {
    newFile = true;
  }

  /** Whether there is so much room that entries can be written. */
  static boolean hasRoom(Surroundings surroundings) throws IOException {
    return surroundings.space().octets() >= RESERVE;
  }

  /**
   * Whether {@link #commit} will do nothing but write and sync: there is a file and room in it, and
   * no checkpoint to be tried again.
   */
  boolean isPlain(List<Waiting> group) {
    SegmentWriter writer = segment;
    return writer != null
        && !isFull(writer)
        && !writer.needsRoom(octets(group))
        && !checkpointer.troubled();
  }

  /**
   * Tells each of them where their entry is on disk.
   *
   * @return whether {@link #millisToTick} is to be asked anew
   * @throws JournalStopped if nothing was written, but may be another time
   * @throws IOException if it is unknown what was written; then nothing more may be written before
   *     a new start
   */
  boolean commit(List<Waiting> group) throws IOException, JournalStopped {
    boolean done = false;
    try {
      boolean tick = write(group);
      done = true;
      return tick;
    } catch (JournalStopped notNow) {
      done = true;
      throw notNow;
    } finally {
      broken = !done;
    }
  }

  private boolean write(List<Waiting> group) throws IOException, JournalStopped {
    Instant now = surroundings.clock().instant();
    checkpointer.requireWell(tree, head, now);
    SegmentWriter writer = withRoom(octets(group), now);
    long start = writer.position();
    List<Group.Part> parts = Group.parts(group);
    List<JournalIndex.Known> known = new ArrayList<>(parts.size());
    byte[][] hashes = frame(parts, start, now, known);
    writer.write(frames.array(), frames.size());
    done(Step.WRITTEN);
    writer.sync();
    done(Step.SYNCED);
    index.add(writer.first(), known);
    done(Step.INDEXED);
    for (int i = 0; i < hashes.length; i++) {
      Bytes hash = Bytes.of(hashes[i]);
      for (Waiting one : parts.get(i).waiting()) {
        one.tell(size + i, hash);
      }
    }
    done(Step.RELEASED);
    for (byte[] hash : hashes) {
      tree.add(hash);
    }
    size += hashes.length;
    head = hashes[hashes.length - 1];
    return checkpointer.grown(now) || checkpointer.millisToTick(size, now) <= 0;
  }

  private static int octets(List<Waiting> group) {
    long octets = 0;
    for (Waiting one : group) {
      octets += one.prepared().octets();
    }
    return Math.toIntExact(octets);
  }

  private byte[][] frame(
      List<Group.Part> parts, long start, Instant now, List<JournalIndex.Known> known) {
    byte[][] hashes = new byte[parts.size()][];
    byte[] previous = head;
    long time = now.toEpochMilli();
    frames.clear();
    for (int i = 0; i < hashes.length; i++) {
      Group.Part part = parts.get(i);
      long number = size + i;
      known.add(
          new JournalIndex.Known(
              number,
              start + frames.size(),
              remembered(part).map(Draft::request),
              remembered(part).flatMap(Draft::claim)));
      int header = EntryCodec.headerLength(number, time, part.facts());
      frames.number(header).number(part.body().length);
      int from = frames.size();
      EntryCodec.header(frames, number, time, previous, part.facts());
      digest.update(frames.array(), from, header);
      hashes[i] = digest.digest();
      previous = hashes[i];
      frames.raw(previous).raw(part.body());
    }
    return hashes;
  }

  private static Optional<Draft> remembered(Group.Part part) {
    return part.remembered().filter(draft -> draft.happening() == Happening.SIGNED);
  }

  /** The file to write in, with room for so many octets; nothing is written if there is none. */
  private SegmentWriter withRoom(int octets, Instant now) throws IOException, JournalStopped {
    if (surroundings.space().octets() < RESERVE + octets) {
      throw full();
    }
    try {
      SegmentWriter writer = segment;
      if (writer != null && isFull(writer)) {
        rollOver(writer, now);
        newFile = false;
        writer = null;
      }
      if (writer == null) {
        writer = SegmentWriter.create(directory, size, surroundings.segmentOctets());
        segment = writer;
        done(Step.SEGMENT_MADE);
      }
      if (writer.needsRoom(octets)) {
        writer.makeRoom(octets);
        done(Step.ROOM_MADE);
      }
      return writer;
    } catch (IOException failed) {
      if (DiskFull.says(failed)) {
        throw full();
      }
      throw failed;
    }
  }

  private boolean isFull(SegmentWriter writer) {
    return writer.position() >= surroundings.segmentOctets() || (newFile && size > writer.first());
  }

  private void rollOver(SegmentWriter writer, Instant now) throws IOException, JournalStopped {
    checkpointer.cover(tree, head, now);
    checkpointer.requireWell(tree, head, now);
    segment = null;
    writer.close();
    done(Step.SEGMENT_CLOSED);
  }

  private static JournalStopped full() {
    return new JournalStopped(
        "the disk that holds the journal is full; make room there, and signing goes on");
  }

  /** Writes a checkpoint if it is time. */
  void tick() throws IOException {
    broken = true;
    checkpointer.tick(tree, head, surroundings.clock().instant());
    broken = false;
  }

  /** After how many milliseconds {@link #tick} may have something to do. */
  long millisToTick() {
    return checkpointer.millisToTick(size, surroundings.clock().instant());
  }

  private void done(Step step) throws IOException {
    surroundings.steps().done(step);
  }

  /** Covers what was written, unless it is unknown what was. */
  @Override
  public void close() throws IOException {
    SegmentWriter writer = segment;
    if (broken) {
      checkpointer.close();
      if (writer != null) {
        writer.abandon();
      }
      return;
    }
    try (SegmentWriter _ = writer;
        Checkpointer last = checkpointer) {
      last.cover(tree, head, surroundings.clock().instant());
    }
  }
}
