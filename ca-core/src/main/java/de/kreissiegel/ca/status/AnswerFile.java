package de.kreissiegel.ca.status;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A node's copy of the answers on its disk, from which it answers after a restart while the
 * database is away. Frames one after the other:
 *
 * <pre>
 * file  = "KSOCSP" 0 1 frame*
 * frame = length (4) CRC-32C of the rest (4) id (8) asOf (8, milliseconds) batch (length)
 * </pre>
 *
 * A frame without a batch says only when the database was last asked. What is cut off or damaged
 * ends the file: the database still has the rest. Appending needs no sync, since what a crash takes
 * is fetched again; a rewritten file is synced and put in the old one's place at once.
 */
final class AnswerFile implements AutoCloseable {
  private static final byte[] MAGIC = {'K', 'S', 'O', 'C', 'S', 'P', 0, 1};
  private static final int HEADER = 24;
  private static final int LONGEST = 1 << 30;

  private final Path file;
  private @Nullable FileChannel channel;
  private long size;

  AnswerFile(Path file) {
    this.file = file;
  }

  /** Is told of what was read. */
  @FunctionalInterface
  interface Reader {
    void frame(long id, Instant asOf, Optional<Bytes> batch);
  }

  /** Reads all that is sound, cuts off what isn't, and is ready for more. */
  void open(Reader reader) throws IOException {
    long sound = 0;
    if (Files.exists(file)) {
      try (var in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
        sound = read(in, Files.size(file), reader);
      }
    }
    channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(sound);
    channel.position(sound);
    size = sound;
    if (sound == 0) {
      write(ByteBuffer.wrap(MAGIC));
    }
  }

  /** How many octets of the file are sound. */
  private static long read(DataInputStream in, long length, Reader reader) throws IOException {
    if (!java.util.Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      return 0;
    }
    long sound = MAGIC.length;
    try {
      while (true) {
        int batchLength = in.readInt();
        int checksum = in.readInt();
        if (batchLength < 0 || batchLength > LONGEST || sound + HEADER + batchLength > length) {
          return sound;
        }
        byte[] rest = in.readNBytes(2 * Long.BYTES + batchLength);
        if (rest.length != 2 * Long.BYTES + batchLength || crc(rest) != checksum) {
          return sound;
        }
        ByteBuffer fields = ByteBuffer.wrap(rest);
        reader.frame(
            fields.getLong(),
            Instant.ofEpochMilli(fields.getLong()),
            batchLength == 0
                ? Optional.empty()
                : Optional.of(Bytes.of(rest, 2 * Long.BYTES, rest.length)));
        sound += HEADER + batchLength;
      }
    } catch (EOFException _) {
      return sound;
    }
  }

  private static int crc(byte[] octets) {
    CRC32C crc = new CRC32C();
    crc.update(octets);
    return (int) crc.getValue();
  }

  /** How long it is. */
  long size() {
    return size;
  }

  /**
   * Appends a batch.
   *
   * @param id up to which batch of the database all is in the file now
   * @param asOf when the database was asked
   */
  void append(long id, Instant asOf, byte[] batch) throws IOException {
    byte[] rest =
        ByteBuffer.allocate(2 * Long.BYTES + batch.length)
            .putLong(id)
            .putLong(asOf.toEpochMilli())
            .put(batch)
            .array();
    ByteBuffer frame = ByteBuffer.allocate(2 * Integer.BYTES + rest.length);
    write(frame.putInt(batch.length).putInt(crc(rest)).put(rest).flip());
  }

  private void write(ByteBuffer octets) throws IOException {
    FileChannel out = channel;
    if (out == null) {
      throw new IOException(file + " is not open");
    }
    size += octets.remaining();
    while (octets.hasRemaining()) {
      out.write(octets);
    }
  }

  /** Puts a file with these batches alone in its place. */
  void rewrite(Iterable<AnswerBatch> batches, long id, Instant asOf) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try (AnswerFile fresh = new AnswerFile(next)) {
      Files.deleteIfExists(next);
      fresh.open((_, _, _) -> {});
      for (AnswerBatch batch : batches) {
        // Only the last frame may say that all is there.
        fresh.append(0, asOf, batch.octets());
      }
      fresh.append(id, asOf, new byte[0]);
      FileChannel out = fresh.channel;
      if (out != null) {
        out.force(true);
      }
    }
    close();
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    size = Files.size(file);
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
