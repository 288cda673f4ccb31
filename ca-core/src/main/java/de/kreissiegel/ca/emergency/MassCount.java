package de.kreissiegel.ca.emergency;

import de.kreissiegel.ca.profile.ProfileName;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a run came with the certificates of one profile.
 *
 * @param turn when they come
 * @param profile of which profile
 * @param all how many there are
 * @param revoked how many are revoked, or were or had ended before
 * @param asked of how many the holders owe an application, or did
 * @param told of how many the holders have a notice; the system's own need none
 * @param replaced how many have a successor that is good
 * @param lastDone when something was done last
 */
public record MassCount(
    Turn turn,
    ProfileName profile,
    long all,
    long revoked,
    long asked,
    long told,
    long replaced,
    Optional<Instant> lastDone) {
  /** How many are done with this step. */
  public long done(MassStep step) {
    return switch (step) {
      case REVOKE -> revoked;
      case ASK -> asked;
      case TELL -> told;
    };
  }
}
