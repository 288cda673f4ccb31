package de.kreissiegel.ra.ceremony;

/** Speaking with those who are there. */
public interface Dialogue {
  /** Says something; may have several lines. */
  void tell(String text);

  /**
   * Asks something.
   *
   * @param id what is asked, for a script: lower-case words between dots
   * @param hidden whether what is typed must not be seen
   * @return the answer without spaces around it
   * @throws CeremonyAborted if there is no more answer
   */
  String ask(String id, String question, boolean hidden) throws CeremonyAborted;

  /** Whether nobody is there and a script answers: then it is a rehearsal. */
  boolean scripted();
}
