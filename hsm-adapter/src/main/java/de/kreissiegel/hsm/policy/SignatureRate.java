package de.kreissiegel.hsm.policy;

/**
 * How many signatures, or releases, at most.
 *
 * @param perMinute in any minute; 0 is no limit
 * @param perDay in any 24 hours; 0 is no limit
 */
public record SignatureRate(int perMinute, int perDay) {
  /** As many as asked for. */
  public static final SignatureRate ANY = new SignatureRate(0, 0);

  public SignatureRate {
    if (perMinute < 0 || perDay < 0) {
      throw new IllegalArgumentException("a rate is 0 or more");
    }
  }
}
