package de.kreissiegel.hsm.token.pkcs11;

/** The token doesn't take the PIN; the message says why and what to do. */
final class PinRefused extends Exception {
  private static final long serialVersionUID = 1L;

  PinRefused(String message) {
    super(message);
  }

  /** For a failure of C_Login; other failures than the PIN's are thrown again. */
  static PinRefused because(CkFailure failure) throws CkFailure {
    return new PinRefused(PinVerdict.of(failure).sentence());
  }
}
