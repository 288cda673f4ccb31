package de.kreissiegel.ca.own;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * A certificate on which the house stands, of each holder the one that ends last.
 *
 * @param use by which profile it was made
 * @param authority who issued it
 * @param holder whose: a name, an address, or the authority for which a responder answers
 * @param tenant of an officer, theirs
 * @param notAfter when it ends; the distant past where there is none
 * @param state how urgent that is
 */
public record OwnCertificate(
    ProfileName use,
    AuthorityName authority,
    String holder,
    Optional<TenantId> tenant,
    Instant notAfter,
    State state) {
  /** From good to bad. */
  public enum State {
    /** Nobody need think of it. */
    GOOD,
    /** It may be renewed now: the system does by itself, an officer asks for it. */
    DUE,
    /** It should have been renewed long ago: half of the time for that is over. */
    ENDING,
    /** It has ended. */
    ENDED
  }

  /** A sentence about it. */
  public String sentence() {
    return switch (state) {
      case GOOD -> "%s of %s holds until %s.".formatted(use, holder, notAfter);
      case DUE -> "%s of %s may be renewed; it ends %s.".formatted(use, holder, notAfter);
      case ENDING ->
          "%s of %s should have been renewed long ago; it ends %s."
              .formatted(use, holder, notAfter);
      case ENDED ->
          notAfter.equals(Instant.EPOCH)
              ? "%s of %s isn't there.".formatted(use, holder)
              : "%s of %s ended %s.".formatted(use, holder, notAfter);
    };
  }
}
