package de.kreissiegel.hsm.token.pkcs11;

/**
 * A slot, and the token in it.
 *
 * @param id CK_SLOT_ID; some libraries change it at every start
 * @param description the slot's, as the library tells it
 * @param present whether there is a token; if not, the rest is empty
 * @param label the token's
 * @param flags of CK_TOKEN_INFO
 * @param sessions the most at once; 0 is no limit known
 * @param utcTime its clock, {@code YYYYMMDDhhmmss00}, if it has one
 */
public record SlotFacts(
    long id,
    String description,
    boolean present,
    String label,
    String manufacturer,
    String model,
    String serial,
    long flags,
    long sessions,
    String utcTime) {
  /** Whether somebody has initialised the token. */
  public boolean initialised() {
    return (flags & Ck.CKF_TOKEN_INITIALIZED) != 0;
  }

  /** Whether its user's PIN has been set. */
  public boolean pinSet() {
    return (flags & Ck.CKF_USER_PIN_INITIALIZED) != 0;
  }

  public boolean pinLocked() {
    return (flags & Ck.CKF_USER_PIN_LOCKED) != 0;
  }

  /** Whether the next wrong PIN locks the token. */
  public boolean pinFinalTry() {
    return (flags & Ck.CKF_USER_PIN_FINAL_TRY) != 0;
  }

  /** Whether a wrong PIN was given since the last good one. */
  public boolean pinCountLow() {
    return (flags & Ck.CKF_USER_PIN_COUNT_LOW) != 0;
  }

  public boolean pinToBeChanged() {
    return (flags & Ck.CKF_USER_PIN_TO_BE_CHANGED) != 0;
  }

  public boolean hasClock() {
    return (flags & Ck.CKF_CLOCK_ON_TOKEN) != 0;
  }
}
