package de.kreissiegel.ra.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** At the certificate door people log in; all other pages are at the pages' own port. */
final class CertificateDoorOnly extends OncePerRequestFilter {
  private final CertificateDoor door;

  CertificateDoorOnly(CertificateDoor door) {
    this.door = door;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getServerPort() == door.door().getPort()
        && !request.getRequestURI().equals(CertificateDoor.PATH)) {
      response.sendRedirect(door.pages().resolve("/").toString());
      return;
    }
    chain.doFilter(request, response);
  }
}
