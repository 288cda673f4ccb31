package de.kreissiegel.ra.setup;

/** The setup can't begin, or can't go on; the message is a sentence with the remedy. */
public final class SetupRefused extends Exception {
  private static final long serialVersionUID = 1L;

  SetupRefused(String sentence) {
    super(sentence);
  }

  SetupRefused(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
