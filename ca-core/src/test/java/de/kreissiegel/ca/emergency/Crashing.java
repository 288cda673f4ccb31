package de.kreissiegel.ca.emergency;

import de.kreissiegel.ca.transaction.Transactions;
import org.jspecify.annotations.Nullable;

/** Transactions of a process that dies in one of them, or right after its commit. */
final class Crashing implements Transactions {
  private final Transactions real;
  private final boolean afterCommit;
  private int left;

  /**
   * @param at in which one, from 1
   * @param afterCommit whether the database has committed when it dies
   */
  Crashing(Transactions real, int at, boolean afterCommit) {
    this.real = real;
    this.left = at;
    this.afterCommit = afterCommit;
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work)
      throws X {
    left--;
    if (left == 0 && afterCommit) {
      real.<T, X>inTransaction(work);
      throw new Crash();
    }
    return real.<T, X>inTransaction(
        transaction -> {
          T result = work.in(transaction);
          if (left == 0) {
            throw new Crash();
          }
          return result;
        });
  }

  /** The end of the process. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
