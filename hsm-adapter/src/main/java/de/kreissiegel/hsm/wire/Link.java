package de.kreissiegel.hsm.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Arrays;

/**
 * Messages on a connection: each a frame of 32 bits of length (big-endian) and so many octets. What
 * a peer sends is read ahead, what is sent goes in one write. For one thread at a time; {@link
 * #close} for any.
 */
public final class Link implements AutoCloseable {
  /** The version of the protocol that this code speaks. */
  public static final int VERSION = 3;

  /** No question is longer; a list's octets stand behind it. */
  public static final int LONGEST_QUESTION = 256 << 10;

  /** No answer is longer: one journal entry of a ceremony, with room around it. */
  public static final int LONGEST_ANSWER = 4 << 20;

  /** No list is longer: 20 million entries. */
  public static final long LONGEST_LIST = 1L << 30;

  private static final int USUAL = 16 << 10;
  private static final int PIECE = 64 << 10;

  private final ByteChannel channel;
  private final int longest;

  /** What came: of it, what stands from {@code next} to {@code end} wasn't taken yet. */
  private byte[] came = new byte[USUAL];

  private int next;
  private int end;

  private Link(ByteChannel channel, int longest) {
    this.channel = channel;
    this.longest = longest;
  }

  /** The signer's end: it takes questions. */
  public static Link ofSigner(ByteChannel channel) {
    return new Link(channel, LONGEST_QUESTION);
  }

  /** The client's end: it takes answers. */
  public static Link ofClient(ByteChannel channel) {
    return new Link(channel, LONGEST_ANSWER);
  }

  /**
   * Waits for the other side to begin a message.
   *
   * @return false if it ended the connection instead
   */
  public boolean awaitMessage() throws IOException {
    if (next < end) {
      return true;
    }
    if (came.length > USUAL) {
      came = new byte[USUAL]; // gives the room of a long one back
    }
    return fill();
  }

  /** Reads a question. */
  public Question receiveQuestion() throws IOException, MalformedMessage {
    return QuestionCodec.decode(receive());
  }

  /** Reads an answer. */
  public Answer receiveAnswer() throws IOException, MalformedMessage {
    return AnswerCodec.decode(receive());
  }

  /** Sends a question. When this throws, the other side has not got it whole. */
  public void send(Question question) throws IOException {
    write(QuestionCodec.frame(question));
  }

  /** Sends an answer, and wipes its octets where they are nobody else's business. */
  public void send(Answer answer) throws IOException {
    ByteBuffer frame = AnswerCodec.frame(answer);
    try {
      write(frame);
    } finally {
      if (answer instanceof Answer.Released) {
        Arrays.fill(frame.array(), (byte) 0);
      }
    }
  }

  /** Sends octets without a frame. */
  public void sendOctets(byte[] octets, int count) throws IOException {
    write(ByteBuffer.wrap(octets, 0, count));
  }

  /** Forgets what was read, where it was a secret. */
  public void wipe() {
    Arrays.fill(came, 0, next, (byte) 0);
  }

  /**
   * The next octets, which have no frame. It ends after so many; if the connection ends before, it
   * throws {@link EOFException}. Closing it does nothing.
   */
  public InputStream octets(long length) {
    return new Unframed(length);
  }

  /** Valid until the next call. */
  private ByteBuffer receive() throws IOException, MalformedMessage {
    need(Integer.BYTES);
    int length = ByteBuffer.wrap(came, next, Integer.BYTES).getInt();
    if (length <= 0 || length > longest) {
      throw new MalformedMessage("a frame of " + length + " octets");
    }
    next += Integer.BYTES;
    need(length);
    ByteBuffer message = ByteBuffer.wrap(came, next, length);
    next += length;
    return message;
  }

  /** Waits until so many octets are there. Takes room as they come, not as they are announced. */
  private void need(int octets) throws IOException {
    while (end - next < octets) {
      if (!fill()) {
        throw new EOFException("the connection ended within a message");
      }
    }
  }

  /** Reads what there is, some at least; false at the end. */
  private boolean fill() throws IOException {
    if (next == end) {
      next = 0;
      end = 0;
    } else if (end == came.length && next > 0) {
      System.arraycopy(came, next, came, 0, end - next);
      end -= next;
      next = 0;
    } else if (end == came.length) {
      came = Arrays.copyOf(came, 2 * came.length);
    }
    int count = read(came, end, came.length - end);
    end += Math.max(0, count);
    return count > 0;
  }

  private int read(byte[] into, int at, int most) throws IOException {
    return channel.read(ByteBuffer.wrap(into, at, Math.min(most, PIECE)));
  }

  private void write(ByteBuffer octets) throws IOException {
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // It is of no use either way.
    }
  }

  /** So many octets and no more. */
  private final class Unframed extends InputStream {
    private long rest;

    private Unframed(long length) {
      this.rest = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int most) throws IOException {
      if (most == 0) {
        return 0;
      }
      if (rest == 0) {
        return -1;
      }
      int wanted = (int) Math.min(most, rest);
      int count = next < end ? buffered(into, at, wanted) : Link.this.read(into, at, wanted);
      if (count < 0) {
        throw new EOFException("the connection ended within a list");
      }
      rest -= count;
      return count;
    }

    private int buffered(byte[] into, int at, int most) {
      int count = Math.min(most, end - next);
      System.arraycopy(came, next, into, at, count);
      next += count;
      return count;
    }
  }
}
