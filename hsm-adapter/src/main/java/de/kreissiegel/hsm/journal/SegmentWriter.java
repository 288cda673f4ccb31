package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.disk.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes at a file's end. It makes room ahead by writing zeros, so that a sync of entries doesn't
 * have to sync the file's length, too: that costs a third of the time. One thread at a time.
 */
final class SegmentWriter implements AutoCloseable {
  private static final int AHEAD = 1 << 20;
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 16).asReadOnlyBuffer();

  private final FileChannel channel;
  private final long first;
  private final int ahead;
  private long position;
  private long room;

  private SegmentWriter(FileChannel channel, long first, long segmentOctets, long position) {
    this.channel = channel;
    this.first = first;
    this.ahead = (int) Math.min(AHEAD, segmentOctets);
    this.position = position;
    this.room = position;
  }

  /** Makes the file; when this returns, it will be found after a power cut. */
  static SegmentWriter create(Path directory, long first, long segmentOctets) throws IOException {
    byte[] mark = Segments.mark();
    FileChannel channel = DurableFiles.create(Segments.file(directory, first));
    try {
      SegmentWriter writer = new SegmentWriter(channel, first, segmentOctets, mark.length);
      writer.put(ByteBuffer.wrap(mark), 0);
      channel.force(true);
      DurableFiles.syncDirectory(directory);
      return writer;
    } catch (IOException failed) {
      channel.close();
      Files.delete(Segments.file(directory, first));
      throw failed;
    }
  }

  /** Continues a file that ends with a whole entry. */
  static SegmentWriter open(Path directory, long first, long segmentOctets, long position)
      throws IOException {
    FileChannel channel =
        FileChannel.open(Segments.file(directory, first), StandardOpenOption.WRITE);
    return new SegmentWriter(channel, first, segmentOctets, position);
  }

  /** The number of its first entry. */
  long first() {
    return first;
  }

  /** Where the next entry goes. */
  long position() {
    return position;
  }

  /** Whether {@link #makeRoom} has something to do. */
  boolean needsRoom(int octets) {
    return position + octets > room;
  }

  /** How many octets {@link #makeRoom} will take of the disk, at most. */
  int takes(int octets) {
    return octets + ahead;
  }

  /**
   * Makes room for so many octets and some more.
   *
   * @throws IOException if the disk hasn't got it; then all is as before
   */
  void makeRoom(int octets) throws IOException {
    long end = position + octets + ahead;
    try {
      for (long at = room; at < end; ) {
        ByteBuffer zeros = ZEROS.duplicate();
        zeros.limit((int) Math.min(zeros.capacity(), end - at));
        at += channel.write(zeros, at);
      }
    } catch (IOException full) {
      channel.truncate(room);
      throw full;
    }
    room = end;
  }

  /** Writes entries; they are not synced. */
  void write(byte[] octets, int length) throws IOException {
    put(ByteBuffer.wrap(octets, 0, length), position);
    position += length;
    room = Math.max(room, position);
  }

  /** Returns when all is on disk; a failure must not be tried again. */
  void sync() throws IOException {
    channel.force(false);
  }

  private void put(ByteBuffer rest, long start) throws IOException {
    while (rest.hasRemaining()) {
      channel.write(rest, start + rest.position());
    }
  }

  /** Lets the file go as it is, since nobody knows what of it is on disk. */
  void abandon() throws IOException {
    channel.close();
  }

  /** Takes away the room that was not needed. */
  @Override
  public void close() throws IOException {
    try (FileChannel open = channel) {
      if (room > position) {
        open.truncate(position);
        open.force(true);
      }
    }
  }
}
