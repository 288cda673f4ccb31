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

/** A root's rollover from one token of SoftHSM2 to the next, and from software to one. */
@AgainstPeer({Peer.SOFTHSM2, Peer.OPENSSL})
class RootOnTokensPeerTest {
  private static final List<String> QUESTIONS =
      List.of(
          "at tokens.confirm",
          "at keys.confirm",
          "at shares.confirm",
          "at share-root-2",
          "at links.confirm",
          "at share-root",
          "at retire.confirm",
          "at close.confirm",
          "by a wrong PIN");

  @TempDir private Path folder;

  private SoftHsmTokens tokens;

  @Test
  void aRootOnATokenGoesOnToTheNext(
      @AgainstPeer(Peer.SOFTHSM2) PeerSession softHsm,
      @AgainstPeer(Peer.OPENSSL) PeerSession openssl)
      throws Exception {
    make(softHsm, "first", "second", "card");
    putSomethingOn("card");
    tokens.play(RootOnTokens.class, "play", folder.toString(), tokens.library().toString());
    List<String> seen = Files.readAllLines(folder.resolve("seen.txt"));
    assertThat(seen)
        .anyMatch(line -> line.contains("liegt auf dem HSM safe") && line.contains("--token NAME"))
        .anyMatch(line -> line.contains("Den Token „first“ hat der Tresor schon als HSM safe"));
    softHsm.sees(
        "nothing left of a rollover that is broken off, at each step",
        () ->
            assertThat(seen)
                .containsAll(
                    QUESTIONS.stream().map(where -> "broken off " + where + ": []").toList()));
    softHsm.sees(
        "a token with something on it and one that isn't there refused",
        () ->
            assertThat(seen)
                .anyMatch(line -> line.contains("safe-2 (card)") && line.contains("objects: 1"))
                .anyMatch(line -> line.contains("labelled nowhere")));
    softHsm.sees(
        "every ceremony, its record signed and in the journal",
        () ->
            assertThat(seen.stream().filter(line -> line.endsWith(" []") && !line.contains(":")))
                .containsExactly(
                    "init []",
                    "roll-over []",
                    "renew-crl []",
                    "renew-crl []",
                    "roll-over []",
                    "roll-over []",
                    "terminate []",
                    "terminate []",
                    "terminate []",
                    "renew-crl []"));
    linked(openssl, folder.resolve("authorities"));
    opensByShares(softHsm, "second");
    softHsm.sees(
        "the old root destroyed on its token",
        () -> {
          assertThat(tokens.objects("first", "pubkey")).doesNotContain("label:");
          assertThat(seen).contains("first empty: true");
          assertThat(records("terminate"))
              .contains("vernichtet, auf dem HSM safe nicht mehr vorhanden");
        });
    assertThat(Files.readString(folder.resolve("data/vault/vault.yaml")))
        .contains("holds: root-2", "name: safe-2");
    assertThat(records("roll-over"))
        .contains("auf HSM safe-2")
        .contains("PIN des HSM safe-2", "PIN der Sicherheitsadministration des HSM safe-2")
        .contains("ersetzt, nur mit Anteilen zu öffnen")
        .doesNotContain("steht noch aus");
    tellsNoPin();
  }

  @Test
  void aRootInSoftwareGoesOnToATokenAndNotBack(
      @AgainstPeer(Peer.SOFTHSM2) PeerSession softHsm,
      @AgainstPeer(Peer.OPENSSL) PeerSession openssl)
      throws Exception {
    make(softHsm, "third");
    tokens.play(RootOnTokens.class, "move", folder.toString(), tokens.library().toString());
    List<String> seen = Files.readAllLines(folder.resolve("seen.txt"));
    softHsm.sees(
        "every ceremony",
        () ->
            assertThat(seen.stream().filter(line -> !line.startsWith("refused:")))
                .containsExactly(
                    "init []",
                    "roll-over []",
                    "renew-crl []",
                    "renew-crl []",
                    "roll-over []",
                    "destroy []",
                    "back-up []",
                    "restore []",
                    "renew-crl []"));
    assertThat(seen.stream().filter(line -> line.startsWith("refused:")))
        .satisfiesExactly(
            first -> assertThat(first).contains("HSM safe fehlt die PKCS#11-Bibliothek"),
            back -> assertThat(back).contains("root-2 liegt auf dem HSM safe"),
            last -> assertThat(last).contains("root-2 liegt auf einem HSM, das nicht angeschl"));
    linked(openssl, folder.resolve("data/authorities"));
    opensByShares(softHsm, "third");
    assertThat(records("roll-over"))
        .contains("PIN der Sicherheitsadministration des HSM safe")
        .contains("steht noch aus", "ISB des Landkreises");
    tellsNoPin();
  }

