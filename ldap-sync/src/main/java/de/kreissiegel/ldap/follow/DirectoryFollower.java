package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.LDAPException;
import de.kreissiegel.ca.roster.DirectoryIntake;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows one directory: hands over all of it, then what changes. Whatever goes wrong, nothing is
 * concluded from it; the next attempt goes on from the bookmark that the authority has.
 */
public final class DirectoryFollower implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DirectoryFollower.class.getName());

  /** How long a look waits where the server tells by itself; then it asks whether it is alive. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration AFTER_AN_ERROR = Duration.ofSeconds(2);

  private final DirectoryName name;
  private final MappedDirectory directory;
  private final FollowSettings settings;
  private final Delivery delivery;
  private final Clock clock;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Thread thread;
  private volatile @Nullable Source source;
  private volatile @Nullable Instant lastLook;
  private volatile @Nullable String trouble;

  /**
   * @param name what the authority knows it by
   * @param intake takes what is seen
   * @param clock in whose time zone a day begins
   */
  public DirectoryFollower(
      DirectoryName name,
      MappedDirectory directory,
      FollowSettings settings,
      DirectoryIntake intake,
      Clock clock) {
    this.name = name;
    this.directory = directory;
    this.settings = settings;
    this.delivery = new Delivery(name, intake);
    this.clock = clock;
  }

  /** Which directory it follows. */
  public DirectoryName name() {
    return name;
  }

  /** Starts looking, in a thread of its own. */
  public synchronized void start() {
    if (thread == null) {
      thread = Thread.ofVirtual().name("directory-follower-" + name).start(this::run);
    }
  }

  /** When the directory was last looked at without an error; for health. */
  public Optional<Instant> lastLook() {
    return Optional.ofNullable(lastLook);
  }

  /** What is wrong now; for health. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** By what it follows now; empty before the first look, and after an error. */
  public Optional<SourceKind> source() {
    return Optional.ofNullable(source).map(Source::kind);
  }

  /**
   * Looks once.
   *
   * @param patience how long to wait for something, if the server tells by itself
   */
  public synchronized void look(Duration patience) throws DirectoryUnavailable {
    try {
      Source running = source;
      if (running == null) {
        running = SourceChoice.source(directory, settings, delivery, clock);
        source = running;
      }
      running.look(patience);
      lastLook = clock.instant();
      trouble = null;
    } catch (LDAPException e) {
      broken(e);
      throw new DirectoryUnavailable(
          "the directory says " + e.getResultCode().getName() + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      broken(e);
      throw e;
    }
  }

  private void broken(Exception e) {
    trouble = String.valueOf(e.getMessage());
    Source failed = source;
    source = null;
    if (failed != null) {
      failed.close();
    }
  }

  private void run() {
    boolean failing = false;
    try {
      Duration pause;
      do {
        boolean failed = !lookSafely(failing);
        Source running = source;
        pause =
            failed
                ? AFTER_AN_ERROR
                : running != null && running.waits() ? Duration.ZERO : settings.every();
        failing = failed;
      } while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever goes wrong, the next look comes; it is logged when it begins and when it ends. */
  private boolean lookSafely(boolean failing) {
    try {
      look(PATIENCE);
      if (failing) {
        LOG.log(System.Logger.Level.INFO, "the directory {0} is followed again", name);
      }
      return true;
    } catch (DirectoryUnavailable | RuntimeException e) {
      if (!failing) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the directory {0} can''t be followed, nothing is concluded: {1}",
            name,
            e.getMessage());
      }
      return false;
    }
  }

  /** Stops, and waits a few seconds for a look that is under way. */
  @Override
  public void close() {
    stopped.countDown();
    Source running = source;
    if (running != null) {
      running.wake();
    }
    Thread looking = thread;
    try {
      if (looking != null && !looking.join(Duration.ofSeconds(5))) {
        looking.interrupt();
        looking.join(Duration.ofSeconds(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running = source;
    source = null;
    if (running != null) {
      running.close();
    }
  }
}
