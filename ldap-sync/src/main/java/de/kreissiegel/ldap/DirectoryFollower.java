package de.kreissiegel.ldap;

import de.kreissiegel.ca.roster.DirectoryIntake;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the directory again and again, and reports who left: whose entry is disabled or gone.
 * The first look compares everything, for somebody may have left while nobody looked. An error of
 * the directory never leads to a report. What follows from a report, and when there are too many at
 * once, is for {@link SubjectLifecycle} to decide.
 */
public final class DirectoryFollower implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DirectoryFollower.class.getName());

  private static final de.kreissiegel.ca.roster.DirectoryName NAME =
      new de.kreissiegel.ca.roster.DirectoryName("district");
  private final LdapDirectory directory;
  private final DirectoryConfig config;
  private final DirectoryIntake intake;
  private final Clock clock;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Thread thread;
  private boolean failing;
  private volatile @Nullable Instant lastLook;

  public DirectoryFollower(LdapDirectory directory, DirectoryIntake intake, Clock clock) {
    this.directory = directory;
    this.config = directory.config();
    this.intake = intake;
    this.clock = clock;
  }

  /** Starts looking, in a thread of its own. */
  public synchronized void start() {
    if (thread == null) {
      thread = Thread.ofVirtual().name("directory-follower").start(this::run);
    }
  }

  /** When the directory was last looked at without an error; for health. */
  public Optional<Instant> lastLook() {
    return Optional.ofNullable(lastLook);
  }

  /** Looks once. */
  public synchronized void look() throws DirectoryUnavailable {
    java.util.Map<SubjectId, de.kreissiegel.ca.roster.Observation> seen = new java.util.HashMap<>();
    for (var subject : directory.all()) {
      seen.put(
          subject.id(), new de.kreissiegel.ca.roster.Observation.Present(subject, false, Set.of()));
    }
    for (SubjectId id : intake.known(NAME)) {
      seen.putIfAbsent(id, new de.kreissiegel.ca.roster.Observation.Gone(id, "entry deleted"));
    }
    intake.take(
        NAME,
        de.kreissiegel.ca.roster.DirectoryReport.last(
            List.copyOf(seen.values()),
            new de.kreissiegel.ca.roster.Bookmark(
                de.kreissiegel.hsm.signing.Bytes.of(new byte[] {1}))));
    lastLook = clock.instant();
  }

  private void run() {
    try {
      do {
        lookSafely();
      } while (!stopped.await(config.followEvery().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever goes wrong, the next look comes; it is logged when it begins and when it ends. */
  private void lookSafely() {
    try {
      look();
      if (failing) {
        LOG.log(System.Logger.Level.INFO, "the directory is followed again");
      }
      failing = false;
    } catch (DirectoryUnavailable | RuntimeException e) {
      if (!failing) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the directory can''t be followed, nothing is concluded: {0}",
            e.getMessage());
      }
      failing = true;
    }
  }

  /** Stops, and waits a few seconds for a look that is under way. */
  @Override
  public void close() {
    stopped.countDown();
    Thread running = thread;
    try {
      if (running != null && !running.join(Duration.ofSeconds(5))) {
        running.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
