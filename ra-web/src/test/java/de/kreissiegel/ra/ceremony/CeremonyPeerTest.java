package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
  private static final String SO_PIN = "so-1234";
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/pkcs11/libsofthsm2.so"));

  @TempDir private Path folder;

  private Path library;

  @Test
  void holdsEveryCeremonyWithEveryKeyOnTokens(
      @AgainstPeer(Peer.SOFTHSM2) PeerSession softHsm,
      @AgainstPeer(Peer.OPENSSL) PeerSession openssl)
      throws Exception {
    makeTokens(softHsm.executable().toString());
    run(java(), program("play", folder.toString(), library.toString()));
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

    run(java(), program("end", folder.toString()));
    softHsm.sees(
        "the root destroyed on its token",
        () -> {
          assertThat(Files.readAllLines(folder.resolve("end-seen.txt")))
              .containsExactly("destroy []");
          assertThat(Files.readString(folder.resolve("destroy.json")))
              .contains("vernichtet, auf dem HSM safe nicht mehr vorhanden");
          assertThat(objects("root", "pubkey")).doesNotContain("label:");
        });
    tellsNoPin();
    examinesWithoutTellingAPin(softHsm);
  }

  @Test
  void handsSharesOutOnCards(@AgainstPeer(Peer.SOFTHSM2) PeerSession softHsm) throws Exception {
    makeTokens(softHsm.executable().toString());
    for (int i = 1; i <= 3; i++) {
      run(
          softHsm.executable().toString(),
          List.of(
              "--init-token",
              "--free",
              "--label",
              "card " + i,
              "--so-pin",
              SO_PIN,
              "--pin",
              CARD_PIN));
    }
    run(java(), program("cards", folder.toString(), library.toString()));
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
          List.of("--module", library.toString(), "--token-label", card, "--list-objects");
      softHsm.sees(
          "nothing on the card without its PIN",
          () -> assertThat(said("pkcs11-tool", open).text()).doesNotContain("share of"));
      softHsm.sees(
          "three shares with it",
          () ->
              assertThat(said("pkcs11-tool", login(card, CARD_PIN, "--list-objects")).text())
                  .contains("share of root, vault ")
                  .contains("share of ceremony, vault ")
                  .contains("share of operational, vault "));
    }
  }

  private void makeTokens(String utility) throws Exception {
    library = LIBRARIES.stream().filter(Files::exists).findFirst().orElseThrow();
    Path tokens = Files.createDirectory(folder.resolve("tokens"));
    Files.writeString(
        folder.resolve("softhsm2.conf"),
        "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n"
            .formatted(tokens));
    Files.writeString(folder.resolve("pin"), PIN + "\n");
    Files.writeString(folder.resolve("initial-pin"), INITIAL_PIN + "\n");
    Files.writeString(folder.resolve("so-pin"), SO_PIN + "\n");
    for (String label : List.of("daily", "root", "ceremony")) {
      String pin = label.equals("daily") ? PIN : INITIAL_PIN;
      run(
          utility,
          List.of("--init-token", "--free", "--label", label, "--so-pin", SO_PIN, "--pin", pin));
    }
  }

  /** Who knew a PIN before the ceremony opens neither token with it, nor sets another. */
  private void staysClosed(PeerSession softHsm) throws Exception {
    for (String label : List.of("root", "ceremony")) {
      for (String pin : List.of(INITIAL_PIN, PIN)) {
        softHsm.sees(
            "no log-in to the token " + label,
            () ->
                assertThat(said("pkcs11-tool", login(label, pin, "--list-objects")).text())
                    .contains("CKR_PIN_INCORRECT"));
      }
      softHsm.sees(
          "no new PIN from the security officer of before",
          () ->
              assertThat(
                      said(
                              "pkcs11-tool",
                              List.of(
                                  "--module",
                                  library.toString(),
                                  "--token-label",
                                  label,
                                  "--login",
                                  "--login-type",
                                  "so",
                                  "--so-pin",
                                  SO_PIN,
                                  "--init-pin",
                                  "--new-pin",
                                  "another-pin"))
                          .text())
                  .contains("CKR_PIN_INCORRECT"));
      softHsm.sees(
          "one key on the token " + label,
          () ->
              assertThat(objects(label, "pubkey").lines().filter(line -> line.contains("label:")))
                  .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                  .contains(label + " (own PIN)"));
    }
    String daily =
        said("pkcs11-tool", login("daily", PIN, "--list-objects", "--type", "privkey")).text();
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
      assertThat(Files.readString(folder.resolve(file))).doesNotContain(PIN, INITIAL_PIN, SO_PIN);
    }
  }

  /** {@code signer doctor}, with the right PIN and with a wrong one. */
  private void examinesWithoutTellingAPin(PeerSession softHsm) throws Exception {
    Said right = doctor("pin");
    softHsm.sees(
        "keys that compute under the right PIN",
        () ->
            assertThat(right.text())
                .contains("the key people computes")
                .doesNotContain(PIN)
                .doesNotContain(Files.readString(folder.resolve("data/secrets/vault-passphrase"))));
    Said wrong = doctor("initial-pin");
    softHsm.sees(
        "a wrong PIN",
        () -> assertThat(wrong.text()).contains("the PIN is wrong").doesNotContain(INITIAL_PIN));
    assertThat(wrong.exit()).isNotZero();
  }

  private Said doctor(String pinFile) throws Exception {
    return said(
        java(),
        List.of(
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "de.kreissiegel.ra.launcher.Kreissiegel",
            "signer",
            "doctor",
            "--library",
            library.toString(),
            "--token",
            "daily",
            "--pin-file",
            folder.resolve(pinFile).toString(),
            "--vault",
            folder.resolve("data/vault").toString()));
  }

  private String objects(String label, String type) throws Exception {
    return run(
        "pkcs11-tool",
        List.of(
            "--module",
            library.toString(),
            "--token-label",
            label,
            "--list-objects",
            "--type",
            type));
  }

  private List<String> login(String label, String pin, String... more) {
    return Stream.concat(
            Stream.of(
                "--module", library.toString(), "--token-label", label, "--login", "--pin", pin),
            Stream.of(more))
        .toList();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static List<String> program(String... arguments) {
    return Stream.concat(
            Stream.of(
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CeremoniesOnTokens.class.getName()),
            Stream.of(arguments))
        .toList();
  }

  private String run(String program, List<String> arguments) throws Exception {
    Said said = said(program, arguments);
    assertThat(said.exit()).as(said.text()).isZero();
    return said.text();
  }

  private record Said(int exit, String text) {}

  private Said said(String program, List<String> arguments) throws Exception {
    var builder =
        new ProcessBuilder(Stream.concat(Stream.of(program), arguments.stream()).toList())
            .redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    return new Said(process.exitValue(), text);
  }
}
