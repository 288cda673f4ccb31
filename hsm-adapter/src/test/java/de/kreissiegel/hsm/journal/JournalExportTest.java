package de.kreissiegel.hsm.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class JournalExportTest {
  private static final Bytes PIECE = Bytes.of(new byte[] {1, 2, 3});
  private static final List<Evidence> EVIDENCE =
      List.of(
          new Evidence.OfficerSignature(PIECE),
          new Evidence.SecurityKeyAssertion(PIECE, PIECE, PIECE, PIECE, PIECE, PIECE),
          new Evidence.ProofOfPossession(PIECE, Optional.of("acme")),
          new Evidence.ProofOfPossession(PIECE, Optional.empty()));

  @TempDir(factory = InMemory.class)
  Path directory;

  private TestJournal made;
  private Bytes certificate;

  @BeforeEach
  void write() throws Exception {
    made = TestJournal.create(directory);
    certificate =
        Bytes.of(
            Structures.certificate(Instant.now(), TestKeys.told("people", made.pair))
                .encoded()
                .toArray());
    try (Journal journal = made.open()) {
      journal.append(certificate());
      journal.append(TestJournal.draft(1, SignedStructure.OCSP_RESPONSE, 9));
      journal.append(TestJournal.draft(2));
    }
  }

  private Draft certificate() {
    return new Draft(
        Happening.SIGNED,
        new UUID(1, 2),
        new KeyId("people"),
        SignedStructure.CERTIFICATE,
        Digests.sha256(certificate.toArray()),
        Optional.of(certificate),
        EVIDENCE,
        Digests.sha256(),
        Optional.of(Digests.sha256(new byte[] {9})),
        Bytes.of(new byte[70]),
        "a \"kind\"\n");
  }

  private String export(long from) throws IOException, JournalDamaged {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JournalExport.write(directory, made.publicKey, from, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** JSON is YAML. */
  private static Map<?, ?> parsed(String line) {
    return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(line);
  }

  @Test
  void writesEachEntryAsALineOfJson() throws Exception {
    List<String> lines = export(0).lines().toList();
    assertThat(lines).hasSize(3);
    Map<?, ?> first = parsed(lines.get(0));
    assertThat(first.get("happening")).isEqualTo("signed");
    assertThat(first.get("structure")).isEqualTo("certificate");
    assertThat(first.get("request")).isEqualTo(new UUID(1, 2).toString());
    assertThat(first.get("rule")).isEqualTo("a \"kind\"\n");
    assertThat(first.get("kept"))
        .isEqualTo(Base64.getEncoder().encodeToString(certificate.toArray()));
    assertThat((Map<?, ?>) first.get("certificate"))
        .satisfies(
            names -> {
              assertThat(String.valueOf(names.get("issuer"))).contains("Test Issuer");
              assertThat(String.valueOf(names.get("serial"))).matches("[0-9a-f]{20,40}");
            });
    assertThat((List<?>) first.get("evidence"))
        .hasSize(4)
        .element(2)
        .isEqualTo(
            Map.of(
                "kind", "proof-of-possession", "certificationRequest", "AQID", "protocol", "acme"));
    Map<?, ?> answers = parsed(lines.get(1));
    assertThat(answers.get("count")).isEqualTo(1);
    assertThat((List<?>) answers.get("answers")).hasSize(1);
    assertThat(answers.containsKey("request")).isFalse();
    assertThat(parsed(lines.get(2)).get("previous")).isEqualTo(answers.get("hash"));
  }

  @Test
  void beginsWhereItIsTold() throws Exception {
    assertThat(export(2).lines()).singleElement().asString().contains("\"index\":2");
    assertThat(export(3)).isEmpty();
  }

  @Test
  void saysWhereTheJournalIsDamaged() throws Exception {
    Path file = Segments.file(directory, 0);
    byte[] octets = Files.readAllBytes(file);
    octets[octets.length - 60] ^= 1;
    Files.write(file, octets);
    assertThatThrownBy(() -> export(0))
        .isInstanceOf(JournalDamaged.class)
        .hasMessageContaining("entry 2");
  }

  @Test
  void readsEvidenceBackAsItWas() throws Exception {
    assertThat(EntryBody.decode(EntryBody.encode(certificate())).evidence()).isEqualTo(EVIDENCE);
  }
}
