package de.kreissiegel.hsm.wire;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.VaultHealth;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What {@link WireFuzzTest} begins with. */
final class WireFuzzSeeds {
  private static final Bytes OCTETS = Bytes.fromHex("00ff10");
  private static final KeyId KEY = new KeyId("people");

  private WireFuzzSeeds() {}

  /** Writes all seeds; the argument is {@code src/test/resources}. */
  public static void main(String[] arguments) throws IOException {
    Path inputs = Path.of(arguments[0], "de", "kreissiegel", "hsm", "wire", "WireFuzzTestInputs");
    Path questions = Files.createDirectories(inputs.resolve("readsQuestionsInOneWay"));
    for (Question question : questions()) {
      Files.write(questions.resolve(name(question)), QuestionCodec.encode(question));
    }
    Path answers = Files.createDirectories(inputs.resolve("readsAnswersInOneWay"));
    for (Answer answer : answers()) {
      Files.write(answers.resolve(name(answer)), AnswerCodec.encode(answer));
    }
  }

  private static String name(Object message) {
    return message.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  private static List<Question> questions() {
    List<Evidence> evidence =
        List.of(
            new Evidence.OfficerSignature(OCTETS),
            new Evidence.SecurityKeyAssertion(OCTETS, OCTETS, OCTETS, OCTETS, OCTETS, OCTETS),
            new Evidence.ProofOfPossession(OCTETS, Optional.of("acme")));
    return List.of(
        new Question.Hello(2),
        new Question.Keys(),
        new Question.Sign(
            new SignRequest(new UUID(1, 2), KEY, SignedStructure.CERTIFICATE, OCTETS, evidence)),
        new Question.Journal(7, 1000),
        new Question.SignList(new UUID(5, 6), KEY, 49_000_000),
        new Question.Health(),
        new Question.Checkpoint(),
        new Question.Release(
            new ReleaseRequest(
                new UUID(7, 8),
                KEY,
                ReleaseRequest.Purpose.UNWRAP,
                ReleaseRequest.Scheme.RSA_OAEP_SHA256,
                OCTETS,
                evidence)));
  }

  private static List<Answer> answers() {
    return List.of(
        new Answer.Hello(2),
        new Answer.Keys(
            List.of(
                new VaultKey(
                    KEY,
                    OCTETS,
                    OCTETS,
                    Set.of(SignedStructure.CERTIFICATE, SignedStructure.AUDIT_HEAD),
                    VaultKey.State.LOCKED))),
        new Answer.Signed(new Signed(OCTETS, 1L << 40, OCTETS)),
        new Answer.Refused(SigningRefused.Reason.POLICY, "issuer: größer"),
        new Answer.Health(
            new VaultHealth(
                "1",
                List.of(new VaultHealth.TokenState("own", "software", true, "")),
                new VaultHealth.JournalState(9, 8, true, ""),
                1,
                Optional.of(new VaultHealth.Refusal(Instant.EPOCH, KEY, "issuer")))));
  }
}
