package de.kreissiegel.hsm.wire;

import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.io.IOException;

/** Questions to octets and back. */
public final class QuestionCodec {
  private QuestionCodec() {}

  public static byte[] encode(Question question) {
    return Parts.encode(
        switch (question) {
          case Question.Hello hello -> Parts.of(Parts.of(0), Parts.of(hello.version()));
          case Question.Keys _ -> Parts.of(Parts.of(1));
          case Question.Sign(SignRequest request) ->
              Parts.of(
                  Parts.of(2),
                  Parts.of(request.id()),
                  Parts.of(request.key().value()),
                  Parts.of(request.structure().code()),
                  Parts.of(request.toBeSigned()));
          case Question.Journal(long from, int atMost) ->
              Parts.of(Parts.of(3), Parts.of(from), Parts.of(atMost));
        });
  }

  /**
   * Reads one.
   *
   * @throws MalformedMessage if it isn't one, in DER
   */
  public static Question decode(byte[] message) throws MalformedMessage {
    try {
      Parts parts = Parts.decode(message);
      Question question =
          switch (parts.number()) {
            case 0 -> new Question.Hello(parts.number());
            case 1 -> new Question.Keys();
            case 2 -> sign(parts);
            case 3 -> journal(parts);
            default -> throw new MalformedMessage("no such question");
          };
      parts.end();
      return question;
    } catch (IOException | RuntimeException notOne) {
      throw new MalformedMessage("not a question", notOne);
    }
  }

  private static Question sign(Parts parts) {
    return new Question.Sign(
        new SignRequest(
            parts.id(),
            new KeyId(parts.text()),
            SignedStructure.ofCode(parts.number()),
            parts.bytes()));
  }

  private static Question journal(Parts parts) {
    long from = parts.longNumber();
    int atMost = parts.number();
    if (from < 0 || atMost < 1 || atMost > 1000) {
      throw new IllegalArgumentException("from 0 on, 1 to 1000 entries at once");
    }
    return new Question.Journal(from, atMost);
  }
}
