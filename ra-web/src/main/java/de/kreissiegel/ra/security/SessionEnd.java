package de.kreissiegel.ra.security;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * When the session of a request ends if nobody asks for anything again.
 *
 * @param left from now on
 * @param extendable whether asking again puts it off; the end of the working day is not put off
 */
public record SessionEnd(Duration left, boolean extendable) {
  /** Of this request's session; none where nobody is logged in. */
  public static Optional<SessionEnd> of(HttpServletRequest request, InstantSource clock) {
    var session = request.getSession(false);
    if (session == null) {
      return Optional.empty();
    }
    var idle = Duration.ofSeconds(session.getMaxInactiveInterval());
    return StaffPrincipal.current()
        .map(principal -> principal.since().plus(SessionRecheck.LONGEST_SESSION))
        .map(end -> Duration.between(clock.instant(), end))
        .map(
            left ->
                left.compareTo(idle) > 0
                    ? new SessionEnd(idle, true)
                    : new SessionEnd(left, false));
  }
}
