package de.kreissiegel.ca.x509;

import java.math.BigInteger;
import java.util.Locale;

/**
 * A certificate's serial number: positive, at most 20 octets (RFC 5280 §4.1.2.2). Written as
 * lower-case hexadecimal without leading zeros.
 *
 * @throws IllegalArgumentException if it is not positive or too long
 */
public record SerialNumber(BigInteger value) {
  public SerialNumber {
    if (value.signum() <= 0 || value.bitLength() > 159) {
      throw new IllegalArgumentException("a serial number is positive and has at most 20 octets");
    }
  }

  /** Reads the hexadecimal form. */
  public static SerialNumber fromHex(String digits) {
    if (digits.isEmpty() || digits.length() > 40) {
      throw new IllegalArgumentException("not a serial number: " + digits);
    }
    return new SerialNumber(new BigInteger(digits, 16));
  }

  public String toHex() {
    return value.toString(16).toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
