package de.kreissiegel.hsm.client;

import de.kreissiegel.hsm.wire.Answer;
import de.kreissiegel.hsm.wire.AnswerCodec;
import de.kreissiegel.hsm.wire.Framing;
import de.kreissiegel.hsm.wire.MalformedMessage;
import de.kreissiegel.hsm.wire.Question;
import de.kreissiegel.hsm.wire.QuestionCodec;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** One connection to the signer; one question at a time. */
final class Connection implements AutoCloseable {
  private final SocketChannel channel;

  private Connection(SocketChannel channel) {
    this.channel = channel;
  }

  /** Not yet connected, so that whoever watches the clock can already close it. */
  static Connection unconnected() throws IOException {
    return new Connection(SocketChannel.open(java.net.StandardProtocolFamily.UNIX));
  }

  void connect(Path socket) throws IOException, MalformedMessage {
    channel.connect(UnixDomainSocketAddress.of(socket));
    Answer answer = ask(new Question.Hello(Framing.VERSION));
    if (!(answer instanceof Answer.Hello(int version)) || version != Framing.VERSION) {
      throw new IOException("the signer speaks another version");
    }
  }

  Answer ask(Question question) throws IOException, MalformedMessage {
    Framing.write(channel, QuestionCodec.encode(question));
    int length =
        Framing.readLength(channel)
            .orElseThrow(() -> new EOFException("the signer closed the connection"));
    return AnswerCodec.decode(Framing.readBody(channel, length));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // It is of no use either way.
    }
  }
}
