package de.kreissiegel.ca.publication;

import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static de.kreissiegel.ca.publication.Outbox.Task.PUBLISH;
import static de.kreissiegel.ca.publication.Outbox.Task.WITHDRAW;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.JdbcOutbox;
import de.kreissiegel.ca.storage.JdbcOutboxQueue;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutboxWorkerTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final SubjectId ERIKA = new SubjectId("erika");

  private final Directory directory = new Directory();
  private volatile Instant now = NOW;
  private final Clock clock = new MovingClock();
  private final OutboxWorker worker = newWorker();

  @BeforeEach
  void empty() {
    ROOM.clear();
  }

  @Test
  void carriesOutWhatIsDueAndThenNothingMore() {
    StoredCertificate certificate = stored(sample());
    enqueue(PUBLISH, certificate);

    assertThat(worker.work()).isOne();
    assertThat(worker.work()).isZero();
    assertThat(directory.entries).containsExactly(certificate.encoded());
    assertThat(worker.backlog().length()).isZero();
  }

  @Test
  void triesAgainLaterAndLaterWhileTheDirectoryIsDown() {
    enqueue(PUBLISH, stored(sample()));
    directory.down = true;

    assertThat(worker.work()).isZero();
    assertThat(worker.work()).isZero();
    assertThat(directory.calls).hasSize(1);
    assertThat(worker.backlog()).isEqualTo(new OutboxQueue.Backlog(1, java.util.Optional.of(NOW)));

    directory.down = false;
    now = NOW.plusSeconds(1);
    assertThat(worker.work()).isZero();
    now = NOW.plusSeconds(2);
    assertThat(worker.work()).isOne();
  }

  @Test
  void asksADeadDirectoryOnceACallHoweverMuchWaits() {
    for (int i = 0; i < 5; i++) {
      enqueue(PUBLISH, stored(sample()));
    }
    directory.down = true;

    worker.work();
    assertThat(directory.calls).hasSize(1);

    directory.down = false;
    assertThat(worker.work()).isEqualTo(4);
    assertThat(worker.backlog().length()).isOne();
  }

  @Test
  void waitsLongerEachTimeButNeverLongerThanFiveMinutes() {
    assertThat(List.of(1, 2, 3, 8, 9, 1000).stream().map(OutboxWorker::pauseAfter))
        .containsExactly(
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(256),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5));
  }

  @Test
  void letsAWithdrawalHaveTheLastWordThoughThePublicationFailedFirst() {
    StoredCertificate certificate = stored(sample());
    enqueue(PUBLISH, certificate);
    directory.down = true;
    worker.work();
    enqueue(WITHDRAW, certificate);
    directory.down = false;

    assertThat(worker.work()).as("the publication comes first, and is not due").isZero();
    now = NOW.plusSeconds(2);
    assertThat(worker.work()).isEqualTo(2);
    assertThat(directory.entries).isEmpty();
    assertThat(directory.calls).endsWith("withdraw");
  }

  @Test
  void doesNotPublishWhatIsRevokedMeanwhile() {
    var revoked = new CertificateStatus.Revoked(NOW, RevocationReason.KEY_COMPROMISE);
    enqueue(PUBLISH, stored(sample().status(revoked)));

    assertThat(worker.work()).isOne();
    assertThat(directory.calls).isEmpty();
  }

  @Test
  void goesOnBehindAnErrandThatAlwaysFails() {
    StoredCertificate poison = stored(sample());
    directory.poison = poison.encoded();
    enqueue(PUBLISH, poison);
    enqueue(PUBLISH, stored(sample()));

    assertThat(worker.work()).isOne();
    assertThat(worker.backlog().length()).isOne();
    assertThat(
            ROOM.database()
                .number("select count(*) from outbox where last_error = 'no such syntax'"))
        .isOne();
  }

  @Test
  void takesUpWhatAWorkerThatDiedHadClaimed() {
    enqueue(PUBLISH, stored(sample()));
    queue().claim(now, OutboxWorker.LEASE);

    assertThat(worker.work()).isZero();
    now = NOW.plus(OutboxWorker.LEASE);
    assertThat(worker.work()).isOne();
  }

  @Test
  void sharesTheWorkAmongManyWithoutDoingAnythingTwice() throws Exception {
    for (int i = 0; i < 60; i++) {
      enqueue(PUBLISH, stored(sample()));
    }

    int done = 0;
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var result :
          threads.invokeAll(
              Collections.nCopies(
                  4, (java.util.concurrent.Callable<Integer>) () -> newWorker().work()))) {
        done += result.get();
      }
    }
    done += worker.work();

    assertThat(done).isEqualTo(60);
    assertThat(directory.calls).hasSize(60);
  }

  private OutboxWorker newWorker() {
    return new OutboxWorker(queue(), ROOM.certificates(), directory, clock);
  }

  private static JdbcOutboxQueue queue() {
    return new JdbcOutboxQueue(ROOM.database().database());
  }

  private void enqueue(Outbox.Task task, StoredCertificate certificate) {
    ROOM.database()
        .database()
        .inTransaction(
            tx -> {
              new JdbcOutbox(clock).enqueue(tx, task, ERIKA, PEOPLE, certificate.serial());
              return true;
            });
  }

  private static StoredCertificate stored(SampleCertificate certificate) {
    return certificate.storedIn(ROOM.database().database(), ROOM.certificates());
  }

  /** Shows the time that the test says. */
  private final class MovingClock extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }

  /** One entry's values. */
  private static final class Directory implements CertificatePublisher {
    final Set<Bytes> entries = ConcurrentHashMap.newKeySet();
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile boolean down;
    volatile Bytes poison = Bytes.of(new byte[0]);

    @Override
    public void publish(SubjectId subject, Bytes certificate) throws DirectoryUnavailable {
      answer("publish");
      if (certificate.equals(poison)) {
        throw new IllegalArgumentException("no such syntax");
      }
      entries.add(certificate);
    }

    @Override
    public void withdraw(SubjectId subject, Bytes certificate) throws DirectoryUnavailable {
      answer("withdraw");
      entries.remove(certificate);
    }

    private void answer(String call) throws DirectoryUnavailable {
      calls.add(call);
      if (down) {
        throw new DirectoryUnavailable("down", new IOException("connection refused"));
      }
    }
  }
}
