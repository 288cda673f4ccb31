package de.kreissiegel.ra.security;

import de.kreissiegel.ra.security.OpenIdTurned.Why;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * The provider as it describes itself (OpenID Connect Discovery 1.0 §4), asked for at first use and
 * again each hour: one that is down when we start is asked when somebody needs it.
 */
final class OpenIdProvider {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration SKEW = Duration.ofMinutes(1);

  /** None that is a secret we share, and never {@code none}. */
  private static final Set<SignatureAlgorithm> ALGORITHMS =
      Set.of(
          SignatureAlgorithm.RS256,
          SignatureAlgorithm.RS384,
          SignatureAlgorithm.RS512,
          SignatureAlgorithm.PS256,
          SignatureAlgorithm.PS384,
          SignatureAlgorithm.PS512,
          SignatureAlgorithm.ES256,
          SignatureAlgorithm.ES384,
          SignatureAlgorithm.ES512);

  private final OpenIdSettings settings;
  private final String redirect;
  private final OpenIdHttp http;
  private final Clock clock;
  private volatile @Nullable Known known;

  /**
   * @param redirect where the provider sends browsers back to
   */
  OpenIdProvider(OpenIdSettings settings, URI redirect, Clock clock) {
    this.settings = settings;
    this.redirect = redirect.toString();
    this.http = new OpenIdHttp(settings.trust());
    this.clock = clock;
  }

  /** What was learnt, and what is made of it. */
  private record Known(
      ClientRegistration registration,
      OidcAuthorizationCodeAuthenticationProvider exchange,
      Instant since) {}

  /**
   * How it is asked for a log-in.
   *
   * @throws OpenIdTurned AWAY
   */
  ClientRegistration registration() {
    return known().registration();
  }

  /**
   * Exchanges the code, and checks what comes: state, issuer, audience, signature, times, nonce
   * (OpenID Connect Core 1.0 §3.1.3.7).
   *
   * @throws org.springframework.security.oauth2.core.OAuth2AuthenticationException if one is wrong
   * @throws OpenIdTurned AWAY
   */
  OidcUser exchange(OAuth2AuthorizationExchange exchange) {
    Known now = known();
    var token =
        now.exchange()
            .authenticate(new OAuth2LoginAuthenticationToken(now.registration(), exchange));
    if (token != null && token.getPrincipal() instanceof OidcUser user) {
      return user;
    }
    throw new OpenIdTurned(Why.UNPROVEN);
  }

  /** Where one logs out there, if it says so and that is at its own address. */
  Optional<URI> endSession() {
    try {
      Object end =
          registration()
              .getProviderDetails()
              .getConfigurationMetadata()
              .get("end_session_endpoint");
      return end instanceof String text && text.startsWith(settings.origin() + "/")
          ? Optional.of(URI.create(text))
          : Optional.empty();
    } catch (OpenIdTurned away) {
      return Optional.empty();
    }
  }

  private Known known() {
    Known last = known;
    Instant now = clock.instant();
    if (last != null && last.since().plus(KEPT).isAfter(now)) {
      return last;
    }
    try {
      ClientRegistration registration = discovered();
      Known fresh = new Known(registration, exchange(registration), now);
      known = fresh;
      return fresh;
    } catch (RuntimeException away) {
      if (last != null) {
        return last;
      }
      throw new OpenIdTurned(Why.AWAY, away);
    }
  }

  private ClientRegistration discovered() {
    String issuer = settings.issuer().toString();
    String address =
        (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
            + "/.well-known/openid-configuration";
    Map<String, Object> metadata =
        http.documents()
            .exchange(
                address,
                HttpMethod.GET,
                null,
                new ParameterizedTypeReference<Map<String, Object>>() {})
            .getBody();
    if (metadata == null || !issuer.equals(metadata.get("issuer"))) {
      throw new IllegalStateException("the provider there is not " + issuer);
    }
    for (String endpoint : List.of("authorization_endpoint", "token_endpoint", "jwks_uri")) {
      if (!(metadata.get(endpoint) instanceof String text)
          || !OpenIdSettings.isSafe(URI.create(text))) {
        throw new IllegalStateException("the provider's " + endpoint + " is not reached by https");
      }
    }
    return registration(metadata);
  }

  private ClientRegistration registration(Map<String, Object> metadata) {
    var scopes = new TreeSet<>(settings.scopes());
    scopes.add("openid");
    var builder =
        ClientRegistrations.fromOidcConfiguration(new HashMap<>(metadata))
            .registrationId("openid")
            .clientId(settings.clientId())
            .redirectUri(redirect)
            .scope(scopes)
            .clientSettings(
                ClientRegistration.ClientSettings.builder().requireProofKey(true).build());
    return settings
        .clientSecret()
        .map(secret -> builder.clientSecret(secret).clientAuthenticationMethod(method(metadata)))
        .orElseGet(() -> builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE))
        .build();
  }

  /** In the header unless it takes it in the form alone (RFC 6749 §2.3.1). */
  private static ClientAuthenticationMethod method(Map<String, Object> metadata) {
    return metadata.get("token_endpoint_auth_methods_supported") instanceof Collection<?> methods
            && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC.getValue())
        ? ClientAuthenticationMethod.CLIENT_SECRET_POST
        : ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
  }

  private OidcAuthorizationCodeAuthenticationProvider exchange(ClientRegistration registration) {
    var tokens = new RestClientAuthorizationCodeTokenResponseClient();
    tokens.setRestClient(http.tokens());
    JwtDecoder decoder = decoder(registration);
    var provider = new OidcAuthorizationCodeAuthenticationProvider(tokens, users());
    provider.setJwtDecoderFactory(_ -> decoder);
    return provider;
  }

  /**
   * Claims that the ID token hasn't are asked for at the UserInfo endpoint, which must speak of the
   * same subject (OpenID Connect Core 1.0 §5.3.2, §5.4).
   */
  private OidcUserService users() {
    var asked = new DefaultOAuth2UserService();
    asked.setRestOperations(http.documents());
    var users = new OidcUserService();
    users.setOauth2UserService(asked);
    users.setRetrieveUserInfo(
        request -> {
          String address =
              request.getClientRegistration().getProviderDetails().getUserInfoEndpoint().getUri();
          return request.getIdToken().getClaim(settings.claim()) == null
              && address != null
              && OpenIdSettings.isSafe(URI.create(address));
        });
    return users;
  }

  private JwtDecoder decoder(ClientRegistration registration) {
    var decoder =
        NimbusJwtDecoder.withJwkSetUri(
                Objects.requireNonNull(registration.getProviderDetails().getJwkSetUri()))
            .restOperations(http.documents())
            .jwsAlgorithms(algorithms -> algorithms.addAll(ALGORITHMS))
            .build();
    var times = new JwtTimestampValidator(SKEW);
    times.setClock(clock);
    var claims = new OidcIdTokenValidator(registration);
    claims.setClock(clock);
    claims.setClockSkew(SKEW);
    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(times, claims));
    return decoder;
  }
}
