package de.kreissiegel.hsm.approval;

/** The octets are not what they should be, in strict DER and within the bounds. */
public final class MalformedEvidence extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedEvidence(String message) {
    super(message);
  }
}
