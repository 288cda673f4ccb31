package de.kreissiegel.ra.security;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.login.FreshProof;
import de.kreissiegel.ca.login.ProviderLogin;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ra.security.OpenIdTurned.Why;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Begins a session when a browser comes back from the provider with a code. */
final class OpenIdEntry extends AbstractAuthenticationProcessingFilter {
  private static final System.Logger LOG = System.getLogger(OpenIdEntry.class.getName());
  private static final String DENIED = "access_denied";
  private static final int LONGEST_WORDS = 300;
  private static final int LONGEST_TOKEN = 16 * 1024;

  private final OpenIdSettings settings;
  private final OpenIdProvider provider;
  private final OpenIdPending pending;
  private final ProviderLogin people;
  private final InstantSource clock;

  OpenIdEntry(
      OpenIdSettings settings,
      OpenIdProvider provider,
      OpenIdPending pending,
      ProviderLogin people,
      InstantSource clock) {
    super(
        PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, OpenIdDoor.BACK),
        given -> {
          throw new IllegalStateException("this filter asks nobody else");
        });
    this.settings = settings;
    this.provider = provider;
    this.pending = pending;
    this.people = people;
    this.clock = clock;
    setSessionAuthenticationStrategy(AnotherSession.strategy());
  }

  @Override
  public Authentication attemptAuthentication(
      HttpServletRequest request, HttpServletResponse response) {
    OidcUser user;
    try {
      user = proven(request);
    } catch (OpenIdTurned turned) {
      if (turned.why() != Why.AWAY) { // then nobody could say
        people.refused(turned.why().name());
      }
      throw turned;
    }
    try {
      Optional<Actor.Person> person = people.logIn(settings.names(), name(user));
      return new StaffPrincipal(
              person.orElseThrow(() -> new OpenIdTurned(Why.NOBODY)),
              provenAt(user),
              new Credential.OpenId(hint(user)))
          .authentication();
    } catch (DirectoryUnavailable hindrance) {
      throw new AuthenticationServiceException("the directory can't be asked now", hindrance);
    }
  }

  /**
   * When the provider says that it asked (OpenID Connect Core 1.0 §2, auth_time); where it doesn't
   * say, it is taken to have asked too long ago for what takes a fresh proof.
   */
  private Instant provenAt(OidcUser user) {
    Instant now = clock.instant();
    Instant stale = now.minus(FreshProof.LASTS);
    @Nullable Instant at = user.getAuthenticatedAt();
    if (at == null || at.isBefore(stale)) {
      return stale;
    }
    return at.isAfter(now) ? now : at;
  }

  private OidcUser proven(HttpServletRequest request) {
    var registration = provider.registration();
    var asked = pending.take(request, registration).orElseThrow(() -> new OpenIdTurned(Why.STALE));
    // A browser that was sent by one provider mustn't come back from another (RFC 9207 §2.4).
    String issuer = request.getParameter("iss");
    if (issuer != null && !issuer.equals(settings.issuer().toString())) {
      throw new OpenIdTurned(Why.UNPROVEN);
    }
    var answer = answer(request, String.valueOf(registration.getRedirectUri()));
    try {
      return provider.exchange(new OAuth2AuthorizationExchange(asked, answer));
    } catch (OpenIdTurned turned) {
      throw turned;
    } catch (RuntimeException unproven) {
      Why why = isAway(unproven) ? Why.AWAY : Why.UNPROVEN;
      LOG.log(System.Logger.Level.WARNING, "No log-in by OpenID Connect: {0}", words(unproven));
      throw new OpenIdTurned(
          DENIED.equals(request.getParameter("error")) ? Why.DENIED : why, unproven);
    }
  }

  private static OAuth2AuthorizationResponse answer(HttpServletRequest request, String redirect) {
    String code = request.getParameter("code");
    String error = request.getParameter("error");
    String state = request.getParameter("state");
    if (state == null || code == null && error == null) {
      throw new OpenIdTurned(Why.UNPROVEN);
    }
    var answer =
        code == null || error != null
            ? OAuth2AuthorizationResponse.error(String.valueOf(error))
            : OAuth2AuthorizationResponse.success(code);
    return answer.redirectUri(redirect).state(state).build();
  }

  /** In one line: a part of it may be what the browser sent. */
  private static String words(RuntimeException unproven) {
    String text = unproven.toString().replaceAll("[^\\x20-\\x7e]", "?");
    return text.substring(0, Math.min(text.length(), LONGEST_WORDS));
  }

  private static boolean isAway(Throwable thrown) {
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  /** A mail address counts only if the provider has made sure whose it is. */
  private String name(OidcUser user) {
    boolean isUnsure =
        settings.claim().equals("email") && !Boolean.TRUE.equals(user.getEmailVerified());
    return isUnsure || !(user.getClaim(settings.claim()) instanceof String name) ? "" : name;
  }

  /** The ID token, which tells the provider at the log-out whose it is. */
  private static String hint(OidcUser user) {
    String token = user.getIdToken().getTokenValue();
    return token.length() > LONGEST_TOKEN ? "" : token;
  }

  @Override
  protected void unsuccessfulAuthentication(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failed)
      throws IOException, ServletException {
    // Who was logged in otherwise stays so: somebody else's link mustn't log them out.
    getFailureHandler().onAuthenticationFailure(request, response, failed);
  }
}
