package de.kreissiegel.ra.security;

import java.util.List;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.CompositeSessionAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.csrf.CsrfAuthenticationStrategy;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;

/**
 * Whoever has just proved who they are goes on under another session id and with another token:
 * what somebody knew of the session before is worth nothing after.
 */
final class AnotherSession {
  private AnotherSession() {}

  static SessionAuthenticationStrategy strategy() {
    return new CompositeSessionAuthenticationStrategy(
        List.of(
            new ChangeSessionIdAuthenticationStrategy(),
            new CsrfAuthenticationStrategy(new HttpSessionCsrfTokenRepository())));
  }
}
