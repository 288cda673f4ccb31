package de.kreissiegel.hsm.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.doctor.Examination.PinSource;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.pkcs11.Heard;
import de.kreissiegel.hsm.token.pkcs11.Pkcs11Token;
import de.kreissiegel.hsm.token.pkcs11.SoftHsm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it says of a real token. */
@Tag("peer")
class DoctorPeerTest {
  private static final char[] PIN = SoftHsm.PIN.toCharArray();
  @TempDir Path folder;
  private SoftHsm hsm;
  private String label;

  @BeforeEach
  void makeAToken() throws Exception {
    hsm = SoftHsm.start();
    label = hsm.newToken();
    // The library sees a new token when it starts.
    Pkcs11Token.open(hsm.config(label), Clock.systemUTC(), new SecureRandom()).close();
  }

  @AfterAll
  static void tell() throws Exception {
    Heard.tell();
  }

  private Diagnosis examine(PinSource pin) {
    return new Doctor(Clock.systemUTC(), new SecureRandom())
        .examine(
            new Examination(
                Optional.of(hsm.library()),
                Optional.of(label),
                Optional.of(pin),
                Optional.empty()));
  }

  private Diagnosis examine() {
    return examine(PIN::clone);
  }

  private void make(String id, KeyAlgorithm algorithm) throws Exception {
    try (Pkcs11Token token =
        Pkcs11Token.open(hsm.config(label), Clock.systemUTC(), new SecureRandom())) {
      token.make(new KeyId(id), algorithm, PIN, false);
    }
  }

