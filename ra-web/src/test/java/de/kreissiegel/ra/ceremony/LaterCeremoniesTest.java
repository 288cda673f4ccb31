package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ceremonies over a vault that stands. */
class LaterCeremoniesTest {
  @TempDir private static Path template;
  @TempDir private Path folder;
  private Rehearsal rehearsal;
  private Place place;

  @BeforeAll
  static void init() throws Exception {
    new Rehearsal(template, Clock.systemUTC()).init();
  }

  @BeforeEach
  void copy() throws Exception {
    rehearsal = new Rehearsal(folder, Clock.systemUTC());
    Rehearsal.copy(template.resolve("data"), rehearsal.data);
    place = new Place(rehearsal.data);
    rehearsal.confirmed(5).given("ceremony", "root", "operational");
  }

  private Ceremonies led() throws Exception {
    return rehearsal.ceremonies(Locale.GERMAN);
  }

  @Test
  void renewsTheRootsList() throws Exception {
    X509CRL before = rootList();
    Path record = led().renewCrl(List.of(), 0);
    X509CRL after = rootList();
    after.verify(root().getPublicKey());
    assertThat(number(after)).isEqualTo(number(before) + 1);
    assertThat(after.getRevokedCertificates()).isNull();
    verifies(record);
    assertThat(record.resolve("root.crl")).hasBinaryContent(after.getEncoded());
    assertLocked("root");
  }

