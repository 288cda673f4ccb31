package de.kreissiegel.hsm.wire;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Questions to octets and back. */
public final class QuestionCodec {
  /** What a request has beside its octets: id, key, numbers. */
  private static final int AROUND = 192;

  private static final int HASH = 32;

  private QuestionCodec() {}

  /** The message alone, without its frame. */
  public static byte[] encode(Question question) {
    ByteBuffer frame = frame(question);
    return Arrays.copyOfRange(frame.array(), Integer.BYTES, frame.limit());
  }

  static ByteBuffer frame(Question question) {
    DerWriter to = new DerWriter(expected(question));
    int all = to.begin();
    switch (question) {
      case Question.Hello(int version) -> to.number(0).number(version);
      case Question.Keys _ -> to.number(1);
      case Question.Sign(SignRequest request) -> {
        to.number(2)
            .id(request.id())
            .text(request.key().value())
            .number(request.structure().code())
            .bytes(request.toBeSigned());
        EvidenceCodec.write(to, request.evidence());
      }
      case Question.Journal(long from, int atMost) -> to.number(3).number(from).number(atMost);
      case Question.SignList list ->
          to.number(4).id(list.id()).text(list.key().value()).number(list.length());
      case Question.Health _ -> to.number(5);
      case Question.Checkpoint _ -> to.number(6);
      case Question.Release(ReleaseRequest request) -> {
        to.number(7)
            .id(request.id())
            .text(request.key().value())
            .number(request.purpose().code())
            .number(request.scheme().code())
            .bytes(request.encrypted());
        EvidenceCodec.write(to, request.evidence());
      }
      case Question.TakenIn(long next, Bytes hash) -> to.number(8).number(next).bytes(hash);
    }
    return to.end(all).frame();
  }

  private static int expected(Question question) {
    return AROUND
        + (question instanceof Question.Sign(SignRequest request)
            ? request.toBeSigned().length()
            : 0);
  }

  /**
   * Reads one.
   *
   * @throws MalformedMessage if it isn't one, in DER
   */
  public static Question decode(byte[] message) throws MalformedMessage {
    return decode(ByteBuffer.wrap(message));
  }

  static Question decode(ByteBuffer message) throws MalformedMessage {
    try {
      DerReader from = DerReader.open(message.array(), message.position(), message.limit());
      Question question =
          switch (from.number()) {
            case 0 -> new Question.Hello(from.number());
            case 1 -> new Question.Keys();
            case 2 -> sign(from);
            case 3 -> journal(from);
            case 4 -> signList(from);
            case 5 -> new Question.Health();
            case 6 -> new Question.Checkpoint();
            case 7 -> release(from);
            case 8 -> takenIn(from);
            default -> throw new MalformedMessage("no such question");
          };
      from.end();
      return question;
    } catch (IllegalArgumentException notOne) {
      throw new MalformedMessage("not a question", notOne);
    }
  }

  private static Question sign(DerReader from) throws MalformedMessage {
    return new Question.Sign(
        new SignRequest(
            from.id(),
            new KeyId(from.text(Limits.WORD)),
            SignedStructure.ofCode(from.number()),
            from.bytes(),
            EvidenceCodec.read(from.sequence())));
  }

  private static Question journal(DerReader from) throws MalformedMessage {
    long first = from.longNumber();
    int atMost = from.number(1000);
    if (first < 0 || atMost < 1) {
      throw new MalformedMessage("from 0 on, 1 to 1000 entries at once");
    }
    return new Question.Journal(first, atMost);
  }

  private static Question takenIn(DerReader from) throws MalformedMessage {
    var told = new Question.TakenIn(from.longNumber(), from.bytes(HASH));
    if (told.nextIndex() < 1 || told.lastHash().length() != HASH) {
      throw new MalformedMessage("from 1 on, with a hash of " + HASH + " octets");
    }
    return told;
  }

  private static Question signList(DerReader from) throws MalformedMessage {
    var list =
        new Question.SignList(from.id(), new KeyId(from.text(Limits.WORD)), from.longNumber());
    if (list.length() < 1 || list.length() > Link.LONGEST_LIST) {
      throw new MalformedMessage("a list of " + list.length() + " octets");
    }
    return list;
  }

  private static Question release(DerReader from) throws MalformedMessage {
    return new Question.Release(
        new ReleaseRequest(
            from.id(),
            new KeyId(from.text(Limits.WORD)),
            ReleaseRequest.Purpose.ofCode(from.number()),
            ReleaseRequest.Scheme.ofCode(from.number()),
            from.bytes(Limits.ENCRYPTED),
            EvidenceCodec.read(from.sequence())));
  }
}
