package de.kreissiegel.hsm.token.pkcs11;

/** What a token says to a PIN. */
public enum PinVerdict {
  RIGHT,
  WRONG,
  LOCKED,
  EXPIRED,
  NOT_SET;

  /** Of what C_Login returned; other failures are thrown again. */
  static PinVerdict of(CkFailure failure) throws CkFailure {
    if (failure.code() == CkFailure.USER_PIN_NOT_INITIALIZED) {
      return NOT_SET;
    }
    if (failure.code() == CkFailure.PIN_LOCKED) {
      return LOCKED;
    }
    if (failure.code() == CkFailure.PIN_EXPIRED) {
      return EXPIRED;
    }
    if (failure.code() >= CkFailure.PIN_INCORRECT && failure.code() < CkFailure.PIN_EXPIRED) {
      return WRONG;
    }
    throw failure;
  }

  /** What it means for a person. */
  String sentence() {
    return switch (this) {
      case RIGHT -> "the PIN is right";
      case WRONG -> "the PIN is wrong; a few more wrong ones lock the token";
      case LOCKED ->
          "the token's PIN is locked after too many wrong ones; the security officer unlocks it";
      case EXPIRED -> "the token's PIN has expired; set a new one with the vendor's tool";
      case NOT_SET -> "the token has no user PIN yet; the security officer sets it";
    };
  }
}
