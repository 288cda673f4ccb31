package de.kreissiegel.hsm.policy;

import java.util.regex.Pattern;

/**
 * Where officers' security keys are used (WebAuthn Level 2 §5.1.2, RFC 6454).
 *
 * @param relyingParty the relying party's id, a host name as {@code pki.landkreis.example}
 * @param origin the page's origin, as {@code https://pki.landkreis.example:8443}
 * @throws IllegalArgumentException if either is not of that form
 */
public record SecurityKeyRules(String relyingParty, String origin) {
  private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern ORIGIN =
      Pattern.compile("https://[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[1-9][0-9]{0,4})?");

  public SecurityKeyRules {
    if (!HOST.matcher(relyingParty).matches() || !ORIGIN.matcher(origin).matches()) {
      throw new IllegalArgumentException(
          "a host name and an origin as https://host:port, in small letters");
    }
  }
}
