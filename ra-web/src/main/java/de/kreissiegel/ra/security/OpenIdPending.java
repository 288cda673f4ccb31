package de.kreissiegel.ra.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * What a session keeps while its browser is at the provider: state, nonce and code verifier (RFC
 * 7636), and since when. One at a time, good once, for a quarter of an hour.
 */
final class OpenIdPending {
  private static final String ATTRIBUTE = OpenIdPending.class.getName();
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final String STATE = "state";
  private static final String NONCE = "nonce";
  private static final String VERIFIER = "verifier";
  private static final String SINCE = "since";

  private final InstantSource clock;

  OpenIdPending(InstantSource clock) {
    this.clock = clock;
  }

  void keep(HttpServletRequest request, OAuth2AuthorizationRequest asked) {
    request
        .getSession()
        .setAttribute(
            ATTRIBUTE,
            Map.of(
                STATE, Objects.requireNonNull(asked.getState()),
                NONCE, text(asked, OidcParameterNames.NONCE),
                VERIFIER, text(asked, PkceParameterNames.CODE_VERIFIER),
                SINCE, clock.instant().toString()));
  }

  private static String text(OAuth2AuthorizationRequest asked, String name) {
    return Objects.requireNonNull(asked.<String>getAttribute(name));
  }

  /** What this browser was sent with; then it is forgotten. Empty if there is none, or too old. */
  Optional<OAuth2AuthorizationRequest> take(
      HttpServletRequest request, ClientRegistration registration) {
    HttpSession session = request.getSession(false);
    if (session == null || !(session.getAttribute(ATTRIBUTE) instanceof Map<?, ?> kept)) {
      return Optional.empty();
    }
    session.removeAttribute(ATTRIBUTE);
    if (Instant.parse((String) kept.get(SINCE)).plus(LONGEST).isBefore(clock.instant())) {
      return Optional.empty();
    }
    return Optional.of(
        OAuth2AuthorizationRequest.authorizationCode()
            .authorizationUri(
                Objects.requireNonNull(registration.getProviderDetails().getAuthorizationUri()))
            .clientId(registration.getClientId())
            .redirectUri(registration.getRedirectUri())
            .scopes(registration.getScopes())
            .state((String) kept.get(STATE))
            .attributes(
                Map.of(
                    OidcParameterNames.NONCE, kept.get(NONCE),
                    PkceParameterNames.CODE_VERIFIER, kept.get(VERIFIER)))
            .build());
  }
}
