package de.kreissiegel.ra.launcher;

/** A command can't go on; the message is one sentence for whoever typed it, with the remedy. */
final class LaunchFailure extends Exception {
  private static final long serialVersionUID = 1L;

  LaunchFailure(String sentence) {
    super(sentence);
  }

  LaunchFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
