package de.kreissiegel.ra.security;

import de.kreissiegel.ra.security.OpenIdTurned.Why;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sends a browser to the provider. */
final class OpenIdStart extends OncePerRequestFilter {
  private static final System.Logger LOG = System.getLogger(OpenIdStart.class.getName());

  private final RequestMatcher here =
      PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, OpenIdDoor.START);
  private final OpenIdProvider provider;
  private final OpenIdPending pending;
  private final PageEntry entry;

  OpenIdStart(OpenIdProvider provider, OpenIdPending pending, PageEntry entry) {
    this.provider = provider;
    this.pending = pending;
    this.entry = entry;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!here.matches(request)) {
      chain.doFilter(request, response);
      return;
    }
    try {
      OAuth2AuthorizationRequest asked = asked(request);
      pending.keep(request, asked);
      response.sendRedirect(asked.getAuthorizationRequestUri());
    } catch (OpenIdTurned turned) {
      LOG.log(System.Logger.Level.WARNING, "The OpenID provider can''t be asked", turned);
      entry.onAuthenticationFailure(request, response, turned);
    }
  }

  /** With state, nonce and a challenge of 256 random bits each. */
  private OAuth2AuthorizationRequest asked(HttpServletRequest request) {
    var registration = provider.registration();
    var resolver = new DefaultOAuth2AuthorizationRequestResolver(_ -> registration);
    if (WantedPages.isProving(request)) {
      resolver.setAuthorizationRequestCustomizer(
          one ->
              one.additionalParameters(
                  more -> {
                    more.put("prompt", "login");
                    more.put("max_age", "0");
                  }));
    }
    var asked = resolver.resolve(request, registration.getRegistrationId());
    if (asked == null) {
      throw new OpenIdTurned(Why.AWAY);
    }
    return asked;
  }
}
