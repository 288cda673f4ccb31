package de.kreissiegel.hsm.client;

import de.kreissiegel.hsm.signing.ContentSource;
import de.kreissiegel.hsm.tls.PinnedTls;
import de.kreissiegel.hsm.wire.Answer;
import de.kreissiegel.hsm.wire.Link;
import de.kreissiegel.hsm.wire.MalformedMessage;
import de.kreissiegel.hsm.wire.Question;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection to the signer; one question at a time. */
final class Connection implements AutoCloseable {
  private static final int PIECE = 64 << 10;

  /** Makes a channel of what isn't connected yet. */
  private interface Way {
    ByteChannel open() throws IOException;
  }

  private final Closeable socket;
  private final Way way;
  private @Nullable Link link;
  private boolean asked;
  private volatile long deadline = Long.MAX_VALUE;
  private volatile boolean late;

  private Connection(Closeable socket, Way way) {
    this.socket = socket;
    this.way = way;
  }

  /** Not yet connected, so that whoever watches the clock can already close it. */
  static Connection unconnected(SignerAddress address) throws IOException {
    return switch (address) {
      case SignerAddress.Local(var path) -> {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        yield new Connection(
            channel,
            () -> {
              channel.connect(UnixDomainSocketAddress.of(path));
              return channel;
            });
      }
      case SignerAddress.Distant(String host, int port, PinnedTls tls) -> {
        Socket socket = new Socket();
        yield new Connection(
            socket,
            () -> {
              var where = new InetSocketAddress(host, port);
              if (where.isUnresolved()) {
                throw new UnknownHostException(host);
              }
              socket.connect(where);
              return tls.connect(socket);
            });
      }
    };
  }

  void connect() throws IOException, MalformedMessage {
    Link made = Link.ofClient(way.open());
    made.send(new Question.Hello(Link.VERSION));
    Answer answer = made.receiveAnswer();
    if (!(answer instanceof Answer.Hello(int version)) || version != Link.VERSION) {
      throw new IOException("the signer speaks another version");
    }
    link = made;
  }

  Answer ask(Question question) throws IOException, MalformedMessage {
    Link open = opened();
    open.send(question);
    asked = true;
    Answer answer = open.receiveAnswer();
    if (answer instanceof Answer.Released) {
      open.wipe();
    }
    return answer;
  }

  /** Asks, and sends what the question announced. */
  Answer ask(Question.SignList question, ContentSource content)
      throws IOException, MalformedMessage {
    Link open = opened();
    open.send(question);
    try (InputStream octets = octetsOf(content)) {
      byte[] piece = new byte[PIECE];
      for (long rest = content.length(); rest > 0; ) {
        int count = next(octets, piece, rest);
        rest -= count;
        asked = rest == 0;
        open.sendOctets(piece, count);
      }
    }
    return open.receiveAnswer();
  }

  private static InputStream octetsOf(ContentSource content) throws ListUnreadable {
    try {
      return content.open();
    } catch (IOException unreadable) {
      throw new ListUnreadable(String.valueOf(unreadable.getMessage()));
    }
  }

  private static int next(InputStream octets, byte[] piece, long rest) throws ListUnreadable {
    try {
      int count = octets.read(piece, 0, (int) Math.min(piece.length, rest));
      if (count > 0) {
        return count;
      }
    } catch (IOException unreadable) {
      throw new ListUnreadable(String.valueOf(unreadable.getMessage()));
    }
    throw new ListUnreadable("it has " + rest + " octets less than it said");
  }

  private Link opened() {
    if (link == null) {
      throw new IllegalStateException("not connected");
    }
    return link;
  }

  /** Whether the last question may have reached the signer whole. */
  boolean mayHaveAsked() {
    return asked;
  }

  /**
   * A question begins; the connection is closed when that time is over.
   *
   * @param deadline by {@link System#nanoTime()}
   */
  void watchUntil(long deadline) {
    asked = false;
    this.deadline = deadline;
  }

  void unwatch() {
    deadline = Long.MAX_VALUE;
  }

  void closeIfLate(long now) {
    long until = deadline;
    if (until != Long.MAX_VALUE && now - until > 0) {
      late = true;
      close();
    }
  }

  /** Whether it was closed because it took too long. */
  boolean isLate() {
    return late;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // It is of no use either way.
    }
  }
}
