package de.kreissiegel.ca.authority;

/**
 * How a hierarchy's keys follow each other.
 *
 * @param leadDays how many days the next key exists before the old one stops issuing; more than 2
 *     (TR-03145-1 PRC.Req.2)
 * @param warnDays how many days before that is due people are told
 * @param leastShare which part of the validity that a profile promises a certificate must have, in
 *     percent. A certificate ends with its issuer, so an old issuer's are shorter; one that would
 *     be shorter than this is refused
 */
public record RolloverSettings(int leadDays, int warnDays, int leastShare) {
  /** What holds where nothing is said. */
  public static final RolloverSettings DEFAULT = new RolloverSettings(30, 90, 50);

  private static final int LEAST_LEAD = 3;
  private static final int MOST_DAYS = 730;
  private static final int WHOLE = 100;

  /**
   * @throws IllegalArgumentException naming the one that is out of bounds
   */
  public RolloverSettings {
    if (leadDays < LEAST_LEAD || leadDays > MOST_DAYS) {
      throw new IllegalArgumentException("lead-days are 3 to 730");
    }
    if (warnDays < 1 || warnDays > MOST_DAYS) {
      throw new IllegalArgumentException("warn-days are 1 to 730");
    }
    if (leastShare < 1 || leastShare > WHOLE) {
      throw new IllegalArgumentException("least-share is 1 to 100");
    }
  }
}
