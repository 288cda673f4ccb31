package de.kreissiegel.hsm.process;

import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.wire.Answer;
import de.kreissiegel.hsm.wire.AnswerCodec;
import de.kreissiegel.hsm.wire.Framing;
import de.kreissiegel.hsm.wire.MalformedMessage;
import de.kreissiegel.hsm.wire.Question;
import de.kreissiegel.hsm.wire.QuestionCodec;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** One peer's connection: question, answer, question, answer, until it ends or misbehaves. */
final class ServedConnection {
  private static final System.Logger LOG = System.getLogger(ServedConnection.class.getName());
  private static final int LARGE = 1 << 20;

  private final SocketChannel channel;
  private final Limits limits;
  private final Signer signer;
  private final Semaphore largeMessages;
  private volatile long deadline;
  private boolean greeted;

  ServedConnection(SocketChannel channel, Limits limits, Signer signer, Semaphore largeMessages) {
    this.channel = channel;
    this.limits = limits;
    this.signer = signer;
    this.largeMessages = largeMessages;
    within(limits.message());
  }

  void serve() {
    try {
      while (exchange()) {
        within(limits.idle());
      }
    } catch (MalformedMessage malformed) {
      lastWords(new Answer.Fault(String.valueOf(malformed.getMessage())));
    } catch (IOException gone) {
      LOG.log(System.Logger.Level.DEBUG, "A connection ended: {0}", gone.getMessage());
    } catch (RuntimeException bug) {
      LOG.log(System.Logger.Level.ERROR, "A question could not be answered.", bug);
      lastWords(new Answer.Fault("the signer failed; its log says why"));
    } finally {
      close();
    }
  }

  private boolean exchange() throws IOException, MalformedMessage {
    Optional<Integer> length = Framing.readLength(channel);
    if (length.isEmpty()) {
      return false;
    }
    within(limits.message());
    Answer answer = length.get() > LARGE ? large(length.get()) : answer(length.get());
    within(limits.message());
    Framing.write(channel, AnswerCodec.encode(answer));
    return !(answer instanceof Answer.Fault);
  }

  /** Few large messages at once, so that memory is bounded. */
  private Answer large(int length) throws IOException, MalformedMessage {
    if (!greeted) {
      return new Answer.Fault("the first message must be a greeting");
    }
    largeMessages.acquireUninterruptibly();
    try {
      within(limits.message());
      return answer(length);
    } finally {
      largeMessages.release();
    }
  }

  private Answer answer(int length) throws IOException, MalformedMessage {
    Question question = QuestionCodec.decode(Framing.readBody(channel, length));
    if (!greeted && !(question instanceof Question.Hello)) {
      return new Answer.Fault("the first message must be a greeting");
    }
    within(Duration.ofDays(1)); // what comes now takes the signer's own time, not the peer's
    try {
      return switch (question) {
        case Question.Hello(int version) -> hello(version);
        case Question.Keys _ -> new Answer.Keys(signer.keys());
        case Question.Sign(SignRequest request) -> new Answer.Signed(signer.sign(request));
        case Question.Journal(long from, int atMost) ->
            new Answer.Journal(signer.journal(from, atMost));
      };
    } catch (SigningRefused refused) {
      return new Answer.Refused(refused.reason(), String.valueOf(refused.getMessage()));
    } catch (SigningUnavailable unavailable) {
      LOG.log(System.Logger.Level.ERROR, "No signature: {0}", unavailable.getMessage());
      return new Answer.Unavailable(String.valueOf(unavailable.getMessage()));
    }
  }

  private Answer hello(int version) {
    if (version != Framing.VERSION) {
      return new Answer.Fault("this signer speaks version " + Framing.VERSION);
    }
    greeted = true;
    return new Answer.Hello(Framing.VERSION);
  }

  private void lastWords(Answer answer) {
    try {
      Framing.write(channel, AnswerCodec.encode(answer));
    } catch (IOException _) {
      // The peer is gone; nothing to tell.
    }
  }

  private void within(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  void closeIfLate(long now) {
    if (now - deadline > 0) {
      close();
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // It is of no use either way.
    }
  }
}
