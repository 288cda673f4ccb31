package de.kreissiegel.ca.subject;

/** The directory didn't answer, or answered with an error. It never means "nobody there". */
public final class DirectoryUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  public DirectoryUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
