package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitCeremonyTest {
  private static final String JUERGEN =
      "5f0c9d2b7f3f3a3b1f0c2d4e6a8b0c1d2e3f405162738495a6b7c8d9eafb0c1d";
  private static final String AYSE =
      "6e4d14600a2f447c19d3550b8f217e0c93aab45c6d7e8f90a1b2c3d4e5f60718";

  @TempDir private Path folder;

  @Test
  void makesAVaultAndAHierarchyAndARecordThatVerifies() throws Exception {
    Rehearsal rehearsal = new Rehearsal(folder, Clock.systemUTC());
    Path record = rehearsal.init();
    Place place = new Place(rehearsal.data);

    assertThat(AuthorityFiles.read(place.authorities()).all()).hasSize(3);
    RecordCheck check =
        new RecordCheck(record, place.trust().resolve("ceremony.pem"))
            .signatures()
            .inJournal(place.vault().resolve("journal"), place.trust().resolve("journal.pem"));
    assertThat(check.wrong()).isEmpty();
    assertThat(String.join("\n", check.found()))
        .contains("\"init\" of Landkreis Haßberge", "REHEARSAL", "The journal is intact");
    String json = Files.readString(record.resolve("record.json"));
    assertThat(json).contains("\"rehearsal\":true", "Götz Rößner", "init.close", "spki-sha256");
    char[] operational = Files.readString(place.passphrase()).toCharArray();
    try (Vault vault =
        Vault.open(place.vault(), operational, Clock.systemUTC(), new SecureRandom())) {
      assertThat(vault.keys().stream().filter(key -> key.state() == VaultKey.State.LOCKED))
          .extracting(key -> key.id().value())
          .containsExactlyInAnyOrder("root", "ceremony");
    }
    assertThat(place.workshop().root()).doesNotExist();
  }

  @Test
  void namesTheFirstOfficersInThePolicies() throws Exception {
    Rehearsal rehearsal = new Rehearsal(folder, Clock.systemUTC());
    rehearsal.init();
    Place place = new Place(rehearsal.data);
    assertThat(FirstOfficers.read(place.trust()))
        .containsExactlyInAnyOrder(hash(JUERGEN), hash(AYSE));
    assertThat(rehearsal.said.toString()).contains("Ayşe Yılmaz, Schlüssel (SHA-256) " + AYSE);
    for (String authority : List.of("people", "devices")) {
      assertThat(Files.readString(place.vault().resolve("keys/" + authority + ".yaml")))
          .contains(base64(JUERGEN), base64(AYSE));
    }
  }

  private static Bytes hash(String hexadecimal) {
    return Bytes.of(HexFormat.of().parseHex(hexadecimal));
  }

  private static String base64(String hexadecimal) {
    return Base64.getEncoder().encodeToString(hash(hexadecimal).toArray());
  }

  @Test
  void keepsSharesOutOfRecordAndTalk() throws Exception {
    Rehearsal rehearsal = new Rehearsal(folder, Clock.systemUTC());
    Path record = rehearsal.init();
    String share = Files.readString(rehearsal.data.resolve("shares/1-root.txt"));
    String group = share.substring(60, 89);
    assertThat(rehearsal.said.toString()).doesNotContain(group);
    try (Stream<Path> files = Files.walk(record)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(group);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "init.present",
        "init.tick",
        "init.vault.confirm",
        "init.keys.confirm",
        "init.certificates.confirm",
        "init.shares.confirm",
        "init.share-root",
        "init.close.confirm"
      })
  void leavesNothingWhenSomebodyAborts(String question) throws Exception {
    Rehearsal rehearsal = new Rehearsal(folder, Clock.systemUTC()).answer(question, "abbruch");
    assertThatThrownBy(rehearsal::init).isInstanceOf(CeremonyAborted.class);
    if (Files.exists(rehearsal.data)) {
      try (Stream<Path> left = Files.walk(rehearsal.data)) {
        assertThat(left.filter(Files::isRegularFile)).isEmpty();
      }
    }
    assertThat(Vault.exists(rehearsal.data.resolve("vault"))).isFalse();
  }

  @Test
  void beginsAnewAfterItWasBrokenOff() throws Exception {
    Rehearsal broken =
        new Rehearsal(folder, Clock.systemUTC()).answer("init.close.confirm", "abbruch");
    assertThatThrownBy(broken::init).isInstanceOf(CeremonyAborted.class);
    Files.createDirectories(broken.data.resolve(".ceremony/vault/keys"));
    Files.writeString(broken.data.resolve(".ceremony/vault/vault.yaml"), "half made");
    Path record = new Rehearsal(folder, Clock.systemUTC()).init();
    assertThat(record.resolve("record.pdf")).exists();
    assertThatThrownBy(() -> new Rehearsal(folder, Clock.systemUTC()).init())
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("ist schon vorhanden");
  }

  @Test
  void asksTwoDifferentPeopleWhoAreThere() throws Exception {
    Rehearsal alone = new Rehearsal(folder, Clock.systemUTC());
    alone.confirmed(0).answer("confirm", "Jürgen Weiß");
    assertThatThrownBy(() -> alone.ceremonies(Locale.GERMAN).init(alone.plan()))
        .isInstanceOf(CeremonyAborted.class);
    assertThat(alone.said.toString()).contains("Jürgen Weiß hat schon bestätigt");

    Rehearsal stranger = new Rehearsal(folder, Clock.systemUTC());
    stranger.answer("confirm", List.of("Jürgen Weiß", "Niemand"));
    assertThatThrownBy(() -> stranger.ceremonies(Locale.ENGLISH).init(stranger.plan()))
        .isInstanceOf(CeremonyAborted.class);
    assertThat(stranger.said.toString()).contains("Niemand is not listed as present");
  }

  @Test
  void needsItsPeopleAndItsChecklist() throws Exception {
    Rehearsal empty = new Rehearsal(folder, Clock.systemUTC());
    empty.answer("present", List.of("ja", "ja", "ja", "nein", "ja", "ja"));
    assertThatThrownBy(empty::init)
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("mindestens 3 Personen in der Rolle Treuhänderin/Treuhänder");
    Rehearsal unticked = new Rehearsal(folder, Clock.systemUTC());
    unticked.answer("tick", List.of("ja", "nein"));
    assertThatThrownBy(unticked::init)
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("von allen Netzen getrennt");
  }

  @Test
  void letsACustodianTypeAgain() throws Exception {
    Rehearsal rehearsal = new Rehearsal(folder, Clock.systemUTC());
    rehearsal.confirmed(5).readBack(".ceremony/shares");
    rehearsal.answer(
        "share-root",
        List.of(
            "ABC",
            "@.ceremony/shares/2-root.txt",
            "@.ceremony/shares/1-ceremony.txt",
            "@.ceremony/shares/1-root.txt",
            "@.ceremony/shares/2-root.txt",
            "@.ceremony/shares/3-root.txt"));
    rehearsal.ceremonies(Locale.GERMAN).init(rehearsal.plan());
    assertThat(rehearsal.said.toString())
        .contains("75 Zeichen", "nicht der ausgehändigte Anteil 1", "zu einem anderen Schlüssel");
  }

  @Test
  void printsSharesOnPaperAndKeepsNoFile() throws Exception {
    Rehearsal rehearsal = new Rehearsal(folder, Clock.systemUTC());
    Files.writeString(
        rehearsal.plan(),
        Files.readString(rehearsal.plan()).replace("medium: file", "medium: paper"));
    // Nobody can read back what only the printer has seen: a script can't, so it ends there.
    rehearsal.confirmed(5).answer("share-ceremony", "nichts");
    assertThatThrownBy(() -> rehearsal.ceremonies(Locale.GERMAN).init(rehearsal.plan()))
        .isInstanceOf(CeremonyAborted.class);
    assertThat(rehearsal.said.toString()).contains("Sind sie gedruckt und verteilt?");
    assertThat(rehearsal.data.resolve(".ceremony")).doesNotExist();
  }

  @Test
  void saysWhatIsWrongWithAPlan() throws Exception {
    Rehearsal rehearsal = new Rehearsal(folder, Clock.systemUTC());
    String plan = Files.readString(rehearsal.plan());
    for (String[] wrong :
        new String[][] {
          {"role: witness", "role: guest", "a role is leader"},
          {"threshold: 2", "threshold: 4", "3 custodians can't hold shares of which 4"},
          {"root: P6Y", "root: P9Y", "a root authority ends after 6 years"},
          {"tenants:", "tenant:", "nobody knows 'tenant'"},
          {"medium: file", "medium: card", "need the cards' PKCS#11 'library'"},
          {"medium: file", "medium: card, library: /lib/c.so", "each custodian has a 'card'"},
          {"medium: file", "medium: usb", "a medium is paper, card"},
          {"role: witness", "role: witness, card: c", "nobody else has one"},
          {"Götz Rößner", "Jürgen Weiß", "stands there twice"},
          {"Ayşe Yılmaz", "Jürgen Weiß", "one person with one key"},
          {"6E:4D", "6E", "64 hexadecimal digits"},
          {"  - {name: Jürgen Weiß, key: " + JUERGEN + "}\n", "", "names 1 of the two officers"},
        }) {
      Files.writeString(rehearsal.plan(), plan.replace(wrong[0], wrong[1]));
      assertThatThrownBy(rehearsal::init)
          .isInstanceOf(CeremonyFailed.class)
          .hasMessageContaining(wrong[2]);
    }
  }
}
