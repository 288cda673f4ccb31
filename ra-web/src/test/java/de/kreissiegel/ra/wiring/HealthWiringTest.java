package de.kreissiegel.ra.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.Released;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import de.kreissiegel.hsm.signing.VaultDoor;
import de.kreissiegel.hsm.signing.VaultHealth;
import de.kreissiegel.hsm.signing.VaultKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.health.contributor.Status;

class HealthWiringTest {
  @Test
  void saysThatNoSignerListens(@TempDir Path folder) {
    var signer = new RemoteSigner(folder.resolve("signer.sock"), Duration.ofSeconds(1));
    var health = HealthWiring.signer(signer, Optional::empty).health();
    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getDetails()).containsKey("cause");
  }

  @Test
  void isDownWhenTheJournalIsNotTheOneWeKnow() {
    var fault = Optional.of("entry 7 has another hash");
    var health = HealthWiring.signer(new Keyless(), () -> fault).health();
    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getDetails().get("cause")).asString().endsWith("entry 7 has another hash");
    assertThat(HealthWiring.signer(new Keyless(), Optional::empty).health().getStatus())
        .isEqualTo(Status.UP);
  }

  @Test
  void isDownWhenATokenIsAwayOrTheJournalCannotBeWritten() {
    var vault = new Keyless();
    vault.health =
        new VaultHealth(
            "1",
            List.of(new VaultHealth.TokenState("hsm", "pkcs11", false, "its library says no")),
            new VaultHealth.JournalState(3, 1, false, "the disk is full"),
            0,
            Optional.empty());
    var health = HealthWiring.signer(vault, Optional::empty).health();
    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getDetails().get("cause"))
        .asString()
        .contains("the disk is full", "token hsm: its library says no");
  }

  @Test
  void tellsOfKeysThatNoTokenShows() {
    var vault = new Keyless();
    vault.health =
        new VaultHealth(
            "1",
            List.of(new VaultHealth.TokenState("hsm", "pkcs11", true, "no token shows the keys a")),
            new VaultHealth.JournalState(3, 3, true, ""),
            0,
            Optional.empty());
    var health = HealthWiring.signer(vault, Optional::empty).health();
    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails().values())
        .anyMatch(text -> String.valueOf(text).endsWith("; token hsm: no token shows the keys a"));
  }

  @Test
  void showsWhatWasRefused() {
    var vault = new Keyless();
    vault.health =
        new VaultHealth(
            "1",
            List.of(),
            new VaultHealth.JournalState(3, 1, true, ""),
            4,
            Optional.of(
                new VaultHealth.Refusal(
                    Instant.parse("2026-11-22T10:00:00Z"), new KeyId("people"), "kind")));
    assertThat(HealthWiring.signer(vault, Optional::empty).health().getDetails().get("answer"))
        .asString()
        .contains("4 refusals, the last at 2026-11-22T10:00:00Z");
  }

  @Test
  void saysThatNoDatabaseListens() {
    var nobody = new PGSimpleDataSource();
    nobody.setServerNames(new String[] {"127.0.0.1"});
    nobody.setPortNumbers(new int[] {1});
    var health = new HealthWiring().databaseHealthIndicator(nobody).health();
    assertThat(health).isNotNull();
    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
  }

  /** A vault that answers, and has nothing. */
  private static final class Keyless implements VaultDoor {
    private VaultHealth health =
        new VaultHealth(
            "1", List.of(), new VaultHealth.JournalState(0, 0, true, ""), 0, Optional.empty());

    @Override
    public VaultHealth health() {
      return health;
    }

    @Override
    public SignedCheckpoint checkpoint() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Released release(ReleaseRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<VaultKey> keys() {
      return List.of();
    }

    @Override
    public Signed sign(SignRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<JournalRecord> journal(long fromIndex, int atMost) {
      return List.of();
    }
  }
}
