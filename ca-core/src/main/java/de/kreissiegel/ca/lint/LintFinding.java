package de.kreissiegel.ca.lint;

/**
 * A fault that the linter found.
 *
 * @param lint its name, as {@code rfc5280.serial}; the part before the point says whose rule it is
 * @param message what is wrong, and the clause
 */
public record LintFinding(String lint, String message) {
  @Override
  public String toString() {
    return lint + ": " + message;
  }
}
