package de.kreissiegel.hsm.process;

import de.kreissiegel.hsm.wire.Answer;
import de.kreissiegel.hsm.wire.Link;
import de.kreissiegel.hsm.wire.MalformedMessage;
import de.kreissiegel.hsm.wire.Question;
import java.io.IOException;
import java.time.Duration;

/** One peer's connection: question, answer, question, answer, until it ends or misbehaves. */
final class ServedConnection {
  private static final System.Logger LOG = System.getLogger(ServedConnection.class.getName());

  private final Visitor visitor;
  private final Limits limits;
  private final AnswerDesk desk;
  private final long since = System.nanoTime();
  private volatile long deadline;
  private volatile boolean greeted;

  ServedConnection(Visitor visitor, Limits limits, AnswerDesk desk) {
    this.visitor = visitor;
    this.limits = limits;
    this.desk = desk;
    within(limits.greeting());
  }

  String peer() {
    return visitor.name();
  }

  boolean hasGreeted() {
    return greeted;
  }

  /** When it came, by {@link System#nanoTime()}. */
  long since() {
    return since;
  }

  void serve() {
    try {
      serve(Link.ofSigner(visitor.enter()));
    } catch (IOException gone) {
      LOG.log(System.Logger.Level.DEBUG, "A connection ended: {0}", gone.getMessage());
    } finally {
      close();
    }
  }

  private void serve(Link link) throws IOException {
    try {
      while (link.awaitMessage() && exchange(link)) {
        within(limits.idle());
      }
    } catch (MalformedMessage malformed) {
      link.send(new Answer.Fault(String.valueOf(malformed.getMessage())));
    } catch (RuntimeException bug) {
      LOG.log(System.Logger.Level.ERROR, "A question could not be answered.", bug);
      link.send(new Answer.Fault("the signer failed; its log says why"));
    }
  }

  private boolean exchange(Link link) throws IOException, MalformedMessage {
    if (!greeted) {
      return greet(link);
    }
    within(limits.message());
    Question question = link.receiveQuestion();
    if (question instanceof Question.Hello) {
      throw new MalformedMessage("one greeting is enough");
    }
    try (AnswerDesk.Turn turn = desk.turnFor(question)) {
      Answer answer =
          question instanceof Question.SignList list
              ? list(link, list, turn)
              : calm(question, turn);
      within(limits.message());
      link.send(answer);
    }
    return true;
  }

  /** Its deadline is the connection's first; what comes octet by octet doesn't move it. */
  private boolean greet(Link link) throws IOException, MalformedMessage {
    if (!(link.receiveQuestion() instanceof Question.Hello(int version))) {
      throw new MalformedMessage("the first message must be a greeting");
    }
    if (version != Link.VERSION) {
      throw new MalformedMessage("this signer speaks version " + Link.VERSION);
    }
    greeted = true;
    within(limits.message());
    link.send(new Answer.Hello(Link.VERSION));
    return true;
  }

  private Answer calm(Question question, AnswerDesk.Turn turn) {
    signersOwnTime();
    return desk.answer(question, turn);
  }

  private Answer list(Link link, Question.SignList list, AnswerDesk.Turn turn) throws IOException {
    within(limits.message().plusSeconds(list.length() >> 20));
    ArrivingList content = new ArrivingList(link, list.length(), this::signersOwnTime);
    Answer answer = desk.sign(list, content, turn);
    content.skipRest(); // a refusal comes early; the peer hears it when it has said its part
    return answer;
  }

  /** From here on it isn't the peer who takes time. */
  private void signersOwnTime() {
    within(Duration.ofDays(1));
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
    visitor.close();
  }
}
