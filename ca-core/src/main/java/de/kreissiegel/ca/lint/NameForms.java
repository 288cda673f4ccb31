package de.kreissiegel.ca.lint;

import java.net.URI;
import java.net.URISyntaxException;

/** The syntax of names in subjectAltName, without regular expressions: each certificate asks. */
final class NameForms {
  private static final int LONGEST_HOST = 253;
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_LOCAL_PART = 64;
  private static final String ATEXT_MARKS = "!#$%&'*+-/=?^_`{|}~";

  private NameForms() {}

  /** A host name of more than one label. */
  static boolean isDomainName(String name) {
    return name.indexOf('.') > 0 && isHostName(name);
  }

  /** Preferred name syntax (RFC 1034 §3.5, RFC 1123 §2.1). */
  static boolean isHostName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_HOST) {
      return false;
    }
    int start = 0;
    while (true) {
      int dot = name.indexOf('.', start);
      int end = dot < 0 ? name.length() : dot;
      if (!isLabel(name, start, end)) {
        return false;
      }
      if (dot < 0) {
        return !isNumber(name, start, end); // an address is no name
      }
      start = dot + 1;
    }
  }

  private static boolean isLabel(String name, int from, int to) {
    if (to == from || to - from > LONGEST_LABEL) {
      return false;
    }
    for (int at = from; at < to; at++) {
      if (!isLetterOrDigit(name.charAt(at)) && name.charAt(at) != '-') {
        return false;
      }
    }
    boolean reserved =
        to - from > 3 && name.charAt(from + 2) == '-' && name.charAt(from + 3) == '-';
    return name.charAt(from) != '-'
        && name.charAt(to - 1) != '-'
        && (!reserved || name.regionMatches(true, from, "xn", 0, 2));
  }

  private static boolean isNumber(String name, int from, int to) {
    for (int at = from; at < to; at++) {
      if (name.charAt(at) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  /** Mailbox (RFC 5321 §4.1.2) with a dot-atom; quoted local parts are refused on purpose. */
  static boolean isMailbox(String mail) {
    int at = mail.indexOf('@');
    if (at < 1 || at > LONGEST_LOCAL_PART || !isDomainName(mail.substring(at + 1))) {
      return false;
    }
    for (int i = 0; i < at; i++) {
      char c = mail.charAt(i);
      boolean dot = c == '.' && i > 0 && i < at - 1 && mail.charAt(i - 1) != '.';
      if (!dot && !isLetterOrDigit(c) && ATEXT_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Absolute (RFC 3986 §4.3), with a host name or an address where it has an authority. */
  static boolean isUri(String text) {
    try {
      URI uri = new URI(text);
      if (!uri.isAbsolute() || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
        return false;
      }
      return uri.getRawAuthority() == null || uri.getHost() != null && !uri.getHost().isEmpty();
    } catch (URISyntaxException none) {
      return false;
    }
  }

  /** An address that status is had from without a secret and without TLS (RFC 5280 §8). */
  static boolean isHttp(String text) {
    return text.regionMatches(true, 0, "http://", 0, 7) && isUri(text);
  }
}
