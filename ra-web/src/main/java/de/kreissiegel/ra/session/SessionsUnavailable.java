package de.kreissiegel.ra.session;

/** The database can't be asked for a session now: who is there is not known, and nobody is. */
final class SessionsUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SessionsUnavailable(RuntimeException cause) {
    super("the database can't be asked for a session", cause);
  }
}
