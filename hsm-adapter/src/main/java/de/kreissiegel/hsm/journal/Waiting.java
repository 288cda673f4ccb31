package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Signed;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Somebody who waits until their draft is on disk. */
final class Waiting implements CommitQueue.Top {
  private final Prepared prepared;
  private final Thread thread = Thread.currentThread();
  private volatile @Nullable Signed signed;
  private volatile @Nullable JournalStopped failed;
  private volatile boolean leads;

  /** Who came before; only the queue's. */
  @Nullable Waiting before;

  Waiting(Prepared prepared) {
    this.prepared = prepared;
  }

  Prepared prepared() {
    return prepared;
  }

  boolean told() {
    return signed != null || failed != null;
  }

  void tell(long index, Bytes hash) {
    signed = new Signed(prepared.draft().signature(), index, hash);
    wake();
  }

  void fail(JournalStopped why) {
    failed = why;
    wake();
  }

  private void wake() {
    if (thread != Thread.currentThread()) {
      LockSupport.unpark(thread);
    }
  }

  /** Gives it the turn to write for all who wait. */
  void lead() {
    leads = true;
    LockSupport.unpark(thread);
  }

  /**
   * Waits, also when interrupted: the entry may be on disk already.
   *
   * @param turn what it does when it is given the turn
   */
  Signed await(Runnable turn) throws JournalStopped {
    boolean interrupted = false;
    try {
      while (true) {
        Signed there = signed;
        if (there != null) {
          return there;
        }
        JournalStopped why = failed;
        if (why != null) {
          throw new JournalStopped(String.valueOf(why.getMessage()));
        }
        if (leads) {
          leads = false;
          turn.run();
          continue;
        }
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
