package de.kreissiegel.hsm.policy;

import java.util.Set;

/** DNS names in ASCII: letters, digits, hyphens (RFC 1123 §2.1, RFC 5890 §2.3.1). */
final class Domains {
  private static final int LONGEST = 253;
  private static final int LONGEST_LABEL = 63;

  private Domains() {}

  /** Whether it is a host's name: whole labels, none empty, no dot at the end. */
  static boolean isName(String name) {
    int length = name.length();
    if (length == 0 || length > LONGEST) {
      return false;
    }
    int start = 0;
    for (int i = 0; i <= length; i++) {
      if (i == length || name.charAt(i) == '.') {
        if (!isLabel(name, start, i)) {
          return false;
        }
        start = i + 1;
      }
    }
    return true;
  }

  private static boolean isLabel(String name, int from, int to) {
    if (from == to
        || to - from > LONGEST_LABEL
        || name.charAt(from) == '-'
        || name.charAt(to - 1) == '-') {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = name.charAt(i);
      boolean good =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
      if (!good) {
        return false;
      }
    }
    // RFC 5890 §2.3.1: two hyphens there are reserved, and only "xn--" has a meaning.
    boolean reserved = to - from >= 4 && name.startsWith("--", from + 2);
    return !reserved || name.regionMatches(true, from, "xn", 0, 2);
  }

  /** Whether a name is one of these domains or stands below one, label by label. */
  static boolean within(String name, Set<String> domains) {
    String lower = lower(name);
    if (domains.contains(lower)) {
      return true;
    }
    for (int dot = lower.indexOf('.'); dot >= 0; dot = lower.indexOf('.', dot + 1)) {
      if (domains.contains(lower.substring(dot + 1))) {
        return true;
      }
    }
    return false;
  }

  /** ASCII's capitals made small, and nothing else: no locale, no folding of other letters. */
  static String lower(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        char[] all = text.toCharArray();
        for (int k = i; k < length; k++) {
          if (all[k] >= 'A' && all[k] <= 'Z') {
            all[k] = (char) (all[k] + ('a' - 'A'));
          }
        }
        return new String(all);
      }
    }
    return text;
  }
}
