package de.kreissiegel.ca.hotline;

import java.time.Instant;

/**
 * What is kept of a person's code.
 *
 * @param hash of the code
 * @param createdAt when it was made, whole seconds
 * @param failures how often a wrong code was tried since, 0 to {@value #MOST_FAILURES}
 */
public record StoredCode(CodeHash hash, Instant createdAt, int failures) {
  /** So many wrong codes lock it. */
  public static final int MOST_FAILURES = 5;

  /** Whether it is good for nothing until the person has a new one made. */
  public boolean isLocked() {
    return failures >= MOST_FAILURES;
  }
}
