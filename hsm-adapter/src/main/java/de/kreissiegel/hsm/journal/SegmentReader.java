package de.kreissiegel.hsm.journal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** Reads a file's entries one after the other. */
final class SegmentReader implements AutoCloseable {
  private static final int AT_ONCE = 1 << 18;

  private final InputStream in;
  private final MessageDigest digest = Digests.fresh();
  private byte[] octets;
  private int from;
  private int to;
  private int lastFrom;
  private long position;

  private SegmentReader(InputStream in, int atOnce, long position) {
    this.in = in;
    this.octets = new byte[atOnce];
    this.position = position;
  }

  /**
   * From the first entry on.
   *
   * @throws EOFException if the file ends before them
   * @throws BrokenFrame if the file doesn't begin as one does
   */
  static SegmentReader open(Path file) throws IOException, BrokenFrame {
    SegmentReader reader = new SegmentReader(Files.newInputStream(file), AT_ONCE, 0);
    byte[] mark = Segments.mark();
    if (!reader.fill(mark.length)) {
      reader.close();
      throw new EOFException("the file ends before its first entry");
    }
    if (!Arrays.equals(reader.octets, 0, mark.length, mark, 0, mark.length)) {
      reader.close();
      throw new BrokenFrame("the file doesn't begin as a file of a journal does");
    }
    reader.step(mark.length);
    return reader;
  }

  /** From an entry on that lies so many entries behind one that begins there. */
  static SegmentReader at(Path file, long position, int skip, int atOnce)
      throws IOException, BrokenFrame {
    InputStream in = Files.newInputStream(file);
    try {
      in.skipNBytes(position);
      SegmentReader reader = new SegmentReader(in, atOnce, position);
      for (int i = 0; i < skip; i++) {
        reader.step(reader.whole());
      }
      return reader;
    } catch (IOException | BrokenFrame failed) {
      in.close();
      throw failed;
    }
  }

  /** Where the next entry begins. */
  long position() {
    return position;
  }

  /**
   * The next entry; none at the end of the file, or where only room follows that was made ahead.
   *
   * @throws EOFException if the file ends within the entry
   * @throws BrokenFrame if what stands there is none
   */
  Optional<JournalEntry> next() throws IOException, BrokenFrame {
    int length = whole();
    if (length == 0) {
      return Optional.empty();
    }
    JournalEntry entry =
        Frames.read(octets, from, number(from), number(from + Integer.BYTES), digest);
    lastFrom = from;
    step(length);
    return Optional.of(entry);
  }

  /** The entry that {@link #next} read, as it lies there, or as it would lie there erased. */
  byte[] frame(boolean withBody) {
    int header = number(lastFrom);
    int length = Frames.length(header, withBody ? number(lastFrom + Integer.BYTES) : 0);
    byte[] frame = Arrays.copyOfRange(octets, lastFrom, lastFrom + length);
    if (!withBody) {
      Arrays.fill(frame, Integer.BYTES, Frames.LENGTHS, (byte) 0);
    }
    return frame;
  }

  private int whole() throws IOException, BrokenFrame {
    if (!fill(Frames.LENGTHS)) {
      if (to > from) {
        throw new EOFException("the file ends within the entry");
      }
      return 0;
    }
    int header = number(from);
    int body = number(from + Integer.BYTES);
    if (header == 0 && body == 0) {
      onlyZeros();
      return 0;
    }
    if (!Frames.possible(header, body)) {
      throw new BrokenFrame("its length is impossible");
    }
    int length = Frames.length(header, body);
    if (!fill(length)) {
      throw new EOFException("the file ends within the entry");
    }
    return length;
  }

  private void onlyZeros() throws IOException, BrokenFrame {
    byte[] zeros = new byte[octets.length];
    do {
      if (!Arrays.equals(octets, from, to, zeros, 0, to - from)) {
        throw new BrokenFrame("something else stands where room was made for it");
      }
      from = to;
    } while (fill(1));
  }

  private int number(int at) {
    return (octets[at] & 0xFF) << 24
        | (octets[at + 1] & 0xFF) << 16
        | (octets[at + 2] & 0xFF) << 8
        | (octets[at + 3] & 0xFF);
  }

  private void step(int length) {
    from += length;
    position += length;
  }

  /** Whether so many octets are there from {@code from} on, once they were read. */
  private boolean fill(int wanted) throws IOException {
    if (to - from >= wanted) {
      return true;
    }
    byte[] target = octets.length >= wanted ? octets : new byte[2 * wanted];
    System.arraycopy(octets, from, target, 0, to - from);
    to -= from;
    from = 0;
    octets = target;
    to += in.readNBytes(octets, to, octets.length - to);
    return to >= wanted;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
