package de.kreissiegel.ra.pages;

import de.kreissiegel.ra.security.SessionEnd;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the page asks to stay logged in: that it asked is what extends the session. */
@RestController
class SessionController {
  private final InstantSource clock;

  SessionController(InstantSource clock) {
    this.clock = clock;
  }

  @GetMapping(path = "/session", produces = "application/json")
  ResponseEntity<Remaining> extend(HttpServletRequest request) {
    return ResponseEntity.of(SessionEnd.of(request, clock).map(Remaining::of));
  }

  /**
   * How long it goes on.
   *
   * @param seconds until it ends if nobody asks again
   * @param extendable whether asking again puts that off
   */
  record Remaining(long seconds, boolean extendable) {
    static Remaining of(SessionEnd end) {
      return new Remaining(Math.max(0, end.left().toSeconds()), end.extendable());
    }
  }
}
