package de.kreissiegel.ca.subject;

/**
 * The directory's own immutable id of an entry ({@code entryUUID}, {@code objectGUID}), in lower
 * case. A rename or a move keeps it; a new person with an old name has another.
 *
 * @throws IllegalArgumentException if it is empty or longer than 128 characters
 */
public record SubjectId(String value) {
  public SubjectId {
    if (value.isBlank() || value.length() > 128) {
      throw new IllegalArgumentException("not a subject's id: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
