package de.kreissiegel.ra.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses API calls that a browser makes on another site's behalf. The API takes no cookie, but a
 * browser that was once asked for a Basic password sends it by itself. Machines don't send this
 * header (W3C Fetch Metadata).
 */
final class SameOriginOnly extends OncePerRequestFilter {
  private static final Set<String> OURS = Set.of("same-origin", "none");

  private final AccessDeniedHandler denied;

  SameOriginOnly(AccessDeniedHandler denied) {
    this.denied = denied;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !OURS.contains(site)) {
      denied.handle(request, response, new AccessDeniedException("a call from another site"));
      return;
    }
    chain.doFilter(request, response);
  }
}
