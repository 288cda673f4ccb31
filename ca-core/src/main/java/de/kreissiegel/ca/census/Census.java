package de.kreissiegel.ca.census;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was counted.
 *
 * @param at when
 */
public record Census(List<Tally> tallies, Instant at) {
  public Census {
    tallies = List.copyOf(tallies);
  }

  /** How many certificates there are. */
  public long total() {
    return tallies.stream().mapToLong(Tally::count).sum();
  }

  /** How many of them are suspended. */
  public long held() {
    return tallies.stream().filter(Tally::held).mapToLong(Tally::count).sum();
  }

  /** How many there are of each, in the order of what tells them apart. */
  public <K extends Comparable<K>> Map<K, Long> by(Function<Tally, K> what) {
    return tallies.stream()
        .collect(
            Collectors.groupingBy(
                what,
                () -> new TreeMap<K, Long>(Comparator.naturalOrder()),
                Collectors.summingLong(Tally::count)));
  }
}
