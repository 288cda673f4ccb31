package de.kreissiegel.ca.publication;

import de.kreissiegel.ca.authority.AuthorityName;
import java.time.Duration;
import java.util.Set;

/**
 * What goes into a directory, beyond the certificates of published profiles.
 *
 * @param smimeMessages whether encryption certificates are written as S/MIME messages, too
 * @param authorities whether authorities' certificates and lists are written
 * @param largestList octets; a longer list isn't written. OpenLDAP takes messages of 4 MB from an
 *     account unless configured otherwise, Active Directory of 10 MB
 * @param keepExpired for how long certificates that have expired stay there; those for encryption
 *     never do
 * @param withdrawSuperseded whether a certificate is taken out once its successor is in: the same
 *     profile, holder and names
 * @param logonAuthorities lines of authorities whose certificates log in to an Active Directory
 */
public record PublicationRules(
    boolean smimeMessages,
    boolean authorities,
    long largestList,
    Duration keepExpired,
    boolean withdrawSuperseded,
    Set<AuthorityName> logonAuthorities) {
  /** Octets: below what OpenLDAP takes by itself. */
  public static final long USUAL_LIST = 3L << 20;

  /** Certificates alone, until a month after their end. */
  public static final PublicationRules USUAL =
      new PublicationRules(false, false, USUAL_LIST, Duration.ofDays(30), false);

  public PublicationRules {
    logonAuthorities = Set.copyOf(logonAuthorities);
    if (largestList < 1 || keepExpired.isNegative()) {
      throw new IllegalArgumentException("neither a size nor a time can be negative");
    }
  }

  /** Without log-in to an Active Directory. */
  public PublicationRules(
      boolean smimeMessages,
      boolean authorities,
      long largestList,
      Duration keepExpired,
      boolean withdrawSuperseded) {
    this(smimeMessages, authorities, largestList, keepExpired, withdrawSuperseded, Set.of());
  }
}
