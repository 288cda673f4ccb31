package de.kreissiegel.ca.review;

import java.util.List;

/**
 * Something to think of before saying yes. It forbids nothing.
 *
 * @param risk which; pages have a sentence for each
 * @param values what the sentence calls {0}, {1}, …
 */
public record RiskHint(Risk risk, List<String> values) {
  public RiskHint {
    values = List.copyOf(values);
  }
}
