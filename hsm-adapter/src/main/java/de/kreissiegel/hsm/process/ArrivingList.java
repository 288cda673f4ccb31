package de.kreissiegel.hsm.process;

import de.kreissiegel.hsm.signing.ContentSource;
import de.kreissiegel.hsm.wire.Link;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A list while it comes over the connection: it can be read once and is held by nobody. */
final class ArrivingList implements ContentSource {
  private final InputStream octets;
  private final long length;
  private boolean opened;

  /**
   * @param whenRead runs when the last octet was read
   */
  ArrivingList(Link link, long length, Runnable whenRead) {
    this.octets = new Counted(link.octets(length), length, whenRead);
    this.length = length;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public InputStream open() throws IOException {
    if (opened) {
      throw new IOException("a list that comes over a connection can be read once");
    }
    opened = true;
    return octets;
  }

  /** Reads what nobody wanted, so that the next message stands first. */
  void skipRest() throws IOException {
    octets.transferTo(OutputStream.nullOutputStream());
  }

  private static final class Counted extends FilterInputStream {
    private final Runnable whenRead;
    private long rest;

    private Counted(InputStream octets, long length, Runnable whenRead) {
      super(octets);
      this.rest = length;
      this.whenRead = whenRead;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int most) throws IOException {
      int count = super.read(into, at, most);
      if (count > 0) {
        rest -= count;
        if (rest == 0) {
          whenRead.run();
        }
      }
      return count;
    }

    @Override
    public long skip(long most) throws IOException {
      return read(new byte[(int) Math.min(most, 8192)]);
    }

    @Override
    public void close() {
      // The connection goes on.
    }
  }
}
