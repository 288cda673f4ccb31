package de.kreissiegel.ca.transaction;

import org.jspecify.annotations.Nullable;

/** Runs work in transactions. */
public interface Transactions {
  /**
   * Runs the work in one transaction (read committed), which is durable when this returns, and
   * rolled back if the work throws.
   */
  <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work) throws X;

  /** Work to be done in a transaction. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object, X extends Exception> {
    T in(Transaction transaction) throws X;
  }
}
