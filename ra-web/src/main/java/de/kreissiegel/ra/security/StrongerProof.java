package de.kreissiegel.ra.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * Who holds an office and gave a password only is asked for more, and then goes on there; and who
 * logged in too long ago for a step is asked once more.
 */
final class StrongerProof implements AccessDeniedHandler {
  /** Set on a request for which a log-in is too old. */
  static final String STALE = StrongerProof.class.getName() + ".stale";

  private final AccessDeniedHandler otherwise = new AccessDeniedHandlerImpl();
  private final RequestCache wanted;

  StrongerProof(RequestCache wanted) {
    this.wanted = wanted;
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
      throws IOException, ServletException {
    if (request.getAttribute(STALE) != null) {
      wanted.saveRequest(request, response);
      response.sendRedirect("/login?again=yes");
      return;
    }
    boolean limited =
        StaffPrincipal.current().filter(one -> one.person().lacksStrongProof()).isPresent();
    if (limited && !(cause instanceof CsrfException)) {
      wanted.saveRequest(request, response);
      response.sendRedirect("/login?stronger=yes");
    } else {
      otherwise.handle(request, response, cause);
    }
  }
}
