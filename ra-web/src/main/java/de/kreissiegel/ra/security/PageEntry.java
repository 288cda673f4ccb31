package de.kreissiegel.ra.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.header.HeaderWriter;

/**
 * Leads to the log-in page, with why in its {@code error} parameter: {@code credentials}, {@code
 * directory}, {@code throttled}, {@code ended}. A fragment that htmx asks for can't show that page:
 * its whole page is sent there.
 */
final class PageEntry implements AuthenticationEntryPoint, AuthenticationFailureHandler {
  private final HeaderWriter end = Headers.atTheEnd();

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
      throws IOException {
    boolean isEnded = request.getAttribute(SessionRecheck.ENDED) != null;
    var target = isEnded ? "/login?error=ended" : "/login";
    if (isEnded
        || request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid()) {
      end.writeHeaders(request, response);
    }
    if (request.getHeader("HX-Request") == null) {
      response.sendRedirect(target);
    } else {
      response.setHeader("HX-Redirect", target);
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
      throws IOException {
    String again = WantedPages.isProving(request) ? "again=yes&" : "";
    response.sendRedirect("/login?" + again + "error=" + word(cause));
  }

  static String word(AuthenticationException cause) {
    return switch (cause) {
      case LoginThrottled _ -> "throttled";
      case OpenIdTurned turned -> "openid-" + turned.word();
      case CertificateTurned turned -> "certificate-" + turned.word();
      case AuthenticationServiceException _ -> "directory";
      default -> "credentials";
    };
  }
}
