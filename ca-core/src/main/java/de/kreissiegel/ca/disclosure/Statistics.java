package de.kreissiegel.ca.disclosure;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Counts that name nobody, as lines of a table (RFC 4180, with semicolons). A count below {@value
 * #FEWEST} could be told apart by who knows the people, and is shown as {@code <5}.
 */
public final class Statistics {
  /** Less than these are not shown. */
  public static final int FEWEST = 5;

  private Statistics() {}

  /**
   * The lines.
   *
   * @param small whether small counts are shown, too
   */
  public static List<String> lines(DisclosureBook book, boolean small) {
    return lines(book, small, _ -> true);
  }

  /**
   * The same of some tenants.
   *
   * @param tenants which, by their ids; {@code -} is the house itself
   */
  public static List<String> lines(DisclosureBook book, boolean small, Predicate<String> tenants) {
    return Stream.concat(
            Stream.of("tenant;profile;state;month;certificates"),
            book.counts().stream()
                .filter(count -> tenants.test(count.tenant()))
                .map(count -> line(count, small)))
        .toList();
  }

  private static String line(DisclosureBook.Count count, boolean small) {
    return String.join(
        ";",
        count.tenant(),
        count.profile(),
        count.state(),
        count.month(),
        small || count.number() >= FEWEST ? Long.toString(count.number()) : "<" + FEWEST);
  }
}
