package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.disk.DurableFiles;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Signed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes entries: many by one sync, then the checkpoint that covers them. One thread only. */
final class Committer implements AutoCloseable {
  private final Path directory;
  private final Surroundings surroundings;
  private final JournalIndex index;
  private final CheckpointFile checkpoints;
  private JournalState state;
  private @Nullable FileChannel segment;

  Committer(
      Path directory,
      Surroundings surroundings,
      JournalIndex index,
      CheckpointFile checkpoints,
      JournalState state) {
    this.directory = directory;
    this.surroundings = surroundings;
    this.index = index;
    this.checkpoints = checkpoints;
    this.state = state;
  }

  /**
   * Returns when all are on disk and covered by a checkpoint.
   *
   * @throws IOException if that failed; then nothing more may be written before a new start
   */
  List<Signed> commit(List<Draft> drafts) throws IOException {
    FileChannel channel = channel();
    Instant now = surroundings.clock().instant();
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    List<JournalEntry> entries = new ArrayList<>();
    List<JournalScan.Place> places = new ArrayList<>();
    Bytes head = state.head();
    for (Draft draft : drafts) {
      byte[] body = EntryCodec.body(draft, state.size() + entries.size(), now, head);
      Optional<Bytes> kept = draft.kept();
      JournalEntry entry = EntryCodec.entry(body, kept);
      places.add(new JournalScan.Place(state.segment(), state.position() + frames.size()));
      frames.writeBytes(Frames.frame(body, kept, entry.hash()));
      entries.add(entry);
      head = entry.hash();
    }
    write(channel, frames.toByteArray());
    state =
        new JournalState(
            state.size() + entries.size(), head, state.segment(), state.position() + frames.size());
    checkpoints.write(new Checkpoint(state.size(), head, now));
    for (int i = 0; i < entries.size(); i++) {
      index.add(entries.get(i), places.get(i));
    }
    return entries.stream().map(JournalEntry::signed).toList();
  }

  private void write(FileChannel channel, byte[] frames) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(frames);
    while (rest.hasRemaining()) {
      channel.write(rest, state.position() + rest.position());
    }
    channel.force(false);
  }

  private FileChannel channel() throws IOException {
    FileChannel current = segment;
    if (current == null) {
      Path file = Segments.file(directory, state.segment());
      current = Files.exists(file) ? FileChannel.open(file, StandardOpenOption.WRITE) : next();
    } else if (state.position() >= surroundings.segmentOctets()) {
      current.close();
      current = next();
    }
    segment = current;
    return current;
  }

  private FileChannel next() throws IOException {
    FileChannel made = DurableFiles.create(Segments.file(directory, state.size()));
    DurableFiles.syncDirectory(directory);
    state = new JournalState(state.size(), state.head(), state.size(), 0);
    return made;
  }

  @Override
  public void close() throws IOException {
    try (CheckpointFile _ = checkpoints) {
      if (segment != null) {
        segment.close();
      }
    }
  }
}
