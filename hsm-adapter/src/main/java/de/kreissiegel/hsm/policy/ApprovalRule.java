package de.kreissiegel.hsm.policy;

/**
 * What evidence certificates of a kind need.
 *
 * @param officers how many different officers have to have approved: 0, 1 or 2
 * @param proofOfPossession whether a certification request of the same key has to come along
 */
public record ApprovalRule(int officers, boolean proofOfPossession) {
  /** Nothing. */
  public static final ApprovalRule NONE = new ApprovalRule(0, false);

  public ApprovalRule {
    if (officers < 0 || officers > 2) {
      throw new IllegalArgumentException("0, 1 or 2 officers");
    }
  }
}
