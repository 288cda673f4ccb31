package de.kreissiegel.ca.transaction;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One who shares a transaction: what it brought, and what came of it. */
final class Member<T, R> {
  final GroupCommit.Door<T, R> door;
  final T item;

  private @Nullable R got;
  private @Nullable RuntimeException failed;
  private boolean committed;
  private final Thread thread = Thread.currentThread();
  private volatile State state = State.WAITING;

  /** How far it is. */
  enum State {
    WAITING,
    LEADING,
    DONE
  }

  Member(GroupCommit.Door<T, R> door, T item) {
    this.door = door;
    this.item = item;
  }

  /** Takes a result, which counts once it is {@link #committed}. */
  void get(R result) {
    got = result;
  }

  void committed() {
    committed = true;
  }

  /** It failed, unless it is committed already. */
  void fail(RuntimeException why) {
    if (!committed) {
      failed = why;
    }
  }

  /** Calls the one who waits; what was written into this before, it sees. */
  void call(State reached) {
    state = reached;
    if (thread != Thread.currentThread()) {
      LockSupport.unpark(thread);
    }
  }

  /**
   * Waits. An interrupt is kept for later: the commit is under way, whoever waits for it.
   *
   * @return whether it has to lead; else it is done
   */
  boolean awaitTurn() {
    boolean interrupted = false;
    while (state == State.WAITING) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      thread.interrupt();
    }
    return state == State.LEADING;
  }

  R result() {
    if (failed != null) {
      throw failed;
    }
    if (!committed) {
      throw new IllegalStateException("nobody came to commit it");
    }
    return Objects.requireNonNull(got);
  }
}
