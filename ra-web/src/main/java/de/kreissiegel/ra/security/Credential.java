package de.kreissiegel.ra.security;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;

/** By what somebody logged in; it has to stay good as long as the session lasts. */
public sealed interface Credential {
  /** In one word, as in message keys: {@code password}, {@code passkey}, … */
  default String word() {
    return switch (this) {
      case Password _ -> "password";
      case Certificate _ -> "certificate";
      case Passkey _ -> "passkey";
      case OpenId _ -> "openid";
      case Emergency _ -> "emergency";
    };
  }

  /** A password. */
  record Password() implements Credential {}

  /**
   * A certificate.
   *
   * @param encoded DER
   */
  record Certificate(Bytes encoded) implements Credential {}

  /**
   * A passkey.
   *
   * @param id the credential's
   */
  record Passkey(Bytes id) implements Credential {}

  /**
   * An OpenID provider's word.
   *
   * @param token its ID token, to be shown at the log-out there; empty if it was too long to keep
   */
  record OpenId(String token) implements Credential {}

  /**
   * Sealed codes.
   *
   * @param numbers theirs
   */
  record Emergency(List<Long> numbers) implements Credential {
    public Emergency {
      numbers = List.copyOf(numbers);
    }
  }
}
