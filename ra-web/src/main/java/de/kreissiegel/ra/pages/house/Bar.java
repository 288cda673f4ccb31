package de.kreissiegel.ra.pages.house;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A line of a chart, which is a table as well.
 *
 * @param name what is counted
 * @param count how many there are
 * @param width of the bar, 0 to 100, where the longest one is 100
 */
record Bar(String name, long count, double width) {
  static <K> List<Bar> of(Map<K, Long> counts, Function<K, String> name) {
    long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
    return counts.entrySet().stream()
        .map(
            one ->
                new Bar(
                    name.apply(one.getKey()),
                    one.getValue(),
                    Math.round(1000.0 * one.getValue() / most) / 10.0))
        .toList();
  }
}
