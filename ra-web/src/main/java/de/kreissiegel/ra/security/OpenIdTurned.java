package de.kreissiegel.ra.security;

import java.util.Locale;
import org.springframework.security.core.AuthenticationException;

/** Log-in by OpenID Connect came to nothing. */
final class OpenIdTurned extends AuthenticationException {
  private static final long serialVersionUID = 1L;

  private final Why why;

  OpenIdTurned(Why why) {
    super("no log-in by OpenID Connect: " + why);
    this.why = why;
  }

  OpenIdTurned(Why why, Throwable cause) {
    super("no log-in by OpenID Connect: " + why, cause);
    this.why = why;
  }

  /** Why. */
  enum Why {
    /** The provider can't be asked. */
    AWAY,
    /** This browser didn't ask for it, or too long ago. */
    STALE,
    /** The provider said no. */
    DENIED,
    /** What the provider says doesn't hold. */
    UNPROVEN,
    /** The directory knows nobody, or several, by that name. */
    NOBODY
  }

  Why why() {
    return why;
  }

  /** In one word: {@code away}, {@code stale}, … */
  String word() {
    return why.name().toLowerCase(Locale.ROOT);
  }
}