  @Test
  void keepsTheRecordsOfTwoCeremoniesOfOneSecondApart() throws Exception {
    Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);
    List<Path> records = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Rehearsal one = new Rehearsal(folder, still).confirmed(5).given("ceremony", "root");
      records.add(one.ceremonies(Locale.GERMAN).renewCrl(List.of(), 0));
    }
    assertThat(records).doesNotHaveDuplicates().allMatch(Files::isDirectory);
    verifies(records.get(0));
    verifies(records.get(1));
  }

  @Test
  void revokesAnAuthorityAndKeepsItRevoked() throws Exception {
    led().renewCrl(List.of("devices"), 2);
    rehearsal.confirmed(5).given("ceremony", "root");
    led().renewCrl(List.of("people"), 4);
    X509CRL list = rootList();
    assertThat(list.getRevokedCertificates()).hasSize(2);
    assertThat(number(list)).isEqualTo(3);
    rehearsal.confirmed(5).given("ceremony", "root");
    assertThatThrownBy(() -> led().renewCrl(List.of("nobody"), 0))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("keine ausstellende Stelle nobody");
  }

  @Test
  void refusesTooFewAndForeignShares() throws Exception {
    byte[] before = rootList().getEncoded();
    rehearsal.answer("share-root", "@shares/1-root.txt");
    assertThatThrownBy(() -> led().renewCrl(List.of(), 0)).isInstanceOf(CeremonyAborted.class);
    assertThat(rehearsal.said.toString()).contains("Anteil 1 wurde schon eingegeben");

    Path other = folder.resolve("other");
    Files.createDirectory(other);
    Rehearsal foreign = new Rehearsal(other, Clock.systemUTC());
    foreign.init();
    rehearsal.confirmed(5).given("ceremony");
    rehearsal.answer(
        "share-root", List.of("@shares/1-root.txt", "@" + other.resolve("data/shares/2-root.txt")));
    assertThatThrownBy(() -> led().renewCrl(List.of(), 0)).isInstanceOf(CeremonyAborted.class);
    assertThat(rehearsal.said.toString()).contains("Anteil 2 gehört zu einem anderen Tresor");
    assertThat(rootList().getEncoded()).isEqualTo(before);
    assertLocked("root");
  }

  @Test
  void takesNoShareOfSomebodyWhoIsNotThere() throws Exception {
    rehearsal.answer("present", List.of("ja", "ja", "ja", "ja", "nein", "ja"));
    assertThatThrownBy(() -> led().renewCrl(List.of(), 0))
        .isInstanceOf(CeremonyAborted.class)
        .hasMessageContaining("Anteil 3 gehört Ümit Yıldız");
  }

  @Test
  void makesAKeyAndChangesItsPolicy() throws Exception {
    Path policy = folder.resolve("policy.yaml");
    Files.writeString(policy, "audit-heads: true\n");
    verifies(
        led().makeKey(new KeyId("audit-2"), KeyAlgorithm.ECDSA_P256, policy, Optional.empty()));
    Files.writeString(policy, "ocsp:\n  clock-tolerance: PT5M\n  longest-validity: P1D\n");
    rehearsal.confirmed(5).given("ceremony");
    Path record = led().changePolicy(new KeyId("audit-2"), policy);
    verifies(record);
    assertThat(Files.readString(record.resolve("record.json")))
        .contains("\"policies\":[{\"key\":\"audit-2\",");
    try (Vault vault = open(place)) {
      VaultKey key =
          vault.keys().stream()
              .filter(one -> one.id().value().equals("audit-2"))
              .findFirst()
              .orElseThrow();
      assertThat(key.structures()).hasToString("[OCSP_RESPONSE]");
    }
    Files.writeString(policy, "everything: true\n");
    assertThatThrownBy(() -> led().changePolicy(new KeyId("audit-2"), policy))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("policy.yaml");
  }

  @Test
  void namesOtherFirstOfficersAndTenants() throws Exception {
    String before = Files.readString(place.plan());
    String key = "ab".repeat(32);
    Path changed = folder.resolve("changed.yaml");
    Files.writeString(
        changed, before.replaceFirst("(name: Jürgen Weiß, key: )[0-9a-f]{64}", "$1" + key));

    Path record = led().renewPolicies(changed);

    verifies(record);
    assertThat(Files.readString(record.resolve("record.json")))
        .contains("{\"key\":\"people\",", "{\"key\":\"devices\",");
    assertThat(FirstOfficers.read(place.trust())).hasSize(2).contains(Bytes.fromHex(key));
    assertThat(Files.readString(place.plan())).contains(key);
    assertThat(rehearsal.said.toString()).contains("Jürgen Weiß, Schlüssel (SHA-256) " + key);
    assertThat(Files.readString(place.vault().resolve("keys/people.yaml")))
        .contains(Base64.getEncoder().encodeToString(Bytes.fromHex(key).toArray()));
  }

  @Test
  void letsPasskeysOpenEscrowedKeysOnceThePlanSaysHowManyOfficersDo() throws Exception {
    Path policy = folder.resolve("escrow.yaml");
    Files.writeString(
        policy,
        """
        release:
          purpose: unwrap
          schemes: [rsa-oaep-sha256]
          largest-octets: 512
          officers: 2
          per-minute: 200
          per-day: 1000
        officers:
          kind: registration-officer
          first: []
          longest-silence: P2D
          oldest-approval: P14D
        """);
    led().makeKey(new KeyId("escrow"), KeyAlgorithm.RSA_3072_DECRYPT, policy, Optional.empty());
    Path written = place.vault().resolve("keys/escrow.yaml");
    String made = Files.readString(written);
    String withPages = "pages: https://pki.example:8443\n" + Files.readString(place.plan());
    Path changed = folder.resolve("changed.yaml");
    Files.writeString(changed, withPages);

    rehearsal.confirmed(5).given("ceremony");
    led().renewPolicies(changed);

    assertThat(Files.readString(written)).isEqualTo(made);
    assertThat(rehearsal.said.toString())
        .contains("escrow behält seine Richtlinie", "escrow: {officers: 2}");

    Files.writeString(changed, "escrow: {officers: 3}\n" + withPages);
    rehearsal.confirmed(5).given("ceremony");
    Path record = led().renewPolicies(changed);

    verifies(record);
    assertThat(Files.readString(record.resolve("record.json"))).contains("{\"key\":\"escrow\",");
    assertThat(Files.readString(written))
        .contains("officers: 3", "https://pki.example:8443")
        .isNotEqualTo(made);
  }

  @Test
  void changesNothingButPoliciesByAChangedPlan() throws Exception {
    String before = Files.readString(place.plan());
    Path changed = folder.resolve("changed.yaml");
    for (String other :
        List.of(
            before.replace("threshold: 2", "threshold: 3"),
            before.replaceFirst("root: P6Y", "root: P5Y"))) {
      assertThat(other).isNotEqualTo(before);
      Files.writeString(changed, other);
      assertThatThrownBy(() -> led().renewPolicies(changed))
          .isInstanceOf(CeremonyFailed.class)
          .hasMessageContaining("ändert mehr als");
    }
    assertThat(Files.readString(place.plan())).isEqualTo(before);
  }

  @Test
  void restoresAWorkingVaultFromABackupAndShares() throws Exception {
    rehearsal.answer("medium", "USB-Stift 1, Tresor im Landratsamt");
    Path backup = folder.resolve("backup");
    verifies(led().backUp(backup));

    Path fresh = folder.resolve("fresh");
    Files.createDirectory(fresh);
    Rehearsal again = new Rehearsal(fresh, Clock.systemUTC()).confirmed(5);
    for (String key : List.of("operational", "ceremony", "root")) {
      again.answer("share-" + key, Rehearsal.shares(rehearsal.data + "/shares", key, 2, 3));
    }
    Path record = again.ceremonies(Locale.GERMAN).restore(backup, Optional.empty());
    Place restored = new Place(again.data);
    RecordCheck check = new RecordCheck(record, place.trust().resolve("ceremony.pem")).signatures();
    assertThat(check.wrong()).isEmpty();

    again.confirmed(5);
    for (String key : List.of("ceremony", "root")) {
      again.answer("share-" + key, Rehearsal.shares(rehearsal.data + "/shares", key, 1, 2));
    }
    again.ceremonies(Locale.GERMAN).renewCrl(List.of(), 0);
    X509CRL list = crl(restored.authorities().resolve("root.crl"));
    list.verify(root().getPublicKey());
  }

  @Test
  void restoresNothingFromATamperedBackup() throws Exception {
    rehearsal.answer("medium", "USB-Stift 1");
    Path backup = folder.resolve("backup");
    led().backUp(backup);
    Path fresh = folder.resolve("fresh");
    Files.createDirectory(fresh);
    Rehearsal again = new Rehearsal(fresh, Clock.systemUTC());
    byte[] seal = Files.readAllBytes(backup.resolve("seal.json.sig"));
    Files.write(backup.resolve("seal.json.sig"), new byte[] {1});
    assertThatThrownBy(() -> again.ceremonies(Locale.GERMAN).restore(backup, Optional.empty()))
        .hasMessageContaining("nicht vom Zeremonienschlüssel");
    Files.write(backup.resolve("seal.json.sig"), seal);
    Files.writeString(backup.resolve("vault/keys/people.yaml"), "x");
    assertThatThrownBy(() -> again.ceremonies(Locale.GERMAN).restore(backup, Optional.empty()))
        .hasMessageContaining("people.yaml in the backup is missing or changed");
    assertThat(again.data.resolve("vault")).doesNotExist();
  }

  @Test
  void destroysAKeyAndAccountsForAllOfIt() throws Exception {
    rehearsal.answer("backup-place", List.of("USB-Stift 1", ""));
    rehearsal.answer("backup-destroyed", "ja").answer("by", "Dr. Käthe Größl");
    rehearsal.answer("share-destroyed", List.of("ja", "ja", "nein"));
    Path record = led().destroy(new KeyId("root"));
    verifies(record);
    assertThat(Files.readString(record.resolve("record.json")))
        .contains("Schlüsselobjekt root", "Sicherung: USB-Stift 1", "steht noch aus");
    try (Vault vault = open(place)) {
      assertThat(vault.keys()).extracting(key -> key.id().value()).doesNotContain("root");
    }
    rehearsal.confirmed(5).given("ceremony");
    assertThatThrownBy(() -> led().destroy(new KeyId("root")))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("Es gibt keinen Schlüssel root");
  }

  @Test
  void destroysNothingWhenAborted() throws Exception {
    rehearsal.answer("backup-place", "").answer("destroy.destroy.confirm", "abbruch");
    assertThatThrownBy(() -> led().destroy(new KeyId("audit"))).isInstanceOf(CeremonyAborted.class);
    try (Vault vault = open(place)) {
      assertThat(vault.keys()).extracting(key -> key.id().value()).contains("audit");
    }
  }

  @Test
  void noticesARecordThatWasChanged() throws Exception {
    Path record = led().renewCrl(List.of(), 0);
    Path key = place.trust().resolve("ceremony.pem");
    Path json = record.resolve("record.json");
    byte[] octets = Files.readAllBytes(json);
    Files.writeString(json, Files.readString(json).replace("Götz", "Gotz"));
    assertThat(new RecordCheck(record, key).signatures().wrong()).hasSize(2);
    Files.write(json, octets);
    Files.writeString(record.resolve("record.pdf"), "x");
    assertThat(new RecordCheck(record, key).signatures().wrong())
        .containsExactly("record-files: record.pdf is not the file that was signed");
    assertThat(new RecordCheck(record, place.trust().resolve("journal.pem")).signatures().wrong())
        .hasSizeGreaterThan(1);
  }

  @Test
  void printsTheSheetAgain() throws Exception {
    Path sheet = folder.resolve("sheet.pdf");
    led().sheet(Optional.empty(), sheet);
    try (PDDocument document = Loader.loadPDF(sheet.toFile())) {
      // Nobody said so this time, but the root was made in a rehearsal.
      assertThat(new PDFTextStripper().getText(document)).contains("PROBE\n");
    }
  }

  private void verifies(Path record) throws Exception {
    RecordCheck check =
        new RecordCheck(record, place.trust().resolve("ceremony.pem"))
            .signatures()
            .inJournal(place.vault().resolve("journal"), place.trust().resolve("journal.pem"));
    assertThat(check.wrong()).isEmpty();
  }

  private void assertLocked(String name) throws Exception {
    try (Vault vault = open(place)) {
      assertThat(
              vault.keys().stream()
                  .filter(key -> key.id().value().equals(name))
                  .map(VaultKey::state))
          .containsExactly(VaultKey.State.LOCKED);
    }
  }

  static Vault open(Place place) throws Exception {
    return Vault.open(
        place.vault(),
        Files.readString(place.passphrase()).toCharArray(),
        Clock.systemUTC(),
        new SecureRandom());
  }

  private X509Certificate root() throws Exception {
    return Papers.parse(
        AuthorityFiles.read(place.authorities()).get(new AuthorityName("root")).certificate());
  }

  private X509CRL rootList() throws Exception {
    return crl(place.authorities().resolve("root.crl"));
  }

  private static X509CRL crl(Path file) throws Exception {
    return (X509CRL)
        CertificateFactory.getInstance("X.509")
            .generateCRL(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  private static int number(X509CRL list) throws Exception {
    return org.bouncycastle.asn1.ASN1Integer.getInstance(
            JcaX509ExtensionUtils.parseExtensionValue(
                list.getExtensionValue(Extension.cRLNumber.getId())))
        .intValueExact();
  }
}
