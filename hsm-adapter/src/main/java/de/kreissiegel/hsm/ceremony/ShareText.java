package de.kreissiegel.hsm.ceremony;

import de.kreissiegel.hsm.ceremony.ShareRefused.Reason;
import java.util.Arrays;

/**
 * Octets as groups of five characters of Crockford's base32: four carry 20 bits, the fifth is a
 * check symbol over them and the group's place. It finds each wrong character, each pair of
 * neighbours that changed places, and groups that did.
 */
final class ShareText {
  static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int GROUP = 4;
  private static final int BITS = 5;

  private ShareText() {}

  static int groups(int octets) {
    return (octets * 8 + GROUP * BITS - 1) / (GROUP * BITS);
  }

  static String write(byte[] octets) {
    int[] symbols = symbols(octets);
    StringBuilder text = new StringBuilder();
    for (int group = 0; group < symbols.length / GROUP; group++) {
      if (group > 0) {
        text.append(' ');
      }
      for (int i = 0; i < GROUP; i++) {
        text.append(ALPHABET.charAt(symbols[group * GROUP + i]));
      }
      text.append(ALPHABET.charAt(check(symbols, group)));
    }
    Arrays.fill(symbols, 0);
    return text.toString();
  }

  /** Reads what somebody typed: in any case, with any spaces and hyphens. */
  static byte[] read(String typed, int octets) throws ShareRefused {
    int[] read = typed.chars().filter(c -> c != '-' && !Character.isWhitespace(c)).toArray();
    int groups = groups(octets);
    for (int i = 0; i < read.length; i++) {
      read[i] = symbol(read[i]);
      if (read[i] < 0) {
        throw new ShareRefused(
            Reason.SYMBOL,
            i / (GROUP + 1) + 1,
            "group %d holds a character that no share has; type letters and digits only"
                .formatted(i / (GROUP + 1) + 1));
      }
    }
    int[] symbols = new int[groups * GROUP];
    for (int group = 0; group < Math.min(groups, read.length / (GROUP + 1)); group++) {
      System.arraycopy(read, group * (GROUP + 1), symbols, group * GROUP, GROUP);
      if (check(symbols, group) != read[group * (GROUP + 1) + GROUP]) {
        throw new ShareRefused(
            Reason.GROUP,
            group + 1,
            "group %d is mistyped; compare it with the paper".formatted(group + 1));
      }
    }
    if (read.length != groups * (GROUP + 1)) {
      throw new ShareRefused(
          Reason.LENGTH,
          0,
          "a share has %d characters, these are %d; type all of its %d groups"
              .formatted(groups * (GROUP + 1), read.length, groups));
    }
    Arrays.fill(read, 0);
    return octets(symbols, octets);
  }

  /** A secret as a passphrase: base32 alone, without checks. */
  static char[] passphrase(byte[] secret) {
    int[] symbols = symbols(secret);
    char[] text = new char[(secret.length * 8 + BITS - 1) / BITS];
    for (int i = 0; i < text.length; i++) {
      text[i] = ALPHABET.charAt(symbols[i]);
    }
    Arrays.fill(symbols, 0);
    return text;
  }

  private static int[] symbols(byte[] octets) {
    int[] symbols = new int[groups(octets.length) * GROUP];
    for (int bit = 0; bit < octets.length * 8; bit++) {
      int set = (octets[bit / 8] >> (7 - bit % 8)) & 1;
      symbols[bit / BITS] |= set << (BITS - 1 - bit % BITS);
    }
    return symbols;
  }

  private static byte[] octets(int[] symbols, int length) throws ShareRefused {
    byte[] octets = new byte[length];
    for (int bit = 0; bit < symbols.length * BITS; bit++) {
      int set = (symbols[bit / BITS] >> (BITS - 1 - bit % BITS)) & 1;
      if (bit < length * 8) {
        octets[bit / 8] |= (byte) (set << (7 - bit % 8));
      } else if (set != 0) {
        throw new ShareRefused(Reason.CHECKSUM, 0, "its last group is not one of a share");
      }
    }
    return octets;
  }

  private static int symbol(int typed) {
    int c = Character.toUpperCase(typed);
    return switch (c) {
      case 'O' -> 0;
      case 'I', 'L' -> 1;
      default -> c < 128 ? ALPHABET.indexOf(c) : -1;
    };
  }

  /** Sum of x^(i+1) times symbol i in GF(32), and the group's number. */
  private static int check(int[] symbols, int group) {
    int sum = (group + 1) & 31;
    for (int i = 0; i < GROUP; i++) {
      int product = symbols[group * GROUP + i];
      for (int power = 0; power <= i; power++) {
        // x^5 = x^2 + 1
        product = (product << 1) ^ ((product & 16) != 0 ? 0x25 : 0);
      }
      sum ^= product;
    }
    return sum;
  }
}
