package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Signed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets many requests share one sync: whoever comes while one is under way is in the next. Who comes
 * takes no lock: they lie on a stack that whoever has the turn takes away whole.
 *
 * <p>Who comes when nobody writes has the turn, and writes for itself: to wake another thread and
 * to be woken by it would cost more than the writing. It then gives the turn to one of those who
 * came meanwhile. Whatever is more than to write and sync (a new file, room, a checkpoint, the end)
 * is done by a thread of the queue's own, to whom the turn goes first if it wants it.
 */
final class CommitQueue implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CommitQueue.class.getName());
  private static final int LARGEST_GROUP = 1024;
  private static final long LARGEST_WRITE = 8L << 20;
  private static final long LONGEST_REST = 1000;

  /** What lies on the stack: somebody, or the sign that nothing more is taken. */
  sealed interface Top permits Waiting, Closed {}

  /** The sign. */
  private enum Closed implements Top {
    CLOSED
  }

  private final AtomicReference<@Nullable Top> stack = new AtomicReference<>();
  private final Thread thread;

  /** Whether somebody has the turn. Who has it may use the committer and the group. */
  private final AtomicBoolean turn = new AtomicBoolean();

  private final Committer committer;
  private final List<Waiting> group = new ArrayList<>();
  private @Nullable Throwable failure;

  /** The queue's own thread wants the turn; it was given it. */
  private volatile boolean wanted;

  private volatile boolean given;

  private volatile boolean closing;
  private volatile String stopped = "the vault is closed";

  private CommitQueue(Committer committer) {
    this.committer = committer;
    this.thread = Thread.ofPlatform().daemon().name("journal").unstarted(this::run);
  }

  static CommitQueue start(Committer committer) {
    CommitQueue queue = new CommitQueue(committer);
    queue.thread.start();
    return queue;
  }

  Signed append(Draft draft) throws JournalStopped {
    Waiting mine = new Waiting(Prepared.of(draft));
    while (true) {
      Top top = stack.get();
      if (top == Closed.CLOSED) {
        throw new JournalStopped(stopped);
      }
      mine.before = top instanceof Waiting before ? before : null;
      if (stack.compareAndSet(top, mine)) {
        if (turn.compareAndSet(false, true)) {
          lead();
        }
        return mine.await(this::lead);
      }
    }
  }

  /** The next entry begins a new file. */
  void startNewFile() {
    committer.startNewFile();
  }

  /** Whether nothing more is taken, and why; empty if it is. */
  String trouble() {
    return stack.get() == Closed.CLOSED ? stopped : "";
  }

  /** Writes for all who wait, if that is all there is to do; then gives the turn on. */
  private void lead() {
    try {
      take(stack.getAndSet(null));
      boolean plain = isShort(group) && committer.isPlain(group);
      if (!plain || commit()) {
        wanted = true;
      }
    } catch (IOException | RuntimeException | Error failed) {
      failure = failed;
      wanted = true;
    }
    pass();
  }

  private static boolean isShort(List<Waiting> group) {
    return group.size() <= LARGEST_GROUP
        && group.stream().mapToLong(one -> one.prepared().octets()).sum() <= LARGEST_WRITE;
  }

  /** Gives the turn to the queue's own thread if it wants it, to one who waits, or to nobody. */
  private void pass() {
    do {
      if (wanted) {
        given = true;
        LockSupport.unpark(thread);
        return;
      }
      if (stack.get() instanceof Waiting next) {
        next.lead();
        return;
      }
      turn.set(false);
      // Whoever came just before has found the turn taken, and waits.
    } while ((wanted || stack.get() instanceof Waiting) && turn.compareAndSet(false, true));
  }

  private void run() {
    try (Committer open = committer) {
      while (true) {
        boolean last = closing;
        awaitTurn();
        if (failure != null) {
          throw failure;
        }
        tickIfDue(open);
        take(stack.getAndSet(null));
        if (group.isEmpty() && last) {
          break;
        }
        if (commit()) {
          tickIfDue(open);
        }
        long rest = open.millisToTick();
        wanted = false;
        pass();
        rest(rest);
      }
    } catch (Throwable failed) {
      LOG.log(System.Logger.Level.ERROR, "The journal can't be written.", failed);
      stopped = "the journal can't be written (" + failed.getMessage() + "); restart the signer";
    } finally {
      // The turn stays here for ever.
      take(stack.getAndSet(Closed.CLOSED));
      JournalStopped why = new JournalStopped(stopped);
      group.stream().filter(one -> !one.told()).forEach(one -> one.fail(why));
    }
  }

  private static void tickIfDue(Committer open) throws IOException {
    if (open.millisToTick() <= 0) {
      open.tick();
    }
  }

  private void awaitTurn() {
    wanted = true;
    while (!given && !turn.compareAndSet(false, true)) {
      LockSupport.park(this);
    }
    given = false;
    wanted = false;
  }

  private void take(@Nullable Top top) {
    int before = group.size();
    for (Waiting one = top instanceof Waiting newest ? newest : null;
        one != null;
        one = one.before) {
      group.add(one);
    }
    Collections.reverse(group.subList(before, group.size()));
  }

  /** Writes the group, in pieces if it is large; whether the queue's own thread has to look. */
  private boolean commit() throws IOException {
    boolean look = false;
    int from = 0;
    while (from < group.size()) {
      int to = from + 1;
      long octets = group.get(from).prepared().octets();
      while (to < group.size() && to - from < LARGEST_GROUP && octets < LARGEST_WRITE) {
        octets += group.get(to++).prepared().octets();
      }
      List<Waiting> some = group.subList(from, to);
      try {
        look |= committer.commit(some);
      } catch (JournalStopped notNow) {
        some.forEach(one -> one.fail(notNow));
      }
      from = to;
    }
    group.clear();
    return look;
  }

  /** Waits until the turn is given, a checkpoint may be due, or it is the end. */
  private void rest(long millis) {
    if (given || closing) {
      return;
    }
    if (millis == Long.MAX_VALUE) {
      LockSupport.park(this);
    } else if (millis > 0) {
      // By the injected clock, which may go otherwise than the thread's.
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(Math.min(millis, LONGEST_REST)));
    }
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
