package de.kreissiegel.ca.publication;

/**
 * The directory answers, and won't make this change: a right is missing, or its schema has no place
 * for it. Others may well succeed.
 */
public final class EntryRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message for the operator: which entry, and what the directory says
   */
  public EntryRefused(String message) {
    super(message);
  }
}
