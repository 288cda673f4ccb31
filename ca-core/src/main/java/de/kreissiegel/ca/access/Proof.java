package de.kreissiegel.ca.access;

/**
 * How somebody proved who they are. A password can be learnt by others without anybody noticing: it
 * opens what is one's own, and no office.
 */
public enum Proof {
  /** A password, proved by the directory, or a provider's word, which may rest on no more. */
  PASSWORD(false),
  /** The private key of a certificate that this authority issued to the person. */
  CERTIFICATE(true),
  /**
   * A passkey with the person's presence and PIN or fingerprint checked (WebAuthn Level 2 §6.1).
   */
  PASSKEY(true),
  /** Sealed codes, where all else has failed: they open what protects, and no decision. */
  EMERGENCY(true);

  private final boolean strong;

  Proof(boolean strong) {
    this.strong = strong;
  }

  /**
   * Whether it is more than a password and no sealed code: then its holder may say by what they log
   * in and sign.
   */
  public boolean isPersonal() {
    return strong && this != EMERGENCY;
  }

  /** Whether it opens the offices that somebody holds. */
  public boolean isStrong() {
    return strong;
  }
}