  private void pkcs11Tool(String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("pkcs11-tool", "--module", hsm.library().toString(), "--token-label", label));
    command.addAll(List.of("--login", "--pin", SoftHsm.PIN));
    command.addAll(List.of(more));
    hsm.run(command.toArray(String[]::new));
    Pkcs11Token.open(hsm.config(label), Clock.systemUTC(), new SecureRandom()).close();
  }

  private static void says(Diagnosis diagnosis, String sentence, String remedy) {
    Heard.from("softhsm2", diagnosis.findings())
        .satisfies(
            findings ->
                assertThat(findings)
                    .anySatisfy(
                        finding -> {
                          assertThat(finding.sentence()).contains(sentence);
                          assertThat(finding.remedy()).contains(remedy);
                        }));
  }

  @Test
  void letsEachKeyCompute() throws Exception {
    make("people", KeyAlgorithm.ECDSA_BRAINPOOL_P256R1);
    make("mail", KeyAlgorithm.RSA_3072_PSS);
    make("scep", KeyAlgorithm.RSA_3072_DECRYPT);
    Path pin = Files.writeString(folder.resolve("pin"), SoftHsm.PIN + "\n");
    Diagnosis diagnosis = examine(PinSource.file(pin));
    assertThat(diagnosis.findings()).isEmpty();
    for (String key : List.of("people", "mail", "scep")) {
      Heard.from("softhsm2", diagnosis.facts())
          .satisfies(
              facts ->
                  assertThat(facts)
                      .contains("the key " + key + " computes, and its public key agrees"));
    }
    assertThat(diagnosis.facts())
        .anyMatch(fact -> fact.startsWith("library: "))
        .anyMatch(fact -> fact.startsWith("slot ") && fact.contains(label))
        .contains("offers CKM_ECDSA (signs by ECDSA)")
        .noneMatch(fact -> fact.contains(SoftHsm.PIN));
  }

  @Test
  void saysThatThePinIsWrong() {
    Diagnosis diagnosis = examine("no-such-pin"::toCharArray);
    says(diagnosis, "the PIN is wrong", "lock the token");
    assertThat(diagnosis.healthy()).isFalse();
  }

  @Test
  void saysThatThePinCannotBeRead() {
    says(examine(PinSource.file(folder.resolve("none"))), "the PIN can't be read", "first line");
  }

  @Test
  void saysThatNoTokenHasThatLabel() {
    label = "nobody";
    says(examine(), "no token is labelled nobody", "there are: ");
  }

  @Test
  void saysThatTheTokenHasNoPin() throws Exception {
    label = "without-" + label;
    hsm.run(
        "pkcs11-tool",
        "--module",
        hsm.library().toString(),
        "--init-token",
        "--slot-index",
        freeSlot(),
        "--label",
        label,
        "--so-pin",
        SoftHsm.SO_PIN);
    Pkcs11Token.open(hsm.config(label), Clock.systemUTC(), new SecureRandom()).close();
    says(examine(), "has no user PIN yet", "security officer");
  }

  /** SoftHSM2 always offers one more slot with a token that nobody initialised. */
  private String freeSlot() throws Exception {
    long slots =
        hsm.run("pkcs11-tool", "--module", hsm.library().toString(), "--list-slots")
            .lines()
            .filter(line -> line.startsWith("Slot "))
            .count();
    return Long.toString(slots - 1);
  }

  @Test
  void saysThatAKeyHasNoPublicPart() throws Exception {
    make("lonely", KeyAlgorithm.RSA_3072_PSS);
    pkcs11Tool("--delete-object", "--type", "pubkey", "--label", "lonely");
    Diagnosis diagnosis = examine();
    says(diagnosis, "the key lonely has no public key object", "--type pubkey");
    assertThat(diagnosis.healthy()).isTrue();
  }

  @Test
  void saysThatAKeyHasNoPrivatePart() throws Exception {
    make("ghost", KeyAlgorithm.ECDSA_P256);
    pkcs11Tool("--delete-object", "--type", "privkey", "--label", "ghost");
    says(examine(), "the key ghost has no private key", "restore it");
  }

  @Test
  void saysThatAKeyIsExtractable() throws Exception {
    pkcs11Tool(
        "--keypairgen",
        "--key-type",
        "EC:prime256v1",
        "--id",
        "01",
        "--label",
        "loose",
        "--usage-sign",
        "--extractable");
    says(examine(), "the key loose is extractable", "make a new key");
  }

  @Test
  void saysThatAKeyDoesBoth() throws Exception {
    pkcs11Tool(
        "--keypairgen",
        "--key-type",
        "rsa:3072",
        "--id",
        "01",
        "--label",
        "both",
        "--usage-sign",
        "--usage-decrypt");
    says(examine(), "the key both may both sign and decrypt", "through the vault");
  }

  @Test
  void saysThatTheVaultCannotUseAKey() throws Exception {
    pkcs11Tool(
        "--keypairgen", "--key-type", "rsa:2048", "--id", "01", "--label", "short", "--usage-sign");
    Diagnosis diagnosis = examine();
    says(diagnosis, "the vault can't use the key short", "curve or length");
    assertThat(diagnosis.healthy()).isTrue();
  }

  @Test
  void saysThatTwoKeysHaveOneLabel() throws Exception {
    for (String id : List.of("01", "02")) {
      pkcs11Tool(
          "--keypairgen",
          "--key-type",
          "EC:prime256v1",
          "--id",
          id,
          "--label",
          "twin",
          "--usage-sign");
    }
    says(examine(), "two keys are labelled twin", "another label");
  }

  @Test
  void saysThatAKeyDoesNotFitItsPublicPart() throws Exception {
    make("first", KeyAlgorithm.ECDSA_P256);
    make("second", KeyAlgorithm.ECDSA_P256);
    pkcs11Tool("--delete-object", "--type", "pubkey", "--label", "first");
    String first = java.util.HexFormat.of().formatHex("first".getBytes());
    String second = java.util.HexFormat.of().formatHex("second".getBytes());
    pkcs11Tool("--set-id", first, "--type", "pubkey", "--id", second);
    says(examine(), "doesn't fit its public key", "compare the public key");
  }
}
