package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.KeyAlgorithm.Standing;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Instant;
import java.util.Optional;

/**
 * The terms on which a key is used, whatever it signs.
 *
 * @param rate how often
 * @param activity when it is locked again; none: only by hand
 * @param exception why its kind is used although it isn't allowed any more
 * @param experimental whether its kind may be one whose standard is a draft
 * @param ed25519 whether it may be Ed25519, which TR-02102-1 doesn't list
 */
public record KeyTerms(
    SignatureRate rate,
    Optional<ActivityTerms> activity,
    Optional<RecordedException> exception,
    boolean experimental,
    boolean ed25519) {
  /** Those of a key that needs none of its own. */
  public static final KeyTerms USUAL =
      new KeyTerms(SignatureRate.ANY, Optional.empty(), Optional.empty(), false, false);

  /**
   * Asks whether a key of that standing may be made and used.
   *
   * @throws SigningRefused with the rules {@code exception}, {@code exception-ended}, {@code
   *     experimental} or {@code ed25519}
   */
  public void require(Standing standing, Instant now) throws SigningRefused {
    switch (standing) {
      case USUAL -> {
        // nothing to ask
      }
      case EXCEPTION -> {
        Rules.require(
            exception.isPresent(),
            "exception",
            "keys of this kind need a recorded exception; write \"exception:\" with reason, owner"
                + " and end into the policy");
        Rules.require(
            now.isBefore(exception.get().until()),
            "exception-ended",
            "the exception for this key ended at " + exception.get().until());
      }
      case EXPERIMENTAL ->
          Rules.require(
              experimental,
              "experimental",
              "the standard of keys of this kind is a draft; write \"experimental: true\"");
      case OFF ->
          Rules.require(
              ed25519, "ed25519", "Ed25519 is off; write \"ed25519: true\" to switch it on");
    }
  }
}
