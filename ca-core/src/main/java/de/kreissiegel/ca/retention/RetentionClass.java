package de.kreissiegel.ca.retention;

/** A kind of data that is kept for the same time on the same ground. */
public enum RetentionClass {
  /**
   * Issued certificates, from their end. Afterwards the octets are their SHA-256, and whom they
   * named is gone.
   */
  CERTIFICATES(
      "Art. 17(3)(b) and (e) GDPR: signatures and access rights of the past have to be proved"),
  /**
   * Applications and the approvals of them, from the end of their certificate, or from their own if
   * they never had one. Afterwards they are gone, with what was published of them.
   */
  REQUESTS("Art. 17(3)(b) GDPR: who was identified how, and who approved it, has to be proved"),
  /**
   * The words of audit events (names of actors, reasons, details), from the event. Afterwards the
   * event has the ids and the commitment alone.
   */
  NAMES("Art. 17(3)(b) and (e) GDPR: mishaps have to be cleared up");

  private final String ground;

  RetentionClass(String ground) {
    this.ground = ground;
  }

  /** Why it may be kept so long against somebody's wish. */
  public String ground() {
    return ground;
  }
}
