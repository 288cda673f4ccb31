package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.disk.DurableFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes at a file's end. It makes room ahead by writing zeros, so that a sync of entries doesn't
 * have to sync the file's length, too: that costs a third of the time. One thread at a time, which
 * may be interrupted: a {@link java.nio.channels.FileChannel} would be closed by that, in the
 * middle of a write or a sync, so it isn't one that writes.
 */
final class SegmentWriter implements AutoCloseable {
  private static final int AHEAD = 1 << 20;
  private static final byte[] ZEROS = new byte[1 << 16];

  private final RandomAccessFile file;

  /** The same file: it syncs the octets without the file's times, in the thread that calls. */
  private final AsynchronousFileChannel syncing;

  private final long first;
  private final int ahead;
  private long position;
  private long room;

  private SegmentWriter(
      RandomAccessFile file,
      AsynchronousFileChannel syncing,
      long first,
      long segmentOctets,
      long position) {
    this.file = file;
    this.syncing = syncing;
    this.first = first;
    this.ahead = (int) Math.min(AHEAD, segmentOctets);
    this.position = position;
    this.room = position;
  }

  /** Makes the file; when this returns, it will be found after a power cut. */
  static SegmentWriter create(Path directory, long first, long segmentOctets) throws IOException {
    byte[] mark = Segments.mark();
    DurableFiles.create(Segments.file(directory, first)).close();
    try {
      SegmentWriter writer = open(directory, first, segmentOctets, mark.length);
      try {
        writer.put(mark, mark.length, 0);
        writer.syncing.force(true);
        DurableFiles.syncDirectory(directory);
        return writer;
      } catch (IOException failed) {
        writer.abandon();
        throw failed;
      }
    } catch (IOException failed) {
      Files.delete(Segments.file(directory, first));
      throw failed;
    }
  }

  /** Continues a file that ends with a whole entry. */
  static SegmentWriter open(Path directory, long first, long segmentOctets, long position)
      throws IOException {
    Path path = Segments.file(directory, first);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      AsynchronousFileChannel syncing =
          AsynchronousFileChannel.open(path, StandardOpenOption.WRITE);
      return new SegmentWriter(file, syncing, first, segmentOctets, position);
    } catch (IOException failed) {
      file.close();
      throw failed;
    }
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

  /**
   * Makes room for so many octets and some more.
   *
   * @throws IOException if the disk hasn't got it; then all is as before
   */
  void makeRoom(int octets) throws IOException {
    long end = position + octets + ahead;
    try {
      for (long at = room; at < end; ) {
        int some = (int) Math.min(ZEROS.length, end - at);
        put(ZEROS, some, at);
        at += some;
      }
    } catch (IOException full) {
      file.setLength(room);
      throw full;
    }
    room = end;
  }

  /** Writes entries; they are not synced. */
  void write(byte[] octets, int length) throws IOException {
    put(octets, length, position);
    position += length;
    room = Math.max(room, position);
  }

  /** Returns when all is on disk; a failure must not be tried again. */
  void sync() throws IOException {
    syncing.force(false);
  }

  private void put(byte[] octets, int length, long start) throws IOException {
    file.seek(start);
    file.write(octets, 0, length);
  }

  /** Lets the file go as it is, since nobody knows what of it is on disk. */
  void abandon() throws IOException {
    try (RandomAccessFile _ = file;
        AsynchronousFileChannel _ = syncing) {
      // It closes both.
    }
  }

  /** Takes away the room that was not needed. */
  @Override
  public void close() throws IOException {
    try (RandomAccessFile open = file;
        AsynchronousFileChannel alsoOpen = syncing) {
      if (room > position) {
        open.setLength(position);
        alsoOpen.force(true);
      }
    }
  }
}
