package de.kreissiegel.hsm.process;

/** Why the signer doesn't start; the message is one sentence for a person. */
final class CannotStart extends Exception {
  private static final long serialVersionUID = 1L;

  CannotStart(String message) {
    super(message);
  }
}
