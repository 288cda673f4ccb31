package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All ceremonies from beginning to end by script, every key on a token of SoftHSM2, and what other
 * programs make of it.
 */
@AgainstPeer({Peer.SOFTHSM2, Peer.OPENSSL})
class CeremonyPeerTest {
  private static final String PIN = "5678-daily-pin";
  private static final String INITIAL_PIN = "8765-initial-pin";
  private static final String CARD_PIN = "4711-card";
  @TempDir private Path folder;

  private SoftHsmTokens tokens;

  @Test
  void holdsEveryCeremonyWithEveryKeyOnTokens(
      @AgainstPeer(Peer.SOFTHSM2) PeerSession softHsm,
      @AgainstPeer(Peer.OPENSSL) PeerSession openssl)
      throws Exception {
    makeTokens(softHsm.executable());
    play("play", folder.toString(), tokens.library().toString());
    List<String> seen = Files.readAllLines(folder.resolve("play-seen.txt"));
    softHsm.sees(
        "every ceremony, its record signed by the token and in the journal",
        () ->
            assertThat(seen)
                .contains("broken off")
                .contains("init []", "renew-crl []", "make-key []", "external-request []")
                .contains("change-policy []")
                .contains("back-up []", "restore []", "destroy []"));
    softHsm.sees(
        "a signer without the root and the ceremony's key",
        () ->
            assertThat(seen)
                .contains(
                    "signer's keys: [audit, devices, journal, ocsp-devices, ocsp-people, people]",
                    "root refused: UNKNOWN_KEY",
                    "ceremony refused: UNKNOWN_KEY")
                .anyMatch(line -> line.startsWith("restored vault signs: ")));
    verifies(openssl);
    keepsNoKeyInFiles();
    staysClosed(softHsm);

    play("end", folder.toString());
    softHsm.sees(
        "the root destroyed on its token",
        () -> {
          assertThat(Files.readAllLines(folder.resolve("end-seen.txt")))
              .containsExactly("destroy []");
          assertThat(Files.readString(folder.resolve("destroy.json")))
              .contains("vernichtet, auf dem HSM safe nicht mehr vorhanden");
          assertThat(tokens.objects("root", "pubkey")).doesNotContain("label:");
        });
    tellsNoPin();
    examinesWithoutTellingAPin(softHsm);
  }

  @Test
  void handsSharesOutOnCards(@AgainstPeer(Peer.SOFTHSM2) PeerSession softHsm) throws Exception {
    makeTokens(softHsm.executable());
    for (int i = 1; i <= 3; i++) {
      tokens.make(softHsm.executable(), "card " + i, CARD_PIN);
    }
    play("cards", folder.toString(), tokens.library().toString());
    softHsm.sees(
        "shares written, and the root opened by two cards",
        () ->
            assertThat(Files.readAllLines(folder.resolve("cards-seen.txt")))
                .containsExactly("init []", "renew-crl []", "aborted after wrong PINs"));
    softHsm.sees(
        "the wrong PIN told, and the number that nobody has",
        () ->
            assertThat(Files.readString(folder.resolve("cards-said.txt")))
                .contains("Die Karte hat es nicht getan", "75 Zeichen")
                .doesNotContain(CARD_PIN));
    softHsm.sees(
        "cards in the record",
        () ->
            assertThat(Files.readString(folder.resolve("init.json")))
                .contains("\"medium\":\"card\"")
                .doesNotContain(CARD_PIN));
    assertThat(folder.resolve("data/shares")).doesNotExist();
    for (int i = 1; i <= 3; i++) {
      String card = "card " + i;
      List<String> open =
          List.of("--module", tokens.library().toString(), "--token-label", card, "--list-objects");
      softHsm.sees(
          "nothing on the card without its PIN",
          () -> assertThat(tokens.said("pkcs11-tool", open).text()).doesNotContain("share of"));
      softHsm.sees(
          "three shares with it",
          () ->
              assertThat(
                      tokens
                          .said("pkcs11-tool", tokens.login(card, CARD_PIN, "--list-objects"))
                          .text())
                  .contains("share of root, vault ")
                  .contains("share of ceremony, vault ")
                  .contains("share of operational, vault "));
    }
  }

  private void makeTokens(Path utility) throws Exception {
    tokens = SoftHsmTokens.in(folder);
    Files.writeString(folder.resolve("pin"), PIN + "\n");
    Files.writeString(folder.resolve("initial-pin"), INITIAL_PIN + "\n");
    Files.writeString(folder.resolve("so-pin"), SoftHsmTokens.SO_PIN + "\n");
    for (String label : List.of("daily", "root", "ceremony")) {
      tokens.make(utility, label, label.equals("daily") ? PIN : INITIAL_PIN);
    }
  }

  private void play(String... arguments) throws Exception {
    tokens.play(CeremoniesOnTokens.class, arguments);
  }

