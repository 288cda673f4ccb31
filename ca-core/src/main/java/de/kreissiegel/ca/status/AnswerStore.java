package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.status.AnswerTable.Place;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All answers that are ready, in memory. Any number of threads may read; one writes. About 220
 * octets an answer with P-256 signatures for both hashes.
 */
final class AnswerStore {
  private final Map<AuthorityName, AnswerTable> tables = new HashMap<>();

  /** How many answers of each batch are the newest ones; a batch without any is forgotten. */
  private final Map<AnswerBatch, Integer> live = new IdentityHashMap<>();

  AnswerStore(AuthorityCatalog catalog) {
    for (Authority authority : catalog.all()) {
      tables.put(authority.name(), new AnswerTable());
    }
  }

  /** The answers of an authority of the catalog. */
  AnswerTable of(AuthorityName authority) {
    AnswerTable table = tables.get(authority);
    if (table == null) {
      throw new IllegalArgumentException("no authority " + authority);
    }
    return table;
  }

  /** Takes in what is newer than what is there. */
  synchronized void add(AnswerBatch batch) {
    AnswerTable table = of(batch.form().authority().name());
    live.put(batch, 0);
    batch.each(at -> put(table, new Place(batch, at)));
    live.computeIfPresent(batch, (_, answers) -> answers == 0 ? null : answers);
  }

  private void put(AnswerTable table, Place place) {
    @Nullable Place before = table.put(place);
    if (before == place) {
      return;
    }
    live.merge(place.batch(), 1, Integer::sum);
    if (before != null) {
      live.computeIfPresent(
          before.batch(),
          (batch, answers) -> answers == 1 && batch != place.batch() ? null : answers - 1);
    }
  }

  /** Forgets what doesn't hold any more. */
  synchronized void forgetEnded(Instant now) {
    tables.values().forEach(table -> table.forgetEnded(now));
    live.keySet().removeIf(batch -> !batch.nextUpdate().isAfter(now));
  }

  /** The batches in which there is something that no later one says. */
  synchronized Collection<AnswerBatch> batches() {
    return java.util.List.copyOf(live.keySet());
  }

  /** How many answers are ready. */
  synchronized int size() {
    return tables.values().stream().mapToInt(AnswerTable::size).sum();
  }

  /** Octets of the batches in use, outdated answers among them included. */
  synchronized long octets() {
    return live.keySet().stream().mapToLong(AnswerBatch::length).sum();
  }
}
