package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** A transaction that is a Jdbi handle. */
final class JdbcTransaction implements Transaction {
  private final Handle handle;
  private final List<Consumer<Handle>> lastly = new ArrayList<>();

  JdbcTransaction(Handle handle) {
    this.handle = handle;
  }

  static Handle handleOf(Transaction transaction) {
    return ((JdbcTransaction) transaction).handle;
  }

  /** Puts off a piece of work until all else is done, just before the commit. */
  static void lastly(Transaction transaction, Consumer<Handle> work) {
    ((JdbcTransaction) transaction).lastly.add(work);
  }

  void finish() {
    lastly.forEach(work -> work.accept(handle));
    lastly.clear();
  }
}
