package de.kreissiegel.ra.pages.reads;

import de.kreissiegel.ca.reads.ReaderCount;
import java.text.Collator;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How often somebody looked.
 *
 * @param who the reader's name; their id where it was erased
 */
record CountRow(String who, String reader, long single, long lists, Instant last) {
  /** By name, as a German dictionary has them: nobody is ranked by how much they read. */
  static List<CountRow> of(List<ReaderCount> counts) {
    Collator names = Collator.getInstance(Locale.GERMAN);
    return counts.stream()
        .map(
            one ->
                new CountRow(
                    one.name().isEmpty() ? one.reader() : one.name(),
                    one.reader(),
                    one.single(),
                    one.lists(),
                    one.last()))
        .sorted(Comparator.comparing(CountRow::who, names).thenComparing(CountRow::reader))
        .toList();
  }
}
