package de.kreissiegel.ra.session;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * After each request writes what its session holds as the database would get it, and reads it back:
 * whatever a page keeps that can't be kept fails the page's own test.
 */
public final class AsIfStored extends OncePerRequestFilter {
  private final SessionText text;

  public AsIfStored(Collection<Keepable> keepables) {
    text = new SessionText(keepables);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    HttpSession session = request.getSession(false);
    if (session != null) {
      Map<String, Object> held = new HashMap<>();
      session
          .getAttributeNames()
          .asIterator()
          .forEachRemaining(name -> held.put(name, session.getAttribute(name)));
      text.read(text.write(held)).forEach(session::setAttribute);
    }
  }
}
