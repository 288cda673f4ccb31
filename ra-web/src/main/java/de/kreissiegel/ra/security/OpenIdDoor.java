package de.kreissiegel.ra.security;

import de.kreissiegel.ca.login.ProviderLogin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Log-in by OpenID Connect (Core 1.0 §3.1, the code flow, with PKCE, state and nonce), and log-out
 * there, too (RP-Initiated Logout 1.0 §2). Protocol and tokens are Spring Security's affair.
 */
final class OpenIdDoor implements LogoutSuccessHandler {
  static final String START = "/login/openid";
  static final String BACK = "/login/openid/code";
  private static final String LOGGED_OUT = "/login?loggedOut";

  private final OpenIdSettings settings;
  private final OpenIdProvider provider;
  private final ProviderLogin people;
  private final URI pages;
  private final Clock clock;

  /**
   * @param pages the address of the pages
   */
  OpenIdDoor(OpenIdSettings settings, ProviderLogin people, URI pages, Clock clock) {
    this.settings = settings;
    this.provider = new OpenIdProvider(settings, pages.resolve(BACK), clock);
    this.people = people;
    this.pages = pages;
    this.clock = clock;
  }

  /** Puts the filters into the chain of the pages. */
  void open(HttpSecurity http, SecurityContextRepository contexts, RequestCache wanted) {
    var pending = new OpenIdPending(clock);
    var page = new PageEntry();
    var entry = new OpenIdEntry(settings, provider, pending, people, clock);
    entry.setSecurityContextRepository(contexts);
    entry.setAuthenticationFailureHandler(page);
    var onward = new SavedRequestAwareAuthenticationSuccessHandler();
    onward.setRequestCache(wanted);
    entry.setAuthenticationSuccessHandler(onward);
    http.addFilterBefore(
            new OpenIdStart(provider, pending, page), UsernamePasswordAuthenticationFilter.class)
        .addFilterBefore(entry, UsernamePasswordAuthenticationFilter.class);
  }

  /** Who came by the provider leaves by it; all others have left. */
  @Override
  public void onLogoutSuccess(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Authentication authentication)
      throws IOException {
    Optional<String> hint =
        authentication != null
                && authentication.getPrincipal() instanceof StaffPrincipal principal
                && principal.by() instanceof Credential.OpenId(var token)
            ? Optional.of(token)
            : Optional.empty();
    Optional<URI> there = hint.flatMap(_ -> provider.endSession());
    response.sendRedirect(there.map(end -> end(end, hint.get())).orElse(LOGGED_OUT));
  }

  private String end(URI there, String hint) {
    var address = UriComponentsBuilder.fromUri(there).queryParam("client_id", "{client}");
    if (!hint.isEmpty()) {
      address.queryParam("id_token_hint", hint);
    }
    return address
        .queryParam("post_logout_redirect_uri", "{back}")
        .encode()
        .buildAndExpand(settings.clientId(), pages.resolve(LOGGED_OUT))
        .toUriString();
  }
}
