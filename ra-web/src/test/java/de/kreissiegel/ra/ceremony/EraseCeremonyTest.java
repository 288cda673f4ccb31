package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.journal.JournalExport;
import de.kreissiegel.hsm.journal.JournalVerifier;
import de.kreissiegel.hsm.journal.OrderSignatures;
import de.kreissiegel.hsm.journal.VerificationReport;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.policy.PolicyFile;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.ra.encoding.Pem;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names are erased from a journal that is more than a year old. */
class EraseCeremonyTest {
  private static final KeyId PROBE = new KeyId("probe");
  private static final X500Name ISSUER = new X500Name("CN=Probe,O=Landkreis Haßberge,C=DE");
  private static final Clock THEN = Clock.offset(Clock.systemUTC(), Duration.ofDays(-500));

  @TempDir private static Path template;
  @TempDir private Path folder;
  private Rehearsal rehearsal;
  private Place place;

  /** Ingrid's certificate ended long ago, Jutta's is good for some days yet. */
  @BeforeAll
  static void certifies() throws Exception {
    Rehearsal then = new Rehearsal(template, THEN);
    then.init();
    Path policy = template.resolve("policy.yaml");
    Files.writeString(
        policy,
        PolicyFile.write(
            PROBE,
            Bytes.of(new byte[0]),
            KeyPolicy.issuing(
                Bytes.of(ISSUER.getEncoded(ASN1Encoding.DER)),
                Duration.ofDays(600),
                Instant.now().plus(Duration.ofDays(400)))));
    then.confirmed(5).given("ceremony");
    then.ceremonies(Locale.GERMAN)
        .makeKey(PROBE, KeyAlgorithm.ECDSA_P256, policy, Optional.empty());
    Place place = new Place(then.data);
    try (Vault vault =
        Vault.open(
            place.vault(),
            Files.readString(place.passphrase()).toCharArray(),
            THEN,
            new SecureRandom())) {
      certify(vault, "Ingrid Muster", Duration.ofDays(30));
      certify(vault, "Jutta Juenger", Duration.ofDays(550));
      JournalRecord last = vault.journal(0, 1000).getLast();
      vault.takenIn(last.index() + 1, last.entryHash());
      certify(vault, "Uwe Ungelesen", Duration.ofDays(30));
    }
  }

