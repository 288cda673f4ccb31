package de.kreissiegel.ra.security;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Too many failures: the password was not even looked at. */
public final class LoginThrottled extends AuthenticationException {
  private static final long serialVersionUID = 1L;

  private final Duration wait;

  LoginThrottled(Duration wait) {
    super("too many failed log-ins, wait " + seconds(wait) + " s");
    this.wait = wait;
  }

  /** How many seconds to wait before the next try, at least 1. */
  public long waitSeconds() {
    return seconds(wait);
  }

  private static long seconds(Duration wait) {
    return wait.toSeconds() + 1;
  }
}
