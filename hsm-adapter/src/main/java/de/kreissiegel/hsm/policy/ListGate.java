package de.kreissiegel.hsm.policy;

import java.math.BigInteger;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * The front door for revocation lists of any length: each is read once, from the first octet to the
 * last, and never held.
 */
public final class ListGate {
  /**
   * Begins with a list.
   *
   * @param rules what the key's policy says of lists
   * @param now by the vault's clock
   * @param watched serial numbers that the caller wants to hear of
   */
  public ListReading begin(
      ListRules rules, KeyFacts key, Instant now, Predicate<BigInteger> watched) {
    return new ListReading(new ListFields(rules, key, now), new ListEntries(watched));
  }
}
