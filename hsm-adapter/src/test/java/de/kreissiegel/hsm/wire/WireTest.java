package de.kreissiegel.hsm.wire;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.VaultKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WireTest {
  private static final Bytes OCTETS = Bytes.fromHex("00ff10");
  private static final KeyId KEY = new KeyId("people");
  private static final List<Question> QUESTIONS =
      List.of(
          new Question.Hello(1),
          new Question.Keys(),
          new Question.Sign(
              new SignRequest(new UUID(-1, 2), KEY, SignedStructure.CERTIFICATE, OCTETS)),
          new Question.Journal(Long.MAX_VALUE, 1000));
  private static final List<Answer> ANSWERS =
      List.of(
          new Answer.Hello(1),
          new Answer.Keys(
              List.of(
                  new VaultKey(
                      KEY,
                      OCTETS,
                      OCTETS,
                      Set.of(SignedStructure.CERTIFICATE, SignedStructure.AUDIT_HEAD),
                      VaultKey.State.LOCKED))),
          new Answer.Signed(new Signed(OCTETS, 1L << 40, OCTETS)),
          new Answer.Journal(List.of(entry(Optional.of(OCTETS)), entry(Optional.empty()))),
          new Answer.Refused(SigningRefused.Reason.POLICY, "größer"),
          new Answer.Unavailable("full"),
          new Answer.Fault("what?"));

  private static JournalRecord entry(Optional<Bytes> kept) {
    return new JournalRecord(
        7,
        Instant.ofEpochMilli(12345),
        Happening.SIGNED,
        new UUID(3, 4),
        KEY,
        SignedStructure.AUDIT_HEAD,
        kept,
        OCTETS,
        "kind",
        OCTETS);
  }

  @Test
  void readsWhatItWrites() throws Exception {
    for (Question question : QUESTIONS) {
      assertThat(QuestionCodec.decode(QuestionCodec.encode(question))).isEqualTo(question);
    }
    for (Answer answer : ANSWERS) {
      assertThat(AnswerCodec.decode(AnswerCodec.encode(answer))).isEqualTo(answer);
    }
  }

  /** Each encoding has one reading, and each reading one encoding; nothing else escapes. */
  @Test
  void survivesRandomDamage() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 50_000; round++) {
      byte[] question =
          damaged(QuestionCodec.encode(QUESTIONS.get(random.nextInt(QUESTIONS.size()))), random);
      byte[] answer =
          damaged(AnswerCodec.encode(ANSWERS.get(random.nextInt(ANSWERS.size()))), random);
      String where = "seed " + seed + " round " + round;
      try {
        assertThat(QuestionCodec.encode(QuestionCodec.decode(question)))
            .as(where)
            .isEqualTo(question);
      } catch (MalformedMessage expected) {
        // one of two good outcomes
      }
      try {
        var unused = AnswerCodec.decode(answer);
      } catch (MalformedMessage expected) {
        // one of two good outcomes
      }
    }
  }

  private static byte[] damaged(byte[] octets, Random random) {
    for (int i = random.nextInt(3); i >= 0; i--) {
      octets[random.nextInt(octets.length)] = (byte) random.nextInt();
    }
    return octets;
  }
}
