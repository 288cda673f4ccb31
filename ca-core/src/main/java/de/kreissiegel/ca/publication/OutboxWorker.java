package de.kreissiegel.ca.publication;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.ca.publication.OutboxQueue.Errand;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Carries out what is in the outbox for one directory, each errand at least once. Holds no lock and
 * no transaction while it waits for the directory.
 */
public final class OutboxWorker {
  /** Far longer than a batch may take. */
  static final Duration LEASE = Duration.ofMinutes(5);

  /** After this long nothing more of a batch is begun; a change takes half a minute at most. */
  static final Duration BATCH_TIME = Duration.ofMinutes(2);

  /** So many are claimed at once. */
  static final int AT_ONCE = 256;

  private static final System.Logger LOG = System.getLogger(OutboxWorker.class.getName());

  private final OutboxQueue queue;
  private final EntryChanges changes;
  private final Destination destination;
  private final Clock clock;
  private final Patience patience = new Patience();

  OutboxWorker(OutboxQueue queue, EntryChanges changes, Destination destination, Clock clock) {
    this.queue = queue;
    this.changes = changes;
    this.destination = destination;
    this.clock = clock;
  }

  /**
   * Carries out what is due until nothing is, or until the directory doesn't answer: then it is
   * left alone for a while, longer each time, half a minute at most. To be called every second or
   * so.
   *
   * @return how many errands were done
   */
  public int work() {
    int done = 0;
    while (!patience.isLeftAlone(clock.instant())) {
      List<Errand> lent = queue.claim(destination.name(), AT_ONCE, clock.instant(), LEASE);
      if (lent.isEmpty()) {
        return done;
      }
      var batch = new Batch(destination, changes, clock, clock.instant().plus(BATCH_TIME));
      batch.run(lent);
      settle(batch);
      done += batch.done().size();
    }
    return done;
  }

  private void settle(Batch batch) {
    Instant now = clock.instant();
    if (destination.rules().withdrawSuperseded()) {
      queue.withdraw(destination.name(), changes.supersededBy(batch.published()), now);
    }
    queue.done(batch.done(), now);
    queue.giveBack(batch.untouched(), now);
    for (Batch.Refusal refusal : batch.refusals()) {
      int attempts = refusal.errands().getFirst().attempts();
      Duration pause = Patience.afterRefusal(attempts);
      queue.refused(refusal.errands(), now.plus(pause), refusal.error());
      LOG.log(
          attempts == 1 ? WARNING : INFO,
          "the directory {0} refuses {1}, attempt {2}, again in {3}: {4}",
          destination.name(),
          refusal.errands().getLast(),
          attempts,
          pause,
          refusal.error());
    }
    batch.outage().ifPresentOrElse(this::isOut, this::isThere);
  }

  private void isOut(String cause) {
    boolean known = patience.isOut();
    Duration pause = patience.failed(clock.instant());
    if (!known) {
      LOG.log(
          WARNING,
          "publications wait: the directory {0} is out, again in {1}: {2}",
          destination.name(),
          pause,
          cause);
    }
  }

  private void isThere() {
    if (patience.isOut()) {
      LOG.log(INFO, "the directory {0} is there again", destination.name());
    }
    patience.worked();
  }
}
