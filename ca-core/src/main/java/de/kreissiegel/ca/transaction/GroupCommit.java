package de.kreissiegel.ca.transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lets those who come at the same time share a transaction, and so its round trips, its lock on the
 * audit chain and its sync to disk. Who finds nobody at work begins at once, by itself; who comes
 * while a commit is under way shares the next one. There is no thread of its own and no waiting for
 * company.
 *
 * <p>If a shared transaction fails, its members are tried again in halves, down to the one that
 * made it fail: nobody fails for another's sake. Whether a commit that failed has reached the
 * database is not always known, so work that is tried again has to bear finding itself done.
 */
public final class GroupCommit implements Transactions, AutoCloseable {
  /** So many share a transaction at most: a bound for its length, and for what is tried again. */
  private static final int MOST = 64;

  private final Transactions transactions;
  private final Deque<Member<?, ?>> waiting = new ArrayDeque<>();
  private final AtomicInteger doors = new AtomicInteger();
  private boolean busy;
  private boolean closed;

  public GroupCommit(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * What is done for all members of one kind that share a transaction.
   *
   * @param <T> what a member brings
   * @param <R> what it gets
   */
  @FunctionalInterface
  public interface SharedWork<T, R> {
    /**
     * Does it.
     *
     * @return one result for each item, in the same order; heard of only after the commit
     */
    List<R> in(Transaction transaction, List<T> items);
  }

  /** A door to the group for one kind of work. */
  public final class Door<T, R> {
    private final int order;
    private final SharedWork<T, R> work;

    private Door(int order, SharedWork<T, R> work) {
      this.order = order;
      this.work = work;
    }

    /**
     * Has it done; durable when this returns.
     *
     * @throws RuntimeException what the work or its commit threw for this item alone
     * @throws IllegalStateException if the group is closed
     */
    public R commit(T item) {
      var member = new Member<>(this, item);
      if (enter(member)) {
        lead();
      }
      return member.result();
    }

    private void in(Transaction transaction, List<Member<T, R>> members) {
      List<R> results = work.in(transaction, members.stream().map(member -> member.item).toList());
      for (int i = 0; i < members.size(); i++) {
        members.get(i).get(results.get(i));
      }
    }
  }

  /**
   * Opens a door for a kind of work. Within a transaction, doors are served as they were opened.
   */
  public <T, R> Door<T, R> door(SharedWork<T, R> work) {
    return new Door<>(doors.getAndIncrement(), work);
  }

  /** A transaction that is shared with nobody. */
  @Override
  public <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work)
      throws X {
    return transactions.inTransaction(work);
  }

  /** Lets nobody in any more, and returns when those inside are done. */
  @Override
  public synchronized void close() {
    closed = true;
    boolean interrupted = false;
    while (busy) {
      try {
        wait();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many wait for the next commit. */
  synchronized int waiting() {
    return waiting.size();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Whether who entered has to lead; else it was led, or became leader and was, when it returns.
   */
  private boolean enter(Member<?, ?> member) {
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the group is closed");
      }
      waiting.add(member);
      if (!busy) {
        busy = true;
        return true;
      }
    }
    return member.awaitTurn();
  }

  /** Commits for all who wait, and hands over to the first who came meanwhile. */
  private void lead() {
    List<Member<?, ?>> members = new ArrayList<>();
    try {
      gather(members);
      commit(members);
    } catch (Error broken) {
      members.forEach(member -> member.fail(new IllegalStateException(broken)));
      throw broken;
    } finally {
      members.forEach(member -> member.call(Member.State.DONE));
      handOver();
    }
  }

  private synchronized void gather(List<Member<?, ?>> members) {
    while (!waiting.isEmpty() && members.size() < MOST) {
      members.add(waiting.peek());
      waiting.remove();
    }
  }

  private void handOver() {
    Member<?, ?> next;
    synchronized (this) {
      next = waiting.peek();
      if (next == null) {
        busy = false;
        notifyAll();
        return;
      }
    }
    next.call(Member.State.LEADING);
  }

  /** Where it fails, each half is tried by itself, until who made it fail is alone. */
  private void commit(List<Member<?, ?>> members) {
    try {
      together(members);
      members.forEach(Member::committed);
    } catch (RuntimeException failed) {
      if (members.size() == 1) {
        members.getFirst().fail(failed);
      } else {
        int half = members.size() / 2;
        commit(members.subList(0, half));
        commit(members.subList(half, members.size()));
      }
    }
  }

  private void together(List<Member<?, ?>> members) {
    // Always in one order, so that two nodes don't wait for each other.
    Map<Door<?, ?>, List<Member<?, ?>>> byDoor =
        new TreeMap<>(Comparator.comparingInt(door -> door.order));
    members.forEach(
        member -> byDoor.computeIfAbsent(member.door, _ -> new ArrayList<>()).add(member));
    transactions.<Boolean, RuntimeException>inTransaction(
        transaction -> {
          byDoor.forEach((door, its) -> serve(door, transaction, its));
          return true;
        });
  }

  /** All members of a door are of its types: it made them. */
  @SuppressWarnings("unchecked")
  private static <T, R> void serve(
      Door<T, R> door, Transaction transaction, List<Member<?, ?>> members) {
    door.in(transaction, (List<Member<T, R>>) (List<?>) members);
  }
}
