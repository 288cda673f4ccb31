package de.kreissiegel.ca.publication;

import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.publication.OutboxQueue.Errand;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.JdbcOutboxQueue;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CleanUpTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final Duration DAY = Duration.ofDays(1);
  private final FakeEntries directory = new FakeEntries("district");

  @BeforeEach
  void empty() {
    ROOM.clear();
  }

  @Test
  void takesOutEncryptionCertificatesAtTheirEndAndOthersAfterAWhile() {
    StoredCertificate encryption = ended("smime", NOW.minusSeconds(1));
    StoredCertificate signature = ended("mail-signature", NOW.minusSeconds(1));
    ended("smime", NOW.plusSeconds(1));

    assertThat(at(NOW).sweep()).isOne();
    assertThat(withdrawn(NOW)).containsExactly(encryption.serial());

    assertThat(at(NOW.plus(DAY.multipliedBy(29))).sweep()).as("the third one").isOne();
    at(NOW.plus(DAY.multipliedBy(30))).sweep();
    assertThat(withdrawn(NOW.plus(DAY.multipliedBy(30)))).contains(signature.serial());
  }

  @Test
  void sweepsEachOnceByEachRule() {
    ended("smime", NOW.minusSeconds(1));
    assertThat(at(NOW).sweep()).isOne();
    assertThat(at(NOW).sweep()).isZero();
    Instant later = NOW.plus(DAY.multipliedBy(31));
    assertThat(at(later).sweep()).isOne();
    assertThat(at(later).sweep()).isZero();
  }

  @Test
  void goesOnWhereItStoppedAndMissesNoneThatEndAtTheSameTime() {
    for (int i = 0; i < CleanUp.AT_ONCE + 5; i++) {
      ended("smime", NOW.minusSeconds(i < CleanUp.AT_ONCE - 5 ? 9 : i % 2 + 1));
    }
    int swept = 0;
    for (int turn = 0; turn < 3; turn++) {
      swept += at(NOW).sweep();
    }
    assertThat(swept).isEqualTo(CleanUp.AT_ONCE + 5);
  }

  @Test
  void leavesTheSystemsOwnAlone() {
    sample()
        .ofSystem("ocsp-responder-people")
        .valid(NOW.minus(DAY.multipliedBy(90)), NOW.minus(DAY.multipliedBy(60)))
        .storedIn(ROOM.database().database(), ROOM.certificates());

    assertThat(at(NOW).sweep()).isZero();
  }

  private CleanUp at(Instant time) {
    return new CleanUp(
        queue(), ProfileCatalog.bundled(), directory, Clock.fixed(time, ZoneOffset.UTC));
  }

  private List<SerialNumber> withdrawn(Instant now) {
    List<Errand> errands = queue().claim(directory.name(), 10, now, Duration.ofMillis(1));
    assertThat(errands).allMatch(errand -> errand.task() == Outbox.Task.WITHDRAW);
    return errands.stream().map(errand -> errand.target().serial()).toList();
  }

  private static JdbcOutboxQueue queue() {
    return new JdbcOutboxQueue(ROOM.database().database());
  }

  private static StoredCertificate ended(String profile, Instant end) {
    return sample()
        .profile(profile)
        .valid(end.minus(DAY.multipliedBy(365)), end)
        .storedIn(ROOM.database().database(), ROOM.certificates());
  }
}
