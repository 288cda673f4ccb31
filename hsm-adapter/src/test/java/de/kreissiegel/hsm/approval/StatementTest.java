package de.kreissiegel.hsm.approval;

import static de.kreissiegel.hsm.approval.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Structures;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;

class StatementTest {
  private static final Bytes KEY =
      Bytes.fromHex(
          "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
              + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
              + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
  private static final ApprovalStatement STATEMENT =
      new ApprovalStatement(
          new UUID(1, 2),
          new KeyId("people"),
          "officer",
          Structures.name(new X500Name("CN=Ingrid Muster,O=Landratsamt Test,C=DE")),
          Bytes.fromHex("300e810c6940746573742e6c6f63616c"),
          KEY,
          NOW.plus(Duration.ofDays(400)),
          Duration.ofDays(365).plusHours(2),
          "Landratsamt Test",
          Bytes.of(Structures.octets(OfficerSigner.scope("person-1", "Landratsamt Test", "*"))),
          "applicant-1",
          NOW);

  @Test
  void comesBackAsItWent() throws Exception {
    assertThat(ApprovalStatement.decode(STATEMENT.encoded())).isEqualTo(STATEMENT);
  }

  @Test
  void saysInGermanAllThatIsSigned() {
    assertThat(STATEMENT.lines(Locale.GERMANY))
        .extracting(line -> line.label() + ": " + line.text())
        .containsExactly(
            "Ich erkläre: Dieses Zertifikat darf ausgestellt werden",
            "Antrag: 00000000-0000-0001-0000-000000000002",
            "Schlüssel der Stelle: people",
            "Profil: officer",
            "Inhaber CN: Ingrid Muster",
            "Inhaber O: Landratsamt Test",
            "Inhaber C: DE",
            "Weiterer Name Mail: i@test.local",
            "Öffentlicher Schlüssel: P-256, SHA-256 " + Digests.sha256(KEY.toArray()).toHex(),
            "Gültig längstens bis: 27.12.2027 08:00:00 UTC",
            "Gültig höchstens: 365 Tage + 2H",
            "Macht zur Registrierungsstelle: Person: person-1",
            "Entscheidet dann für (* = alle): Landratsamt Test",
            "Entscheidet dann für (* = alle): *",
            "Mandant: Landratsamt Test",
            "Beantragt von: applicant-1",
            "Entschieden am: 22.11.2026 08:00:00 UTC");
  }

  @Test
  void saysItInEnglish() {
    assertThat(STATEMENT.lines(Locale.UK))
        .extracting(line -> line.label() + ": " + line.text())
        .hasSize(17)
        .contains(
            "Subject CN: Ingrid Muster",
            "Valid at most until: 2027-12-27 08:00:00 UTC",
            "Valid for at most: 365 days + 2H");
  }

  @Test
  void showsWhatCannotBeSeen() {
    ReleaseStatement statement =
        new ReleaseStatement(
            new UUID(1, 2),
            new KeyId("escrow"),
            Bytes.of(new byte[32]),
            "Erika\u202e gnirps\u00a0x",
            "line\nbreak",
            "",
            "\ud83d\ude00",
            NOW);

    assertThat(statement.lines(Locale.ENGLISH))
        .extracting(Statement.Line::text)
        .contains("Erika\\u{202e} gnirps\\u{a0}x", "line\\u{a}break", "–", "\ud83d\ude00");
  }

  @Test
  void differsInItsLinesWheneverItDiffersInItsOctets() {
    List<ApprovalStatement> others =
        List.of(
            new ApprovalStatement(
                new UUID(1, 3),
                STATEMENT.key(),
                STATEMENT.profile(),
                STATEMENT.subject(),
                STATEMENT.alternativeNames(),
                STATEMENT.publicKey(),
                STATEMENT.latestNotAfter(),
                STATEMENT.longest(),
                STATEMENT.tenant(),
                STATEMENT.directoryAttributes(),
                STATEMENT.applicant(),
                STATEMENT.decided()),
            new ApprovalStatement(
                STATEMENT.request(),
                STATEMENT.key(),
                STATEMENT.profile(),
                STATEMENT.subject(),
                Bytes.of(new byte[0]),
                STATEMENT.publicKey(),
                STATEMENT.latestNotAfter(),
                STATEMENT.longest().plusSeconds(1),
                STATEMENT.tenant(),
                Bytes.of(new byte[0]),
                STATEMENT.applicant(),
                STATEMENT.decided().plusSeconds(1)));

    assertThat(others)
        .allSatisfy(
            other ->
                assertThat(other.lines(Locale.GERMAN))
                    .isNotEqualTo(STATEMENT.lines(Locale.GERMAN)));
  }

  @Test
  void readsNothingElse() {
    byte[] honest = STATEMENT.encoded().toArray();
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      byte[] changed = honest.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      if (i % 3 == 0) {
        changed = Arrays.copyOf(changed, random.nextInt(changed.length));
      }
      Bytes octets = Bytes.of(changed);
      try {
        ApprovalStatement read = ApprovalStatement.decode(octets);
        assertThat(read.encoded()).as("seed %d, round %d", seed, i).isEqualTo(octets);
        assertThat(read.lines(Locale.GERMAN)).as("seed %d, round %d", seed, i).isNotEmpty();
      } catch (MalformedEvidence expected) {
        assertThat(expected).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  void readsNoStatementOfAnotherType() {
    Bytes release =
        new ReleaseStatement(
                new UUID(1, 2), new KeyId("escrow"), Bytes.of(new byte[32]), "x", "y", "", "z", NOW)
            .encoded();

    assertThatThrownBy(() -> ApprovalStatement.decode(release))
        .isInstanceOf(MalformedEvidence.class)
        .hasMessageContaining("another type");
    assertThatThrownBy(() -> ReleaseStatement.decode(STATEMENT.encoded()))
        .isInstanceOf(MalformedEvidence.class);
    assertThatThrownBy(() -> SecurityKeyRegistration.decode(release))
        .isInstanceOf(MalformedEvidence.class);
  }

  @Test
  void keepsAnOfficersScopeInDirectoryAttributes() throws Exception {
    OfficerScope scope = new OfficerScope("person-1", List.of("Landratsamt Test", "*"));

    assertThat(scope.extensionValue())
        .isEqualTo(
            Bytes.of(Structures.octets(OfficerSigner.scope("person-1", "Landratsamt Test", "*"))));
    assertThat(OfficerScope.ofExtension(scope.extensionValue())).isEqualTo(scope);
    assertThatThrownBy(() -> OfficerScope.ofExtension(Bytes.fromHex("3000")))
        .isInstanceOf(MalformedEvidence.class);
  }
}
