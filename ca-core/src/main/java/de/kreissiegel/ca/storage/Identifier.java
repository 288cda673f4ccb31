package de.kreissiegel.ca.storage;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that isn't a name: a serial number or its first digits, a fingerprint, a key's.
 *
 * @param digits hexadecimal, in small letters
 * @param serial the same without leading zeros, as serial numbers are kept
 * @param decimal the serial number that it is if it was meant as a decimal, hexadecimal
 */
record Identifier(String digits, String serial, Optional<String> decimal) {
  /** As programs show them: pairs with colons, spaces or nothing between, perhaps {@code 0x}. */
  private static final Pattern HEXADECIMAL = Pattern.compile("(?:0x)?[0-9a-f]{8,64}");

  private static final Pattern PAIRS = Pattern.compile("[0-9a-f]{2}(?::[0-9a-f]{2})+:?");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{8,49}");

  /** What a text is if it isn't a name. Less than eight digits without colons may be one. */
  static Optional<Identifier> of(String text) {
    String small = text.strip().toLowerCase(Locale.ROOT);
    String joined = small.replaceAll("[:\\s]", "");
    if (joined.length() > 66
        || !(HEXADECIMAL.matcher(joined).matches() || PAIRS.matcher(small).matches())) {
      return Optional.empty();
    }
    String digits = joined.startsWith("0x") ? joined.substring(2) : joined;
    return Optional.of(
        new Identifier(
            digits,
            digits.replaceFirst("^0+(?=.)", ""),
            Optional.of(digits)
                .filter(all -> DECIMAL.matcher(all).matches())
                .map(all -> new BigInteger(all).toString(16))));
  }

  /** The octets, if there are so many. */
  Optional<byte[]> octets(int length) {
    return digits.length() == 2 * length
        ? Optional.of(HexFormat.of().parseHex(digits))
        : Optional.empty();
  }
}
