package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.transaction.Transaction;
import org.jdbi.v3.core.Handle;

/** A transaction that is a Jdbi handle. */
record JdbcTransaction(Handle handle) implements Transaction {
  static Handle handleOf(Transaction transaction) {
    return ((JdbcTransaction) transaction).handle();
  }
}