  /** Who knew a PIN before the ceremony opens neither token with it, nor sets another. */
  private void staysClosed(PeerSession softHsm) throws Exception {
    for (String label : List.of("root", "ceremony")) {
      for (String pin : List.of(INITIAL_PIN, PIN)) {
        softHsm.sees(
            "no log-in to the token " + label,
            () ->
                assertThat(
                        tokens
                            .said("pkcs11-tool", tokens.login(label, pin, "--list-objects"))
                            .text())
                    .contains("CKR_PIN_INCORRECT"));
      }
      softHsm.sees(
          "no new PIN from the security officer of before",
          () -> assertThat(tokens.newPinByOfficer(label)).contains("CKR_PIN_INCORRECT"));
      softHsm.sees(
          "one key on the token " + label,
          () ->
              assertThat(
                      tokens
                          .objects(label, "pubkey")
                          .lines()
                          .filter(line -> line.contains("label:")))
                  .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                  .contains(label + " (own PIN)"));
    }
    String daily =
        tokens
            .said("pkcs11-tool", tokens.login("daily", PIN, "--list-objects", "--type", "privkey"))
            .text();
    softHsm.sees(
        "the daily keys, and those of the broken-off attempt and the destroyed one gone",
        () ->
            assertThat(daily.lines().filter(line -> line.contains("label:")))
                .hasSize(6)
                .noneMatch(line -> line.contains("verwaltung")));
  }

  private void verifies(PeerSession openssl) throws Exception {
    String verdict =
        openssl
            .run(
                "verify",
                "-CAfile",
                folder.resolve("data/trust/root.pem").toString(),
                "-untrusted",
                folder.resolve("data/trust/chain.pem").toString(),
                folder.resolve("responder.cer").toString())
            .text();
    openssl.sees(
        "a certificate that the signer's token signed", () -> assertThat(verdict).contains("OK"));
    String request =
        openssl
            .run(
                "req",
                "-in",
                folder.resolve("elsewhere/external-superior/verwaltung/verwaltung.csr").toString(),
                "-verify",
                "-noout")
            .text();
    openssl.sees(
        "a certification request that the daily token signed",
        () -> assertThat(request).contains("verify OK"));
    String list =
        openssl
            .run(
                "crl",
                "-in",
                folder.resolve("data/authorities/root.crl").toString(),
                "-inform",
                "DER",
                "-noout",
                "-CAfile",
                folder.resolve("data/trust/root.pem").toString())
            .text();
    openssl.sees(
        "a CRL that the root's token signed", () -> assertThat(list).contains("verify OK"));
  }

  private void keepsNoKeyInFiles() throws Exception {
    try (Stream<Path> keys = Files.list(folder.resolve("data/vault/keys"))) {
      assertThat(keys.map(file -> file.getFileName().toString()))
          .contains("root.yaml", "people.yaml")
          .noneMatch(name -> name.endsWith(".p8"));
    }
    for (String key : List.of("root", "ceremony", "journal", "people")) {
      for (String act : List.of("back-up", "restore")) {
        assertThat(Files.readString(folder.resolve(act + ".json")))
            .contains("\"event\":\"in-hsm\",\"name\":\"" + key + "\"");
      }
    }
    assertThat(Files.readString(folder.resolve("init.json")))
        .contains("PIN des HSM safe", "PIN der Sicherheitsadministration des HSM quorum")
        .contains("ersetzt, nur mit Anteilen zu öffnen");
  }

  private void tellsNoPin() throws Exception {
    for (String file :
        List.of("play-said.txt", "end-said.txt", "init.json", "data/vault/vault.yaml")) {
      assertThat(Files.readString(folder.resolve(file)))
          .doesNotContain(PIN, INITIAL_PIN, SoftHsmTokens.SO_PIN);
    }
  }

  /** {@code signer doctor}, with the right PIN and with a wrong one. */
  private void examinesWithoutTellingAPin(PeerSession softHsm) throws Exception {
    SoftHsmTokens.Said right = doctor("pin");
    softHsm.sees(
        "keys that compute under the right PIN",
        () ->
            assertThat(right.text())
                .contains("the key people computes")
                .doesNotContain(PIN)
                .doesNotContain(Files.readString(folder.resolve("data/secrets/vault-passphrase"))));
    SoftHsmTokens.Said wrong = doctor("initial-pin");
    softHsm.sees(
        "a wrong PIN",
        () -> assertThat(wrong.text()).contains("the PIN is wrong").doesNotContain(INITIAL_PIN));
    assertThat(wrong.exit()).isNotZero();
  }

  private SoftHsmTokens.Said doctor(String pinFile) throws Exception {
    return tokens.said(
        SoftHsmTokens.java(),
        SoftHsmTokens.program(
            "de.kreissiegel.ra.launcher.Kreissiegel",
            "signer",
            "doctor",
            "--library",
            tokens.library().toString(),
            "--token",
            "daily",
            "--pin-file",
            folder.resolve(pinFile).toString(),
            "--vault",
            folder.resolve("data/vault").toString()));
  }
}
