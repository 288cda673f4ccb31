package de.kreissiegel.hsm.wire;

import static de.kreissiegel.hsm.wire.Limits.SENTENCE;

import de.kreissiegel.hsm.signing.Released;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Answers to octets and back. */
public final class AnswerCodec {
  private static final int USUAL = 512;

  private AnswerCodec() {}

  /** The message alone, without its frame. */
  public static byte[] encode(Answer answer) {
    ByteBuffer frame = frame(answer);
    return Arrays.copyOfRange(frame.array(), Integer.BYTES, frame.limit());
  }

  static ByteBuffer frame(Answer answer) {
    DerWriter to = new DerWriter(USUAL);
    int all = to.begin();
    switch (answer) {
      case Answer.Hello(int version) -> to.number(0).number(version);
      case Answer.Keys(var keys) -> TellingCodec.keys(to.number(1), keys);
      case Answer.Signed(Signed signed) ->
          to.number(2)
              .bytes(signed.signature())
              .number(signed.journalIndex())
              .bytes(signed.entryHash());
      case Answer.Journal(var records) -> JournalCodec.write(to.number(3), records);
      case Answer.Refused(SigningRefused.Reason reason, String message) ->
          to.number(4).number(reason.code()).text(sentence(message));
      case Answer.Unavailable(String message) -> to.number(5).text(sentence(message));
      case Answer.Fault(String message) -> to.number(6).text(sentence(message));
      case Answer.Health(var health) -> TellingCodec.health(to.number(7), health);
      case Answer.Checkpoint(SignedCheckpoint checkpoint) ->
          to.number(8).number(checkpoint.size()).bytes(checkpoint.head()).text(checkpoint.note());
      case Answer.Released(Released released) ->
          to.number(9)
              .bytes(released.octets())
              .number(released.journalIndex())
              .bytes(released.entryHash());
      case Answer.Noted _ -> to.number(10);
    }
    return to.end(all).frame();
  }

  /** A refusal may quote what was refused: it is cut rather than not said. */
  private static String sentence(String message) {
    if (message.getBytes(StandardCharsets.UTF_8).length <= SENTENCE) {
      return message;
    }
    return message.substring(0, SENTENCE / 4) + " …";
  }

  /**
   * Reads one.
   *
   * @throws MalformedMessage if it isn't one, in DER
   */
  public static Answer decode(byte[] message) throws MalformedMessage {
    return decode(ByteBuffer.wrap(message));
  }

  static Answer decode(ByteBuffer message) throws MalformedMessage {
    try {
      DerReader from = DerReader.open(message.array(), message.position(), message.limit());
      Answer answer = read(from);
      from.end();
      return answer;
    } catch (RuntimeException notOne) {
      throw new MalformedMessage("not an answer", notOne);
    }
  }

  private static Answer read(DerReader from) throws MalformedMessage {
    return switch (from.number()) {
      case 0 -> new Answer.Hello(from.number());
      case 1 -> new Answer.Keys(TellingCodec.readKeys(from.sequence()));
      case 2 -> new Answer.Signed(new Signed(from.bytes(), from.longNumber(), from.bytes()));
      case 3 -> new Answer.Journal(JournalCodec.read(from.sequence()));
      case 4 ->
          new Answer.Refused(SigningRefused.Reason.ofCode(from.number()), from.text(SENTENCE));
      case 5 -> new Answer.Unavailable(from.text(SENTENCE));
      case 6 -> new Answer.Fault(from.text(SENTENCE));
      case 7 -> new Answer.Health(TellingCodec.readHealth(from));
      case 8 ->
          new Answer.Checkpoint(
              new SignedCheckpoint(from.longNumber(), from.bytes(), from.text(SENTENCE)));
      case 9 -> new Answer.Released(new Released(from.bytes(), from.longNumber(), from.bytes()));
      case 10 -> new Answer.Noted();
      default -> throw new MalformedMessage("no such answer");
    };
  }
}
