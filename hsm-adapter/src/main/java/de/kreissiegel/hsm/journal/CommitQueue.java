package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Signed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets many requests share one sync: whoever comes while one is under way is in the next. Who comes
 * takes no lock: they lie on a stack that the one writing thread takes away whole.
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

  private final Committer committer;
  private final AtomicReference<@Nullable Top> stack = new AtomicReference<>();
  private final Thread thread;
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
        if (top == null) {
          LockSupport.unpark(thread);
        }
        return mine.await();
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

  private void run() {
    List<Waiting> group = new ArrayList<>();
    try (Committer open = committer) {
      while (true) {
        boolean last = closing;
        take(stack.getAndSet(null), group);
        if (!group.isEmpty()) {
          commit(open, group);
        } else if (last) {
          break;
        } else {
          rest(open);
        }
      }
    } catch (IOException | RuntimeException | Error failed) {
      LOG.log(System.Logger.Level.ERROR, "The journal can't be written.", failed);
      stopped = "the journal can't be written (" + failed.getMessage() + "); restart the signer";
    } finally {
      take(stack.getAndSet(Closed.CLOSED), group);
      JournalStopped why = new JournalStopped(stopped);
      group.stream().filter(one -> !one.told()).forEach(one -> one.fail(why));
    }
  }

  private static void take(@Nullable Top top, List<Waiting> group) {
    int before = group.size();
    for (Waiting one = top instanceof Waiting newest ? newest : null;
        one != null;
        one = one.before) {
      group.add(one);
    }
    Collections.reverse(group.subList(before, group.size()));
  }

  private static void commit(Committer open, List<Waiting> group) throws IOException {
    int from = 0;
    while (from < group.size()) {
      int to = from + 1;
      long octets = group.get(from).prepared().octets();
      while (to < group.size() && to - from < LARGEST_GROUP && octets < LARGEST_WRITE) {
        octets += group.get(to++).prepared().octets();
      }
      List<Waiting> some = group.subList(from, to);
      try {
        open.commit(some);
      } catch (JournalStopped notNow) {
        some.forEach(one -> one.fail(notNow));
      }
      from = to;
    }
    group.clear();
  }

  /** Waits for somebody, or until a checkpoint is due. */
  private void rest(Committer open) throws IOException {
    long millis = open.millisToTick();
    if (millis <= 0) {
      open.tick();
    } else if (millis == Long.MAX_VALUE) {
      LockSupport.park(this);
    } else {
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
