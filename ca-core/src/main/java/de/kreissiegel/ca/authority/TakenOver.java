package de.kreissiegel.ca.authority;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * That an authority came from elsewhere: it issues nothing here but certificates of its OCSP
 * responder, and goes on telling of what it issued before.
 *
 * @param at when
 * @param lists paths at which its CRL is served, too, as {@code /pki/old.crl}: those of its old
 *     addresses, which certificates name
 * @param certificates paths at which its certificate is served, too
 */
public record TakenOver(Instant at, List<String> lists, List<String> certificates) {
  private static final Pattern PATH = Pattern.compile("/[!-~]{1,200}");

  /**
   * @throws IllegalArgumentException if a path is none
   */
  public TakenOver {
    lists = List.copyOf(lists);
    certificates = List.copyOf(certificates);
    lists.forEach(TakenOver::requirePath);
    certificates.forEach(TakenOver::requirePath);
  }

  /** A path as it stands in an address, percent-encoded where it has to be. */
  static String requirePath(String text) {
    if (!PATH.matcher(text).matches()) {
      throw new IllegalArgumentException("not a path of an address: " + text);
    }
    return text;
  }
}
