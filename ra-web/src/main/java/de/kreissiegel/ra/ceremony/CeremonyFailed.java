package de.kreissiegel.ra.ceremony;

/** A ceremony can't go on; the message is a sentence for those who are there, with the remedy. */
public final class CeremonyFailed extends Exception {
  private static final long serialVersionUID = 1L;

  CeremonyFailed(String sentence) {
    super(sentence);
  }

  CeremonyFailed(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
