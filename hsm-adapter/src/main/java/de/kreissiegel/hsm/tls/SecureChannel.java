package de.kreissiegel.hsm.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import javax.net.ssl.SSLSocket;

/** A TLS socket as a channel. Takes buffers that have an array. */
final class SecureChannel implements ByteChannel {
  private final Socket raw;
  private final InputStream in;
  private final OutputStream out;

  SecureChannel(SSLSocket secure, Socket raw) throws IOException {
    this.raw = raw;
    this.in = secure.getInputStream();
    this.out = secure.getOutputStream();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = in.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
    if (count > 0) {
      into.position(into.position() + count);
    }
    return count;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int count = from.remaining();
    out.write(from.array(), from.arrayOffset() + from.position(), count);
    from.position(from.limit());
    return count;
  }

  @Override
  public boolean isOpen() {
    return !raw.isClosed();
  }

  /** Without a farewell, which could wait for a peer that doesn't read. Messages have lengths. */
  @Override
  public void close() throws IOException {
    raw.close();
  }
}
