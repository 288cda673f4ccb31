package de.kreissiegel.ldap;

import de.kreissiegel.ca.lifecycle.SubjectLifecycle;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle.Departure;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the directory again and again, and reports who left: whose entry is disabled or gone.
 * The first look compares everything, for somebody may have left while nobody looked. An error of
 * the directory never leads to a report. What follows from a report, and when there are too many at
 * once, is for {@link SubjectLifecycle} to decide.
 */
public final class DirectoryFollower implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DirectoryFollower.class.getName());

  /** When the same people, still watched, are reported again: a brake may hold them. */
  private static final Duration REMIND = Duration.ofSeconds(30);

  private final Census census;
  private final DirectoryConfig config;
  private final Supplier<Set<SubjectId>> watched;
  private final Consumer<List<Departure>> report;
  private final Clock clock;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Thread thread;
  private @Nullable Instant compared;
  private @Nullable Instant reported;
  private Set<SubjectId> lastReport = Set.of();
  private boolean failing;
  private volatile @Nullable Instant lastLook;

  public DirectoryFollower(LdapDirectory directory, SubjectLifecycle lifecycle, Clock clock) {
    this(directory, lifecycle::watched, lifecycle::subjectsLeft, clock);
  }

  /**
   * @param watched whom to look after
   * @param report takes who of them left
   */
  DirectoryFollower(
      LdapDirectory directory,
      Supplier<Set<SubjectId>> watched,
      Consumer<List<Departure>> report,
      Clock clock) {
    this.census = directory.census();
    this.config = directory.config();
    this.watched = watched;
    this.report = report;
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

  /**
   * Looks once.
   *
   * @return how many departures were reported
   */
  public synchronized int look() throws DirectoryUnavailable {
    Instant now = clock.instant();
    // Who is watched is asked first: whoever is added while we look is not missed by mistake.
    Set<SubjectId> whom = watched.get();
    boolean full = due(compared, config.compareEvery(), now);
    List<Departure> left =
        LdapDirectory.asking(() -> full ? census.compare(whom) : census.lately(whom));
    int count = tell(left, full, now);
    if (full) {
      compared = now;
    }
    lastLook = clock.instant();
    return count;
  }

  private int tell(List<Departure> left, boolean full, Instant now) {
    Set<SubjectId> ids = left.stream().map(Departure::subject).collect(Collectors.toSet());
    if (full) {
      lastReport = lastReport.stream().filter(ids::contains).collect(Collectors.toSet());
    }
    boolean known = lastReport.containsAll(ids) && !due(reported, REMIND, now);
    if (ids.isEmpty() || known) {
      return 0;
    }
    report.accept(left);
    lastReport = new HashSet<>(lastReport);
    lastReport.addAll(ids);
    reported = now;
    return left.size();
  }

  private static boolean due(@Nullable Instant last, Duration every, Instant now) {
    return last == null || !now.isBefore(last.plus(every));
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
