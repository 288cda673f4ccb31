package de.kreissiegel.hsm.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.Released;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.VaultHealth;
import de.kreissiegel.hsm.signing.VaultKey;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.junit.jupiter.api.Test;

class WireTest {
  private static final Bytes OCTETS = Bytes.fromHex("00ff10");
  private static final KeyId KEY = new KeyId("people");
  private static final List<Evidence> EVIDENCE =
      List.of(
          new Evidence.OfficerSignature(OCTETS),
          new Evidence.SecurityKeyAssertion(
              Bytes.of(new byte[129]), OCTETS, OCTETS, OCTETS, OCTETS, Bytes.of(new byte[0])),
          new Evidence.ProofOfPossession(OCTETS, Optional.of("acme")),
          new Evidence.ProofOfPossession(OCTETS, Optional.empty()));
  private static final List<Question> QUESTIONS =
      List.of(
          new Question.Hello(1),
          new Question.Keys(),
          new Question.Sign(
              new SignRequest(new UUID(-1, 2), KEY, SignedStructure.CERTIFICATE, OCTETS)),
          new Question.Sign(
              new SignRequest(
                  new UUID(1, -2),
                  KEY,
                  SignedStructure.CERTIFICATE,
                  Bytes.of(new byte[300]),
                  EVIDENCE)),
          new Question.Journal(Long.MAX_VALUE, 1000),
          new Question.SignList(new UUID(5, 6), KEY, Link.LONGEST_LIST),
          new Question.Health(),
          new Question.Checkpoint(),
          new Question.TakenIn(1L << 33, Bytes.of(new byte[32])),
          new Question.Release(
              new ReleaseRequest(
                  new UUID(7, 8),
                  KEY,
                  ReleaseRequest.Purpose.UNWRAP,
                  ReleaseRequest.Scheme.RSA_OAEP_SHA256,
                  Bytes.of(new byte[384]),
                  EVIDENCE)));
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
          new Answer.Fault("what?"),
          new Answer.Health(health(Optional.empty())),
          new Answer.Health(
              health(
                  Optional.of(
                      new VaultHealth.Refusal(Instant.ofEpochMilli(-1), KEY, "no-authorities")))),
          new Answer.Checkpoint(new SignedCheckpoint(70_000, OCTETS, "journal\n70000\n")),
          new Answer.Released(new Released(OCTETS, 255, OCTETS)),
          new Answer.Noted());

  private static VaultHealth health(Optional<VaultHealth.Refusal> last) {
    return new VaultHealth(
        "0.1.0",
        List.of(
            new VaultHealth.TokenState("disk", "software", true, ""),
            new VaultHealth.TokenState("hsm", "pkcs11", false, "pull the plug and put it in")),
        new VaultHealth.JournalState(1 << 15, 128, true, ""),
        3,
        last);
  }

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

  @Test
  void writesWhatEveryReaderOfDerReads() throws Exception {
    for (Question question : QUESTIONS) {
      byte[] message = QuestionCodec.encode(question);
      assertThat(ASN1Primitive.fromByteArray(message).getEncoded("DER")).isEqualTo(message);
    }
    for (Answer answer : ANSWERS) {
      byte[] message = AnswerCodec.encode(answer);
      assertThat(ASN1Primitive.fromByteArray(message).getEncoded("DER")).isEqualTo(message);
    }
  }

  @Test
  void writesNumbersAsBouncyCastleDoes() throws Exception {
    for (int shift = 0; shift < 63; shift++) {
      for (long number : new long[] {1L << shift, (1L << shift) - 1, -(1L << shift), ~shift}) {
        byte[] message = AnswerCodec.encode(new Answer.Signed(new Signed(OCTETS, number, OCTETS)));
        ASN1Sequence read = ASN1Sequence.getInstance(message);
        assertThat(ASN1Integer.getInstance(read.getObjectAt(2)).longValueExact()).isEqualTo(number);
        assertThat(read.getEncoded("DER")).isEqualTo(message);
        assertThat(((Answer.Signed) AnswerCodec.decode(message)).signed().journalIndex())
            .isEqualTo(number);
      }
    }
  }

  @Test
  void refusesWhatIsNotDerOrTooMuch() {
    for (String message :
        List.of(
            "3080020101", // indefinite
            "30810302010100", // a length longer than it needs
            "3004020200010000", // a number longer than it needs
            "300302010100", // something behind it
            "3006020101020100", // one part more
            "3003020109", // no such question
            "3000",
            "")) {
      assertThatThrownBy(() -> QuestionCodec.decode(Bytes.fromHex(message).toArray()))
          .as(message)
          .isInstanceOf(MalformedMessage.class);
    }
    assertThatThrownBy(() -> decodeSign(Collections.nCopies(17, EVIDENCE.getFirst())))
        .hasMessageContaining("more evidence than 16");
    assertThatThrownBy(
            () -> decodeSign(List.of(new Evidence.OfficerSignature(Bytes.of(new byte[65_537])))))
        .hasMessageContaining("too long");
  }

  private static void decodeSign(List<Evidence> evidence) throws MalformedMessage {
    var unused =
        QuestionCodec.decode(
            QuestionCodec.encode(
                new Question.Sign(
                    new SignRequest(
                        new UUID(1, 2), KEY, SignedStructure.CERTIFICATE, OCTETS, evidence))));
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
