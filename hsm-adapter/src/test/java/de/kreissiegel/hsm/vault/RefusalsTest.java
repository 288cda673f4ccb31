package de.kreissiegel.hsm.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who knocks at the wrong door is written down; who hammers at it fills no disk. */
class RefusalsTest {
  @TempDir private Path temporary;

  private final WalkingClock clock = new WalkingClock(Instant.now());
  private Vault vault;
  private VaultKey audit;

  @BeforeEach
  void opens() throws Exception {
    TestVault.copy(temporary.resolve("vault")).close();
    vault =
        Vault.open(
            temporary.resolve("vault"),
            TestVault.PASSPHRASE.toCharArray(),
            clock,
            new SecureRandom());
    audit = TestVault.key(vault, TestVault.AUDIT_KEY);
  }

  @AfterEach
  void closes() {
    vault.close();
  }

  private void knock() {
    assertThatThrownBy(
            () ->
                vault.sign(
                    Structures.request(
                        audit,
                        SignedStructure.CERTIFICATE,
                        Structures.certificate(clock.instant(), audit).encoded())))
        .isInstanceOf(SigningRefused.class);
  }

  private List<JournalRecord> written() throws Exception {
    return vault.journal(0, 1000).stream()
        .filter(entry -> entry.happening() == Happening.REFUSED)
        .toList();
  }

  @Test
  void journalsARefusalWithItsRule() throws Exception {
    knock();

    assertThat(written()).hasSize(1);
    JournalRecord refusal = written().getFirst();
    assertThat(refusal.rule()).contains("structure");
    assertThat(refusal.key()).isEqualTo(TestVault.AUDIT_KEY);
    assertThat(refusal.signature().length()).isZero();
    assertThat(vault.health().refusals()).isOne();
    assertThat(vault.health().lastRefusal().orElseThrow().rule()).contains("structure");
  }

  @Test
  void writesSixtyAMinuteAndThenHowManyItLeftOut() throws Exception {
    for (int i = 0; i < 100; i++) {
      knock();
    }
    assertThat(written()).hasSize(60);
    clock.walk(Duration.ofMinutes(2));
    knock();

    assertThat(written()).hasSize(61);
    assertThat(written().getLast().rule()).contains("40 before it were not written");
    assertThat(vault.health().refusals()).isEqualTo(101);
  }

  @Test
  void signsARequestThatWasRefusedOnceItIsInOrder() throws Exception {
    var request =
        Structures.request(
            audit, SignedStructure.AUDIT_HEAD, Structures.auditHead(1, clock.instant()));
    vault.lock(TestVault.AUDIT_KEY);
    assertThatThrownBy(() -> vault.sign(request)).isInstanceOf(SigningRefused.class);
    vault.activate(TestVault.AUDIT_KEY, TestVault.PASSPHRASE.toCharArray());

    assertThat(vault.sign(request).signature().length()).isPositive();
  }
}
