package de.kreissiegel.hsm.token.pkcs11;

/** The HSM's library can't be used in this process; the message says why, in a sentence. */
public final class LibraryUnusable extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  LibraryUnusable(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** What is the matter with it. */
  public enum Reason {
    /** There is no such file. */
    MISSING,
    /** It is there, but this user may not read it. */
    FORBIDDEN,
    /** It is for another processor, or no shared library at all. */
    WRONG_KIND,
    /** Another library that it needs, or one of its functions, is missing. */
    INCOMPLETE,
    /** It loads, but isn't a PKCS#11 library. */
    NOT_PKCS11,
    /** It is a PKCS#11 library, but C_Initialize fails. */
    NOT_INITIALISED
  }
}
