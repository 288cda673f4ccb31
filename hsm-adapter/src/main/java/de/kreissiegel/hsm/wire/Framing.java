package de.kreissiegel.hsm.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Optional;

/** Frames on a channel: 32 bits of length, then so many octets. */
public final class Framing {
  /** The version of the protocol that this code speaks. */
  public static final int VERSION = 1;

  /** No frame is longer: a CRL of 64 MiB and what stands around it. */
  public static final int LONGEST = (64 << 20) + (64 << 10);

  private Framing() {}

  public static void write(ByteChannel channel, byte[] message) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + message.length);
    frame.putInt(message.length).put(message).flip();
    while (frame.hasRemaining()) {
      channel.write(frame);
    }
  }

  /**
   * Reads the length that begins a frame; none if the other side ended instead.
   *
   * @throws MalformedMessage if it is longer than allowed
   */
  public static Optional<Integer> readLength(ByteChannel channel)
      throws IOException, MalformedMessage {
    ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
    while (header.hasRemaining()) {
      if (channel.read(header) < 0) {
        if (header.position() == 0) {
          return Optional.empty();
        }
        throw new EOFException("the connection ended within a frame");
      }
    }
    int length = header.flip().getInt();
    if (length <= 0 || length > LONGEST) {
      throw new MalformedMessage("a frame of " + length + " octets");
    }
    return Optional.of(length);
  }

  /** Reads what a length announced. Takes memory as octets come, not as they are announced. */
  public static byte[] readBody(ByteChannel channel, int length) throws IOException {
    ByteBuffer body = ByteBuffer.allocate(Math.min(length, 64 << 10));
    while (body.position() < length) {
      if (!body.hasRemaining()) {
        body = ByteBuffer.allocate(Math.min(length, 2 * body.capacity())).put(body.flip());
      }
      if (channel.read(body) < 0) {
        throw new EOFException("the connection ended within a frame");
      }
    }
    return body.array();
  }
}
