package de.kreissiegel.ca.inventory;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Where a list of certificates goes on.
 *
 * @param at the begin or end of validity of the last certificate that was read, by the list's order
 * @param authority who issued it
 * @param serial its serial number
 */
public record Place(Instant at, AuthorityName authority, SerialNumber serial) {
  /** As it stands in addresses: {@code 2026-11-22T08:00:00Z/people/7f0a1b2c}. */
  public String text() {
    return at + "/" + authority + "/" + serial;
  }

  /**
   * Reads that.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Place of(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not a place in a list: " + text);
    }
    try {
      return new Place(
          Instant.parse(parts[0]), new AuthorityName(parts[1]), SerialNumber.fromHex(parts[2]));
    } catch (DateTimeException notATime) {
      throw new IllegalArgumentException("not a place in a list: " + text, notATime);
    }
  }
}
