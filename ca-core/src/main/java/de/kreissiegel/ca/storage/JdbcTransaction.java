package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.transaction.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** A transaction that is a Jdbi handle. */
final class JdbcTransaction implements Transaction {
  private final Handle handle;
  private final Map<Lastly<?>, List<Object>> putOff = new LinkedHashMap<>();

  JdbcTransaction(Handle handle) {
    this.handle = handle;
  }

  /** Work that is put off until all else is done, and then done once for all items. */
  @FunctionalInterface
  interface Lastly<T> {
    void in(Handle handle, List<T> items);
  }

  static Handle handleOf(Transaction transaction) {
    return ((JdbcTransaction) transaction).handle;
  }

  /** Puts an item off until just before the commit. */
  static <T> void lastly(Transaction transaction, Lastly<T> work, T item) {
    ((JdbcTransaction) transaction).putOff.computeIfAbsent(work, _ -> new ArrayList<>()).add(item);
  }

  void finish() {
    putOff.forEach(this::finish);
    putOff.clear();
  }

  /** The items are of the work's type: they came with it. */
  @SuppressWarnings("unchecked")
  private <T> void finish(Lastly<T> work, List<Object> items) {
    work.in(handle, (List<T>) items);
  }
}
