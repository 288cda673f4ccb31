package de.kreissiegel.ca.publication;

import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.publication.OutboxQueue.Errand;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Carries out what is in the outbox, each errand at least once. Holds no lock and no transaction
 * while it waits for the directory.
 */
public final class OutboxWorker {
  /** Far longer than any call to the directory may take. */
  static final Duration LEASE = Duration.ofMinutes(2);

  /** The longest pause before an errand is tried again. */
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private static final System.Logger LOG = System.getLogger(OutboxWorker.class.getName());

  private final OutboxQueue queue;
  private final CertificateBook certificates;
  private final CertificatePublisher publisher;
  private final Clock clock;

  public OutboxWorker(
      OutboxQueue queue,
      CertificateBook certificates,
      CertificatePublisher publisher,
      Clock clock) {
    this.queue = queue;
    this.certificates = certificates;
    this.publisher = publisher;
    this.clock = clock;
  }

  /**
   * Carries out what is due until nothing is, or until the directory doesn't answer: then the rest
   * waits for the next call, so that a dead directory is asked once a call. To be called every
   * second or so.
   *
   * @return how many errands were done
   */
  public int work() {
    int done = 0;
    for (Optional<Errand> next = claim(); next.isPresent(); next = claim()) {
      Errand errand = next.get();
      try {
        carryOut(errand);
      } catch (DirectoryUnavailable hindrance) {
        putOff(errand, hindrance);
        return done;
      } catch (RuntimeException bug) {
        // This one may never succeed; those behind it shall.
        LOG.log(Level.ERROR, "errand " + errand.id() + " of the outbox fails", bug);
        putOff(errand, bug);
        continue;
      }
      queue.done(errand, clock.instant());
      done++;
    }
    return done;
  }

  /** How much is not yet done, and since when; for health and metrics. */
  public OutboxQueue.Backlog backlog() {
    return queue.backlog();
  }

  private Optional<Errand> claim() {
    return queue.claim(clock.instant(), LEASE);
  }

  private void carryOut(Errand errand) throws DirectoryUnavailable {
    StoredCertificate certificate =
        certificates.find(errand.authority(), errand.serial()).orElseThrow();
    switch (errand.task()) {
      case PUBLISH -> {
        // Revoked meanwhile: what its withdrawal would take out again is not put in.
        if (!(certificate.status() instanceof CertificateStatus.Revoked)) {
          publisher.publish(errand.subject(), certificate.encoded());
        }
      }
      case WITHDRAW -> publisher.withdraw(errand.subject(), certificate.encoded());
    }
  }

  private void putOff(Errand errand, Exception cause) {
    Duration pause = pauseAfter(errand.attempts());
    LOG.log(
        Level.WARNING,
        "{0} of {1}/{2} failed, attempt {3}, again in {4}: {5}",
        errand.task(),
        errand.authority(),
        errand.serial(),
        errand.attempts(),
        pause,
        cause.getMessage());
    queue.failed(errand, clock.instant().plus(pause), String.valueOf(cause.getMessage()));
  }

  /** 2 seconds after the first attempt, then twice as long each time, at most five minutes. */
  static Duration pauseAfter(int attempts) {
    Duration pause = Duration.ofSeconds(1L << Math.clamp(attempts, 1, 20));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
