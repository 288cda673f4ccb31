package de.kreissiegel.ca.authority;

import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * How an authority tells by lists what it has revoked.
 *
 * @param partitions among how many lists the certificates issued from now on are divided; 1 is one
 *     list for all
 * @param divided by what a new certificate's partition is chosen; it keeps it for ever
 * @param validity of a full list, from thisUpdate to nextUpdate, a minute at least
 * @param delta the validity of delta lists (RFC 5280 §5.2.4); empty for none
 * @param pause the least time between two full lists that were made for a change's sake alone
 * @param expired whether certificates that have expired stay on the lists for good
 *     (expiredCertsOnCRL, X.509 §8.5.2.12)
 */
public record CrlSettings(
    int partitions,
    Division divided,
    Duration validity,
    Optional<Duration> delta,
    Duration pause,
    boolean expired) {
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  /** One list for all, made anew with each change, that holds for a day. */
  public static final CrlSettings USUAL =
      new CrlSettings(
          1, Division.SERIAL, Duration.ofHours(24), Optional.empty(), Duration.ZERO, false);

  /** The most partitions that an authority may have. */
  public static final int MOST_PARTITIONS = 256;

  public CrlSettings {
    if (partitions < 1 || partitions > MOST_PARTITIONS) {
      throw new IllegalArgumentException(
          "an authority has 1 to " + MOST_PARTITIONS + " partitions");
    }
    if (validity.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("a CRL holds for a minute at least");
    }
    if (delta.isPresent()
        && (delta.get().compareTo(SHORTEST) < 0 || delta.get().compareTo(validity) > 0)) {
      throw new IllegalArgumentException(
          "a delta CRL holds for a minute at least, and no longer than the full one");
    }
    if (pause.isNegative() || pause.compareTo(validity.dividedBy(2)) > 0) {
      throw new IllegalArgumentException("the pause is at most half of a list's time");
    }
  }

  /** By what certificates are divided among partitions. */
  public enum Division {
    /** By the serial number, which is random: partitions of one size. */
    SERIAL,
    /** By the tenant: who relies on one tenant's certificates alone fetches one list. */
    TENANT
  }

  /**
   * The partition of a new certificate.
   *
   * @param tenant the name of its tenant
   * @return 1 to {@link #partitions}; 0 where there is one list for all
   */
  public int partitionOf(SerialNumber serial, String tenant) {
    if (partitions == 1) {
      return 0;
    }
    byte[] octets =
        switch (divided) {
          case SERIAL -> serial.value().toByteArray();
          case TENANT -> tenant.getBytes(StandardCharsets.UTF_8);
        };
    byte[] hash = Bytes.of(octets).sha256().toArray();
    int number =
        (hash[0] & 0x7f) << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | hash[3] & 0xff;
    return 1 + number % partitions;
  }
}
