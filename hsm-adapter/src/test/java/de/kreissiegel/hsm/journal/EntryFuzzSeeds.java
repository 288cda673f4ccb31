package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What {@link EntryFuzzTest} begins with. */
final class EntryFuzzSeeds {
  private static final byte[] DIGEST = new byte[Digests.OCTETS];

  private EntryFuzzSeeds() {}

  /** Writes all seeds; the argument is {@code src/test/resources}. */
  public static void main(String[] arguments) throws IOException {
    Path inputs =
        Path.of(arguments[0], "de", "kreissiegel", "hsm", "journal", "EntryFuzzTestInputs");
    Path headers = inputs.resolve("readsHeadersInOneWay");
    Draft certificate = draft(SignedStructure.CERTIFICATE, Optional.of(Bytes.of(DIGEST)));
    Draft answer = draft(SignedStructure.OCSP_RESPONSE, Optional.empty());
    write(headers, "certificate", header(certificate, 1));
    write(headers, "answers", header(answer, 2));
    write(inputs.resolve("readsBodiesInOneWay"), "certificate", EntryBody.encode(certificate));
    byte[] item = AnswerList.item(answer);
    write(
        inputs.resolve("readsListsOfAnswersInOneWay"),
        "two",
        new DerOutput(128).raw(item).raw(item).asSequence());
  }

  private static byte[] header(Draft draft, int count) {
    byte[] facts = EntryCodec.facts(draft, draft.request(), count, DIGEST, DIGEST);
    DerOutput out = new DerOutput(512);
    EntryCodec.header(out, 7, 1_795_000_000_000L, DIGEST, facts);
    return out.toArray();
  }

  private static Draft draft(SignedStructure structure, Optional<Bytes> claim) {
    return new Draft(
        Happening.SIGNED,
        new UUID(1, 2),
        new KeyId("people"),
        structure,
        Bytes.of(DIGEST),
        Optional.of(Bytes.fromHex("300100")),
        List.of(new Evidence.ProofOfPossession(Bytes.fromHex("3000"), Optional.of("acme"))),
        Bytes.of(DIGEST),
        claim,
        Bytes.of(new byte[72]),
        "person");
  }

  private static void write(Path directory, String name, byte[] octets) throws IOException {
    Files.createDirectories(directory);
    Files.write(directory.resolve(name), octets);
  }
}
