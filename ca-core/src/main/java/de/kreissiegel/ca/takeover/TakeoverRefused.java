package de.kreissiegel.ca.takeover;

/** Nothing was taken in; the message is a sentence that says why. */
public final class TakeoverRefused extends Exception {
  private static final long serialVersionUID = 1L;

  TakeoverRefused(String sentence) {
    super(sentence);
  }
}
