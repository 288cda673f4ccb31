package de.kreissiegel.ra.session;

import de.kreissiegel.ca.login.SessionBook;
import de.kreissiegel.hsm.signing.Bytes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * Gives each request its session from the database. While that can't be asked, requests that need
 * to know who is there are told so (503); nobody is logged out by it.
 */
public final class SessionFilter extends SessionRepositoryFilter<PageSession> {
  /** With this prefix browsers insist on Secure, this host and the whole path (RFC 6265bis). */
  public static final String COOKIE = "__Host-session";

  private static final System.Logger LOG = System.getLogger(SessionFilter.class.getName());
  private static final String NUMBER = "X-Correlation-Id";
  private static final String AWAY =
      """
      <!doctype html><html lang="de"><meta charset="utf-8"><title>Kreissiegel</title>
      <h1>Zurzeit nicht möglich</h1>
      <p>Die Datenbank antwortet nicht. Bitte versuchen Sie es in einigen Minuten noch einmal; \
      Sie bleiben angemeldet.</p>
      <p lang="en">The database does not answer. Please try again in a few minutes; \
      you stay logged in.</p>
      """;

  /**
   * By what the session of a request is known, which opens nothing; empty if there is none that is
   * kept here.
   */
  public static Optional<Bytes> key(HttpServletRequest request) {
    return Optional.ofNullable(request.getSession(false))
        .map(HttpSession::getId)
        .filter(SessionSeal::isId)
        .map(SessionSeal::key);
  }

  /**
   * @param keepables the records that pages keep
   * @param random for ids and nonces
   */
  public SessionFilter(
      SessionBook book, Collection<Keepable> keepables, InstantSource clock, SecureRandom random) {
    super(new DatabaseSessions(book, keepables, clock, random));
    var cookie = new DefaultCookieSerializer();
    cookie.setCookieName(COOKIE);
    cookie.setCookiePath("/");
    cookie.setUseSecureCookie(true);
    cookie.setUseHttpOnlyCookie(true);
    cookie.setUseBase64Encoding(false);
    // Not Strict: a link in a mail to an officer has to find their session.
    cookie.setSameSite("Lax");
    var ids = new CookieHttpSessionIdResolver();
    ids.setCookieSerializer(cookie);
    setHttpSessionIdResolver(ids);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      super.doFilterInternal(request, response, chain);
    } catch (SessionsUnavailable away) {
      LOG.log(System.Logger.Level.WARNING, "A request can''t be answered", away);
      if (!response.isCommitted()) {
        String number = response.getHeader(NUMBER);
        response.reset();
        response.setHeader(NUMBER, number);
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", "10");
        // The other headers are those of any answer (security.Headers.onAll).
        response.setHeader(
            "Content-Security-Policy",
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
        response.setContentType("text/html;charset=utf-8");
        response.getOutputStream().write(AWAY.getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
