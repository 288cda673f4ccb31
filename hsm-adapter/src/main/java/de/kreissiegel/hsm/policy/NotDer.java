package de.kreissiegel.hsm.policy;

/** The octets are not what they claim to be, in strict DER. */
final class NotDer extends Exception {
  private static final long serialVersionUID = 1L;

  NotDer(String message) {
    super(message);
  }
}
