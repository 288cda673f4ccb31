package de.kreissiegel.ca.publication;

import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static de.kreissiegel.ca.publication.Outbox.Task.PUBLISH;
import static de.kreissiegel.ca.publication.Outbox.Task.WITHDRAW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.publication.Backlogs.Backlog;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.JdbcBacklogs;
import de.kreissiegel.ca.storage.JdbcOutbox;
import de.kreissiegel.ca.storage.JdbcOutboxQueue;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutboxWorkerTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final Duration REFUSED = Duration.ofSeconds(30);

  private final FakeEntries directory = new FakeEntries("district");
  private volatile Instant now = NOW;
  private final Clock clock = new MovingClock();
  private final OutboxWorker worker = workerFor(directory);

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
    assertThat(directory.certificatesOf("erika")).containsExactly(certificate.encoded());
    assertThat(waiting("district")).isZero();
  }

  @Test
  void leavesADirectoryThatDoesNotAnswerAloneForLongerEachTimeAndCatchesUpInOrder() {
    StoredCertificate first = stored(sample());
    StoredCertificate second = stored(sample());
    enqueue(PUBLISH, first);
    enqueue(PUBLISH, second);
    directory.down = true;

    assertThat(worker.work()).isZero();
    assertThat(worker.work()).as("not asked again at once").isZero();
    assertThat(directory.calls).hasSize(1);
    assertThat(backlogs()).containsExactly(new Backlog(name("district"), 2, Optional.of(NOW), 0));

    now = NOW.plusSeconds(1);
    worker.work();
    now = NOW.plusSeconds(2);
    worker.work();
    assertThat(directory.calls).as("asked after one second, then after two more").hasSize(2);

    enqueue(WITHDRAW, first);
    directory.down = false;
    now = NOW.plusSeconds(3);
    assertThat(worker.work()).isEqualTo(3);
    assertThat(directory.certificatesOf("erika")).containsExactly(second.encoded());
  }

  @Test
  void asksADeadDirectoryOnceHoweverManyEntriesWait() {
    for (int i = 0; i < 20; i++) {
      enqueue(PUBLISH, stored(sample().subject("person-" + i)));
    }
    directory.down = true;

    worker.work();

    assertThat(directory.calls).hasSize(1);
    assertThat(waiting("district")).isEqualTo(20);
  }

  @Test
  void waitsLongerEachTimeButNeverLongerThanHalfAMinuteAfterAnOutageAndAnHourAfterARefusal() {
    var patience = new Patience();
    assertThat(IntStream.range(0, 8).mapToObj(_ -> patience.failed(NOW).toSeconds()).toList())
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    assertThat(
            List.of(1, 2, 3, 7, 8, 1000).stream()
                .map(attempts -> Patience.afterRefusal(attempts).toSeconds()))
        .containsExactly(30L, 60L, 120L, 1920L, 3600L, 3600L);
  }

  @Test
  void changesAnEntryOnceForAllThatIsDueThere() {
    StoredCertificate first = stored(sample());
    StoredCertificate second = stored(sample());
    enqueue(PUBLISH, first);
    enqueue(PUBLISH, second);
    enqueue(WITHDRAW, first);

    assertThat(worker.work()).isEqualTo(3);
    assertThat(directory.calls).hasSize(1);
    assertThat(directory.certificatesOf("erika")).containsExactly(second.encoded());
  }

  @Test
  void takesOutWhatIsRevokedOrExpiredMeanwhileInsteadOfPuttingItIn() {
    var revoked = new CertificateStatus.Revoked(NOW, RevocationReason.KEY_COMPROMISE);
    StoredCertificate bad = stored(sample().status(revoked));
    StoredCertificate old = stored(sample().valid(NOW.minusSeconds(9), NOW.minusSeconds(1)));
    directory.certificatesOf("erika").add(bad.encoded());
    enqueue(PUBLISH, bad);
    enqueue(PUBLISH, old);

    assertThat(worker.work()).isEqualTo(2);
    assertThat(directory.certificatesOf("erika")).isEmpty();
  }

  @Test
  void goesOnBehindAValueThatIsRefusedAlsoInTheSameEntry() {
    StoredCertificate poison = stored(sample());
    StoredCertificate other = stored(sample());
    directory.poison = poison.encoded();
    enqueue(PUBLISH, poison);
    enqueue(PUBLISH, other);
    enqueue(PUBLISH, stored(sample().subject("otto")));

    assertThat(worker.work()).isEqualTo(2);
    assertThat(directory.certificatesOf("erika")).containsExactly(other.encoded());
    assertThat(backlogs()).containsExactly(new Backlog(name("district"), 0, Optional.empty(), 1));
    assertThat(backlogBook().refused(10))
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.error()).isEqualTo("no such syntax");
              assertThat(refused.what()).isEqualTo("PUBLISH people/" + poison.serial());
              assertThat(refused.subject()).isEqualTo("erika");
              assertThat(refused.nextAttempt()).isEqualTo(NOW.plus(REFUSED));
            });
  }

  @Test
  void letsAWithdrawalBehindARefusedPublicationHaveTheLastWord() {
    StoredCertificate certificate = stored(sample());
    directory.poison = certificate.encoded();
    enqueue(PUBLISH, certificate);
    worker.work();
    enqueue(WITHDRAW, certificate);
    directory.poison = Bytes.of(new byte[0]);

    assertThat(worker.work()).as("the publication comes first, and is not due").isZero();
    now = NOW.plus(REFUSED);
    assertThat(worker.work()).isEqualTo(2);
    assertThat(directory.certificatesOf("erika")).isEmpty();
    assertThat(waiting("district")).isZero();
  }

  @Test
  void triesWhatWasRefusedAgainAtOnceWhenAPersonSaysSo() {
    StoredCertificate certificate = stored(sample());
    directory.poison = certificate.encoded();
    enqueue(PUBLISH, certificate);
    worker.work();
    directory.poison = Bytes.of(new byte[0]);

    assertThat(worker.work()).isZero();
    assertThat(backlogBook().tryAgain(now)).isOne();
    assertThat(worker.work()).isOne();
  }

  @Test
  void lendsNothingOfASubjectWhileSomethingBeforeItIsLent() {
    enqueue(PUBLISH, stored(sample()));
    JdbcOutboxQueue queue = queue();
    assertThat(queue.claim(name("district"), 10, now, OutboxWorker.LEASE)).hasSize(1);
    enqueue(PUBLISH, stored(sample()));
    enqueue(PUBLISH, stored(sample().subject("otto")));

    assertThat(queue.claim(name("district"), 10, now, OutboxWorker.LEASE))
        .extracting(errand -> errand.target().subject().value())
        .containsExactly("otto");
  }

  @Test
  void takesUpWhatAWorkerThatDiedHadClaimed() {
    enqueue(PUBLISH, stored(sample()));
    queue().claim(name("district"), 10, now, OutboxWorker.LEASE);

    assertThat(worker.work()).isZero();
    now = NOW.plus(OutboxWorker.LEASE);
    assertThat(worker.work()).isOne();
  }

  @Test
  void losesNothingAndLeavesNothingWhereverItDies() {
    for (String where : List.of("before", "after")) {
      ROOM.clear();
      var entries = new FakeEntries("district");
      now = NOW;
      StoredCertificate kept = stored(sample());
      StoredCertificate taken = stored(sample());
      entries.certificatesOf("erika").add(taken.encoded());
      enqueue(PUBLISH, kept);
      enqueue(WITHDRAW, taken);
      if (where.equals("before")) {
        entries.before = FakeEntriesDeath::die;
      } else {
        entries.after = FakeEntriesDeath::die;
      }
      OutboxWorker dying = workerFor(entries);
      assertThatThrownBy(dying::work).isInstanceOf(FakeEntriesDeath.class);

      entries.before = _ -> {};
      entries.after = _ -> {};
      StoredCertificate late = stored(sample());
      enqueue(PUBLISH, late);
      enqueue(WITHDRAW, late);
      assertThat(workerFor(entries).work()).as("what it had claimed is lent").isZero();
      now = NOW.plus(OutboxWorker.LEASE);
      assertThat(workerFor(entries).work()).as(where).isEqualTo(4);
      assertThat(entries.certificatesOf("erika")).containsExactly(kept.encoded());
    }
  }

  @Test
  void sharesTheWorkAmongManyWithoutDoingAnythingTwice() throws Exception {
    for (int i = 0; i < 60; i++) {
      enqueue(PUBLISH, stored(sample().subject("person-" + i % 30)));
    }
    List<Callable<Integer>> workers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      workers.add(() -> workerFor(directory).work());
    }

    int done = 0;
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var result : threads.invokeAll(workers)) {
        done += result.get();
      }
    }
    done += worker.work();

    assertThat(done).isEqualTo(60);
    assertThat(directory.calls).hasSizeLessThanOrEqualTo(60);
    assertThat(directory.calls.stream().distinct()).hasSize(30);
  }

  @Test
  void keepsAnErrandForEachDirectoryAndLetsNoneWaitForAnother() {
    var other = new FakeEntries("hassfurt-ad");
    queue().keep(Set.of(name("district"), name("hassfurt-ad")), now);
    StoredCertificate certificate = stored(sample());
    enqueue(PUBLISH, certificate);
    directory.down = true;

    assertThat(workerFor(other).work()).isOne();
    assertThat(worker.work()).isZero();
    assertThat(other.certificatesOf("erika")).hasSize(1);
    assertThat(backlogs())
        .containsExactly(
            new Backlog(name("district"), 1, Optional.of(NOW), 0),
            new Backlog(name("hassfurt-ad"), 0, Optional.empty(), 0));
  }

  @Test
  void givesUpWhatWaitsForADirectoryThatIsNoMore() {
    queue().keep(Set.of(name("old"), name("district")), now);
    enqueue(PUBLISH, stored(sample()));

    assertThat(queue().keep(Set.of(name("district")), now)).isOne();

    assertThat(backlogs()).containsExactly(new Backlog(name("district"), 1, Optional.of(NOW), 0));
  }

  @Test
  void losesNoWithdrawalWhenADirectoryGetsAnotherName() {
    StoredCertificate bad =
        stored(
            sample().status(new CertificateStatus.Revoked(NOW, RevocationReason.KEY_COMPROMISE)));
    directory.certificatesOf("erika").add(bad.encoded());
    queue().keep(Set.of(name("old")), now);
    enqueue(WITHDRAW, bad);

    queue().keep(Set.of(name("district")), now);

    assertThat(worker.work()).isOne();
    assertThat(directory.certificatesOf("erika")).isEmpty();
  }

  @Test
  void fillsADirectoryThatIsNewWithAllThatIsValidAndOnlyOnce() {
    var bad = new CertificateStatus.Revoked(NOW, RevocationReason.KEY_COMPROMISE);
    StoredCertificate good = stored(sample());
    StoredCertificate held = stored(sample().status(new CertificateStatus.OnHold(NOW)));
    stored(sample().status(bad));
    stored(sample().valid(NOW.minusSeconds(9), NOW.minusSeconds(1)));
    stored(sample().ofSystem("ocsp-responder-people"));

    queue().keep(Set.of(name("district")), now);
    queue().keep(Set.of(name("district")), now);

    assertThat(worker.work()).isEqualTo(2);
    assertThat(directory.certificatesOf("erika"))
        .containsExactlyInAnyOrder(good.encoded(), held.encoded());
    directory.certificatesOf("erika").clear();
    assertThat(queue().publishAll(name("district"), now)).isEqualTo(2);
    worker.work();
    assertThat(directory.certificatesOf("erika")).hasSize(2);
  }

  @Test
  void takesTheSupersededOneOutOnceItsSuccessorIsInWhereThatIsWanted() {
    StoredCertificate old = stored(sample().valid(NOW.minusSeconds(99), NOW.plusSeconds(99)));
    StoredCertificate ofAnotherAddress =
        stored(sample().valid(NOW.minusSeconds(99), NOW.plusSeconds(99)).names("CN=x", "mail:b@x"));
    StoredCertificate ofAnotherProfile =
        stored(sample().valid(NOW.minusSeconds(99), NOW.plusSeconds(99)).profile("signature"));
    for (StoredCertificate one : List.of(old, ofAnotherAddress, ofAnotherProfile)) {
      directory.certificatesOf("erika").add(one.encoded());
    }
    StoredCertificate successor = stored(sample());
    enqueue(PUBLISH, successor);
    directory.poison = successor.encoded();
    directory.rules = withdrawing();
    worker.work();
    assertThat(directory.certificatesOf("erika")).as("not before").contains(old.encoded());

    directory.poison = Bytes.of(new byte[0]);
    now = NOW.plus(REFUSED);
    worker.work();

    assertThat(directory.certificatesOf("erika"))
        .containsExactlyInAnyOrder(
            successor.encoded(), ofAnotherAddress.encoded(), ofAnotherProfile.encoded());
  }

  private static PublicationRules withdrawing() {
    return new PublicationRules(
        false, false, PublicationRules.USUAL_LIST, Duration.ofDays(30), true);
  }

  private OutboxWorker workerFor(Destination destination) {
    var authorities = new AuthorityCatalog(List.of(), Map.of());
    var changes =
        new EntryChanges(ROOM.certificates(), ProfileCatalog.bundled(), authorities, clock);
    return new OutboxWorker(queue(), changes, destination, clock);
  }

  private static JdbcOutboxQueue queue() {
    return new JdbcOutboxQueue(ROOM.database().database());
  }

  private static Backlogs backlogBook() {
    return new JdbcBacklogs(ROOM.database().database());
  }

  private static List<Backlog> backlogs() {
    return backlogBook().all();
  }

  private static long waiting(String directory) {
    return backlogs().stream()
        .filter(backlog -> backlog.destination().value().equals(directory))
        .mapToLong(Backlog::waiting)
        .sum();
  }

  private static DirectoryName name(String name) {
    return new DirectoryName(name);
  }

  private void enqueue(Outbox.Task task, StoredCertificate certificate) {
    ROOM.database()
        .database()
        .inTransaction(
            tx -> {
              new JdbcOutbox(clock)
                  .enqueue(
                      tx, task, certificate.subject().orElseThrow(), PEOPLE, certificate.serial());
              return true;
            });
  }

  private static StoredCertificate stored(SampleCertificate certificate) {
    return certificate.storedIn(ROOM.database().database(), ROOM.certificates());
  }

  /** What a process does that is killed: nothing more. */
  private static final class FakeEntriesDeath extends Error {
    private static final long serialVersionUID = 1L;

    static void die(String ignored) {
      throw new FakeEntriesDeath();
    }
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
}
