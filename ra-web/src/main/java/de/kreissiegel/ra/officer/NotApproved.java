package de.kreissiegel.ra.officer;

/** Nothing was approved; the message says why in a sentence. */
final class NotApproved extends Exception {
  private static final long serialVersionUID = 1L;

  NotApproved(String sentence) {
    super(sentence);
  }
}
