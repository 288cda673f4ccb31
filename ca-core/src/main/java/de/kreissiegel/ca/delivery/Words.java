package de.kreissiegel.ca.delivery;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Readers of single settings. Each throws IllegalArgumentException where a word isn't one. */
final class Words {
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
  private static final Pattern SUBNET = Pattern.compile("([0-9a-fA-F.:]+)/([0-9]{1,3})");
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_HOST = 253;
  private static final int LONGEST_SSID = 32;
  private static final int HIGHEST_PORT = 65_535;

  private Words() {}

  /** 1 to 64 characters, none of them a control character or a line end of Unicode. */
  static String name(String word) {
    return require(word, word.length() <= LONGEST_NAME && isPrintable(word));
  }

  /** A DNS name, in lower case. */
  static String host(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return require(lower, lower.length() <= LONGEST_HOST && HOST.matcher(lower).matches());
  }

  /** A DNS name or an IP address. */
  static String address(String word) {
    return word.contains(":") ? InetAddress.ofLiteral(word).getHostAddress() : host(word);
  }

  /** 1 to 32 octets of UTF-8 (IEEE 802.11), printable. */
  static String ssid(String word) {
    return require(
        word, word.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SSID && isPrintable(word));
  }

  static int port(String word) {
    int port = Integer.parseInt(word);
    require(word, port >= 1 && port <= HIGHEST_PORT);
    return port;
  }

  /** As {@code 10.20.0.0/16} or {@code fd00::/8}; what is behind the prefix must be zero. */
  static String subnet(String word) {
    Matcher parts = SUBNET.matcher(word);
    require(word, parts.matches());
    byte[] octets = InetAddress.ofLiteral(parts.group(1)).getAddress();
    int prefix = Integer.parseInt(parts.group(2));
    require(word, prefix <= octets.length * Byte.SIZE);
    for (int bit = prefix; bit < octets.length * Byte.SIZE; bit++) {
      require(word, (octets[bit / Byte.SIZE] & (0x80 >> (bit % Byte.SIZE))) == 0);
    }
    return word;
  }

  private static boolean isPrintable(String word) {
    return word.codePoints()
        .noneMatch(
            point ->
                Character.isISOControl(point)
                    || Character.getType(point) == Character.LINE_SEPARATOR
                    || Character.getType(point) == Character.PARAGRAPH_SEPARATOR
                    || Character.getType(point) == Character.SURROGATE
                    || Character.getType(point) == Character.FORMAT);
  }

  private static String require(String word, boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("not allowed: " + word);
    }
    return word;
  }
}
