package de.kreissiegel.ca.superior;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How CRLs of external superiors are fetched.
 *
 * @param on whether they are at all
 * @param addresses where those of a superior are, by its name (of its file, without {@code .cer});
 *     of others their certificates tell
 * @param largest the longest answer that is read, in octets
 * @param connect how long a connection may take to come about
 * @param answer how long it may take from the first octet of the question to the last of the answer
 * @param proxy through whom questions go; without one the Java runtime's own settings count
 */
public record FetchSettings(
    boolean on,
    Map<AuthorityName, List<URI>> addresses,
    long largest,
    Duration connect,
    Duration answer,
    Optional<InetSocketAddress> proxy) {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /**
   * @throws IllegalArgumentException with a sentence, if something can't be meant so
   */
  public FetchSettings {
    addresses = Map.copyOf(addresses);
    addresses.forEach(FetchSettings::require);
    if (largest < 1 || largest > AuthorityFiles.LONGEST_SUPERIORS_LIST) {
      throw new IllegalArgumentException(
          "the longest CRL of a superior is 1 octet to %d MiB"
              .formatted(AuthorityFiles.LONGEST_SUPERIORS_LIST >> 20));
    }
    requireTime("connect", connect);
    requireTime("answer", answer);
  }

  private static void require(AuthorityName superior, List<URI> of) {
    if (of.isEmpty()) {
      throw new IllegalArgumentException(superior + " has no address; leave it out, or name one");
    }
    for (URI address : of) {
      if (!isWeb(address)) {
        throw new IllegalArgumentException(
            "the CRL of %s can't be fetched from %s: it takes http://host/path, or https"
                .formatted(superior, address));
      }
    }
  }

  private static void requireTime(String what, Duration time) {
    if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the time-out '%s' is more than none and at most %d minutes"
              .formatted(what, LONGEST.toMinutes()));
    }
  }

  /** Whether it is one of http or https with a host and without a user's name. */
  static boolean isWeb(URI address) {
    String scheme = address.getScheme();
    return scheme != null
        && List.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT))
        && address.getHost() != null
        && address.getUserInfo() == null;
  }
}
