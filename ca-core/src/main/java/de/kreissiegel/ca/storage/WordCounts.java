package de.kreissiegel.ca.storage;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * How frequent terms are among certificates, as PostgreSQL's own statistics say ({@code analyze}
 * keeps the thousand most frequent). To look up the beginning of a word, a GIN index reads the
 * numbers of all rows that have it before it knows what the other words leave: for "gemeinde" those
 * of all there are.
 */
final class WordCounts {
  /**
   * A word that a larger share has is looked up in the rows that the others leave. To read a row
   * costs as much as ten numbers in the index.
   */
  private static final double FREQUENT = 0.1;

  /** Of what a smaller share has, reading all of it costs little. */
  private static final double RARE = 0.02;

  /** And of what a smaller share has, less than to look through what comes next. */
  private static final double SCARCE = 0.05;

  private final List<String> terms;
  private final Map<String, Double> shares;

  private WordCounts(List<String> terms, Map<String, Double> shares) {
    this.terms = terms;
    this.shares = shares;
  }

  /** Asks the statistics; without any, nothing counts as frequent. */
  static WordCounts of(Handle handle, List<String> terms) {
    return new WordCounts(
        terms,
        handle
            .createQuery(
                """
                select term, sum(share) as share
                from unnest(:terms) term,
                  (select most_common_elems::text::text[] elems, most_common_elem_freqs shares
                   from pg_stats
                   where schemaname = current_schema() and tablename = 'certificate'
                     and attname = 'terms') known,
                  unnest(known.elems, known.shares) one(elem, share)
                where elem = term
                  or length(term) > 1 and term not like '%:%' and starts_with(elem, term)
                group by term
                """)
            .bindArray("terms", String.class, terms)
            .reduceRows(
                new HashMap<String, Double>(),
                (all, row) -> {
                  all.put(
                      row.getColumn("term", String.class), row.getColumn("share", Double.class));
                  return all;
                }));
  }

  /** The words to look up in the index: those that are not frequent, and the rarest in any case. */
  List<String> selective(List<String> words) {
    List<String> some = words.stream().filter(word -> share(word) <= FREQUENT).toList();
    return some.isEmpty()
        ? words.stream().min(Comparator.comparing(this::share)).stream().toList()
        : some;
  }

  /** Whether there are few certificates with it. */
  boolean isRare(String term) {
    return share(term) <= RARE;
  }

  /** Whether one of the words is scarce enough to read all that has it. */
  boolean areFew(List<String> words) {
    return words.stream().anyMatch(word -> share(word) <= SCARCE);
  }

  /** The share of certificates that have all of these terms, if one says nothing of another. */
  double shareOfAll() {
    return terms.stream().mapToDouble(this::share).reduce(1, (one, other) -> one * other);
  }

  private double share(String term) {
    return shares.getOrDefault(term, 0.0);
  }
}
