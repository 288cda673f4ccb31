package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a revocation list turned out to be, once the policy has let it through.
 *
 * @param header for the journal: all but its entries, as {@link ListHeader} reads it
 * @param sha256 of all its octets
 * @param octets how many they are
 * @param scope whether it is whole, a partition, a delta
 * @param number its crlNumber
 * @param base of a delta, the number of the list that it changes
 * @param entries how many certificates it lists
 * @param listed the watched serial numbers that it lists, each with its CRLReason (RFC 5280
 *     §5.3.1); 0 where it says none
 */
public record PassedList(
    Bytes header,
    Bytes sha256,
    long octets,
    ListScope scope,
    BigInteger number,
    Optional<BigInteger> base,
    Instant thisUpdate,
    Instant nextUpdate,
    long entries,
    Map<BigInteger, Integer> listed) {
  public PassedList {
    listed = Map.copyOf(listed);
  }
}
