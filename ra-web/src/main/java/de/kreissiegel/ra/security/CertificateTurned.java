package de.kreissiegel.ra.security;

import de.kreissiegel.ca.login.CertificateLogin.Why;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.core.AuthenticationException;

/** A certificate opens nothing, or there is none. */
public final class CertificateTurned extends AuthenticationException {
  private static final long serialVersionUID = 1L;

  private final String word;

  /**
   * @param why empty if none was shown
   */
  CertificateTurned(Optional<Why> why) {
    super(
        why.map(one -> "the certificate opens nothing: " + one).orElse("no certificate was shown"));
    word = why.map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-')).orElse("none");
  }

  /** Why, in one word: {@code none}, {@code not-ours}, {@code revoked}, … */
  public String word() {
    return word;
  }
}