  @Test
  void afterAPowerFailureItIsHeldAgainOnceTheRestIsTakenAwayByHand(
      @AgainstPeer(Peer.SOFTHSM2) PeerSession softHsm,
      @AgainstPeer(Peer.OPENSSL) PeerSession openssl)
      throws Exception {
    make(softHsm, "third");
    tokens.play(RootOnTokens.class, "halt", folder.toString(), tokens.library().toString());
    Path vault = folder.resolve("data/vault");
    Path sheet = vault.resolve("vault.yaml");
    assertThat(Files.readString(sheet)).contains("holds: root-2");
    assertThat(Files.readString(folder.resolve("data/authorities/hierarchy.yaml")))
        .doesNotContain("root-2");

    // As docs/ceremony.md says it; SoftHSM2 initialises no token anew without the SO's PIN.
    String deleted =
        tokens.run(softHsm.executable().toString(), List.of("--delete-token", "--token", "third"));
    assertThat(deleted).contains("deleted");
    tokens.make(softHsm.executable(), "third", RootOnTokens.PIN);
    Files.writeString(sheet, Files.readString(sheet).replaceFirst("(?s) {2}- name: safe\n.*", ""));
    Files.delete(vault.resolve("keys/root-2.yaml"));
    Files.delete(vault.resolve("keys/root-2.yaml.sig"));

    tokens.play(RootOnTokens.class, "go-on", folder.toString(), tokens.library().toString());
    softHsm.sees(
        "the signer's keys as before, and the ceremony whole",
        () ->
            assertThat(Files.readAllLines(folder.resolve("seen.txt")))
                .containsExactly(
                    "keys: [audit, ceremony, devices, journal, ocsp-devices, ocsp-people, people,"
                        + " root]",
                    "roll-over []",
                    "renew-crl []",
                    "roll-over []"));
    linked(openssl, folder.resolve("data/authorities"));
  }

  private void make(PeerSession softHsm, String... labels) throws Exception {
    tokens = SoftHsmTokens.in(folder);
    Files.writeString(folder.resolve("pin"), RootOnTokens.PIN + "\n");
    Files.writeString(folder.resolve("so-pin"), SoftHsmTokens.SO_PIN + "\n");
    for (String label : labels) {
      tokens.make(softHsm.executable(), label, RootOnTokens.PIN);
    }
  }

  private void putSomethingOn(String label) throws Exception {
    String unused =
        tokens.run(
            "pkcs11-tool",
            tokens.login(
                label,
                RootOnTokens.PIN,
                "--write-object",
                folder.resolve("pin").toString(),
                "--type",
                "data",
                "--label",
                "share of a custodian",
                "--private"));
  }

  /** RFC 9810 §4.4: who trusts either key finds what stands under the other. */
  private void linked(PeerSession openssl, Path authorities) {
    var paths = new OpensslPaths(openssl, authorities, folder);
    openssl.sees(
        "the new authority from the old anchor by new-with-old",
        () -> paths.good("root", List.of("root-2-by-root"), "people-2"));
    openssl.sees("not without", () -> paths.none("root", "people-2"));
    openssl.sees(
        "the old authority from the new anchor by old-with-new",
        () -> paths.good("root-2", List.of("root-by-root-2"), "people"));
    openssl.sees("not without", () -> paths.none("root-2", "people"));
    openssl.sees("the old root's CRL", () -> paths.good("root", List.of(), "people", "root"));
    openssl.sees("the new one's", () -> paths.good("root-2", List.of(), "people-2", "root-2"));
  }

  /** Who knew the PIN before the ceremony doesn't open the token with it, nor sets another. */
  private void opensByShares(PeerSession softHsm, String label) throws Exception {
    softHsm.sees(
        "no log-in with the PIN of before",
        () ->
            assertThat(
                    tokens
                        .said(
                            "pkcs11-tool", tokens.login(label, RootOnTokens.PIN, "--list-objects"))
                        .text())
                .contains("CKR_PIN_INCORRECT"));
    softHsm.sees(
        "the new root's key and no other",
        () ->
            assertThat(
                    tokens.objects(label, "pubkey").lines().filter(line -> line.contains("label:")))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("root-2 (own PIN)"));
    if (!label.equals("third")) {
      softHsm.sees(
          "no new PIN from the security officer of before",
          () -> assertThat(tokens.newPinByOfficer(label)).contains("CKR_PIN_INCORRECT"));
    }
    try (Stream<Path> keys = Files.list(folder.resolve("data/vault/keys"))) {
      assertThat(keys.map(file -> file.getFileName().toString()))
          .contains("root-2.yaml")
          .noneMatch(name -> name.startsWith("root-2") && name.endsWith(".p8"));
    }
  }

  private String records(String act) throws Exception {
    var all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(act + ".json")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private void tellsNoPin() throws Exception {
    for (String text :
        List.of(
            Files.readString(folder.resolve("said.txt")),
            records("roll-over"),
            Files.readString(folder.resolve("data/vault/vault.yaml")))) {
      assertThat(text).doesNotContain(RootOnTokens.PIN, SoftHsmTokens.SO_PIN);
    }
  }
}
