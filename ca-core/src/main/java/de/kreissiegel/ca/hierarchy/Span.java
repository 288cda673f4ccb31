package de.kreissiegel.ca.hierarchy;

import java.time.Instant;

/**
 * A generation's time.
 *
 * @param line whose
 * @param number the generation's, counted from 1
 * @param exists whether it is there already
 * @param due by when it has to exist; of one that exists, when it was made
 * @param made when it is made: when it is due, or now where that is over
 * @param issuesFrom when it begins to issue
 * @param stops when it stops issuing
 * @param ends when its certificate ends; until then it signs CRLs and OCSP answers
 */
public record Span(
    String line,
    int number,
    boolean exists,
    Instant due,
    Instant made,
    Instant issuesFrom,
    Instant stops,
    Instant ends) {
  /** Whether it is made later than it was due. */
  public boolean isLate() {
    return made.isAfter(due);
  }

  Span stopping(Instant then) {
    return new Span(line, number, exists, due, made, issuesFrom, then, ends);
  }
}