  private static void certify(Vault vault, String name, Duration validity) throws Exception {
    VaultKey key =
        vault.keys().stream().filter(one -> one.id().equals(PROBE)).findFirst().orElseThrow();
    Date from = Date.from(THEN.instant());
    var tbs = new V3TBSCertificateGenerator();
    tbs.setSerialNumber(new ASN1Integer(new BigInteger(126, new SecureRandom()).setBit(126)));
    tbs.setSignature(AlgorithmIdentifier.getInstance(key.signatureAlgorithm().toArray()));
    tbs.setIssuer(ISSUER);
    tbs.setStartDate(new Time(from));
    tbs.setEndDate(new Time(Date.from(THEN.instant().plus(validity))));
    tbs.setSubject(new X500Name("CN=" + name));
    var pair = KeyPairGenerator.getInstance("EC");
    pair.initialize(256);
    tbs.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(pair.generateKeyPair().getPublic().getEncoded()));
    vault.sign(
        new SignRequest(
            UUID.randomUUID(),
            PROBE,
            SignedStructure.CERTIFICATE,
            Bytes.of(tbs.generateTBSCertificate().getEncoded(ASN1Encoding.DER))));
  }

  @BeforeEach
  void copy() throws Exception {
    rehearsal = new Rehearsal(folder, Clock.systemUTC());
    Rehearsal.copy(template.resolve("data"), rehearsal.data);
    place = new Place(rehearsal.data);
    rehearsal.confirmed(5).given("ceremony").answer("certain", "ja");
    rehearsal.answer("backup-place", List.of("USB-Stift 1", ""));
    rehearsal.answer("backup-destroyed", "nein").answer("by", "Dr. Käthe Größl");
  }

  private Path erase() throws Exception {
    return rehearsal
        .ceremonies(Locale.GERMAN)
        .erase(List.of("certificates"), Optional.of(today()), "Art. 17 DSGVO");
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC).minusDays(1);
  }

  @Test
  void erasesNamesUnderFourEyesAndLeavesASignedRecord() throws Exception {
    Path record = erase();

    assertThat(rehearsal.said.toString())
        .contains("1 werden gelöscht", "1, weil ihre Frist läuft")
        .contains("1, weil die Zertifizierungsstelle sie noch nicht übernommen hat")
        .contains("weil der Tresor sie braucht")
        .contains("Insgesamt werden die Inhalte von 1 Einträgen gelöscht");
    assertThat(record.getFileName().toString()).endsWith("-erase");
    RecordCheck check =
        new RecordCheck(record, place.trust().resolve("ceremony.pem"))
            .signatures()
            .inJournal(place.vault().resolve("journal"), place.trust().resolve("journal.pem"));
    assertThat(check.wrong()).isEmpty();
    assertThat(Files.readString(record.resolve("record.json")))
        .contains("1 Einträge: Zertifikate", "Inhalte gelöscht", "steht noch aus");
    try (PDDocument document = Loader.loadPDF(record.resolve("record.pdf").toFile())) {
      assertThat(new PDFTextStripper().getText(document)).contains("Löschung von Namen");
    }
    Signature verifier = Signature.getInstance("SHA384withECDSA", new BouncyCastleProvider());
    verifier.initVerify(
        BouncyCastleProvider.getPublicKey(
            SubjectPublicKeyInfo.getInstance(ceremonyKey().toArray())));
    verifier.update(Files.readAllBytes(record.resolve("order.der")));
    assertThat(verifier.verify(Files.readAllBytes(record.resolve("order.der.sig")))).isTrue();
  }

  @Test
  void leavesAJournalThatVerifiesAndTellsWhoOrderedIt() throws Exception {
    Path record = erase();
    VerificationReport report =
        JournalVerifier.verify(
            journal(),
            journalKey(),
            List.of(),
            List.of(),
            Optional.of(OrderSignatures.by(ceremonyKey())));
    assertThat(report.findings()).isEmpty();
    assertThat(report.erasedBodies()).isEqualTo(1);
    assertThat(report.erasures())
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.signed()).contains(true);
              assertThat(told.order().orderedBy())
                  .containsExactly("Jürgen Weiß", "Dr. Käthe Größl");
              assertThat(told.order().record()).isEqualTo(record.getFileName().toString());
              assertThat(told.order().reason()).isEqualTo("Art. 17 DSGVO");
            });
    var lines = new ByteArrayOutputStream();
    JournalExport.write(journal(), journalKey(), 0, lines);
    assertThat(lines.toString(StandardCharsets.UTF_8))
        .contains("Jutta Juenger", "Uwe Ungelesen", "\"erased\":true", "Art. 17 DSGVO")
        .doesNotContain("Ingrid Muster");
    // The vault opens, and there is nothing more to erase.
    assertThatThrownBy(this::erase)
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("nichts zu löschen");
  }

  @Test
  void erasesNothingWhenPeopleSayNo() throws Exception {
    rehearsal.answer("certain", "nein");
    assertThatThrownBy(this::erase).isInstanceOf(CeremonyAborted.class);
    rehearsal.answer("certain", "ja").answer("erase.order.confirm", "abbruch");
    assertThatThrownBy(this::erase).isInstanceOf(CeremonyAborted.class);
    rehearsal.answers.remove("erase.order.confirm");
    rehearsal
        .confirmed(5)
        .given("ceremony")
        .answer("erase.erase.confirm", List.of("Jürgen Weiß", "abbruch"));
    assertThatThrownBy(this::erase).isInstanceOf(CeremonyAborted.class);
    assertThat(onDisk("Ingrid Muster")).isTrue();
    try (Vault vault = LaterCeremoniesTest.open(place)) {
      assertThat(vault.journal(0, 1000)).noneMatch(entry -> entry.happening() == Happening.ERASED);
    }
  }

  @Test
  void erasesNothingWithTooFewShares() throws Exception {
    rehearsal.answer("share-ceremony", "@shares/1-ceremony.txt");
    assertThatThrownBy(this::erase).isInstanceOf(CeremonyAborted.class);
    assertThat(onDisk("Ingrid Muster")).isTrue();
  }

  @Test
  void keepsThePlansPeriods() throws Exception {
    Path plan = place.plan();
    Files.writeString(plan, "retention: {certificates: P2Y}\n", StandardOpenOption.APPEND);
    assertThatThrownBy(this::erase)
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("ist zu spät");
    assertThatThrownBy(() -> erase("certificates"))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("nichts zu löschen");
    assertThatThrownBy(() -> erase("releases"))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("--before");
    assertThatThrownBy(() -> erase("policies"))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("certificates, releases, time-stamps, messages, answers");
    Files.writeString(plan, Files.readString(plan).replace("P2Y", "P1Y"));
    assertThat(erase("certificates")).exists();
    assertThat(onDisk("Ingrid Muster")).isFalse();
  }

  private Path erase(String name) throws Exception {
    return rehearsal.ceremonies(Locale.GERMAN).erase(List.of(name), Optional.empty(), "");
  }

  private Path journal() {
    return place.vault().resolve("journal");
  }

  private Bytes journalKey() throws Exception {
    return Pem.publicKey(Files.readString(place.trust().resolve("journal.pem")));
  }

  private Bytes ceremonyKey() throws Exception {
    return Pem.publicKey(Files.readString(place.trust().resolve("ceremony.pem")));
  }

  private boolean onDisk(String name) throws Exception {
    try (var files = Files.list(journal())) {
      for (Path file : files.toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(name)) {
          return true;
        }
      }
    }
    return false;
  }
}
