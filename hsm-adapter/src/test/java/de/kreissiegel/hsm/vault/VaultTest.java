package de.kreissiegel.hsm.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.policy.ActivityTerms;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.policy.KeyTerms;
import de.kreissiegel.hsm.policy.SignatureRate;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
  @TempDir Path temporary;
  private Vault vault;

  @BeforeEach
  void make() throws Exception {
    vault = TestVault.copy(temporary.resolve("vault"));
  }

  @AfterEach
  void close() {
    vault.close();
  }

  @Test
  void findsEverythingAsItWasLeft() throws Exception {
    SignRequest request = audit(1);
    Signed before = vault.sign(request);
    var key = vault.journalPublicKey();
    vault.close();

    vault = TestVault.open(temporary.resolve("vault"));

    assertThat(vault.sign(request)).isEqualTo(before);
    assertThat(vault.journalPublicKey()).isEqualTo(key);
    assertThat(vault.sign(audit(2)).journalIndex()).isEqualTo(before.journalIndex() + 1);
    assertThat(TestVault.key(vault, TestVault.ROOT_KEY).state()).isEqualTo(VaultKey.State.LOCKED);
  }

  @Test
  void neverSignsASerialNumberTwiceNotEvenAfterARestart() throws Exception {
    VaultKey people = TestVault.key(vault, TestVault.PEOPLE_KEY);
    Structures.CertificateDraft draft = Structures.certificate(Instant.now(), people);
    vault.sign(Structures.request(people, SignedStructure.CERTIFICATE, draft.encoded()));
    vault.close();
    vault = TestVault.open(temporary.resolve("vault"));

    draft.notAfter = draft.notAfter.minusSeconds(1);

    assertThatThrownBy(
            () ->
                vault.sign(
                    Structures.request(people, SignedStructure.CERTIFICATE, draft.encoded())))
        .hasMessageContaining("serial-number");
  }

  @Test
  void opensTheRootForAnOperationAndLocksItAgain() throws Exception {
    assertThatThrownBy(() -> vault.activate(TestVault.ROOT_KEY, "wrong".toCharArray()))
        .isInstanceOf(WrongPassphrase.class);
    vault.activate(TestVault.ROOT_KEY, TestVault.ROOT_PASSPHRASE.toCharArray());
    VaultKey root = TestVault.key(vault, TestVault.ROOT_KEY);
    assertThat(root.state()).isEqualTo(VaultKey.State.ACTIVE);
    Structures.CertificateDraft draft = Structures.certificate(Instant.now(), root).authority(1);
    draft.issuer = TestVault.ROOT;
    draft.subject = TestVault.ROOT;
    vault.sign(Structures.request(root, SignedStructure.CERTIFICATE, draft.encoded()));

    vault.lock(TestVault.ROOT_KEY);

    assertThat(TestVault.key(vault, TestVault.ROOT_KEY).state()).isEqualTo(VaultKey.State.LOCKED);
  }

  @Test
  void isHeldByOneAtATime() {
    assertThatThrownBy(() -> TestVault.open(temporary.resolve("vault")))
        .isInstanceOf(VaultInUse.class);
  }

  @Test
  void isNotMadeTwice() {
    assertThatThrownBy(() -> TestVault.create(temporary.resolve("vault")))
        .isInstanceOf(VaultExists.class);
  }

  @Test
  void doesNotOpenWithAnotherPassphrase() {
    vault.close();
    assertThatThrownBy(
            () ->
                Vault.open(
                    temporary.resolve("vault"),
                    "something else".toCharArray(),
                    Clock.systemUTC(),
                    new SecureRandom()))
        .isInstanceOf(WrongPassphrase.class)
        .hasMessageNotContaining("something else");
  }

  @Test
  void replacesWhatABrokenOffAttemptLeft() throws Exception {
    Path half = temporary.resolve("half");
    TestVault.create(half).close();
    Files.delete(half.resolve("vault.yaml"));

    assertThat(Vault.exists(half)).isFalse();
    try (Vault whole = TestVault.create(half)) {
      assertThat(whole.sign(audit(1)).journalIndex()).isEqualTo(4);
    }
  }

  @Test
  void usesNoKeyWhosePolicyIsMissingOrNotSigned() throws Exception {
    vault.close();
    Path policy = temporary.resolve("vault/keys/people.yaml");
    String text = Files.readString(policy);
    Files.writeString(policy, text.replace("backdating: PT2H", "backdating: PT9999H"));
    assertThatThrownBy(() -> TestVault.open(temporary.resolve("vault")))
        .isInstanceOf(VaultDamaged.class)
        .hasMessageContaining("people.yaml")
        .hasMessageContaining("not signed");
    Files.delete(policy);
    try (Vault without = TestVault.open(temporary.resolve("vault"))) {
      assertThat(without.keys()).extracting(VaultKey::id).doesNotContain(TestVault.PEOPLE_KEY);
    }
  }

  @Test
  void keepsItsFilesFromEverybodyElse() throws Exception {
    try (Stream<Path> files = Files.walk(temporary.resolve("vault/keys"))) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void refusesASecondKeyOfOneName() throws Exception {
    vault.activate(Vault.CEREMONY_KEY, TestVault.CEREMONY_PASSPHRASE.toCharArray());
    assertThatThrownBy(
            () ->
                vault.makeKey(
                    new KeyId("audit"),
                    KeyAlgorithm.ECDSA_P256,
                    KeyPolicy.audit(),
                    Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void makesAndChangesKeysInACeremonyOnly() {
    assertThatThrownBy(
            () ->
                vault.makeKey(
                    new KeyId("second-audit"),
                    KeyAlgorithm.ECDSA_P256,
                    KeyPolicy.audit(),
                    Optional.empty()))
        .isInstanceOf(CeremonyClosed.class);
    assertThatThrownBy(() -> vault.changePolicy(TestVault.AUDIT_KEY, KeyPolicy.nothing()))
        .isInstanceOf(CeremonyClosed.class);
    assertThatThrownBy(() -> vault.destroyKey(TestVault.AUDIT_KEY))
        .isInstanceOf(CeremonyClosed.class);
  }

  @Test
  void destroysAKeyAndTakesItBackFromItsBackup() throws Exception {
    vault.activate(Vault.CEREMONY_KEY, TestVault.CEREMONY_PASSPHRASE.toCharArray());
    KeyBackup backup = vault.backUp(TestVault.AUDIT_KEY);
    SignRequest request = audit(1);
    vault.destroyKey(TestVault.AUDIT_KEY);
    assertThatThrownBy(() -> vault.sign(request))
        .isInstanceOf(SigningRefused.class)
        .hasMessageContaining("audit");

    vault.restore(backup);
    vault.activate(TestVault.AUDIT_KEY, TestVault.PASSPHRASE.toCharArray());

    assertThat(vault.sign(request).signature()).isNotNull();
  }

  @Test
  void numbersTheListsOfAnotherKeyOfOneNameAnew() throws Exception {
    char[] ceremony = TestVault.CEREMONY_PASSPHRASE.toCharArray();
    char[] root = TestVault.ROOT_PASSPHRASE.toCharArray();
    vault.activate(Vault.CEREMONY_KEY, ceremony);
    vault.activate(TestVault.ROOT_KEY, root);
    assertThat(vault.sign(list(1)).signature()).isNotNull();
    vault.changePolicy(TestVault.ROOT_KEY, vault.policyOf(TestVault.ROOT_KEY));
    assertThatThrownBy(() -> vault.sign(list(1))).hasMessageContaining("crl-number");

    KeyPolicy policy = vault.policyOf(TestVault.ROOT_KEY);
    vault.destroyKey(TestVault.ROOT_KEY);
    vault.makeKey(TestVault.ROOT_KEY, KeyAlgorithm.ECDSA_P384, policy, Optional.of(root));
    assertThat(vault.sign(list(1)).signature()).isNotNull();
    vault.close();
    vault = TestVault.open(temporary.resolve("vault"));
    vault.activate(TestVault.ROOT_KEY, root);
    assertThatThrownBy(() -> vault.sign(list(1))).hasMessageContaining("crl-number");
    assertThat(vault.sign(list(2)).signature()).isNotNull();
  }

  private SignRequest list(long number) throws Exception {
    VaultKey root = TestVault.key(vault, TestVault.ROOT_KEY);
    Instant now = Instant.now();
    return Structures.request(
        root,
        SignedStructure.CERTIFICATE_LIST,
        Structures.list(TestVault.ROOT, root, now, now.plus(Duration.ofDays(1)), number, Map.of()));
  }

  @Test
  void usesNoPolicyThatALaterOneReplaced() throws Exception {
    Path policy = temporary.resolve("vault/keys/people.yaml");
    Path signature = temporary.resolve("vault/keys/people.yaml.sig");
    byte[] older = Files.readAllBytes(policy);
    byte[] olderSignature = Files.readAllBytes(signature);
    vault.activate(Vault.CEREMONY_KEY, TestVault.CEREMONY_PASSPHRASE.toCharArray());
    vault.changePolicy(TestVault.PEOPLE_KEY, KeyPolicy.nothing());
    vault.close();
    Files.write(policy, older);
    Files.write(signature, olderSignature);

    vault = TestVault.open(temporary.resolve("vault"));

    assertThat(vault.keys()).extracting(VaultKey::id).doesNotContain(TestVault.PEOPLE_KEY);
  }

  @Test
  void locksAKeyThatLiesIdleAsItsPolicySays() throws Exception {
    WalkingClock clock = new WalkingClock(Instant.now());
    Path directory = temporary.resolve("idle");
    TestVault.copy(directory).close();
    try (Vault idle =
        Vault.open(directory, TestVault.PASSPHRASE.toCharArray(), clock, new SecureRandom())) {
      idle.activate(Vault.CEREMONY_KEY, TestVault.CEREMONY_PASSPHRASE.toCharArray());
      idle.changePolicy(
          TestVault.AUDIT_KEY,
          KeyPolicy.audit()
              .with(
                  new KeyTerms(
                      SignatureRate.ANY,
                      Optional.of(
                          new ActivityTerms(Optional.of(Duration.ofMinutes(15)), Optional.empty())),
                      Optional.empty(),
                      false,
                      false)));
      idle.sweep();
      assertThat(TestVault.key(idle, TestVault.AUDIT_KEY).state()).isEqualTo(VaultKey.State.ACTIVE);
      clock.walk(Duration.ofMinutes(16));
      idle.sweep();
      assertThat(TestVault.key(idle, TestVault.AUDIT_KEY).state()).isEqualTo(VaultKey.State.LOCKED);
      assertThat(TestVault.key(idle, TestVault.PEOPLE_KEY).state())
          .isEqualTo(VaultKey.State.ACTIVE);
    }
  }

  @Test
  void refusesAKeyOfAKindThatItsPolicyDoesNotAllow() throws Exception {
    vault.activate(Vault.CEREMONY_KEY, TestVault.CEREMONY_PASSPHRASE.toCharArray());
    for (KeyAlgorithm unusual :
        List.of(
            KeyAlgorithm.RSA_3072_PKCS1, KeyAlgorithm.ED25519, KeyAlgorithm.ML_DSA_65_ECDSA_P256)) {
      assertThatThrownBy(
              () ->
                  vault.makeKey(new KeyId("unusual"), unusual, KeyPolicy.audit(), Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void signsNothingOnceItIsClosed() {
    vault.close();
    assertThatThrownBy(() -> vault.sign(audit(9))).hasMessageContaining("locked");
  }

  private SignRequest audit(long sequence) throws Exception {
    return Structures.request(
        TestVault.key(vault, TestVault.AUDIT_KEY),
        SignedStructure.AUDIT_HEAD,
        Structures.auditHead(sequence, Instant.now()));
  }
}
