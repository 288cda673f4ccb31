package de.kreissiegel.hsm.wire;

/** The octets are no message of this protocol. */
public final class MalformedMessage extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, for the other side to hear
   */
  public MalformedMessage(String message) {
    super(message);
  }

  MalformedMessage(String message, Throwable cause) {
    super(message, cause);
  }
}
